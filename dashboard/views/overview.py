"""The overview: how many people, what was found in counts, what stands in the way, what is next."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from checks.finding import Finding, Verdict
from checks.phrases import spoken
from checks.runs.run import Run
from dashboard import (
    cards,
    chairing,
    inviting,
    leaving,
    looks,
    notices,
    paper,
    session,
    table,
    words,
)
from dashboard.points import points, row
from dashboard.sidebar import ROLES
from dashboard.together import Step, steps
from dashboard.ways import waiting
from dashboard.words import heading, plain
from review.document.sentences import turned
from review.record import Obstacle, Review, State

SHOWN = 3
"""Points shown at once; the others wait behind a fold."""


def page() -> None:
    """Show where the review stands."""
    review = session.review()
    if review is None:
        cards.nothing_chosen()
        return
    if review.run is None:
        cards.nothing_run(review.name)
        return
    run = review.run
    with st.container(width=1040):
        notices.show()
        st.title(plain(review.name), anchor=False)
        st.markdown(_people(run))
        cards.tally(run.counts)
        st.space("small")
        _points(review)
        st.space("small")
        with st.grid(2, min_column_width=360, gap="large"):
            with st.container():
                _deciders(review)
            with st.container():
                _looked_at(review, run)
        cards.foot()


def _people(run: Run) -> str:
    launch = f"The launch is on {words.day(run.launch)}, {words.until(run.launch)}."
    if run.launch < session.today():
        launch = f"The launch was on {words.day(run.launch)}, {words.until(run.launch)}."
    return f"{run.people.targeted:,} of {run.people.people:,} people are on the list. {launch}"


def _points(review: Review) -> None:
    if review.state.decided:
        _decided(review)
        if review.state is not State.CHANGES_REQUESTED:
            return
    if any(one.revision == review.revision for one in review.past_signatures):
        again = plain(turned(review.timeline))
        st.markdown(f"{again} What was decided before no longer stands.")
    found = points(review)
    if not found.pressing and not found.waiting:
        st.header("Nothing stands in the way", anchor=False)
        st.markdown(f"Everything that stops the launch is answered. {_next(review)}")
        if st.button("Go to the sign-off", type="primary", icon=":material/draw:"):
            session.go("signoff")
        return
    if found.pressing:
        st.header(found.title, anchor=False)
        _pressing(review, steps(review, found.pressing))
        st.space("small")
    waiting(review, found.waiting, first=not found.pressing)


def _pressing(review: Review, ways: Sequence[Step]) -> None:
    """What stands in the way, the first few steps at once."""
    _at_once(ways)
    for at, step in enumerate(ways[:SHOWN]):
        _point(review, step, first=at == 0)
    if rest := ways[SHOWN:]:
        label = "1 more step" if len(rest) == 1 else f"{len(rest)} more steps"
        with st.expander(label, type="compact"):
            for step in rest:
                _point(review, step, first=False)


def _next(review: Review) -> str:
    """Whose turn it is, once nothing stands in the way."""
    if review.committee.ballot is not None:
        return "The committee votes now."
    here = session.actor()
    if here is not None and review.is_inside(here):
        return "Now others decide: copy a message to them below."
    return "A person can decide now."


def _at_once(ways: Sequence[Step]) -> None:
    """The way out in a sentence, where a cleaned list settles several points."""
    cleaned = [one for one in ways if one.settles]
    count = sum(1 + len(one.settles) for one in cleaned)
    if cleaned:
        lists = "the cleaned list settles" if len(cleaned) == 1 else "the cleaned lists settle"
        total = "1 step settles" if len(ways) == 1 else f"{len(ways)} steps settle"
        st.markdown(f"{total} them; {lists} {count} at once.")


def _decided(review: Review) -> None:
    """What was decided, by whom; the way to their words."""
    st.header(words.state(review.state_on(session.today())), anchor=False)
    if review.state is State.WITHDRAWN:
        st.markdown(plain(turned(review.timeline)))
    for one in review.signatures:
        said = f"{chairing.DECISIONS[one.decision].lower()} on {words.day(one.at.date())}"
        grounds = f" “{plain(one.grounds)}”" if one.grounds else ""
        st.markdown(f"**{plain(one.by.name)}**, {ROLES[one.by.role]}: {said}.{grounds}")
    _not_yet(review)
    if st.button("See the decision", icon=":material/draw:"):
        session.go("signoff")


def _not_yet(review: Review) -> None:
    """What an approval still waits for."""
    left = review.held_back_on(session.today())
    if not review.state.approved or not left:
        return
    waits = "1 condition is" if len(left) == 1 else f"{len(left)} conditions are"
    st.markdown(f"**It may not go out yet:** {waits} not kept.")
    for one in left:
        act = one.action
        st.markdown(f"- {plain(act.what)} ({plain(act.who)}, by {words.day(act.by)})")


def _point(review: Review, step: Step, *, first: bool) -> None:
    obstacle = step.point
    finding = review.finding(obstacle.finding) if obstacle.finding else None
    title = heading(finding.headline)[0] if finding else obstacle.sentence
    with st.container(border=True):
        left, right = st.columns([3, 1], vertical_alignment="center", gap="medium")
        with left, st.container(gap="xxsmall"):
            cards.badge(finding.verdict if finding else Verdict.ASK)
            st.subheader(plain(title), anchor=False)
            if finding:
                st.markdown(plain(spoken(finding.remedy)))
        with right:
            listed = finding is not None and leaving.button(review, finding, first=first)
            if (place := cards.place(review, obstacle)) and st.button(
                _act(obstacle, finding),
                type="primary" if first and not listed else "secondary",
                key=f"point {obstacle.question} {obstacle.finding} {obstacle.concern}",
                width="stretch",
                wrap=True,
            ):
                session.go(place.page, finding=place.point, question=place.question)
        if step.settles:
            count = len(step.settles)
            more = "1 more point" if count == 1 else f"{count} more points"
            with st.expander(f"This settles {more}", type="compact"):
                for one in step.settles:
                    row(review, one)


def _act(obstacle: Obstacle, finding: Finding | None) -> str:
    if obstacle.concern is not None:
        return "Answer them" if obstacle.concern else "Record a talk"
    if finding is None:
        return "Answer it" if obstacle.question else "Look again"
    return "See what to do" if finding.verdict is Verdict.FAIL else "See what would settle it"


def _deciders(review: Review) -> None:
    decided, here = review.state.decided, session.actor()
    st.header("Who decided" if decided else "Who decides", anchor=False)
    if needed := table.needed(review):
        st.markdown(needed)
    if decided:
        st.markdown(f"The owner is {plain(review.owner)}.")
    elif here and review.is_inside(here):
        st.markdown("You own or prepared this campaign, so another person has to sign it.")
    else:
        owner = plain(review.owner)
        st.markdown(f"A person signs who neither owns it nor prepared it. The owner is {owner}.")
    computed, by_people, still_open = review.tally
    rows = {
        "Answered by counting": _questions(computed),
        "Answered by people": _questions(by_people),
        "Still open": f"**{_questions(still_open)}**" if still_open else "none",
    }
    alt = "Questions by who answered them, and who has taken part so far"
    st.table(rows | _people_so_far(review), border="horizontal", hide_header=True, alt=alt)
    inviting.draw(review)


def _questions(n: int) -> str:
    return "1 question" if n == 1 else f"{n:,} questions"


def _people_so_far(review: Review) -> dict[str, str]:
    """Who gave how many answers, and who signed."""
    did: dict[str, str] = {}
    given = [one for answers in review.answers.values() for one in answers]
    for who in dict.fromkeys(one.by for one in given):
        count = sum(1 for one in given if one.by == who)
        answers = "1 answer" if count == 1 else f"{count} answers"
        did[f"{plain(who.name)}, {ROLES[who.role]}"] = answers
    for signature in review.signatures:
        who = signature.by
        did[f"{plain(who.name)}, {ROLES[who.role]}"] = (
            f"{chairing.DECISIONS[signature.decision].lower()}"
        )
    return did


def _looked_at(review: Review, run: Run) -> None:
    st.header("What was looked at", anchor=False)
    rows = {
        name: " ".join(_chips(found))
        for family, name in looks.FAMILIES.items()
        if (found := [one for one in run.findings if one.check.startswith(f"{family}.")])
    }
    st.table(rows, border="horizontal", hide_header=True, alt="Verdicts by family")
    st.markdown(f":small[Policy: {plain(run.policy.id)}, version {run.policy.version}.]")
    with st.container(horizontal=True, gap="small"):
        paper.download(review, "" if review.state.decided else "Print what stands so far (PDF)")
        if not review.read_only and st.button("Bring a new list", icon=":material/upload_file:"):
            session.go("again")


def _chips(found: Sequence[Finding]) -> list[str]:
    """A badge a verdict, counting checks, each by its most pressing finding."""
    worst: dict[str, Verdict] = {}
    for one in found:
        said = worst.get(one.check, one.verdict)
        worst[one.check] = min(said, one.verdict, key=lambda verdict: verdict.urgency)
    verdicts = list(worst.values())
    return [
        looks.chip(verdict, looks.count_words(verdict, verdicts.count(verdict)))
        for verdict in Verdict
        if verdict in verdicts
    ]
