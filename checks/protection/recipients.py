"""Everyone who receives the data is named, under contract, and in an allowed country.

## Why it matters
What leaves the house is out of our hands. A contract is all that people have there.

## How it judges
A processor without a contract counts, and so does sharing or sale that the campaign declares
without naming who receives: more than `uncontracted` fails. So does a recipient outside the EEA and
the UK without a mechanism, or without the assessment that one other than adequacy needs: more than
`transfers_without_mechanism` fails. What is not stated is asked. With a platform, or somebody who
decides with us, a person must say who answers for what.

## What to do
Stop the feed until contract and mechanism are there, and write down their references.

## What it cannot see
What a recipient does next. That all is in order rests on the references given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checks.campaign import Recipient
from checks.case import Case
from checks.evidence import Table
from checks.finding import Finding, ask, clear, fail, not_applicable
from checks.people.regions import country, has_gdpr
from checks.phrases import be, has, listed, many, them, verb
from checks.policy import Part
from checks.registry import Findings, check

DECIDE_WITH_US = ("joint", "platform")


class Limits(Part):
    """How many recipients may be without what the law asks for."""

    uncontracted: int
    transfers_without_mechanism: int


@check(
    title="Everyone who receives the data",
    question="Is each recipient named, under contract, and in an allowed country?",
    kind="mixed",
    cites=[
        "GDPR 26",
        "GDPR 28",
        "GDPR 44–49",
        "CJEU C-210/16",
        "EDPB Guidelines 8/2020",
        "Cal. Civ. Code 1798.100",
    ],
    limits=Limits,
)
def judge(case: Case) -> Findings:
    """Judge contracts, transfers and joint control, each by itself."""
    recipients, limits = case.campaign.recipients, case.limits(Limits)
    if recipients is None:
        yield ask(
            "contracts",
            "The campaign does not say who outside receives people's data.",
            remedy="Name who receives data in the campaign file: recipients. "
            "An empty list is an answer too.",
        )
        return
    yield _contracts(case, recipients, limits.uncontracted)
    yield _transfers(case, recipients, limits.transfers_without_mechanism)
    yield _together(recipients)


def _contracts(case: Case, recipients: Sequence[Recipient], allowed: int) -> Finding:
    table = _receiving("Who receives data", "contract", recipients)
    unnamed = list(_unnamed(case, recipients))
    bare = [one for one in recipients if one.role == "processor" and not one.contract]
    if len(unnamed) + len(bare) > allowed:
        return _uncontracted(recipients, unnamed, bare, table)
    open_ = [one.name for one in recipients if one.role is None and not one.contract]
    if open_:
        return ask(
            "contracts",
            f"For {len(open_):,} of {many(len(recipients), 'recipient')} neither role nor contract "
            "is stated.",
            table,
            remedy=f"Say what part each has, and under which contract: {listed(open_)}.",
        )
    if not recipients:
        return clear("contracts", "Nobody outside receives these data, says the campaign.", table)
    bound = sum(one.role == "processor" for one in recipients)
    needs = f"{many(bound, 'recipient')} {verb(bound, 'needs', 'need')} a contract; each has one"
    says = f"{needs}, by the reference given." if bound else "No recipient needs a contract, "
    return clear("contracts", says if bound else f"{says}by the roles given.", table)


def _uncontracted(
    recipients: Sequence[Recipient], unnamed: list[str], bare: Sequence[Recipient], table: Table
) -> Finding:
    """Recipients without a contract, and what leaves for nobody who is named."""
    says, do = [], []
    if bare:
        names = listed([one.name for one in bare])
        of = f"{len(bare):,} of {many(len(recipients), 'recipient')} {has(len(bare))}"
        says.append(f"{of} no contract: {names}.")
        do.append(_stop(bare))
    if unnamed:
        does = " and ".join(unnamed)
        says.append(f"The campaign {does}, and names nobody who receives any.")
        do.append("Name who receives data (recipients), or stop it.")
    return fail("contracts", " ".join(says), table, remedy=" ".join(do))


def _receiving(title: str, bond: str, some: Sequence[Recipient]) -> Table:
    return Table(
        title=title,
        columns=("recipient", "role", bond, "receives"),
        rows=tuple(
            (
                one.name,
                one.role or "not stated",
                one.contract or "none",
                listed(one.receives) or "not stated",
            )
            for one in some
        ),
    )


def _unnamed(case: Case, recipients: Sequence[Recipient]) -> Iterator[str]:
    """What the campaign says it does with data, without a recipient for it."""
    uses = case.campaign.uses_data_for
    roles = {one.role for one in recipients}
    if uses and uses.shares_with_ad_platform and not roles & {*DECIDE_WITH_US, None}:
        yield "shares data with an ad platform"
    if uses and uses.sells and not roles & {*DECIDE_WITH_US, "controller", None}:
        yield "sells data"


def _stop(bare: Sequence[Recipient]) -> str:
    fields = {name for one in bare for name in one.receives}
    what = f"the feed of {many(len(fields), 'field')}" if fields else "the feed"
    return f"Stop {what} to {them(len(bare))} until it is signed."


def _transfers(case: Case, recipients: Sequence[Recipient], allowed: int) -> Finding:
    regions = case.campaign.regions
    if regions and not any(has_gdpr(one) for one in regions):
        return not_applicable(
            "transfers", "None of the campaign's regions is in the EEA or the UK."
        )
    if not recipients:
        return not_applicable("transfers", "Nobody outside receives data, says the campaign.")
    bare = [one.name for one in recipients if _abroad(one) and not _founded(one)]
    if len(bare) > allowed:
        return fail(
            "transfers",
            f"{len(bare):,} of {many(len(recipients), 'recipient')} {be(len(bare))} abroad without "
            f"a mechanism or its assessment: {listed(bare)}.",
            _countries(recipients),
            remedy="Stop the feed until both are there, or use a recipient in the EEA or the UK.",
        )
    return _in_order(recipients)


def _in_order(recipients: Sequence[Recipient]) -> Finding:
    """No transfer is without its mechanism; a country may still be missing."""
    table, abroad = _countries(recipients), sum(map(_abroad, recipients))
    nowhere = [one.name for one in recipients if not _has_country(one)]
    if nowhere:
        return ask(
            "transfers",
            f"The country of {len(nowhere):,} of {many(len(recipients), 'recipient')} "
            "is not stated.",
            table,
            remedy=f"Give each country by its two letters: {listed(nowhere)}.",
        )
    if not abroad:
        return clear("transfers", "Nothing leaves the EEA and the UK, says the campaign.", table)
    says = f"{many(abroad, 'recipient')} {be(abroad)} outside the EEA and the UK"
    return clear("transfers", f"{says}, each with a mechanism by the reference given.", table)


def _countries(recipients: Sequence[Recipient]) -> Table:
    def assessed(one: Recipient) -> str:
        needed = _abroad(one) and not _adequate(one)
        return one.assessment or ("none" if needed else "not needed")

    return Table(
        title="Where data go",
        columns=("recipient", "country", "mechanism", "assessment"),
        rows=tuple(
            (one.name, one.country or "not stated", one.mechanism or "none", assessed(one))
            for one in recipients
        ),
    )


def _has_country(one: Recipient) -> bool:
    """Whether a country is given by its two letters; in words it is not recognised."""
    letters = country((one.country or "").strip())
    return len(letters) == 2 and letters.isalpha()


def _abroad(one: Recipient) -> bool:
    return _has_country(one) and not has_gdpr(str(one.country).strip())


def _adequate(one: Recipient) -> bool:
    return "adequacy" in (one.mechanism or "").casefold()


def _founded(one: Recipient) -> bool:
    """Whether a transfer has its mechanism, and the assessment where that needs one."""
    return bool(one.mechanism) and (_adequate(one) or bool(one.assessment))


def _together(recipients: Sequence[Recipient]) -> Finding:
    joint = [one for one in recipients if one.role in DECIDE_WITH_US]
    if not joint:
        return not_applicable("joint control", "No recipient is said to decide with us.")
    table = _receiving("Who decides with us", "agreement", joint)
    return ask(
        "joint control",
        f"{many(len(joint), 'recipient')} {verb(len(joint), 'decides', 'decide')} with us "
        f"what becomes of the data: {listed([one.name for one in joint])}.",
        table,
        remedy="Write down who answers for what, and tell people the essence of it.",
    )
