"""What happened, told as sentences: the timeline of a review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from checks.finding import Verdict
from review.document.wording import ANSWERS, WORDS, plural
from review.record import Action, Actor, Answer, Decision, Happened, told_day

DECISIONS = {
    Decision.APPROVE: "approved",
    Decision.APPROVE_WITH_CONDITIONS: "approved with conditions",
    Decision.REQUEST_CHANGES: "asked for changes in",
    Decision.REJECT: "rejected",
}

COMMANDS = {
    "record_run": "wanted to run the checks",
    "sign": "wanted to sign",
    "propose_exception": "proposed an exception",
    "confirm_exception": "wanted to confirm an exception",
    "make_lists": "wanted to make the cleaned lists",
    "take_seat": "wanted to take or give a seat",
    "unseat": "wanted to take somebody off their seat",
    "declare": "wanted to say that they are here",
    "recuse": "wanted to be recused",
    "put_point": "wanted to put a point to the committee",
    "seal_answer": "wanted to seal an answer",
    "open_seals": "wanted to open the sealed answers",
    "speak": "wanted to enter a spoken answer",
    "settle": "wanted to settle a point",
    "open_ballot": "wanted to open the ballot",
    "cast_ballot": "wanted to vote",
    "close_ballot": "wanted to close the ballot",
    "attest": "wanted to sign for how the decision was taken",
    "dissent": "wanted to put a dissent on record",
    "find_met": "wanted to find a condition kept",
    "erase": "wanted to erase words",
    "change_accounts": "wanted to change an account",
}


def person(actor: Actor) -> str:
    """Somebody in print, with role and whether anyone vouched for the name."""
    if actor.unnamed:
        return "Somebody (nobody had said a name yet)"
    vouched = "" if actor.verified else ", not verified"
    return f"{actor.name} ({actor.role.told}{vouched})"


def tally(counts: Mapping[Verdict, int]) -> str:
    """Counts of verdicts in words.

    >>> tally({Verdict.FAIL: 1, Verdict.CLEAR: 31, Verdict.NOT_APPLICABLE: 2})
    '1 fails, 31 clear, 2 do not apply'
    """
    told = [
        f"{number} {WORDS[one][1 if number == 1 else 2]}"
        for one in Verdict
        if (number := counts.get(one, 0))
    ]
    return ", ".join(told) or "nothing was found"


def opened(who: str, name: str) -> str:
    """A review began."""
    return f"{who} opened the review of {name}."


def first_run(who: str, counts: Mapping[Verdict, int]) -> str:
    """The first run of a review."""
    return f"{who} ran the checks. Of {_checks(counts)}: {tally(counts)}."


def same_run(who: str, before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """A run that found what was found before."""
    moved = [f"{name} {before.get(name, 'unknown')} → {now[name]}" for name in now
             if before.get(name) != now[name]]  # fmt: skip
    told = f"{who} ran the checks again. The campaign and its files are as before: nothing changed"
    return f"{told} but the software ({', '.join(moved)})." if moved else f"{told}."


def new_revision(
    who: str,
    revision: int,
    changed: Sequence[str],
    counts: Mapping[Verdict, int],
    *,
    carried: int,
    again: int,
) -> str:
    """A run on something that moved."""
    parts = ", ".join(changed)
    why = f"Changed: {parts}." if parts else "The inputs are as before; the results are not."
    carry = plural(carried, "answer", "answers")
    return (
        f"{who} ran the checks on revision {revision}. {why} Of {_checks(counts)}: "
        f"{tally(counts)}. {carry} carried over, {again} to give again."
    )


def answered(
    who: str, asks: str, answer: Answer, *, reason: str, action: Action | None, statement: bool
) -> str:
    """An answer, or a statement of the owner's side."""
    verb = "stated" if statement else "answered"
    told = f"{who} {verb} on “{asks}”: {ANSWERS[answer]}.{_quoted(reason)}"
    if action:
        told += f" Action: {action.what} ({action.who}, by {told_day(action.by)})."
    return told + (" A statement settles nothing." if statement else "")


def commented(who: str, about: str, text: str) -> str:
    """A comment."""
    return f"{who} commented on {about or 'the campaign'}.{_quoted(text)}"


