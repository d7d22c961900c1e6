"""The overview: how many people, what was found in counts, what stands in the way, what is next."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from checks.finding import Finding, Verdict
from checks.run import Run
from dashboard import cards, looks, notices, session, words
from dashboard.sidebar import ROLES
from dashboard.words import plain
from review.record import Obstacle, Review, Role

SHOWN = 5
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
        _points(review, run)
        st.space("small")
        with st.grid(2, min_column_width=420, gap="large"):
            with st.container():
                _deciders(review)
            with st.container():
                _looked_at(run)
        cards.foot()


def _people(run: Run) -> str:
    launch = f"The launch is on {words.day(run.launch)}, {words.until(run.launch)}."
    if run.launch < session.today():
        launch = f"The launch was on {words.day(run.launch)}, {words.until(run.launch)}."
    return f"{run.people.targeted:,} of {run.people.people:,} people are on the list. {launch}"


def _points(review: Review, run: Run) -> None:
    obstacles = review.obstacles
    if not obstacles:
        st.header("Nothing stands in the way", anchor=False)
        st.markdown("Everything that stops the launch is answered. A person can decide now.")
        if st.button("Go to the sign-off", type="primary", icon=":material/draw:"):
            session.go("signoff")
        return
    count = len(obstacles)
    st.header(
        "1 point stands in the way" if count == 1 else f"{count} points stand in the way",
        anchor=False,
    )
    for at, obstacle in enumerate(obstacles[:SHOWN]):
        _point(review, run, obstacle, first=at == 0)
    if rest := obstacles[SHOWN:]:
        label = "1 more point" if len(rest) == 1 else f"{len(rest)} more points"
        with st.expander(label, type="compact"):
            for obstacle in rest:
                _point(review, run, obstacle, first=False)


def _point(review: Review, run: Run, obstacle: Obstacle, *, first: bool) -> None:
    finding = of(review, run, obstacle)
    with st.container(border=True):
        left, right = st.columns([3, 1], vertical_alignment="center", gap="medium")
        with left, st.container(gap="xxsmall"):
            if finding:
                cards.badge(finding.verdict)
            sentence = finding.headline if finding and obstacle.finding else obstacle.sentence
            st.subheader(plain(sentence), anchor=False)
            if finding and finding.remedy:
                st.markdown(plain(finding.remedy))
        with right:
            if finding is None:
                return
            key = f"point {obstacle.question} {obstacle.finding}"
            kind = "primary" if first else "secondary"
            if st.button(_act(finding), type=kind, key=key, width="stretch", wrap=True):  # type: ignore[arg-type]
                session.go(finding.check.partition(".")[0], finding=finding.key)


def of(review: Review, run: Run, obstacle: Obstacle) -> Finding | None:
    """The finding to open for an obstacle: its own, or the first that informs its question."""
    if obstacle.finding:
        return next((one for one in run.findings if one.key == obstacle.finding), None)
    asked = next((q for q in review.checklist.questions if q.id == obstacle.question), None)
    informing = review.informing(asked) if asked else ()
    return informing[0] if informing else None


def _act(finding: Finding) -> str:
    match finding.verdict:
        case Verdict.CANNOT_TELL | Verdict.BROKEN:
            return "See what would settle it"
        case Verdict.FAIL:
            return "See what to do"
        case _:
            return "Answer it"


def _deciders(review: Review) -> None:
    st.header("Who decides", anchor=False)
    here = session.actor()
    if here and here.role in (Role.OWNER, Role.PREPARER):
        did = "own" if here.role is Role.OWNER else "prepared"
        st.markdown(f"You {did} this campaign, so another person has to sign it.")
    else:
        st.markdown(f"A person signs who neither owns it nor prepared it. {_owner(review)}")
    computed, by_people, still_open = review.tally
    rows = {
        "Answered by counting": f"{computed:,} questions",
        "Answered by people": f"{by_people:,} questions",
        "Still open": f"**{still_open:,} questions**" if still_open else "none",
    }
    st.table(rows, border="horizontal", hide_header=True, alt="Questions by who answered them")
    if people := _people_so_far(review):
        st.table(people, border="horizontal", hide_header=True, alt="Who has taken part so far")
    else:
        st.markdown("Nobody has answered yet.")


def _owner(review: Review) -> str:
    return f"The owner is {plain(review.owner)}."


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
        did[f"{plain(who.name)}, {ROLES[who.role]}"] = f"signed on {words.day(signature.at.date())}"
    return did


def _looked_at(run: Run) -> None:
    st.header("What was looked at", anchor=False)
    rows = {
        name: " ".join(_chips(found))
        for family, name in looks.FAMILIES.items()
        if (found := [one for one in run.findings if one.check.startswith(f"{family}.")])
    }
    st.table(rows, border="horizontal", hide_header=True, alt="Verdicts by family")
    st.markdown(f":small[Policy: {plain(run.policy.id)}, version {run.policy.version}.]")


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
