"""From a campaign file, or from a run on record, to the lists of one channel."""

from __future__ import annotations

from pathlib import Path

from checks import places
from checks.campaign.reading import read_campaign
from checks.campaign.texts import hashes, read_creatives, read_notice
from checks.evidence import Waterfall
from checks.intake import take_in
from checks.intake.lists import Made, make_lists
from checks.intake.snapshot import Snapshot
from checks.policy import read_policy
from checks.refusal import Refused, refuse
from checks.runs import fingerprint
from checks.runs.run import Run
from checks.runs.taken import with_rows_here

__all__ = ["Made", "lists_of_file", "lists_of_run", "told"]

COVERAGE = "consent.coverage"
"""The check whose waterfall the lists are."""
AGAIN = "Run the checks again, then make the lists."


def lists_of_file(file: Path, policy_file: Path, channel: str, folder: Path) -> Made:
    """The lists as the campaign and its people files are now; no review knows of them."""
    campaign = with_rows_here(read_campaign(file), file)
    snapshot = take_in(campaign, file.parent)
    return make_lists(snapshot.folder, campaign, read_policy(policy_file), channel, folder)


def lists_of_run(
    run: Run, *, file: Path, policy_file: Path, channel: str, folder: Path, name: str
) -> Made:
    """The lists of exactly the people that a run looked at, whether or not their files are left.

    Refused where campaign or policy are others than in the run, and where the numbers would be.
    """
    campaign, policy = with_rows_here(read_campaign(file), file), read_policy(policy_file)
    said = read_notice(campaign, file), hashes(read_creatives(campaign, file))
    if fingerprint.of_campaign(campaign, *said) != run.parts["campaign"]:
        raise refuse(file.name, "The campaign was changed after the checks ran.", AGAIN)
    if fingerprint.of_policy(policy) != run.parts["policy"]:
        raise refuse(policy_file.name, "The policy was changed after the checks ran.", AGAIN)
    snapshot = Snapshot.load(places.snapshots() / run.snapshot)
    made = make_lists(snapshot.folder, campaign, policy, channel, folder, name=name)
    reviewed = _waterfall(run, channel)
    if reviewed is None or _ends(reviewed) != _ends(made.waterfall):
        made.lists.contact.unlink()
        made.lists.removed.unlink()
        raise _otherwise()
    return made


def told(made: Made) -> str:
    """What was made, as sentences: how many people, in which files, what was left out."""
    lists = made.lists
    stay, go = lists.may_be_contacted, lists.taken_off
    are = "is" if go == 1 else "are"
    sentences = [
        f"{_people(stay)} may be contacted ({lists.contact.name}).",
        f"{_people(go)} {are} taken off, each with the reason ({lists.removed.name}).",
    ]
    if one := made.nameless:
        sentences.append(f"{_people(one)} without a key could not be written to either file.")
    if one := lists.made_harmless:
        keys = "1 key begins" if one == 1 else f"{one:,} keys begin"
        sentences.append(f"{keys} like a formula, so an apostrophe stands in front.")
    if made.not_looked_at:
        missing = "; ".join(made.not_looked_at)
        sentences.append(f"Not looked at, as it is not in the files: {missing}.")
    return " ".join(sentences)


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"


def _waterfall(run: Run, channel: str) -> Waterfall | None:
    found = [one for one in run.findings if one.key == f"{COVERAGE}/{channel}"]
    shown = [evidence for one in found for evidence in one.evidence]
    return next((one for one in shown if isinstance(one, Waterfall)), None)


def _ends(waterfall: Waterfall) -> tuple[tuple[str, int], ...]:
    return tuple((step.name, step.people) for step in waterfall.steps)


def _otherwise() -> Refused:
    return refuse("the lists", "They would hold other numbers than the review shows.", AGAIN)
