"""The house's conventions that no linter knows: sizes, docstrings, and the one place where a status is written."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# About three hundred lines read well; beyond this a file is split along its seams.
LONGEST_FILE = 350
LONGEST_FUNCTION = 50
# One cell, one line of a template.
LONGEST_TEMPLATE_LINE = 199
# Each of these named up to ten things; the field has a noun for every one (docs/glossary.md), and a search for it finds it.
OVERLOADED = {"standing", "told", "found", "given", "kept", "organ"}
# The statuses of cases; a batch's own progress is written by its engine.
STATUS_FIELDS = {"state", "status"}
WRITERS = (
    "/actions/",
    "/actions.py",
    "records/imports/",
    "records/standards/",
    "/migrations/",
    "/tests/",
    "benchmarks/",
    "tests/",
)
DOCUMENTED = ("/rules/", "/rules.py", "/actions/", "/actions.py", "/queries/", "/queries.py")
DISTRIBUTION_HOSTS = (
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "npmjs" + ".org",
    "npmjs" + ".com",
    "deb.debian" + ".org",
)


def tracked(*suffixes: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name.endswith(suffixes) and (ROOT / name).is_file()]


def own_code() -> list[Path]:
    return [path for path in tracked(".py") if "/migrations/" not in str(path) and "/tests/" not in str(path)]


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_files_stay_readable():
    long = {
        relative(p): n
        for p in own_code()
        if "benchmarks" not in p.parts and (n := p.read_text(encoding="utf-8").count("\n")) > LONGEST_FILE
    }
    assert not long, f"a package of the same name reads better: {long}"


def test_functions_stay_readable():
    long = [
        f"{relative(path)}:{node.lineno} {node.name}"
        for path in own_code()
        for node in functions(path)
        if node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long


def test_what_others_may_use_is_called_by_a_word_of_the_field():
    named = [
        (path, node)
        for path in own_code()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    ]
    vague = [relative(path) for path in own_code() if path.stem in OVERLOADED]
    vague += [f"{relative(path)}:{node.lineno} {node.name}" for path, node in named if node.name.lower() in OVERLOADED]
    assert not vague, "docs/glossary.md has the word"


def test_lines_of_templates_fit_a_screen():
    long = [
        f"{relative(path)}:{number} ({len(line)})"
        for path in tracked(".html")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LONGEST_TEMPLATE_LINE
    ]
    assert not long, "one cell, one line"


def test_rules_actions_and_queries_say_what_they_do():
    silent = []
    for path in own_code():
        if not any(part in f"/{relative(path)}" for part in DOCUMENTED):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        silent += [
            f"{relative(path)}:{node.lineno} {node.name}"
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        ]
    assert not silent


def test_a_status_is_written_in_actions_only():
    strays = []
    for path in own_code():
        if any(part in f"/{relative(path)}" or relative(path).startswith(part) for part in WRITERS):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if _writes_status(node):
                strays.append(f"{relative(path)}:{node.lineno}")
    assert not strays


def apps() -> list[str]:
    """The apps beside the kernel."""
    return sorted({path.parent.name for path in tracked("apps.py") if path.parent.parent == ROOT} - {"credit_platform"})


def test_every_app_stands_in_the_contracts():
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    contracts = {each["id"]: each for each in told["contracts"]}
    layers = {name.strip(" ()") for line in contracts["house"]["layers"] for name in re.split("[|:]", line)}
    wanted = {
        "root_packages": set(told["root_packages"]),
        "house": layers,
        "actors": set(contracts["actors"]["forbidden_modules"]),
        "parsers": set(contracts["parsers"]["source_modules"]),
    }
    assert not [f"{app} in {name}" for name, given in wanted.items() for app in apps() if app not in given]


@pytest.mark.parametrize(
    ("file", "mark"), [("README.md", "    {}/ "), ("docs/architecture.md", "{}"), ("pytest.ini", " {} ")]
)
def test_every_app_stands_on_the_map(file, mark):
    text = (ROOT / file).read_text(encoding="utf-8")
    assert not [app for app in apps() if mark.format(app) not in text]


def test_a_missing_second_person_is_forbidden():
    """403 and never 422: nothing that is typed would mend it."""
    told = {
        f"{relative(path)}:{node.lineno}": node.func.id
        for path in own_code()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.args
        and _names_one_person(node.args[0])
    }
    assert len(told) > 8
    assert set(told.values()) == {"Forbidden"}, told


def _names_one_person(code: ast.expr) -> bool:
    last = code.values[-1] if isinstance(code, ast.JoinedStr) else code
    return isinstance(last, ast.Constant) and str(last.value).endswith((".two_people", ".oneself"))


def _writes_status(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        return any(
            isinstance(target, ast.Attribute)
            and target.attr in STATUS_FIELDS
            and not (isinstance(target.value, ast.Name) and target.value.id == "self")
            for target in node.targets
        )
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update":
        return any(keyword.arg in STATUS_FIELDS for keyword in node.keywords)
    return False


@pytest.mark.parametrize("name", ["utils.py", "helpers.py", "services.py", "signals.py", "constants.py", "managers.py"])
def test_no_file_is_a_drawer_for_everything(name):
    assert not [relative(path) for path in tracked(name) if path.name == name]


def test_nothing_is_left_to_do_and_nothing_names_this_machine():
    marks = ("TO" + "DO", "FIX" + "ME")
    bad = []
    for path in tracked(".py", ".md", ".html", ".txt", ".in", ".toml", ".yml", ".sh", ".css", ".conf", "Makefile"):
        if "/vendor/" in str(path) or path == Path(__file__).resolve():
            continue
        text = path.read_text(encoding="utf-8")
        bad += [f"{relative(path)}: {host}" for host in DISTRIBUTION_HOSTS if host in text]
        bad += [
            f"{relative(path)}: a path of one machine"
            for part in ("/work" + "/main", "/work" + "/shared")
            if part in text
        ]
        if path.suffix == ".py":
            bad += [f"{relative(path)}: {mark}" for mark in marks if mark in text]
    assert not bad
