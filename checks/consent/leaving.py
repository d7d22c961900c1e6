"""Leaving is as easy as joining.

## Why it matters
A way out that is longer than the way in keeps people who said no in their heart.

## How it judges
Channel by channel, by what the owner wrote down: steps to leave less steps to join, above
`extra_steps` fails. Having to sign in or to pay fails. A test older than the days of the policy at
launch, dated after it, or without evidence is asked again, and so is whatever was not stated. With
everything in order it is clear, and rests on that test. Whether emails carry the header by which a
mail program offers to leave is shown beside it, and decides nothing.

## What to do
Cut the extra steps and the login, then try the way out again before the launch.

## What it cannot see
It was tried once, on one device. Whether the refusal then works is another check.
"""

from __future__ import annotations

from checks.campaign import ChannelName, OptOut
from checks.case import Case
from checks.evidence import Table
from checks.finding import Finding, ask, clear, fail
from checks.phrases import day, many, stated, verb
from checks.policy import Part
from checks.registry import Findings, check


class Limits(Part):
    """How much harder leaving may be, and how old the test of it."""

    extra_steps: int
    login_or_fee: int
    """Channels on which people must sign in or pay."""
    tested_days: int


@check(
    title="Leaving is as easy as joining",
    question="Does it take more to say no than it took to say yes?",
    kind="mixed",
    cites=["GDPR 7(3)", "11 CCR 7004", "CAN-SPAM 16 CFR 316.5", "RFC 8058", "DSA 25"],
    limits=Limits,
)
def judge(case: Case) -> Findings:
    """Judge each channel's way out."""
    channels = case.campaign.channels
    if not channels:
        yield ask(
            "channels",
            "The campaign names no channel, so nobody can say how people leave.",
            remedy="Name the ways people are reached, each with its opt_out: channels.",
        )
    hard = sum(bool(one.opt_out and _asks_much(one.opt_out)) for one in channels.values())
    for name in channels:
        yield _judged(case, name, too_hard=hard > case.limits(Limits).login_or_fee)


def _asks_much(way: OptOut) -> bool:
    return way.login is True or way.fee is True


def _judged(case: Case, name: ChannelName, *, too_hard: bool) -> Finding:
    way, said = case.campaign.channels[name].opt_out, name.replace("_", " ")
    if way is None:
        return ask(
            name,
            f"How people leave the {said} list was not written down.",
            remedy=f"Try it, and write down what it took: channels.{name}.opt_out.",
        )
    table, limits = _table(name, way), case.limits(Limits)
    extra = _extra(way)
    longer = extra is not None and extra > limits.extra_steps
    if longer or (too_hard and _asks_much(way)):
        return fail(name, _harder(way, said, longer=longer), table, remedy=_mend(case, way))
    if open_ := _open(case, way, limits):
        return ask(
            name,
            f"Whether people can leave the {said} list easily is not settled: {'; '.join(open_)}.",
            table,
            remedy=f"Try it, keep a proof, and write it down: channels.{name}.opt_out.",
        )
    return clear(
        name,
        f"Leaving the {said} list takes {many(way.steps_out or 0, 'step')}, joining took "
        f"{way.steps_in or 0:,}. This rests on the owner's test of {day(way.tested)}.",
        table,
    )


def _extra(way: OptOut) -> int | None:
    if way.steps_in is None or way.steps_out is None:
        return None
    return way.steps_out - way.steps_in


def _harder(way: OptOut, said: str, *, longer: bool) -> str:
    asked = [what for what, holds in (("a login", way.login), ("a fee", way.fee)) if holds]
    if not longer:
        return f"Leaving the {said} list asks for {' and '.join(asked)}."
    also = f", and asks for {' and '.join(asked)}" if asked else ""
    return (
        f"Leaving the {said} list takes {many(way.steps_out or 0, 'step')}, joining took "
        f"{way.steps_in or 0:,}{also}."
    )


def _mend(case: Case, way: OptOut) -> str:
    cut = [f"{many(extra, 'step')}"] if (extra := max(0, _extra(way) or 0)) else []
    cut += [what for what, holds in (("the login", way.login), ("the fee", way.fee)) if holds]
    return f"Cut {' and '.join(cut)}, and try it again before {day(case.campaign.launch)}."


def _open(case: Case, way: OptOut, limits: Limits) -> list[str]:
    """What a person still has to settle, each as part of a sentence."""
    parts = {
        "steps": _extra(way),
        "login": way.login,
        "fee": way.fee,
        "test": way.tested,
        "evidence of the test": way.evidence,
    }
    silent = [what for what, value in parts.items() if value is None or value == ""]
    found = [f"{', '.join(silent)} {verb(len(silent), 'is', 'are')} not stated"] if silent else []
    if way.tested is not None:
        age = (case.campaign.launch - way.tested).days
        if age < 0:
            found.append(f"the test of {day(way.tested)} is dated after the launch")
        if age > limits.tested_days:
            found.append(
                f"the test will be {many(age, 'day')} old at launch, {limits.tested_days:,} count"
            )
    return found


def _table(name: ChannelName, way: OptOut) -> Table:
    rows: list[tuple[str, str | int | None]] = [
        ("steps to join", "not stated" if way.steps_in is None else way.steps_in),
        ("steps to leave", "not stated" if way.steps_out is None else way.steps_out),
        ("leaving needs a login", stated(way.login)),
        ("leaving costs a fee", stated(way.fee)),
        ("last tried on", day(way.tested)),
        ("evidence", way.evidence or "not stated"),
    ]
    if name == "email":
        rows.append(("one click in the mail program", stated(way.one_click)))
    return Table(
        title="The way in and the way out",
        columns=("what was asked", "what was stated"),
        rows=tuple(rows),
    )
