"""What cannot be taken in is refused, with the place, what was found there, and the cure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

_CAMPAIGN = "campaign.yaml"
"""What a campaign file is called where nobody says otherwise."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One thing that is wrong, told so that the person can mend it."""

    where: str
    """File and place: ``campaign.yaml, channels.email.permission.status``."""
    what: str
    """What was found there, as a sentence."""
    cure: str
    """What to do about it, as a sentence."""

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.cure}".rstrip()


class Refused(Exception):  # noqa: N818 — the word people see
    """The input was refused; every problem found is told at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def refuse(where: str, what: str, cure: str) -> Refused:
    """Make the refusal for a single problem, to be raised."""
    return Refused([Problem(where=where, what=what, cure=cure)])


@contextmanager
def called(campaign: str) -> Iterator[None]:
    """Call the campaign file by its own name in whatever is refused here."""
    try:
        yield
    except Refused as refused:
        if not any(_in_campaign(one) for one in refused.problems):
            raise
        raise Refused(
            replace(one, where=campaign + one.where.removeprefix(_CAMPAIGN))
            if _in_campaign(one)
            else one
            for one in refused.problems
        ) from None


def _in_campaign(problem: Problem) -> bool:
    return problem.where == _CAMPAIGN or problem.where.startswith(f"{_CAMPAIGN}, ")


class TookTooLong(Refused):
    """A step was stopped at its time limit; the words name the limit and how to raise it."""

    def __init__(self, doing: str, seconds: float, limit: str) -> None:
        what = f"{doing} took longer than {seconds:,g} seconds and was stopped."
        cure = (
            "Use fewer people or columns, or a machine with less to do. "
            f"Or raise {limit} in checks/intake/limits.py."
        )
        super().__init__([Problem(where="the people data", what=what, cure=cure)])
