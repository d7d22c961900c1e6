"""May this very list be sent? It is held against the approval, and the answer goes on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from checks import places
from checks.lists.releasing import Asked, Compared, Comparison, Lists, compared
from checks.runs.run import Run
from review.commands import rules
from review.commands.desk import Desk
from review.commands.refusing import NotTaken
from review.document.wording import moment, plural
from review.lists.membership import members_folder
from review.present.conditions import Condition
from review.proof.seal_key import known_certificates
from review.proof.standing import with_store
from review.proof.verify import Checked, Says, verify
from review.record import Actor, Review, told_day
from review.store.secret import keyed_hash, secret


class Answer(StrEnum):
    """The answer about a list; the exit status goes by it."""

    APPROVED = "approved"
    APPROVED_FEWER = "approved_fewer"
    SAME_PEOPLE = "same_people"
    """The same people, and not everything was looked at."""
    HELD_BACK = "held_back"
    """The approved people, and a condition of the approval is not kept."""
    CHANGED = "changed"

    @property
    def status(self) -> int:
        """0 nothing speaks against it, 1 another list or message, or a condition not kept."""
        return 1 if self in (Answer.CHANGED, Answer.HELD_BACK) else 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What is to be released, and what it is held against."""

    pdf: Path
    send: Path
    channel: str = ""
    key: str = ""
    permissions: Path | None = None
    suppression: Path | None = None
    message: Path | None = None
    notice: Path | None = None
    lists: Path | None = None
    """A folder for the cleaned list and the removed one, where they are wanted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Slip:
    """What an auditor is shown: which sign-off, which list, which answer, which counts."""

    answer: Answer
    sentence: str
    review: str
    campaign: str
    revision: int
    decision: str
    document_sha256: str
    """Of the sign-off as it was given here."""
    fingerprint: str
    channel: str
    send_file: str
    send_sha256_keyed: str
    """HMAC-SHA256 under the review's own secret: a plain hash would give a short list away."""
    at: str
    counts: Compared
    message: str
    notice: str
    conditions: tuple[str, ...]
    not_looked_at: tuple[str, ...]
    notes: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        """The slip as plain data."""
        return {
            "form": "candor.release",
            "version": 1,
            **asdict(self),
            "answer": self.answer.value,
            "conditions": list(self.conditions),
            "not_looked_at": list(self.not_looked_at),
            "notes": list(self.notes),
        }


def release(
    desk: Desk, wanted: Wanted, *, by: Actor, now: datetime, fonts: Sequence[Path] = ()
) -> tuple[Slip, Lists | None]:
    """Hold a list against its sign-off, and put the answer on record.

    Raises `NotTaken` and `checks.refusal.Refused` where no answer can be given.
    """
    pdf = wanted.pdf.read_bytes()
    checked, review = _standing(desk, pdf, now, fonts)
    members = _members(review, wanted.channel)
    if wanted.lists is not None:
        desk.may_make_lists(review.id, by=by, now=now)
    key = secret(review.id, places.keys())
    with _held(wanted, members, key, now) as (counts, comparison):
        slip = _slip(checked, review, wanted, counts, channel=members.stem, pdf=pdf, now=now)
        lists = None
        if wanted.lists is not None:
            name = f"{members.stem}-revision-{review.revision}"
            lists = comparison.lists(wanted.lists, name, wanted.key)
            _lists_on_record(desk, review, members.stem, lists, key, by=by, now=now)
    desk.released(review.id, _for_the_record(slip, checked), by=by, now=now)
    return slip, lists


def _held(
    wanted: Wanted, members: Path, key: bytes, now: datetime
) -> AbstractContextManager[tuple[Compared, Comparison]]:
    """The list beside the people of the approval, as of this day."""
    asked = Asked(
        send=wanted.send, channel=members.stem, key=wanted.key,
        permissions=wanted.permissions, suppression=wanted.suppression,
    )  # fmt: skip
    day = now.astimezone(UTC).date()
    return compared(asked, members, policy_file=places.policy_file(), secret=key, day=day)


def _for_the_record(slip: Slip, checked: Checked) -> dict[str, Any]:
    return {
        "revision": slip.revision,
        "document": checked.unsealed_sha256,
        "channel": slip.channel,
        "answer": slip.answer.value,
        "counts": asdict(slip.counts),
        "sent": slip.send_sha256_keyed,
        "not_looked_at": slip.not_looked_at,
    }


