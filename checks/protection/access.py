"""Only those who need the data can see them.

## Why it matters
An account that nobody closed is a door that nobody watches.

## How it judges
Accounts of people who have left and that are still there fail above `leavers`; shared ones fail
above `shared`, because nobody can say who used them. When more than `stale_watch` of the accounts
were not used for over `stale_days` before launch, they are watched. Where the last use of so many
is not stated that they could change this, it cannot tell. Numbers only: no account is named.

## What to do
Close the accounts of people who left, split the shared ones, and take back what nobody uses.

## What it cannot see
Access outside the list of accounts: copies, backups, and who looks over a shoulder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

from checks.campaign import Access
from checks.case import Case
from checks.evidence import Table
from checks.finding import Finding, Reason, cannot_tell, clear, fail, watch
from checks.phrases import be, many, verb
from checks.policy import Part
from checks.registry import Findings, check

ACCOUNTS = "accounts"


class Limits(Part):
    """How many accounts may be open that nobody answers for."""

    leavers: int
    shared: int
    stale_days: int
    """Unused for longer is stale."""
    stale_watch: float
    """Share of the accounts that is stale: above it, watch."""


@check(
    title="Who can see it",
    question="Only those who need it?",
    cites=["GDPR 5(1)(f)", "GDPR 29", "GDPR 32(4)", "our policy"],
    limits=Limits,
)
def judge(case: Case) -> Findings:
    """Judge all accounts together."""
    accounts, limits = case.campaign.access, case.limits(Limits)
    if accounts is None:
        yield cannot_tell(
            ACCOUNTS,
            "The campaign does not say who can see these data.",
            reason=Reason.COLUMN_MISSING,
            remedy="List the accounts with their right and last use in the campaign file: access.",
        )
        return
    yield _judged(case, accounts, limits)


def _judged(case: Case, accounts: Sequence[Access], limits: Limits) -> Finding:
    total = len(accounts)
    left, shared = sum(one.left for one in accounts), sum(one.shared for one in accounts)
    stale, unknown = _stale(case, accounts, limits), sum(one.last_used is None for one in accounts)
    table = _table(accounts, limits, stale, unknown)
    numbers = (
        f"{left:,} of {many(total, 'account')} {verb(left, 'belongs', 'belong')} to people who "
        f"left, {shared:,} {be(shared)} shared."
        if left or shared
        else f"None of {many(total, 'account')} is shared or of somebody who left."
    )
    unused = f"{stale:,} of {total:,} {'was' if stale == 1 else 'were'} not used for over "
    unused += f"{limits.stale_days:,} days."
    if left > limits.leavers or shared > limits.shared:
        return fail(ACCOUNTS, numbers, table, remedy=f"{_close(left, shared)} {unused}")
    allowed = Fraction(str(limits.stale_watch)) * total
    if stale > allowed:
        return watch(ACCOUNTS, unused, table, remedy="Close them, or say who needs them for what.")
    if stale + unknown > allowed:
        return cannot_tell(
            ACCOUNTS,
            f"When {unknown:,} of {many(total, 'account')} {'was' if unknown == 1 else 'were'} "
            "last used is not stated.",
            table,
            reason=Reason.COLUMN_MISSING,
            remedy="Add the day of the last use to each account: access, last_used.",
        )
    if not total:
        return clear(ACCOUNTS, "The campaign says that no account can see these data.", table)
    return clear(ACCOUNTS, f"{numbers} {unused}", table)


def _close(left: int, shared: int) -> str:
    """What to do about accounts that nobody answers for."""
    close = f"Close {many(left, 'account')} of people who have left" if left else ""
    split = f"split {many(shared, 'shared account')}" if shared else ""
    said = " and ".join(part for part in (close, split) if part)
    return f"{said[0].upper()}{said[1:]}."


def _stale(case: Case, accounts: Sequence[Access], limits: Limits) -> int:
    oldest = case.campaign.launch - timedelta(days=limits.stale_days)
    return sum(one.last_used is not None and one.last_used < oldest for one in accounts)


def _table(accounts: Sequence[Access], limits: Limits, stale: int, unknown: int) -> Table:
    rights = Counter(one.right.strip().casefold() for one in accounts)
    return Table(
        title="Accounts that can see these data",
        columns=("which", "accounts"),
        rows=(
            ("all", len(accounts)),
            ("of people who have left", sum(one.left for one in accounts)),
            ("shared by several people", sum(one.shared for one in accounts)),
            (f"not used for over {limits.stale_days:,} days", stale),
            ("last use not stated", unknown),
            ("may export", rights.pop("export", 0)),
            *((f"right: {right}", number) for right, number in sorted(rights.items())),
        ),
    )
