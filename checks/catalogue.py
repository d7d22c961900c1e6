"""The catalogue of checks as a page that people read: CHECKS.md."""

from __future__ import annotations

from collections.abc import Iterator

from checks.finding import Source
from checks.policy import CheckPolicy, Limit, Policy
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
            yield f"| {name} | {_value(limit)} | {limit.kind} | {limit.source} |"
        yield ""
    if one.shared:
        blocks = " and ".join(f"`{name}`" for name in one.shared)
        yield f"It also reads the shared limits {blocks}.\n"


def _value(limit: Limit[object]) -> str:
    return f"{limit.value:g}" if isinstance(limit.value, float) else str(limit.value)


def _source(source: Source) -> str:
    named = f"[{source.name}]({source.link})" if source.link else source.name
    note = f" {source.note}" if source.note else ""
    return f"{named}: {source.standing}.{note}"


def _flowing(text: str) -> str:
    """A paragraph on one line; paragraphs stay apart."""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))
