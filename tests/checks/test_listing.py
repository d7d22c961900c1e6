"""The cleaned lists, from a campaign to the files: the last bin of the waterfall, and the rest."""

from __future__ import annotations

import csv
import re
import stat
from collections import Counter
from dataclasses import replace

import pytest

from checks import places, samples
from checks.__main__ import main
from checks.audience import Audience
from checks.audience.leaving import Keyed
from checks.campaign.reading import read_campaign
from checks.case import Case
from checks.conditions import FirstOf
from checks.evidence import Waterfall
from checks.intake import take_in
from checks.intake.lists import WHY, make_lists
from checks.lists.listing import lists_of_file, lists_of_run
from checks.people.permission import BINS, MAY, bins
from checks.refusal import Refused
from checks.runs.run import run_campaign

CAMPAIGN = """\
id: spring
name: Spring savings
owner: ana@bank.example
launch: 2026-12-01
sector: general
effect: opportunity
people: {file: people.csv, key: id, targeted: on_list}
channels:
  email:
    basis: consent
    permission: {status: said, given: at, proof: ref}
suppression: {file: stop.csv, key: id}
"""
PEOPLE = """\
id,on_list,said,at,ref
a1,true,granted,2026-06-01,f1
a2,true,withdrawn,2026-06-01,f2
a3,false,granted,2026-06-01,f3
a4,true,granted,2020-06-01,f4
a5,true,granted,2026-06-01,f5
"""


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CANDOR_POLICY", raising=False)
    return tmp_path / "home"


@pytest.fixture
def a_file(tmp_path):
    """A campaign of five people: ``a_file(("said, given: at", "said"), people=…)``."""

    def build(*replaced, people=PEOPLE, stop="id\na5\n"):
        text = CAMPAIGN
        for old, new in replaced:
            assert old in text
            text = text.replace(old, new)
        file = tmp_path / "campaign.yaml"
        file.write_text(text, encoding="utf-8")
        file.with_name("people.csv").write_text(people, encoding="utf-8")
        file.with_name("stop.csv").write_text(stop, encoding="utf-8")
        return file

    return build


def rows(file):
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.reader(opened))


def made(file, folder, channel="email"):
    return lists_of_file(file, places.policy_file(), channel, folder)


