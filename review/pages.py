"""What the document says: one review as plain data for the template, words and numbers only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from checks.evidence import people
from checks.finding import Finding, Reason, Severity, Verdict
from checks.registry import FAMILIES, Check, catalogue
from checks.run import Run
from review.checklist import Question
from review.figures import drawings
from review.record import (
    Action,
    Actor,
    Answer,
    Computed,
    Decision,
    Given,
    Review,
    Role,
    Signature,
    State,
)

Page = dict[str, Any]
"""Plain data: texts, numbers, lists and dicts of them."""

WORDS: dict[Verdict, tuple[str, str, str]] = {
    Verdict.BROKEN: ("Check broke", "check broke", "checks broke"),
    Verdict.FAIL: ("Fails", "fails", "fail"),
    Verdict.CANNOT_TELL: ("Cannot tell", "cannot tell", "cannot tell"),
    Verdict.WATCH: ("Watch", "watch", "watch"),
    Verdict.ASK: ("Needs a person", "needs a person", "need a person"),
    Verdict.CLEAR: ("Clear", "clear", "clear"),
    Verdict.NOT_APPLICABLE: ("Does not apply", "does not apply", "do not apply"),
}
"""Each verdict as a badge, and behind the number one or more."""

FAMILY_WORDS = {
    "integrity": "The data themselves",
    "transparency": "Transparency",
    "consent": "Consent",
    "bias": "Bias",
    "protection": "Data protection",
    "society": "People and society",
    "balance": "Balance",
}

REASONS = {
    Reason.COLUMN_MISSING: "a column or file is missing",
    Reason.NO_BASE: "it is not known who was left out",
    Reason.NO_KEY: "people cannot be recognised",
    Reason.COUNTS_ONLY: "the input is counts, not people",
    Reason.GROUP_UNKNOWN: "too many people's group is not known",
    Reason.TOO_FEW_PEOPLE: "there are too few people",
    Reason.ONE_PERSON_FLIPS: "one person more or less would turn the answer",
    Reason.RANGE_CROSSES_LIMIT: "the range crosses the limit",
    Reason.NO_BENCHMARK: "no group is large enough to compare with",
    Reason.SOURCE_UNVERIFIED: "the source is not verified",
    Reason.STALE: "the data are too old",
}

DECIDED = {
    Decision.APPROVE: "Approved",
    Decision.APPROVE_WITH_CONDITIONS: "Approved with conditions",
    Decision.REQUEST_CHANGES: "Changes requested",
    Decision.REJECT: "Rejected",
}

STANDING = {
    State.APPROVED,
    State.APPROVED_WITH_CONDITIONS,
    State.CHANGES_REQUESTED,
    State.REJECTED,
}
"""The states in which a decision stands."""

ENDED = {
    State.SUPERSEDED: ("Replaced", "A newer revision has taken the place of this one."),
    State.WITHDRAWN: ("Withdrawn", "This review was withdrawn. No decision stands."),
    State.EXPIRED: ("Expired", "The decision has run out. No decision stands."),
}

ANSWERS = {
    Answer.ACCEPTABLE: "acceptable",
    Answer.WITH_ACTION: "acceptable with an action",
    Answer.NOT_ACCEPTABLE: "not acceptable",
    Answer.DOES_NOT_APPLY: "does not apply",
}

ROLES = {
    Role.OWNER: "owner",
    Role.PREPARER: "preparer",
    Role.PRIVACY: "privacy",
    Role.LEGAL: "legal",
    Role.ETHICS: "ethics",
    Role.CUSTOMER_VOICE: "customer voice",
    Role.CHAIR: "chair",
}

CANNOT_SHOW = (
    "What anyone intended. Candor sees files, not motives.",
    "Whether a yes was understood, or freely given. It sees that a yes is on file.",
    "What an advertising platform does with a list or a message after it is uploaded.",
    "Groups that no file records, and people who were never in the file.",
    "Harm that comes from the product itself rather than from its campaign.",
    "The long run, and people outside the file. A “fails” speaks of this list.",
    "Copies, systems and contacts that were not loaded.",
    "That people belong together, in households or branches. Luck is larger than it looks then.",
    "What two reviews of overlapping lists reveal when they are laid side by side.",
    "Whether the owner's statements are true. They are printed as statements.",
    "Whether the campaign is lawful. Candor counts; people decide.",
)
"""What no check can see, in plain words."""


def day(when: date) -> str:
    """A day in words.

    >>> day(date(2026, 12, 1))
    '1 December 2026'
    """
    return f"{when.day} {when:%B %Y}"


def moment(when: datetime) -> str:
    """A moment in words, with its zone."""
    there = when.astimezone(UTC)
    return f"{day(there.date())}, {there:%H:%M} UTC"


def plural(count: int, one: str, many: str) -> str:
    """A count with its noun."""
    return f"{count:,} {one if count == 1 else many}"


def is_signed(review: Review) -> bool:
    """Whether a decision stands; otherwise the document is a pre-read."""
    return bool(review.signatures) and review.state in STANDING


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
        "signed": signed,
        "mark": "" if signed else ENDED.get(review.state, ("Not signed", ""))[0],
        "name": run.campaign.name,
        "revision": review.revision,
        "made": moment(at),
        "fingerprint": run.fingerprint,
        "facts": _facts(review, run),
        "decision": _decision(review, signed=signed),
        "signatures": [_signature(one, run) for one in review.signatures],
        "past": [_signature(one, run) for one in review.past_signatures],
        "people": _people(run),
        "tally": _tally(run),
        "answered": _answered(review),
        "conditions": _conditions(review),
        "exceptions": _exceptions(review),
        "obstacles": [one.sentence for one in review.obstacles],
        "open_points": [] if signed else _open_points(review, run),
        "families": _families(review, run, signed=signed),
        "questions": _questions(review),
        "comments": _comments(review),
        "timeline": [
            {"number": one.number, "at": moment(one.at), "says": one.sentence, "hash": one.hash}
            for one in review.timeline
        ],
        "head": review.head,
        "length": review.length,
        "reviewed": _reviewed(review, run),
        "segments": _segments(run),
        "cannot_show": list(CANNOT_SHOW),
        "method": [_method(check) for check in _checks(run)],
    }


def _facts(review: Review, run: Run) -> list[str]:
    facts = [
        f"Owner {review.owner or run.owner}",
        f"launch {day(run.launch)}",
        f"sector {run.sector}",
    ]
    if run.regions:
        facts.append(", ".join(run.regions))
    if run.channels:
        facts.append("by " + ", ".join(run.channels))
    return facts


def _decision(review: Review, *, signed: bool) -> Page:
    if signed:
        last = review.signatures[-1]
        word, kind = DECIDED[last.decision], last.decision.value
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
        **_who(signature.by),
        "decision": DECIDED[signature.decision],
        "at": moment(signature.at),
        "statement": signature.statement,
        "grounds": signature.grounds,
        "conditions": [_action(one) for one in signature.conditions],
        "number": signature.number,
        "head": signature.head,
        "fingerprint": signature.fingerprint,
        "moved": "" if same else "What was reviewed has changed since this signature.",
    }


def _who(by: Actor) -> Page:
    checked = f"identity verified by {by.issuer}" if by.verified else "identity not verified"
    return {"name": by.name, "role": ROLES[by.role], "identity": checked}


def _action(action: Action) -> Page:
    return {"what": action.what, "who": action.who, "by": day(action.by)}


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
    of_signers = [one for signature in review.signatures[-1:] for one in signature.conditions]
    with_answers = [
        given.action
        for question in review.checklist.questions
        if (given := review.standing(question)) and given.action
    ]
    seen: list[Action] = []
    for action in (*of_signers, *with_answers):
        if action not in seen:
            seen.append(action)
    return [_action(action) for action in seen]


def _exceptions(review: Review) -> list[Page]:
    return [
        {
            "finding": one.finding,
            "reason": one.reason,
            "until": day(one.until),
            "by": _who(one.by),
            "second": _who(one.second) if one.second else None,
            "at": moment(one.at),
        }
        for one in review.exceptions
    ]


def _open_points(review: Review, run: Run) -> list[Page]:
    pressing = [one for one in run.findings if not _quiet(one)]
    ordered = sorted(pressing, key=lambda one: (not one.open, one.verdict.urgency))
    first_seen = list(dict.fromkeys(one.check for one in ordered))
    return [_block(id_, [f for f in ordered if f.check == id_], review) for id_ in first_seen]


def _families(review: Review, run: Run, *, signed: bool) -> list[Page]:
    place = {check.id: at for at, check in enumerate(catalogue())}
    ordered = sorted(
        run.findings,
        key=lambda one: (_family_place(one), place.get(one.check, len(place)), one.check),
    )
    return [
        {
            "name": FAMILY_WORDS.get(family, family.capitalize()),
            "blocks": [
                _block(id_, list(found), review, in_full=signed)
                for id_, found in groupby(findings, key=lambda one: one.check)
            ],
        }
        for family, findings in groupby(ordered, key=lambda one: one.check.partition(".")[0])
    ]


def _family_place(finding: Finding) -> int:
    family = finding.check.partition(".")[0]
    return FAMILIES.index(family) if family in FAMILIES else len(FAMILIES)


def _quiet(finding: Finding) -> bool:
    return finding.verdict in (Verdict.CLEAR, Verdict.NOT_APPLICABLE)


def _block(
    check_id: str, findings: Sequence[Finding], review: Review, *, in_full: bool = True
) -> Page:
    check = _check(check_id)
    pressing = [one for one in findings if not _quiet(one)]
    return {
        "title": check.title if check else check_id,
        "asks": check.question if check else "",
        "blind": paragraphs(check.section("What it cannot see")) if check else [],
        "full": [_finding(one, review) for one in pressing] if in_full else [],
        "brief": [_brief(one) for one in findings if not in_full or _quiet(one)],
    }


def _finding(finding: Finding, review: Review) -> Page:
    accepted = next((one for one in review.exceptions if one.finding == finding.key), None)
    return {
        "verdict": finding.verdict.value,
        "word": WORDS[finding.verdict][0],
        "weight": _weight(finding),
        "headline": finding.headline,
        "reason": REASONS[finding.reason] if finding.reason else "",
        "drawings": list(drawings(finding.evidence)),
        "remedy": finding.remedy,
        "accepted": f"Accepted as an exception until {day(accepted.until)}." if accepted else "",
        "key": finding.key,
    }


def _weight(finding: Finding) -> str:
    if finding.open:
        return "stops the launch"
    return "" if finding.severity is Severity.BLOCKING else f"weight {finding.severity.value}"


def _brief(finding: Finding) -> Page:
    looked = " ".join(one.alt for one in finding.evidence)
    return {
        "verdict": finding.verdict.value,
        "word": WORDS[finding.verdict][0],
        "headline": finding.headline,
        "looked": looked if len(looked) <= 400 else looked[:400].rsplit(" ", 1)[0] + " …",
        "above": not _quiet(finding),
    }


def _questions(review: Review) -> list[Page]:
    ordered = sorted(review.checklist.questions, key=lambda one: _order(one.family))
    return [
        {
            "family": FAMILY_WORDS.get(family, family.capitalize()),
            "asked": [_question(one, review) for one in questions],
        }
        for family, questions in groupby(ordered, key=lambda one: one.family)
    ]


def _order(family: str) -> int:
    return FAMILIES.index(family) if family in FAMILIES else len(FAMILIES)


def _question(question: Question, review: Review) -> Page:
    standing = review.standing(question)
    computed = review.computed(question)
    given = review.answers.get(question.id, ())
    return {
        "asks": question.asks,
        "computed": _computed(computed),
        "standing": _given(standing) if standing else None,
        "open": standing is None and not computed.settled,
        "others": [_given(one) for one in given if one is not standing],
    }


def _computed(computed: Computed) -> str:
    if computed.answer is None:
        return "Candor could not count this; only a person can say."
    if computed.settled:
        return f"Computed: {ANSWERS[computed.answer]}."
    return f"Candor counted: {ANSWERS[computed.answer]}."


def _given(given: Given) -> Page:
    standing = "" if given.current else "The numbers moved since; this answer no longer counts."
    return {
        **_who(given.by),
        "answer": ANSWERS[given.answer],
        "reason": given.reason,
        "action": _action(given.action) if given.action else None,
        "at": moment(given.at),
        "number": given.number,
        "statement": given.statement,
        "note": "A statement, which settles nothing." if given.statement else standing,
    }


def _comments(review: Review) -> list[Page]:
    return [
        {**_who(one.by), "about": one.about, "text": one.text, "at": moment(one.at)}
        for one in review.comments
    ]


def _reviewed(review: Review, run: Run) -> Page:
    policy = run.policy
    return {
        "counts": [
            ["rows read", f"{run.people.rows:,}"],
            ["people", f"{run.people.people:,}"],
            ["on the list", f"{run.people.targeted:,}"],
        ],
        "policy": f"{policy.id}, version {policy.version}, as of {day(policy.as_of)}, "
        f"{policy.sha256[:8]}",
        "checklist": f"{review.checklist.id}, version {review.checklist.version}, "
        f"{run.checklist_sha256[:8]}",
        "parts": [[part, sha256] for part, sha256 in sorted(run.parts.items())],
        "snapshot": run.snapshot,
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


def _checks(run: Run) -> list[Check]:
    ran = {finding.check for finding in run.findings}
    return [check for check in catalogue() if check.id in ran]


def _check(check_id: str) -> Check | None:
    return next((one for one in catalogue() if one.id == check_id), None)


def _method(check: Check) -> Page:
    return {
        "id": check.id,
        "title": check.title,
        "why": paragraphs(check.section("Why it matters")),
        "judges": paragraphs(check.section("How it judges")),
        "blind": paragraphs(check.section("What it cannot see")),
        "sources": [
            f"{one.name} ({one.kind}, {one.status.replace('_', ' ')})" for one in check.sources
        ],
    }


def paragraphs(text: str) -> list[str]:
    r"""The paragraphs of a docstring section, without its marks.

    >>> paragraphs("One `word`\nmore.\n\n- a\n- b")
    ['One word more.', '– a', '– b']
    """
    plain = text.replace("``", "").replace("`", "").replace("**", "")
    found: list[str] = []
    for block in plain.split("\n\n"):
        for line in block.splitlines():
            words = line.strip()
            if words.startswith(("- ", "* ")):
                found.append(f"– {words[2:]}")
            elif line is block.splitlines()[0] or not found:
                found.append(words)
            else:
                found[-1] = f"{found[-1]} {words}"
    return [one for one in found if one]