def _standing(
    desk: Desk, pdf: bytes, now: datetime, fonts: Sequence[Path]
) -> tuple[Checked, Review]:
    """The sign-off and its review; refused unless an approval stands here, and is this one.

    A document without a seal will do where its record is the one kept here: the store vouches.
    """
    checked = verify(pdf, now=now, known=known_certificates(), fonts=fonts)
    checked = with_store(checked, desk, day=now.astimezone(UTC).date())
    unsealed = checked.says is Says.CANNOT_TELL and checked.made_again and not checked.sealed_by
    if checked.says is not Says.STANDS and not unsealed:
        raise NotTaken(f"{checked.says.told}: {checked.sentence} Nothing can be released by it.")
    try:
        review = desk.review(checked.review)
    except KeyError:
        raise NotTaken(
            "The record of this sign-off is not in the store of this installation, and only there "
            "are the people kept that it covers."
        ) from None
    if review.read_only:
        raise NotTaken(review.read_only)
    if not desk.follows(review.id, checked.head) or review.revision != checked.revision:
        raise NotTaken("This document is not of the revision that stands here. Bring the newest.")
    state = review.state_on(now.astimezone(UTC).date())
    if not state.approved:
        raise NotTaken(f"The review is {state.told}, so nothing can be released by its sign-off.")
    return checked, review


def _members(review: Review, channel: str) -> Path:
    """The file of digests of a channel, exactly as it was kept."""
    if not review.members:
        raise NotTaken(
            "The approved list was not kept here, or its people data were deleted, so no list can "
            "be held against it. Run the checks again, and decide again."
        )
    named = channel or (next(iter(review.members)) if len(review.members) == 1 else "")
    if named not in review.members:
        known = ", ".join(review.members)
        what = f"It has no channel “{channel[:40]}”." if channel else "It has several channels."
        raise NotTaken(f"{what} Name one with --channel: {known}.")
    file = members_folder(review) / f"{named}.parquet"
    if not file.is_file() or _sha256(file) != review.members[named]:
        raise NotTaken(
            "What was kept of the approved list is not there any more, or was changed. Run the "
            "checks again, and decide again."
        )
    return file


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def _slip(
    checked: Checked,
    review: Review,
    wanted: Wanted,
    counts: Compared,
    *,
    channel: str,
    pdf: bytes,
    now: datetime,
) -> Slip:
    run = rules.run_of(review)
    message, notice = _told(run, wanted.message, "creative"), _told(run, wanted.notice, "notice")
    missing = tuple(_not_looked_at(wanted, message))
    day = now.astimezone(UTC).date()
    broken = [one for one in review.conditions if one.holds_back(day, run.launch)]
    answer = _answer(counts, (message, notice), missing, broken)
    return Slip(
        answer=answer,
        sentence=_sentence(answer, counts, message, notice, missing, broken),
        review=review.id,
        campaign=review.name,
        revision=review.revision,
        decision=checked.document.rpartition(": ")[2],
        document_sha256=sha256(pdf).hexdigest(),
        fingerprint=run.fingerprint,
        channel=channel,
        send_file=wanted.send.name,
        send_sha256_keyed=keyed_hash(secret(review.id, places.keys()), wanted.send),
        at=moment(now),
        counts=counts,
        message=message,
        notice=notice,
        conditions=tuple(_told_condition(one, back=one in broken) for one in review.conditions),
        not_looked_at=missing,
        notes=tuple(_notes(checked, counts)),
    )


WITHOUT_REASON = "removed for no recorded reason"
SAME, OTHER, NONE_KEPT, NOT_GIVEN = "approved", "changed", "none in the review", "not looked at"


def _told(run: Run, file: Path | None, role: str) -> str:
    """Whether a text is one of those the review looked at."""
    if file is None:
        return NOT_GIVEN
    known = {one.sha256 for one in run.files if one.role == role}
    if not known:
        return NONE_KEPT
    return SAME if _sha256(file) in known else OTHER


def _not_looked_at(wanted: Wanted, message: str) -> list[str]:
    missing = []
    if wanted.permissions is None:
        missing.append("who said no since (--permissions)")
    if wanted.suppression is None:
        missing.append("the do-not-contact list (--suppression)")
    if message in (NOT_GIVEN, NONE_KEPT):
        missing.append("the message (--message)")
    return missing


