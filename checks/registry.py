"""Find the checks and run them; none may fall silent."""

from __future__ import annotations

import inspect
import logging
import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Literal

from pydantic import BaseModel, ValidationError

from checks import sources
from checks.case import Case
from checks.fairness import both_ways
from checks.finding import Finding, Severity, Source, broken
from checks.policy import CheckPolicy, Policy
from checks.refusal import Problem, Refused, TookTooLong
from checks.runs import watching
from checks.written.doors import near_miss, place

log = logging.getLogger(__name__)

FAMILIES = (
    "integrity",
    "transparency",
    "consent",
    "bias",
    "protection",
    "society",
    "balance",
)
"""The folders of checks, in the order in which a reviewer meets them."""

Kind = Literal["computed", "mixed", "asked"]
Input = Literal[
    "everyone",
    "targeted",
    "key",
    "attributes",
    "age",
    "quasi",
    "segment",
    "status",
    "given",
    "proof",
    "wording",
    "suppression",
    "signals",
    "contacts",
    "outcomes",
    "language",
    "region",
    "notice",
    "vulnerable",
    "score",
    "offer",
    "activity",
]
"""What of the people a check can read, by the words of `checks.drafts.asking`."""
Findings = Iterator[Finding]
Judge = Callable[[Case], Findings]


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """A rule: its page in the catalogue, and the function that judges it."""

    id: str
    title: str
    question: str
    """What it asks, in plain words."""
    kind: Kind
    sources: tuple[Source, ...]
    shared: tuple[str, ...]
    """Shared blocks of the policy that it reads: judging, permission, ages …"""
    limits: type[BaseModel] | None
    """Its own limits, as a frozen model; None where it has none."""
    formerly: tuple[str, ...]
    doc: str
    """The module's docstring: the four headings of the catalogue page."""
    judge: Judge
    reads: tuple[Input, ...] = ()
    """What it reads of the people; nothing where it looks at the campaign file alone."""

    @property
    def family(self) -> str:
        """The folder it lives in."""
        return self.id.partition(".")[0]

    def section(self, heading: str) -> str:
        """The text under one of the four headings of its page."""
        _, found, rest = self.doc.partition(f"## {heading}\n")
        return rest.partition("\n## ")[0].strip() if found else ""

    def __call__(self, case: Case) -> tuple[Finding, ...]:
        """Judge a case; the findings carry this check's id, weight and sources."""
        weight = severity(self.id, case)
        found = both_ways.judged(self.judge, case)
        return tuple(one.of(self.id, weight, self.sources) for one in found)


def check(
    *,
    title: str,
    question: str,
    cites: Sequence[str],
    kind: Kind = "computed",
    shared: Sequence[str] = (),
    limits: type[BaseModel] | None = None,
    formerly: Sequence[str] = (),
    reads: Sequence[Input] = (),
) -> Callable[[Judge], Check]:
    """Make a module's function `judge` its check; the module's docstring is its page.

    `cites` are names in `checks.sources.SOURCES`.
    """

    def made(judge: Judge) -> Check:
        module = sys.modules[judge.__module__]
        return Check(
            id=module.__name__.removeprefix("checks."),
            title=title,
            question=question,
            kind=kind,
            sources=tuple(sources.SOURCES[name] for name in cites),
            shared=tuple(shared),
            limits=limits,
            formerly=tuple(formerly),
            reads=tuple(reads),
            doc=inspect.getdoc(module) or "",
            judge=judge,
        )

    return made


@cache
def catalogue() -> tuple[Check, ...]:
    """Every check: one for each module in the folders of `FAMILIES`."""
    return tuple(
        import_module(module.name).judge
        for family in FAMILIES
        for module in pkgutil.iter_modules(
            import_module(f"checks.{family}").__path__, f"checks.{family}."
        )
    )


def agree(policy: Policy, name: str = "policy", checks: Iterable[Check] | None = None) -> None:
    """Hold a policy pack against the catalogue: each check and each limit known to both.

    Raises `checks.refusal.Refused` with every name that only one side knows.
    """
    known = {one.id: one for one in (catalogue() if checks is None else checks)}
    problems = [
        *_strangers(policy.checks, known, (name, "checks"), "check"),
        *(
            problem
            for check_id, one in known.items()
            if check_id in policy.checks
            for problem in _limits(policy.checks[check_id], one, name)
        ),
    ]
    if problems:
        raise Refused(problems)


def _limits(pack: CheckPolicy, one: Check, name: str) -> Iterator[Problem]:
    """What is wrong with one check's limits: unknown, missing, or of another kind."""
    at = (name, "checks", one.id, "limits")
    fields = one.limits.model_fields if one.limits else {}
    named = list(_strangers(pack.limits, fields, at, "limit"))
    yield from named
    if named or one.limits is None:
        return
    try:
        one.limits.model_validate({limit: held.value for limit, held in pack.limits.items()})
    except ValidationError as error:
        for complaint in error.errors():
            yield Problem(
                where=place(*at, *complaint["loc"]),
                what="Its value is not of the kind that this check takes.",
                cure="See how the default pack writes it: most limits are numbers.",
            )


def _strangers(
    held: Iterable[str], known: Iterable[str], at: tuple[str, ...], kind: str
) -> Iterator[Problem]:
    """Names that only the pack has, and names that it lacks."""
    here, there = list(held), list(known)
    for one in here:
        if one not in there:
            near = near_miss(one, [name for name in there if name not in here])
            cure = f'Did you mean "{near}"?' if near else "Take it out."
            yield Problem(
                where=place(*at, one), what=f"There is no {kind} of this name.", cure=cure
            )
    for one in there:
        if one not in here:
            what = f'The {kind} "{one}" is missing.'
            yield Problem(where=place(*at), what=what, cure="Add it; the default pack shows how.")


def severity(check_id: str, case: Case) -> Severity:
    """What the policy says this check weighs for this campaign."""
    weight = case.policy.checks[check_id]
    return weight.in_regulated if case.campaign.regulated else weight.severity


def run(case: Case, checks: Iterable[Check] | None = None) -> tuple[Finding, ...]:
    """Every finding about a case, the most pressing first, in catalogue order within a verdict."""
    chosen = tuple(catalogue() if checks is None else checks)
    found: list[Finding] = []
    for done, one in enumerate(chosen):
        watching.tell(
            f"{done} of {len(chosen)} checks are done. Now: {one.title}", done / len(chosen)
        )
        found.extend(_answers(one, case))
    return tuple(sorted(found, key=lambda finding: finding.verdict.urgency))


def _answers(one: Check, case: Case) -> tuple[Finding, ...]:
    try:
        found = one(case)
    except TookTooLong as refusal:
        why = " ".join(f"{problem.what} {problem.cure}" for problem in refusal.problems)
        return (_broken(one, case, f"“{one.title}” could not run. {why}"),)
    except Refused:
        raise  # the people cannot be asked any more: no check can say anything
    except Exception as error:  # noqa: BLE001 — one broken check must not stop a review
        kind = type(error).__name__  # never its message: it may quote a row
        log.error("%s could not run (%s)", one.id, kind)  # noqa: TRY400
        return (_broken(one, case, f"“{one.title}” could not run ({kind})."),)
    return found or (_broken(one, case, f"“{one.title}” gave no verdict."),)


def _broken(one: Check, case: Case, headline: str) -> Finding:
    weight = case.policy.checks.get(one.id)
    heavy = severity(one.id, case) if weight else Severity.BLOCKING
    return broken("this check", headline).of(one.id, heavy, one.sources)