def test_everybody_on_the_list_is_in_one_file_with_a_reason_in_words(a_file, tmp_path):
    found = made(a_file(), tmp_path / "out")

    assert rows(found.lists.contact) == [["id"], ["a1"]]
    assert rows(found.lists.removed) == [
        ["id", "reason"],
        ["a2", "took the yes back"],
        ["a4", "the yes has expired"],
        ["a5", "is on the do-not-contact list"],
    ]
    assert found.nameless == 0
    assert found.not_looked_at == ()


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The summer sale with its people, and a run of the checks on it, in a home of their own."""
    samples.make()
    file = places.DATA / "campaigns/summer-sale/campaign.yaml"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CANDOR_HOME", str(tmp_path_factory.mktemp("home")))
        run = run_campaign(file, places.policy_file())
        yield run, file, places.home()


@pytest.mark.parametrize("channel", ["email", "post"])
def test_the_lists_are_the_waterfall_of_the_sample(sample, channel, tmp_path, monkeypatch):
    run, file, kept = sample
    monkeypatch.setenv("CANDOR_HOME", str(kept))
    found = lists_of_run(
        run, file=file, policy_file=places.policy_file(), channel=channel, folder=tmp_path, name="x"
    )

    [shown] = [one for one in run.findings if one.key == f"consent.coverage/{channel}"]
    [waterfall] = [one for one in shown.evidence if isinstance(one, Waterfall)]
    cleaned = [key for [key] in rows(found.lists.contact)[1:]]
    removed = Counter(reason for _, reason in rows(found.lists.removed)[1:])
    by_step = {
        name: sum(removed[WHY[one]] for one in finer) for name, _, finer in BINS if name != MAY
    }
    steps = {step.name: step.people for step in waterfall.steps}
    assert len(cleaned) == steps.pop(MAY) > 0
    assert {name: by_step[name] for name in steps} == steps
    assert sum(removed.values()) == sum(steps.values()) > 0


def test_the_lists_hold_the_very_people_on_the_list(sample, tmp_path, monkeypatch):
    _, file, kept = sample
    monkeypatch.setenv("CANDOR_HOME", str(kept))
    found = made(file, tmp_path)

    cleaned = {key for [key] in rows(found.lists.contact)[1:]}
    removed = {key for key, _ in rows(found.lists.removed)[1:]}
    with file.with_name("people.csv").open(encoding="utf-8", newline="") as opened:
        listed = {
            one["customer_id"] for one in csv.DictReader(opened) if one["in_campaign"] == "true"
        }
    assert cleaned | removed == listed
    assert not cleaned & removed


def test_every_bin_has_its_reason():
    finer = {one for name, _, several in BINS for one in several if name != MAY}

    assert set(WHY) == finer
    assert len(set(WHY.values())) == len(WHY)


@pytest.mark.parametrize(
    ("replaced", "channel", "says"),
    [
        pytest.param(
            ("key: id, targeted", "targeted"), "email", "nobody can be named", id="no key"
        ),
        pytest.param(("key: id, targeted", "weight: n, targeted"), "email", "counts", id="counts"),
        pytest.param(("on_list", "nobody"), "email", "Nobody is on the list", id="an empty list"),
        pytest.param(
            ("email:", "email:"), "emial", "Did you mean “email”?", id="a misspelt channel"
        ),
        pytest.param(
            ("    permission: {status: said, given: at, proof: ref}\n", ""),
            "email",
            "Who agreed to email is not in the files.",
            id="no answers",
        ),
    ],
)
def test_what_cannot_be_listed_is_refused_with_a_sentence(
    a_file, tmp_path, replaced, channel, says
):
    people = "\n".join(
        f"{line},{'n,nobody' if not n else '1,false'}" for n, line in enumerate(PEOPLE.split())
    )

    with pytest.raises(Refused, match=re.escape(says)):
        made(a_file(replaced, people=people), tmp_path / "out", channel)

    assert not list(tmp_path.glob("out/*"))


def test_a_key_is_written_as_the_file_writes_it(a_file, tmp_path):
    people = PEOPLE.replace("a1", "Ana@Shop.example").replace("a2", "007").replace("a4", "=1+1")
    found = made(a_file(people=people), tmp_path)

    assert rows(found.lists.contact)[1:] == [["Ana@Shop.example"]]
    assert [key for key, _ in rows(found.lists.removed)[1:]] == ["007", "'=1+1", "a5"]
    assert found.lists.made_harmless == 1


def test_rows_of_one_person_are_one_line(a_file, tmp_path):
    people = (
        PEOPLE.replace("a1", "ana@shop.example") + "Ana@Shop.example,true,granted,2026-06-02,f9\n"
    )
    found = made(a_file(people=people), tmp_path)

    assert rows(found.lists.contact)[1:] == [["Ana@Shop.example"]]


def test_a_person_without_a_key_is_told_and_not_written(a_file, tmp_path):
    found = made(a_file(people=PEOPLE + ",true,granted,2026-06-01,f6\n"), tmp_path)

    assert found.nameless == 1
    assert rows(found.lists.contact) == [["id"], ["a1"]]
    assert found.waterfall.steps[-1].people == found.lists.may_be_contacted + 1


def test_what_was_not_looked_at_is_told(a_file, tmp_path):
    found = made(a_file(("suppression: {file: stop.csv, key: id}\n", "")), tmp_path)

    assert found.not_looked_at == ("the do-not-contact list (suppression)",)


def test_the_files_and_their_folder_are_private(a_file, tmp_path):
    found = made(a_file(), tmp_path / "out")

    modes = [stat.S_IMODE(one.stat().st_mode) for one in (found.lists.contact, found.lists.removed)]
    assert modes == [0o600, 0o600]
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700


# The command


def test_the_command_writes_the_files_and_tells_numbers_only(a_file, tmp_path, capfdbinary):
    status = main(["lists", str(a_file()), "email", "--to", str(tmp_path / "out")])
    out, err = capfdbinary.readouterr()
    told = out.decode()

    assert (status, err) == (0, b"")
    assert "1 person may be contacted (email-contact.csv)." in told
    assert "3 people are taken off, each with the reason (email-removed.csv)." in told
    assert str(tmp_path / "out") in told
    assert "on no record" in told
    assert not re.search(r"\ba[1-5]\b", told)
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == [
        "email-contact.csv",
        "email-removed.csv",
    ]


def test_the_command_refuses_with_place_and_cure(a_file, tmp_path, capfdbinary):
    status = main(["lists", str(a_file()), "sms", "--to", str(tmp_path / "out")])
    out, err = capfdbinary.readouterr()

    assert (status, out) == (2, b"")
    assert "campaign.yaml, channels" in err.decode()


@pytest.mark.parametrize("where", ["a file", "under a file"])
def test_a_folder_that_cannot_be_made_is_refused(a_file, tmp_path, capfdbinary, where):
    taken = tmp_path / "taken"
    taken.write_text("", encoding="utf-8")
    to = taken if where == "a file" else taken / "below"
    status = main(["lists", str(a_file()), "email", "--to", str(to)])

    assert status == 2
    assert b"cannot be written there" in capfdbinary.readouterr().err


# The lists of a run


def of_run(run, file, folder):
    return lists_of_run(
        run, file=file, policy_file=places.policy_file(), channel="email", folder=folder, name="one"
    )


def test_a_run_keeps_its_people_when_their_file_is_gone(a_file, tmp_path):
    file = a_file()
    run = run_campaign(file, places.policy_file())
    file.with_name("people.csv").unlink()
    found = of_run(run, file, tmp_path / "out")

    assert rows(found.lists.contact) == [["id"], ["a1"]]
    assert found.lists.contact.name == "one-contact.csv"


def test_a_campaign_that_moved_since_is_refused(a_file, tmp_path):
    run = run_campaign(a_file(), places.policy_file())

    with pytest.raises(Refused, match="changed after the checks ran"):
        of_run(run, a_file(("2026-12-01", "2026-12-02")), tmp_path / "out")


def test_people_that_were_deleted_are_refused(a_file, tmp_path):
    file = a_file()
    run = run_campaign(file, places.policy_file())

    with pytest.raises(Refused, match="no longer here"):
        of_run(replace(run, snapshot="0" * 64), file, tmp_path / "out")


def test_numbers_other_than_the_review_shows_leave_no_file(a_file, tmp_path):
    file = a_file()
    run = run_campaign(file, places.policy_file())
    without = tuple(one for one in run.findings if one.check != "consent.coverage")

    with pytest.raises(Refused, match="other numbers than the review shows"):
        of_run(replace(run, findings=without), file, tmp_path / "out")

    assert list((tmp_path / "out").iterdir()) == []


# The door


def test_an_audience_for_the_checks_holds_no_key(a_file, policy):
    file = a_file()
    campaign = read_campaign(file)
    folder = take_in(campaign, file.parent).folder
    checked, keyed = (one.open(folder, campaign, policy) for one in (Audience, Keyed))
    columns = "SELECT column_name FROM duckdb_columns() WHERE table_name = 'person'"

    assert not hasattr(checked, "each")
    assert ("key",) in keyed._engine.run(columns)  # noqa: SLF001
    assert ("key",) not in checked._engine.run(columns)  # noqa: SLF001
    checked.close()
    keyed.close()


def test_only_intake_names_the_door():
    code = [
        one
        for part in ("checks", "review", "dashboard")
        for one in places.HOUSE.glob(f"{part}/**/*.py")
    ]
    inside = {
        one.relative_to(places.HOUSE).as_posix()
        for one in code
        if re.search(r"audience\.leaving|\bKeyed\b", one.read_text(encoding="utf-8"))
    }

    assert inside == {
        "checks/audience/leaving.py",
        "checks/audience/person.py",
        "checks/intake/drawing.py",
        "checks/intake/lists.py",
        "checks/intake/members.py",
    }


def test_bins_that_hold_other_people_leave_no_file(a_file, tmp_path, policy, monkeypatch):
    file = a_file()
    campaign = read_campaign(file)
    folder = take_in(campaign, file.parent).folder
    real = bins

    def moved(case: Case, name: str) -> FirstOf:
        return replace(real(case, name), bins=())

    monkeypatch.setattr("checks.intake.lists.bins", moved)
    with pytest.raises(RuntimeError, match="who were counted"):
        make_lists(folder, campaign, policy, "email", tmp_path / "out")

    assert list((tmp_path / "out").iterdir()) == []