def _answer(
    counts: Compared, told: Sequence[str], missing: Sequence[str], broken: Sequence[Condition]
) -> Answer:
    if not counts.unchanged or OTHER in told:
        return Answer.CHANGED
    if broken:
        return Answer.HELD_BACK
    if counts.said_no_since:
        return Answer.APPROVED_FEWER
    return Answer.SAME_PEOPLE if missing else Answer.APPROVED


def _sentence(
    answer: Answer,
    counts: Compared,
    message: str,
    notice: str,
    missing: Sequence[str],
    broken: Sequence[Condition],
) -> str:
    """The answer in one sentence."""
    people = plural(counts.people, "person", "people")
    rest = f"; not looked at: {', '.join(missing)}" if missing else ""
    match answer:
        case Answer.APPROVED:
            return f"Approved: the {people} in this list are the ones that were approved."
        case Answer.APPROVED_FEWER:
            return f"Approved, {counts.said_no_since:,} fewer: they said no since{rest}."
        case Answer.SAME_PEOPLE:
            return f"The same people as approved, {people}{rest}."
        case Answer.HELD_BACK:
            held = plural(len(broken), "condition is", "conditions are")
            return f"Held back: the people are the approved ones, but {held} not kept{rest}."
        case Answer.CHANGED:
            return f"Changed: {', '.join(_changes(counts, message, notice))}{rest}."


def _changes(counts: Compared, message: str, notice: str) -> list[str]:
    were = (
        (counts.added, "was added", "were added"),
        (counts.nameless, "row has no key", "rows have no key"),
        (counts.dropped, f"was {WITHOUT_REASON}", f"were {WITHOUT_REASON}"),
        (counts.still_there, "said no and is still there", "said no and are still there"),
    )  # fmt: skip
    told = [f"{many:,} {one if many == 1 else more}" for many, one, more in were if many]
    told += ["the message is not the approved one"] if message == OTHER else []
    return told + (["the notice is not the approved one"] if notice == OTHER else [])


def _told_condition(condition: Condition, *, back: bool) -> str:
    action = condition.action
    stands = "kept" if condition.kept else "not kept" if back else "open"
    return f"{action.what} ({action.who}, by {told_day(action.by)}): {stands}"


def _notes(checked: Checked, counts: Compared) -> list[str]:
    told = []
    if not checked.sealed_by:
        told.append("The document carries no seal; its record is the one kept here.")
    if counts.said_no_since and counts.unchanged:
        told.append("Nobody is missing for another reason.")
    if counts.left_out_then:
        people = plural(counts.left_out_then, "person is", "people are")
        told.append(f"{people} left out whom the review had as not to be contacted.")
    if counts.people and not counts.same + counts.still_there:
        told.append(
            "Nobody in this list was approved: perhaps the column holds other numbers than in the "
            "review. Name the right one with --key."
        )
    if counts.rows > counts.people + counts.nameless:
        again = counts.rows - counts.people - counts.nameless
        told.append(f"{plural(again, 'row repeats', 'rows repeat')} a person.")
    return told


def _lists_on_record(
    desk: Desk, review: Review, channel: str, lists: Lists, key: bytes, *, by: Actor, now: datetime
) -> None:
    written = (lists.contact, lists.removed)
    try:
        desk.lists_made(
            review.id,
            kept={channel: lists.may_be_contacted},
            removed={channel: lists.taken_off},
            files={one.name: keyed_hash(key, one) for one in written},
            revision=review.revision,
            by=by,
            now=now,
        )
    except BaseException:
        for one in written:
            one.unlink(missing_ok=True)
        raise


def by_name(slip: Slip) -> Mapping[str, str]:
    """The counts of a slip in words, for people."""
    counts = slip.counts
    return {
        "people the approval covers": f"{counts.approved:,}",
        "people in the list": f"{counts.people:,}",
        "the same people": f"{counts.same:,}",
        "said no since, and are not in it": f"{counts.said_no_since:,}",
        "left out, as the review had them": f"{counts.left_out_then:,}",
        "added": f"{counts.added:,}",
        "rows without a key": f"{counts.nameless:,}",
        "removed for no recorded reason": f"{counts.dropped:,}",
        "said no and are still there": f"{counts.still_there:,}",
    }
