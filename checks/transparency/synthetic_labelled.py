"""AI-made content and chatbots can be recognised as such.

## Why it matters
A face, a voice or a chat partner that does not exist persuades only while nobody knows.

## How it judges
Deep fakes without a label, and chatbots that do not say that they are programs, each counted once:
more than the policy allows fails. Whether a machine can read that a machine made a file is shown,
and decides nothing: that duty binds first of all whoever offers the system. What is not stated is
asked. With labels in place a person is asked whether they are seen. It does not apply only where
the owner states that nothing is synthetic, and the sentence says that this is a statement.

## What to do
Label the creatives, or replace them, before the launch. Let the chatbot say what it is.

## What it cannot see
Synthetic pictures and voices that nobody declared: nothing here detects them.
"""

from __future__ import annotations

from checks.campaign import Creative
from checks.case import Case
from checks.evidence import Table
from checks.finding import Finding, ask, fail, not_applicable
from checks.phrases import day, listed, many, of_all, stated, verb
from checks.policy import Part
from checks.registry import Findings, check
from checks.words import creatives

CREATIVES, CHATBOT = "creatives", "chatbot"


class Limits(Part):
    """How many deep fakes and bots may go without a label."""

    unlabelled: int


@check(
    title="AI-made content and bots are labelled",
    question="Is a synthetic picture, voice or chat partner recognisable as one?",
    kind="mixed",
    cites=["AI Act 50(1)", "AI Act 50(2)", "AI Act 50(4)", "AI Act guidelines C(2026) 5054"],
    limits=Limits,
)
def judge(case: Case) -> Findings:
    """Judge the creatives, and the chatbot."""
    bare = sum(_is_fake(one) and not one.label for one in creatives.described(case))
    uses = case.campaign.uses_data_for
    silent = bool(uses and uses.chatbot and uses.chatbot_says_so is False)
    over = bare + silent > case.limits(Limits).unlabelled
    yield _creatives(case, bare if over else 0)
    yield _chatbot(case, silent=silent and over)


def _is_fake(creative: Creative) -> bool:
    return creative.deep_fake is True


def _creatives(case: Case, bare: int) -> Finding:
    shown = case.campaign.creatives
    if shown is None:
        return ask(
            CREATIVES,
            "The campaign names no creative, so nobody can say what a machine made.",
            remedy="List the creatives, each with ai_generated and deep_fake: creatives.",
        )
    if not any(one.ai_generated is not False or one.deep_fake for one in shown):
        return not_applicable(
            CREATIVES,
            f"The owner states that no machine made any of {many(len(shown), 'creative')}."
            if shown
            else "The campaign has no creative, says its owner.",
        )
    made = [one for one in shown if one.ai_generated is not False or one.deep_fake]
    table = _table(case, made)
    if bare:
        names = listed([one.id for one in made if _is_fake(one) and not one.label])
        return fail(
            CREATIVES,
            f"{of_all(bare, len(made), 'synthetic creative')} {verb(bare, 'shows', 'show')} "
            f"as real what is not, without a label: {names}.",
            table,
            remedy=f"Label {names}, or take other pictures, before {day(case.campaign.launch)}.",
        )
    return ask(CREATIVES, _open(made), table, remedy=_look(made))


def _open(made: list[Creative]) -> str:
    unsaid = [one.id for one in made if one.ai_generated is None]
    if unsaid:
        return (
            f"For {many(len(unsaid), 'creative')} nobody says whether a machine made "
            f"{verb(len(unsaid), 'it', 'them')}: {listed(unsaid)}."
        )
    undecided = [one.id for one in made if one.deep_fake is None]
    if undecided:
        return (
            f"A machine made {many(len(made), 'creative')}; whether {listed(undecided)} "
            f"{verb(len(undecided), 'shows', 'show')} as real what is not was not stated."
        )
    return f"A machine made {many(len(made), 'creative')}: do people see the labels?"


def _look(made: list[Creative]) -> str:
    unmarked = sum(one.machine_marked is not True for one in made)
    mark = (
        f" For {unmarked:,} of {len(made):,} no mark that machines can read was stated: add it "
        "where we made the file ourselves."
        if unmarked
        else ""
    )
    return f"Look at each label where the picture will be seen, and as large as there.{mark}"


def _table(case: Case, made: list[Creative]) -> Table:
    return Table(
        title="Synthetic creatives",
        columns=("creative", "a machine made it", "shows as real what is not", "label", "marked"),
        rows=tuple(
            (
                one.id,
                stated(one.ai_generated),
                stated(one.deep_fake),
                creatives.said(case, one, one.label),
                stated(one.machine_marked),
            )
            for one in made
        ),
    )


def _chatbot(case: Case, *, silent: bool) -> Finding:
    uses = case.campaign.uses_data_for
    if uses is None or uses.chatbot is None:
        return ask(
            CHATBOT,
            "Whether people talk to a program in this campaign was not stated.",
            remedy="Say so in the campaign file: uses_data_for, chatbot.",
        )
    if not uses.chatbot:
        return not_applicable(CHATBOT, "The owner states that no chatbot is used.")
    table = Table(
        title="The chat partner",
        columns=("what was asked", "what was stated"),
        rows=(("it tells people that it is a program", stated(uses.chatbot_says_so)),),
    )
    if silent:
        hides = "The chat partner does not tell people that it is a program."
        mend = f"Let its first sentence say so before {day(case.campaign.launch)}."
        return fail(CHATBOT, hides, table, remedy=mend)
    if uses.chatbot_says_so:
        said = "The owner states that the chat partner says that it is a program: do people see it?"
        return ask(CHATBOT, said, table, remedy="Open the chat as a customer, and read it.")
    said = "Whether the chat partner says that it is a program was not stated."
    look = "Open the chat as a customer, then write it down: uses_data_for, chatbot_says_so."
    return ask(CHATBOT, said, table, remedy=look)
