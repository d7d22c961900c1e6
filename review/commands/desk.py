"""The commands: the only way a review changes. Every rule is enforced here, below the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from checks.runs.run import Run
from review import events
from review.checklist import Checklist
from review.commands import room_rules, rules
from review.commands.balloting import Balloting
from review.commands.clerk import Clerk
from review.commands.door import Door
from review.commands.hearing import Hearing
from review.commands.people import People
from review.commands.refusing import NotTaken
from review.commands.room import Room
from review.document.statements import VERSION as STATEMENTS
from review.document.statements import second_statement, statement
from review.present.seals import copies, sealed
from review.record import Action, Actor, Answer, Decision, Review
from review.store.anchors import Anchors
from review.store.bundling import bundled
from review.store.chain import texts_named
from review.store.ledger import Ledger
from review.store.pen import Pen
from review.store.reading import Reader, Reading
from review.who.accounts import REGISTER

__all__ = ["Desk", "NotTaken"]


class Desk:
    """Takes commands for reviews kept in one store. Safe to share between threads."""

    def __init__(
        self, store: str, anchors: Path, checklist: Checklist, *, provider: str = ""
    ) -> None:
        """Open a store by SQLAlchemy URL; make its tables where they are missing.

        `provider` is the issuer whose accounts count; without one, names are typed.
        """
        self._ledger = Ledger(store)
        self._anchors = Anchors(anchors)
        self._checklist = checklist
        reader = Reader(self._anchors, checklist)
        door = Door(provider=provider, anchors=self._anchors)
        self._clerk = Clerk(self._ledger, self._anchors, reader, door)
        self.room = Room(self._clerk)
        self.ballot = Balloting(self._clerk)
        self.hearing = Hearing(self._clerk)
        self.people = People(self._clerk, self._ledger, door)

    def close(self) -> None:
        """Let go of the store."""
        self._ledger.close()

    def reviews(self) -> tuple[Review, ...]:
        """Every review, the one that was touched last first."""
        named = dict.fromkeys((*self._ledger.reviews(), *self._anchors.reviews()))
        found = [self.review(name) for name in named if name != REGISTER]
        return tuple(sorted(found, key=_last_touched, reverse=True))

    def review(self, review: str) -> Review:
        """One review, folded to the present; raises KeyError when there is none."""
        return self._clerk.read(review)

    def number(self, review: str) -> int:
        """The number of a review's last event: cheap, for whoever asks every other second."""
        return self._ledger.length(review)

    def record_run(self, run: Run, *, by: Actor, now: datetime) -> Review:
        """Store a run; opens the review, or its next revision when the fingerprint moved.

        The same fingerprint again changes nothing and says so in the timeline. Where the same
        inputs give other results (under other software), that is a new revision too.
        """
        named = run.campaign.id

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            kept = reading.kept(past) if past.revisions else None
            revision = rules.revision_of(run, past, kept)
            rules.may_bring(past, revision, by)
            if not past.revisions:
                pen.write(events.Opened, by, name=pen.text(run.campaign.name))
            pen.write(
                events.RunRecorded,
                by,
                revision=revision,
                fingerprint=run.fingerprint,
                parts=dict(run.parts),
                snapshot=run.snapshot,
                owner=pen.text(run.owner),
                findings=pen.document(replace(run, owner="").document()),
                checklist=pen.document(self._checklist.written()),
                policy=events.Ruled(
                    id=run.policy.id, version=run.policy.version, sha256=run.policy.sha256
                ),
                versions=dict(run.versions),
            )

        return self._clerk.take(
            named, command, by=by, now=now, opens=True, anybody=True, on_record="record_run"
        )

    def answer(
        self,
        review: str,
        question: str,
        answer: Answer,
        *,
        reason: str,
        action: Action | None = None,
        by: Actor,
        now: datetime,
        seen: str,
    ) -> Review:
        """Put an answer on record; `seen` is the head the person saw."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            room_rules.no_ballot(past)
            asked = rules.may_answer(past, question, answer, reason, action, by)
            if not past.is_inside(by):
                room_rules.unput(past, question)
            before = reading.when(seen)
            rules.untouched(past, before, asked, by)
            rests_on = reading.kept(past).under(asked)
            then = reading.kept(before).under(asked) if before and before.revisions else ()
            rules.unmoved_numbers(then, rests_on)
            pen.write(
                events.Answered,
                by,
                question=question,
                asks=asked.words_hash,
                answer=answer.value,
                reason=pen.said(reason),
                action=pen.promise(action, about=question) if action else None,
                rests_on=rests_on,
                statement=past.is_inside(by),
                seen=seen,
            )

        return self._clerk.take(review, command, by=by, now=now)

    def comment(self, review: str, about: str, text: str, *, by: Actor, now: datetime) -> Review:
        """Put a comment on record."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            words = rules.may_comment(past, about, text)
            pen.write(events.Commented, by, about=about, text=pen.text(words))

        return self._clerk.take(review, command, by=by, now=now)

    def reopen(self, review: str, *, reason: str, by: Actor, now: datetime) -> Review:
        """Reopen a decided review."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            words = rules.may_reopen(past, reason, by)
            pen.write(events.Reopened, by, reason=pen.text(words))

        return self._clerk.take(review, command, by=by, now=now)

    def withdraw(self, review: str, *, reason: str, by: Actor, now: datetime) -> Review:
        """Withdraw a review or a decision, with a reason."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            words = rules.may_withdraw(past, reason, by)
            pen.write(events.Withdrawn, by, reason=pen.text(words))

        return self._clerk.take(review, command, by=by, now=now)

    def propose_exception(
        self, review: str, finding: str, *, reason: str, until: date, by: Actor, now: datetime
    ) -> Review:
        """Ask that a failure or gap be accepted; refused where the policy says none."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            room_rules.no_ballot(past)
            words = rules.may_propose(past, finding, reason, until, by, now)
            pen.write(
                events.ExceptionProposed,
                by,
                finding=finding,
                rests_on=reading.kept(past).digests[finding],
                reason=pen.text(words),
                until=until,
            )

        return self._clerk.take(review, command, by=by, now=now, on_record="propose_exception")

    def confirm_exception(self, review: str, finding: str, *, by: Actor, now: datetime) -> Review:
        """Accept it as the second person: neither owner, preparer, proposer nor answerer."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            room_rules.no_ballot(past)
            proposed, found = rules.may_confirm(past, finding, by, now)
            words = second_statement(
                by,
                finding=found.headline,
                campaign=past.name,
                revision=past.revision,
                day=now.astimezone(UTC).date(),
            )
            pen.write(
                events.ExceptionConfirmed,
                by,
                finding=finding,
                proposed=proposed.number,
                statement=events.Stated(version=STATEMENTS, words=pen.text(words)),
            )

        return self._clerk.take(review, command, by=by, now=now, on_record="confirm_exception")

    def sign(
        self,
        review: str,
        decision: Decision,
        *,
        grounds: str,
        conditions: Sequence[Action] = (),
        by: Actor,
        now: datetime,
        seen: str,
    ) -> Review:
        """Sign a decision on what was seen; refused when it has moved, or for the owner."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            rules.may_judge(past, by)
            rules.unmoved(past, reading.chain.since(seen))
            held = rules.may_sign(past, decision, grounds, conditions, by, now)
            day = now.astimezone(UTC).date()
            words = statement(by, decision, campaign=past.name, revision=past.revision, day=day)
            computed, answered, still_open = past.tally
            pen.write(
                events.Signed,
                by,
                decision=decision.value,
                grounds=pen.said(grounds),
                conditions=tuple(pen.promise(one) for one in held),
                statement=events.Stated(version=STATEMENTS, words=pen.text(words)),
                seen=seen,
                fingerprint=past.revisions[-1].fingerprint,
                findings=past.revisions[-1].findings,
                computed=computed,
                answered=answered,
                open=still_open,
            )

        return self._clerk.take(review, command, by=by, now=now, on_record="sign")

    def exported(
        self, review: str, sha256: str, kind: str, *, by: Actor, now: datetime, **more: object
    ) -> Review:
        """Record that a document was made, signed or pre_read; more fields of `events.Exported`."""

        def command(_: Reading, pen: Pen, by: Actor) -> None:
            pen.write(events.Exported, by, edition=kind, sha256=sha256, **more)

        return self._clerk.take(review, command, by=by, now=now, anybody=True, keeps_house=True)

    def may_make_lists(self, review: str, *, by: Actor, now: datetime) -> Review:
        """The review, if this person may make its lists now; a refusal goes on record."""
        past = self.review(review)
        if past.read_only:
            raise NotTaken(past.read_only)
        try:
            rules.may_make_lists(past, by)
        except NotTaken as refusal:
            self._clerk.refuse(review, "make_lists", refusal, by=by, now=now)
            raise
        return past

    def lists_made(
        self,
        review: str,
        *,
        kept: Mapping[str, int],
        removed: Mapping[str, int],
        files: Mapping[str, str] | None = None,
        revision: int | None = None,
        by: Actor,
        now: datetime,
    ) -> Review:
        """Record that lists leave Candor: people by channel, and the keyed hash of each file.

        Refused where the review has moved on from the revision they were made for.
        """

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            rules.may_make_lists(past, by)
            if revision not in (None, past.revision):
                raise NotTaken("The review moved on while the lists were made. Make them again.")
            pen.write(
                events.ListsMade,
                by,
                kept=dict(kept),
                removed=dict(removed),
                files=dict(files or {}),
            )

        return self._clerk.take(review, command, by=by, now=now, on_record="make_lists")

    def members_kept(
        self,
        review: str,
        *,
        people: Mapping[str, int],
        may_be_contacted: Mapping[str, int],
        nameless: int,
        files: Mapping[str, str],
        revision: int,
        by: Actor,
        now: datetime,
    ) -> Review:
        """Record that the people of an approval were kept; refused where none stands."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            if not past.state.approved or past.revision != revision:
                raise NotTaken("No approval of this revision stands, so no list was kept.")
            pen.write(
                events.MembersKept,
                by,
                revision=revision,
                people=dict(people),
                may_be_contacted=dict(may_be_contacted),
                nameless=nameless,
                files=dict(files),
            )

        return self._clerk.take(review, command, by=by, now=now)

    def released(
        self, review: str, told: Mapping[str, object], *, by: Actor, now: datetime
    ) -> Review:
        """Record that a list was held against the approval: the fields of `events.Released`."""

        def command(_: Reading, pen: Pen, by: Actor) -> None:
            pen.write(events.Released, by, **told)

        return self._clerk.take(review, command, by=by, now=now, anybody=True, keeps_house=True)

    def people_data_deleted(self, review: str, *, by: Actor, now: datetime) -> Review:
        """Record that the rows about people were deleted; the record stays."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            past = reading.review
            rules.may_delete_people(by)
            pen.write(
                events.PeopleDataDeleted,
                by,
                snapshot=rules.run_of(past).snapshot,
            )

        return self._clerk.take(review, command, by=by, now=now, keeps_house=True)

    def erase(
        self, review: str, texts: Sequence[str], *, reason: str, by: Actor, now: datetime
    ) -> Review:
        """Erase words by their hashes; the chain stays whole."""

        def command(reading: Reading, pen: Pen, by: Actor) -> None:
            rules.may_keep_house(by)
            words = rules.needed(reason, "Erasing needs a reason.")
            if set(texts) & sealed(pen.chain.events):
                raise NotTaken("Some of these words lie under seal. Wait until they are opened.")
            unknown = set(texts) - texts_named(pen.chain.events)
            if unknown or not texts:
                raise NotTaken("These words are not in this record.")
            room_rules.no_ballot(reading.review)
            pen.erase([*texts, *copies(pen.chain.events, texts)])
            pen.write(
                events.TextsErased,
                by,
                texts=tuple(dict.fromkeys([*texts, *sorted(copies(pen.chain.events, texts))])),
                reason=pen.text(words),
            )

        return self._clerk.take(
            review, command, by=by, now=now, keeps_house=True, on_record="erase"
        )

    def restore(self, review: str, *, reason: str, by: Actor, now: datetime) -> Review:
        """Go on with a whole chain that differs from its anchors: an administrator's decision."""
        return self._clerk.restore(review, reason, by=by, now=now)

    def follows(self, review: str, head: str) -> bool:
        """Whether the record of a review goes on from the event with this hash."""
        with self._ledger.reading(review) as page:
            return any(row.hash == head for row in page.rows())

    def bundle(self, review: str) -> bytes:
        """The whole record as canonical JSON: events, texts, findings documents, checklist."""
        anchored = self._anchors.of(review)
        with self._ledger.reading(review) as page:
            return bundled(review, page, anchored)


def _last_touched(review: Review) -> datetime:
    return review.timeline[-1].at if review.timeline else datetime.min.replace(tzinfo=UTC)
