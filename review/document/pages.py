"""What the document says: one review as plain data for the template, words and numbers only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from checks.evidence import people
from checks.printed.catalogue import CANNOT_SHOW
from checks.runs.run import Run
from review.document.answers import action, questions
from review.document.brief import brief
from review.document.findings import by_family, methods, numbers, open_points
from review.document.glossary import GLOSSARY
from review.document.minutes import condition, dialogue, dissents, minutes, who
from review.document.wording import (
    DECIDED,
    ENDED,
    RUN_UNNAMED,
    STANDING,
    WORDS,
    Page,
    moment,
    plural,
)
from review.present.nearness import nearness
from review.record import (
    MEND_OR_EXCEPT,
    Obstacle,
    Review,
    Signature,
    told_day,
)


def is_signed(review: Review) -> bool:
    """Whether a decision stands; otherwise the document is a pre-read."""
    return bool(review.signatures) and review.state in STANDING


def awaits(review: Review) -> bool:
    """Whether a decision is still asked for."""
    return not is_signed(review) and review.state not in ENDED


def in_words(made_with: Mapping[str, str]) -> str:
    """The program that made a document, in a line."""
    return (
        "candor {candor} ({program}), typst {typst}, unicode {unicode}, fonts {fonts}".format_map(
            made_with
        )
    )


def content(review: Review, *, at: datetime) -> Page:
    """Everything the template sets, but for the hashes of the document itself."""
    run = review.run
    if run is None:
        raise ValueError("nothing was checked yet, so there is nothing to print")
    signed = is_signed(review)
    return {
        **_head(review, run, at=at, signed=signed),
        **_decided(review, run),
        **_in_the_way(review),
        **_looked_at(review, run, signed=signed),
        **_annexed(review, run),
    }


def _head(review: Review, run: Run, *, at: datetime, signed: bool) -> Page:
    """What the first page begins with, and what every page names."""
    return {
        "signed": signed,
        "mark": "" if signed else ENDED.get(review.state, ("Not signed", ""))[0],
        "identity": "" if _vouched(review) else "identity not verified",
        "name": run.campaign.name,
        "revision": review.revision,
        "made": moment(at),
        "fingerprint": run.fingerprint,
        "facts": _facts(review, run),
        "decision": _decision(review, signed=signed),
        "brief": brief(review, run) if awaits(review) else None,
        "people": _people(run),
        "tally": _tally(run),
        "answered": _answered(review),
    }


def _vouched(review: Review) -> bool:
    """Whether somebody vouched for everyone who brought it, answered or signed."""
    given = [one.by for answers in review.answers.values() for one in answers]
    signed = [one.by for one in (*review.signatures, *review.past_signatures)]
    named = (*review.preparers, *given, *signed)
    return not review.run_unnamed and all(one.verified for one in named)


def _decided(review: Review, run: Run) -> Page:
    """Who decided what, under which conditions, and who did not agree."""
    return {
        "signatures": [_signature(one, run) for one in review.signatures],
        "past": [_signature(one, run) for one in review.past_signatures],
        "unnamed": RUN_UNNAMED if review.run_unnamed else "",
        "conditions": _conditions(review),
        "dissents": dissents(review),
        "minutes": minutes(review),
        "dialogue": dialogue(review),
        "exceptions": _exceptions(review),
    }


def _in_the_way(review: Review) -> Page:
    return {
        "obstacles": list(_obstacles(review)),
        "way_out": _way_out(review),
        "waiting": _waiting(review),
    }


def _looked_at(review: Review, run: Run, *, signed: bool) -> Page:
    """The findings, the parts of the list, and what people answered."""
    return {
        "open_points": [] if signed else open_points(review, run),
        "families": by_family(review, run, signed=signed),
        "segments": _segments(run),
        "questions": questions(review),
        "comments": _comments(review),
        "cannot_show": list(CANNOT_SHOW),
    }


def _annexed(review: Review, run: Run) -> Page:
    """What was reviewed, what happened, the numbers, the methods and the words."""
    return {
        "reviewed": _reviewed(review, run),
        "timeline": [
            {"number": one.number, "at": moment(one.at), "says": one.sentence, "hash": one.hash}
            for one in review.timeline
        ],
        "head": review.head,
        "length": review.length,
        "numbers": numbers(run),
        "method": methods(run),
        "glossary": [list(one) for one in GLOSSARY],
    }


def _facts(review: Review, run: Run) -> list[str]:
    facts = [
        f"Owner {review.owner or run.owner}",
        f"launch {told_day(run.launch)}",
        f"sector {run.sector}",
    ]
    if run.regions:
        facts.append(", ".join(run.regions))
    if run.channels:
        facts.append("by " + ", ".join(run.channels))
    return facts


def _decision(review: Review, *, signed: bool) -> Page:
    if signed and (decided := review.decision):
        word, kind = DECIDED[decided], decided.value
        says = "Candor counted; the people named here decided."
        return {"word": word, "kind": kind, "says": says}
    if review.state in ENDED:
        word, says = ENDED[review.state]
        return {"word": word, "kind": "ended", "says": says}
    says = "Nobody has decided yet. This page shows what stands so far, open points first."
    return {"word": "Not signed: a pre-read", "kind": "open", "says": says}


def _signature(signature: Signature, run: Run) -> Page:
    same = signature.fingerprint == run.fingerprint
    return {
        **who(signature.by),
        "decision": DECIDED[signature.decision],
        "at": moment(signature.at),
        "statement": signature.statement,
        "grounds": signature.grounds,
        "conditions": [action(one) for one in signature.conditions],
        "number": signature.number,
        "head": signature.head,
        "fingerprint": signature.fingerprint,
        "moved": "" if same else "What was reviewed has changed since this signature.",
    }


def _people(run: Run) -> str:
    on, of = run.people.targeted, run.people.people
    return f"{on:,} of {of:,} people are on the list."


def _tally(run: Run) -> list[Page]:
    return [
        {"verdict": verdict.value, "count": count, "words": WORDS[verdict][1 if count == 1 else 2]}
        for verdict, count in run.counts.items()
    ]


def _answered(review: Review) -> str:
    computed, given, still_open = review.tally
    asked = plural(computed + given + still_open, "question", "questions")
    return f"{asked}: {computed:,} computed, {given:,} answered by people, {still_open:,} open."


def _conditions(review: Review) -> list[Page]:
    """What the approval asked for, as it stands; before one, what the answers ask for."""
    stands = [condition(one) for one in review.conditions]
    asked = [] if stands else [{**action(one), "stands": "", "says": ""} for one in review.due]
    return stands or asked


def _exceptions(review: Review) -> list[Page]:
    return [
        {
            "finding": _headline(review, one.finding),
            "reason": one.reason,
            "until": told_day(one.until),
            "by": who(one.by),
            "second": who(one.second) if one.second else None,
            "at": moment(one.at),
        }
        for one in review.exceptions
    ]


def _headline(review: Review, key: str) -> str:
    found = review.finding(key)
    return found.headline if found else key


def _obstacles(review: Review) -> Iterator[Page]:
    """What stands in the way but for unanswered questions, what concerns people most first."""
    waiting = _unanswered(review)
    pressing = [one for one in review.obstacles if one not in waiting]
    for one in sorted(pressing, key=lambda one: _order(review, one)):
        what = _headline(review, one.finding) if one.finding else one.sentence
        way = one.sentence.removeprefix(what).strip()
        yield {"what": what, "way": "" if way == MEND_OR_EXCEPT else way}


def _order(review: Review, one: Obstacle) -> tuple[bool, bool, int, int]:
    """What concerns the review as a whole comes first."""
    part = bool(one.finding or one.question) or one.concern is not None
    return part, *nearness(review, one.finding or "")


def _way_out(review: Review) -> str:
    """How most of it is settled, said once."""
    if any(one.sentence.endswith(MEND_OR_EXCEPT) for one in review.obstacles):
        return "What stops the launch has to be mended, or accepted as an exception."
    return ""


def _waiting(review: Review) -> str:
    """The questions nobody has answered, as one sentence; they stand in full further on."""
    number, of = len(_unanswered(review)), len(review.checklist.questions)
    if not number:
        return ""
    wait = "waits" if number == 1 else "wait"
    return f"{number:,} of {plural(of, 'question', 'questions')} {wait} for a person's answer."


def _unanswered(review: Review) -> list[Obstacle]:
    answered = {one.id for one in review.checklist.questions if review.standing(one)}
    return [
        one
        for one in review.obstacles
        if one.finding is None and one.question is not None and one.question not in answered
    ]


def _comments(review: Review) -> list[Page]:
    return [
        {**who(one.by), "about": _about(review, one.about), "text": one.text, "at": moment(one.at)}
        for one in review.comments
    ]


def _about(review: Review, about: str) -> str:
    asked = (one.asks for one in review.checklist.questions if one.id == about)
    return next(asked, _headline(review, about)) if about else "the campaign"


def _reviewed(review: Review, run: Run) -> Page:
    policy = run.policy
    return {
        "counts": [
            ["rows read", f"{run.people.rows:,}"],
            ["people", f"{run.people.people:,}"],
            ["on the list", f"{run.people.targeted:,}"],
        ],
        "policy": f"{policy.id}, version {policy.version}, as of {told_day(policy.as_of)}, "
        f"{policy.sha256[:8]}",
        "checklist": f"{review.checklist.id}, version {review.checklist.version}, "
        f"{run.checklist_sha256[:8]}",
        "parts": [[part, sha256] for part, sha256 in sorted(run.parts.items())],
        "snapshot": run.snapshot,
        "findings": review.revisions[-1].findings if review.revisions else "",
        "files": [
            {
                "role": one.role,
                "name": one.name,
                "rows": "" if one.rows is None else f"{one.rows:,}",
                "columns": "" if one.columns is None else f"{one.columns:,}",
                "bytes": f"{one.bytes:,}",
                "sha256": one.sha256,
                "repairs": list(one.repairs),
            }
            for one in run.files
        ],
        "versions": ", ".join(
            f"{name} {version}" for name, version in sorted(run.versions.items())
        ),
        "self_test": run.self_test.sentence if run.self_test else "",
    }


def _segments(run: Run) -> list[Page]:
    return [
        {
            "name": one.name,
            "about": one.about,
            "people": people(one.people),
            "may": _by_channel(one.may_contact.items()),
            "no": _by_channel(one.said_no.items()),
            "message": one.message or "",
            "offer": one.offer or "",
        }
        for one in run.segments
    ]


def _by_channel(counts: Iterable[tuple[str, int | None]]) -> str:
    said = (f"{name} {people(n)}" for name, n in sorted(counts))
    return ", ".join(said)