def proposed(who: str, finding: str, until: date, reason: str) -> str:
    """An exception was asked for."""
    return f"{who} proposed an exception for {finding} until {told_day(until)}.{_quoted(reason)}"


def confirmed(who: str, finding: str) -> str:
    """An exception was confirmed."""
    return f"{who} confirmed the exception for {finding} as the second person."


def signed(who: str, decision: Decision, revision: int, conditions: int) -> str:
    """A decision was signed."""
    held = f", {conditions} in number" if conditions else ""
    return f"{who} {DECISIONS[decision]} revision {revision}{held}."


TURNED = ("reopened the review.", "withdrew the review.")


def reopened(who: str, reason: str) -> str:
    """A review was taken up again."""
    return f"{who} {TURNED[0]}{_quoted(reason)}"


def withdrawn(who: str, reason: str) -> str:
    """A review or decision was taken back."""
    return f"{who} {TURNED[1]}{_quoted(reason)}"


def turned(timeline: Sequence[Happened]) -> str:
    """How a review was last opened again or withdrawn, by whom and why; empty where it never was.

    What people wrote is quoted: it is never taken for what happened.
    """
    for one in reversed(timeline):
        if one.sentence.partition(" “")[0].endswith(TURNED):
            return one.sentence
    return ""


AUDIENCES = {
    "internal": "",
    "two-pages": ", two pages for a meeting",
    "regulator": ", for a regulator",
    "public": ", for the people concerned",
    "html": ", to quote from",
}


def exported(who: str, edition: str, audience: str, sha256: str) -> str:
    """A document was made."""
    kind = "the signed document" if edition == "signed" else "a pre-read, not signed"
    return f"{who} made {kind}{AUDIENCES[audience]} (SHA-256 begins {sha256[:8]})."


def refused(who: str, command: str, because: str) -> str:
    """A command that was not taken."""
    return f"{who} {COMMANDS.get(command, command)}. It was not taken: {because}"


def lists_made(who: str, kept: Mapping[str, int], removed: Mapping[str, int]) -> str:
    """Lists left Candor."""
    told = "; ".join(
        f"{channel}: {people:,} people kept, {removed.get(channel, 0):,} taken off"
        for channel, people in kept.items()
    )
    return f"{who} made the cleaned lists. {told}."


def members_kept(who: str, people: Mapping[str, int]) -> str:
    """The people of an approval were kept, so that a later list can be compared with them."""
    told = "; ".join(f"{channel}: {number:,} people" for channel, number in people.items())
    return f"The approved list was kept as digests, with the approval of {who}. {told}."


def released(who: str, answer: str, channel: str, counts: Mapping[str, int]) -> str:
    """A list was held against the approval."""
    people = plural(counts.get("people", 0), "person", "people")
    return (
        f"{who} held a list for {channel} of {people} against the approval. "
        f"Answer: {RELEASED[answer].format_map(_Counts(counts))}."
    )


class _Counts(dict[str, int]):
    """Counts by name, 0 where there is none."""

    def __missing__(self, _: str) -> int:
        return 0


RELEASED = {
    "approved": "approved",
    "approved_fewer": "approved, {said_no_since:,} fewer: they said no since",
    "same_people": "the same people; not everything was looked at",
    "held_back": "held back: a condition of the approval is not kept",
    "changed": (
        "changed: {added:,} added, {dropped:,} removed for no recorded reason, "
        "{still_there:,} who said no are still there"
    ),
}


def people_data_deleted(who: str) -> str:
    """The rows are gone."""
    return f"{who} deleted the data about people. This record stays."


def texts_erased(who: str, count: int, reason: str) -> str:
    """Words are gone."""
    return f"{plural(count, 'text was', 'texts were')} erased by {who}.{_quoted(reason)}"


def restored(who: str, anchored: int, reason: str) -> str:
    """An administrator went on with a record that does not fit its anchors."""
    return (
        f"{who} went on with this record although it differs from event {anchored} "
        f"of its anchors.{_quoted(reason)}"
    )


def _quoted(words: str) -> str:
    return f" “{words}”" if words else ""


def _checks(counts: Mapping[Verdict, int]) -> str:
    return plural(sum(counts.values()), "check", "checks")
