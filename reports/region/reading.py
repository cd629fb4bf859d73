"""A foreign file is opened: in the limited process, which tells what it found and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from credit_platform.confined.limits import Limits
from credit_platform.confined.session import Session
from reports.region.rules import Signature

READER = "reports.region.inside:Opened"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the limited process found in a file: `twin` is the text of the data inside, `acts`: it would act by itself when opened."""

    pages: int
    twin: str
    acts: bool
    signatures: tuple[Signature, ...]


def facts_of(data: bytes) -> Facts:
    """The facts of a file. FileRefused when it is no PDF that can be opened within the limits."""
    with Session(READER, data, limits=Limits.of_page()) as session:
        found = next(iter(session.ask("facts")))
    signatures = tuple(Signature(**each) for each in found["signatures"])
    return Facts(found["pages"], found["twin"], found["acts"], signatures)
