"""Mutants of a module: its source with one small mistake each, by the operators of cosmic-ray and a few of our own.

Kept are the mistakes that people make at edges: `<` for `<=`, a day or a row more or less, `and` for `or`, a condition turned round, an entry
missing in a table, a condition missing in a filter, a check that is not called. Left out are annotations and decorators, which nothing runs
by, and the long list of replacements that no test could miss.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import parso
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators import (
    binary_operator_replacement,
    boolean_replacer,
    break_continue,
    comparison_operator_replacement,
    number_replacer,
    unary_operator_replacement,
    zero_iteration_for_loop,
)
from cosmic_ray.operators.operator import Example, Operator
from parso.python.tree import ExprStmt, Function

Node = Any
"""A node of parso, whose types say too little (only inner nodes have children)."""
Position = tuple[tuple[int, int], tuple[int, int]]

FILTERS = frozenset({"filter", "exclude", "Q", "get", "get_or_create", "update", "exists"})
UNSEEN = frozenset({"decorator", "import_from", "import_name", "tfpdef"})
"""What stands below these is no behaviour: annotations of parameters are texts here (`from __future__ import annotations`)."""
TYPES = frozenset(
    {"Callable", "Mapping", "Sequence", "Iterable", "Iterator", "dict", "list", "tuple", "set", "frozenset", "ClassVar"}
)
GUARDS = frozenset({"strict", "frozen", "slots", "kw_only"})
"""Arguments that only guard against a mistake of the programmer: `zip(…, strict=True)`, `dataclass(frozen=True)`."""


def _parsed(text: str) -> Node:
    return parso.parse(text)  # type: ignore[no-untyped-call]


class _Ours(Operator):  # type: ignore[misc]  # the library has no types
    """What each operator of ours has in common: no arguments, examples in the tests of the house."""

    @classmethod
    def examples(cls) -> Iterable[Example]:
        return ()


class TurnMembership(_Ours):
    """`in` for `not in`, and the other way round."""

    def mutation_positions(self, node: Node) -> Iterator[Position]:
        if node.type == "comparison" and _words(node.children[1]) in ("in", "not in"):
            yield node.children[1].start_pos, node.children[1].end_pos

    def mutate(self, node: Node, index: int) -> Node:
        other = "in" if _words(node.children[1]) == "not in" else "not in"
        node.children[1] = _parsed(f" {other}")
        return node


class DropEntry(_Ours):
    """A table without one of its entries."""

    def mutation_positions(self, node: Node) -> Iterator[Position]:
        entries = _entries(node)
        if len(entries) > 1:
            yield from ((entry[0].start_pos, entry[-1].end_pos) for entry in entries)

    def mutate(self, node: Node, index: int) -> Node:
        dropped = _entries(node)[index]
        inside = node.children[1]
        inside.children = [child for child in inside.children if not any(child is each for each in dropped)]
        if inside.children[-1].type != "operator" and node.children[0].value == "(":
            inside.children.append(_parsed(","))
        return node


class DropCondition(_Ours):
    """A filter without one of its conditions."""

    def mutation_positions(self, node: Node) -> Iterator[Position]:
        yield from ((argument.start_pos, argument.end_pos) for argument in _conditions(node))

    def mutate(self, node: Node, index: int) -> Node:
        dropped = _conditions(node)[index]
        inside = node.children[1]
        if inside is dropped:
            node.children = [node.children[0], node.children[-1]]
            return node
        place = next(number for number, child in enumerate(inside.children) if child is dropped)
        inside.children = inside.children[:place] + inside.children[place + 2 :]
        return node


class DropCall(_Ours):
    """A check or a note that is not made: a call for its own sake, left out."""

    def mutation_positions(self, node: Node) -> Iterator[Position]:
        if node.type == "simple_stmt" and node.children[0].type == "atom_expr" and _calls(node.children[0]):
            yield node.children[0].start_pos, node.children[0].end_pos

    def mutate(self, node: Node, index: int) -> Node:
        left_out = _parsed("pass").children[0]
        left_out.prefix = node.get_first_leaf().prefix
        node.children[0] = left_out
        return node


def _words(node: Node) -> str:
    return " ".join(str(node.get_code()).split())


def _calls(node: Node) -> bool:
    return bool(node.children[-1].type == "trailer" and node.children[-1].children[0].value == "(")


def _entries(node: Node) -> list[list[Node]]:
    """The entries of a literal table, each with its comma; none for comprehensions and for anything else."""
    if node.type != "atom" or len(node.children) != 3:
        return []
    inside = node.children[1]
    if inside.type not in ("testlist_comp", "dictorsetmaker") or "for" in str(
        [child.type for child in inside.children]
    ):
        return []
    entries: list[list[Node]] = [[]]
    for child in inside.children:
        entries[-1].append(child)
        if child.type == "operator" and child.value == ",":
            entries.append([])
    return [entry for entry in entries if entry]


def _conditions(node: Node) -> list[Node]:
    """The named conditions of a call of a filter."""
    if node.type != "trailer" or node.children[0].value != "(" or len(node.children) != 3:
        return []
    before = node.get_previous_sibling()
    name = before and str(before.get_code()).strip().lstrip(".")
    if name not in FILTERS:
        return []
    inside = node.children[1]
    arguments = inside.children if inside.type == "arglist" else [inside]
    return [each for each in arguments if each.type == "argument" and each.children[1].get_code().strip() == "="]


def _named(module: object, *names: str) -> list[Operator]:
    return [getattr(module, name)() for name in names]


OPERATORS: list[Operator] = [
    *_named(
        comparison_operator_replacement,
        *(
            f"ReplaceComparisonOperator_{pair}"
            for pair in ("Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt", "Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is")
        ),
    ),
    *_named(
        binary_operator_replacement,
        *(
            f"ReplaceBinaryOperator_{pair}"
            for pair in ("Add_Sub", "Sub_Add", "Mul_FloorDiv", "FloorDiv_Mul", "Div_Mul", "Mod_Mul")
        ),
        "ReplaceBinaryOperator_BitOr_BitAnd",
        "ReplaceBinaryOperator_BitAnd_BitOr",
    ),
    *_named(
        boolean_replacer,
        "ReplaceTrueWithFalse",
        "ReplaceFalseWithTrue",
        "ReplaceAndWithOr",
        "ReplaceOrWithAnd",
        "AddNot",
    ),
    *_named(number_replacer, "NumberReplacer"),
    *_named(unary_operator_replacement, "ReplaceUnaryOperator_Delete_Not", "ReplaceUnaryOperator_Delete_Invert"),
    *_named(break_continue, "ReplaceBreakWithContinue", "ReplaceContinueWithBreak"),
    *_named(zero_iteration_for_loop, "ZeroIterationForLoop"),
    TurnMembership(),
    DropEntry(),
    DropCondition(),
    DropCall(),
]


@dataclass(frozen=True)
class Mutant:
    """One mistake in a module: which operator, its how-manieth place, and where that is."""

    path: Path
    source: str
    operator: Operator
    occurrence: int
    line: int
    inside: str

    @cached_property
    def code(self) -> str:
        """The whole module with the mistake."""
        made = mutate_code(self.source, self.operator, self.occurrence)
        if made is None:
            raise ValueError(f"no place {self.occurrence} in {self.path}")
        return str(made)

    @property
    def change(self) -> tuple[str, str]:
        """The lines that differ, before and after, without the white space around them."""
        old, new = self.source.splitlines(), self.code.splitlines()
        head = next((n for n, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), len(new))
        tail = 0
        while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
            tail += 1
        return _joined(old[head : len(old) - tail]), _joined(new[head : len(new) - tail])


def _joined(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


def mutants_of(path: Path, parts: Iterable[str] = ()) -> list[Mutant]:
    """Every mutant of a module, or of those of its functions, classes and tables that `parts` names."""
    source, wanted = path.read_text(encoding="utf-8"), frozenset(parts)
    tree, found = get_ast(source), []
    for operator in OPERATORS:
        occurrence = 0
        for node in ast_nodes(tree):
            for (line, _), _ in operator.mutation_positions(node):
                inside = _part(node)
                if _runs(node) and (not wanted or inside in wanted):
                    found.append(Mutant(path, source, operator, occurrence, line, inside))
                occurrence += 1
    return sorted(found, key=lambda each: (each.line, type(each.operator).__name__, each.occurrence))


def _runs(node: Node) -> bool:
    """Whether anything runs by it: no annotation, no decorator, no import, nothing that only the type checker reads."""
    child, parent = node, node.parent
    while parent is not None:
        if parent.type in UNSEEN or (parent.type == "argument" and parent.children[0].get_code().strip() in GUARDS):
            return False
        if (
            parent.type == "trailer"
            and parent.children[0].value == "["
            and _words(parent.get_previous_sibling()) in TYPES
        ):
            return False
        if parent.type in ("parameters", "param") and child.type == "operator":
            return False  # the star between the parameters is no multiplication
        if parent.type == "annassign" and child is parent.children[1]:
            return False
        if isinstance(parent, Function) and child is parent.annotation:
            return False
        if parent.type == "if_stmt" and parent.children[1].get_code().strip() == "TYPE_CHECKING":
            return False
        child, parent = parent, parent.parent
    return True


def _part(node: Node) -> str:
    """The name of the function, class or table of the module that a node stands in."""
    while node.parent is not None and node.parent.type != "file_input":
        node = node.parent
    if node.type in ("decorated", "async_stmt"):
        node = node.children[-1]
    if node.type == "simple_stmt" and isinstance(node.children[0], ExprStmt):
        return str(node.children[0].children[0].get_code()).strip()
    return str(getattr(getattr(node, "name", None), "value", ""))
