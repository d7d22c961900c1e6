"""The catalogue of checks as a page that people read: CHECKS.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from checks.finding import Source
from checks.policy import CheckPolicy, Policy
from checks.registry import FAMILIES, Check, catalogue

HEADINGS = ("Why it matters", "How it judges", "What to do", "What it cannot see")
"""The parts of a check's page, in this order."""
NAMES = {
    "integrity": "Integrity: can these files be judged at all?",
    "transparency": "Transparency: do people know?",
    "consent": "Consent: did people say yes, and is every no heard?",
    "bias": "Bias: is anybody left out?",
    "protection": "Data protection: is people's data safe, and needed?",
    "society": "Society: what does it do to people?",
    "balance": "Balance: is it worth it?",
}
"""The families as questions."""
OPENING = """\
# The checks

Candor counts; people decide. Each check below is one file in `checks/`, and this page is made from
those files by `python -m checks catalogue`. The limits are those of the policy “{id}”, version
{version}, as of {as_of}. A limit is law where the number stands in the provision named, guidance
where an authority or a standard names it, and our policy everywhere else.

**Verdicts.** *Fails*: the rule is not met, and luck does not explain it. *Cannot tell*: data are
missing, or about too few people. *Watch*: real, but smaller than the limit. *Needs a person*: only
a person can answer. *Clear*: Candor looked, and found nothing against the rule.

This page is not legal advice.
"""
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One limit as people read it."""

    name: str
    value: str
    kind: str
    source: str


def limits_of(one: Check, policy: Policy) -> tuple[Row, ...]:
    """The limits of a check under a policy: its own, then those that it shares."""
    own = policy.checks[one.id].limits.items()
    shared = (limit for block in one.shared for limit in getattr(policy, block))
    return tuple(
        Row(
            name=name.replace("_", " "),
            value=told(limit.value),
            kind=limit.kind,
            source=limit.source,
        )
        for name, limit in (*own, *shared)
    )


def told(value: object) -> str:
    """A limit in print: a number, or what a list or a table holds.

    >>> told(0.8), told(["a", "b"]), told({"GB": 13}), told(())
    ('0.8', 'a, b', 'GB: 13', 'none')
    """
    if isinstance(value, BaseModel):
        return told(dict(value))
    if isinstance(value, Mapping):
        return "; ".join(
            f"{str(name).replace('_', ' ')}: {told(one)}" for name, one in value.items()
        )
    if isinstance(value, list | tuple):
        return ", ".join(told(one) for one in value) or "none"
    return f"{value:g}" if isinstance(value, float) else str(value).replace("_", " ")


def finds(one: Check, words: str, policy: Policy) -> bool:
    """Whether a check speaks of all of these words: in its page, its limits or its sources."""
    rows = limits_of(one, policy)
    said = [one.id, one.title, one.question, one.doc, *(source.name for source in one.sources)]
    text = " ".join([*said, *(f"{row.name} {row.value} {row.source}" for row in rows)]).casefold()
    return all(word in text for word in words.casefold().split())


def page(policy: Policy) -> str:
    """The whole catalogue as Markdown, under the limits of a policy pack."""
    return "\n".join(_lines(policy)).rstrip() + "\n"


def _lines(policy: Policy) -> Iterator[str]:
    yield OPENING.format(id=policy.id, version=policy.version, as_of=policy.as_of)
    checks = catalogue()
    for family in FAMILIES:
        of_family = [one for one in checks if one.family == family]
        if of_family:
            yield f"## {NAMES[family]}\n"
        for one in of_family:
            yield from _check(one, policy)
    yield "## What the whole catalogue cannot show\n"
    yield from (f"- {one}" for one in CANNOT_SHOW)


def _check(one: Check, policy: Policy) -> Iterator[str]:
    weight = policy.checks[one.id]
    yield f"### {one.title}\n"
    yield f"*{one.question}*\n"
    yield f"`{one.id}` · {one.kind} · {_weight(weight)}\n"
    for heading in HEADINGS:
        yield f"**{heading}.** {_flowing(one.section(heading))}\n"
    yield from _limits(one, weight)
    yield "**Sources.**\n"
    yield from (f"- {_source(source)}" for source in one.sources)
    yield ""


def _weight(weight: CheckPolicy) -> str:
    heavy = weight.severity.value
    if weight.in_regulated is not weight.severity:
        heavy += f" ({weight.in_regulated.value} in regulated sectors)"
    return f"{heavy} · nobody may accept a failure" if weight.exception == "none" else heavy


def _limits(one: Check, weight: CheckPolicy) -> Iterator[str]:
    if weight.limits:
        yield "| limit | value | kind | source |\n|---|---|---|---|"
        for name, limit in weight.limits.items():
            yield f"| {name} | {told(limit.value)} | {limit.kind} | {limit.source} |"
        yield ""
    if one.shared:
        blocks = " and ".join(f"`{name}`" for name in one.shared)
        yield f"It also reads the shared limits {blocks}.\n"


def _source(source: Source) -> str:
    named = f"[{source.name}]({source.link})" if source.link else source.name
    note = f" {source.note}" if source.note else ""
    return f"{named}: {source.standing}.{note}"


def _flowing(text: str) -> str:
    """A paragraph on one line; paragraphs stay apart."""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))
