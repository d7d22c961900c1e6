"""The document and its proof: what making it, checking it and releasing a list by it cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from tests.bench.costs import HOUSE, Cost, apart, cost_apart, machine, timed

TITLE = "Proof"
MOST_BYTES, MOST_DOCUMENT, MOST_VERIFY = 1_000_000, 0.5, 2.0
"""Of a full document: its bytes, and seconds to make it and to check it."""
MOST_RELEASE, MOST_MEMORY = 20.0, 1_000_000_000
"""Of a release, whatever the number of people up to ten million: seconds, and bytes held."""
TIMES = 5
"""How often a document is made and checked; the least is shown."""
THEN = datetime(2026, 11, 23, 12, tzinfo=UTC)
_ME = "tests.bench.proof"

CAMPAIGN = """\
id: spring
name: Spring savings
owner: Ana
launch: 2026-12-01
sector: general
effect: opportunity
people: {file: people.csv, key: id, targeted: on_list}
channels:
  email: {basis: consent, purpose: direct_marketing, permission: {status: said, granted: [yes]}}
suppression: {file: stop.csv, key: id}
creatives:
  - {id: a, file: message.txt}
"""
WRITTEN = {
    "people.csv": "SELECT format('K{:09d}', i) AS id, TRUE AS on_list, 'yes' AS said",
    "send.csv": "SELECT format('K{:09d}', i) AS id, 'Q' || (i % 97) AS name",
    "stop.csv": "SELECT format('K{:09d}', i * 2000) AS id",
    "today.csv": "SELECT format('K{:09d}', i * 100) AS id, 'yes' AS said",
}
"""The files of a campaign: everybody is on the list, and the send file is in another order."""
PART = {"stop.csv": 2000, "today.csv": 100}
"""One row for so many people, in the files that are brought later."""


def full(folder: Path) -> int:
    """Keep a review with every check, 120 questions and a committee; returns its events."""
    from review.proof.seal_key import make_trial_key
    from tests.review.full import NOON, a_whole_sitting

    make_trial_key(NOON)
    with a_whole_sitting(folder) as sitting:
        bundle = sitting.desk.bundle(sitting.run.campaign.id)
    (folder / "record.json").write_bytes(bundle)
    return len(json.loads(bundle)["events"])


def document(folder: Path) -> Cost:
    """Make the document of that review, sealed, some times; what the quickest took."""
    from review.document.issuing import issued
    from review.present.unfolding import from_bundle

    record = (folder / "record.json").read_bytes()
    review, costs = from_bundle(record), []
    for second in range(TIMES):
        at = THEN + timedelta(seconds=second)
        made, cost = timed(
            "document", lambda at=at: issued(review, record, at=at, now=THEN).content
        )
        costs.append(cost)
    (folder / "sign-off.pdf").write_bytes(made)
    return min(costs, key=lambda one: one.cpu)


def verified(folder: Path) -> Cost:
    """Check it as a stranger does, from starting Python to the answer."""
    command = [sys.executable, "-m", "review", "verify", str(folder / "sign-off.pdf")]
    costs = []
    for _ in range(TIMES):
        before, began = getrusage(RUSAGE_CHILDREN), time.monotonic()
        done = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=True)
        after, ended = getrusage(RUSAGE_CHILDREN), time.monotonic()
        if "gives the same bytes" not in done.stdout:
            raise SystemExit(f"the document did not stand: {done.stdout}")
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        costs.append(
            Cost(reader="verify", cpu=cpu, wall=ended - began, memory=after.ru_maxrss * 1024)
        )
    return min(costs, key=lambda one: one.cpu)


def approved(folder: Path, rows: int) -> int:
    """Approve a campaign of so many people, all on the list; returns how many are kept."""
    from checks import places
    from checks.campaign.committee import ALONE
    from checks.runs.run import run_campaign
    from review.checklist import read_checklist
    from review.commands.desk import Desk
    from review.document.issuing import issued
    from review.lists.membership import keep_members
    from review.record import Decision
    from tests.review.builders import ITO, MIRA, agreed

    _write(folder, rows)
    run = run_campaign(folder / "campaign.yaml", places.policy_file())
    checklist = read_checklist(places.checklist_file())
    with closing(Desk(places.store_url(), places.anchors_file(), checklist)) as desk:
        run = replace(run, findings=(agreed(20, 20),), committee=ALONE)
        review = desk.record_run(run, by=MIRA, now=THEN)
        for question in checklist.questions:
            if review.standing(question) is None and not review.computed(question).settled:
                review = desk.answer(
                    "spring", question.id, review.offered(question)[0], reason="Looked.",
                    seen=review.head, by=ITO, now=THEN,
                )  # fmt: skip
        review = desk.sign(
            "spring", Decision.APPROVE, grounds="Fine.", seen=review.head, by=ITO, now=THEN
        )
        keep_members(desk, "spring", file=folder / "campaign.yaml", by=ITO, now=THEN)
        made = issued(desk.review("spring"), desk.bundle("spring"), at=THEN, now=THEN)
    (folder / "sign-off.pdf").write_bytes(made.content)
    return rows


def _write(folder: Path, rows: int) -> None:
    import duckdb

    (folder / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    (folder / "message.txt").write_text("Save with us this spring.\n", encoding="utf-8")
    connection = duckdb.connect(config={"threads": "2"})
    for name, columns in WRITTEN.items():
        many, to = rows // PART.get(name, 1), str(folder / name).replace("'", "''")
        turned = " ORDER BY hash(i)" if name == "send.csv" else ""
        chosen = f"{columns} FROM range({many}) AS r(i){turned}"
        connection.execute(f"COPY ({chosen}) TO '{to}' (FORMAT csv, HEADER)")


def released(folder: Path) -> Cost:
    """Hold a send file against the approval, with all that can be looked at."""
    from checks import places
    from review.checklist import read_checklist
    from review.commands.desk import Desk
    from review.lists.release import Wanted, release
    from tests.review.builders import ANA

    wanted = Wanted(
        pdf=folder / "sign-off.pdf", send=folder / "send.csv", channel="email",
        permissions=folder / "today.csv", suppression=folder / "stop.csv",
        message=folder / "message.txt",
    )  # fmt: skip
    checklist = read_checklist(places.checklist_file())
    with closing(Desk(places.store_url(), places.anchors_file(), checklist)) as desk:
        now = THEN + timedelta(days=2)
        (slip, _), cost = timed("release", lambda: release(desk, wanted, by=ANA, now=now))
    if not slip.counts.people:
        raise SystemExit(f"nobody was compared: {slip.sentence}")
    return cost


def measured(rows: list[int]) -> tuple[int, dict[str, Cost]]:
    """The bytes of a full document, and what each task took; a release for each number of rows."""
    with tempfile.TemporaryDirectory(prefix="candor-bench-") as made:
        folder = _at_home(Path(made))
        apart(_ME, "full", folder, 0)
        costs = {name: cost_apart(_ME, name, folder, 0) for name in ("document", "verify")}
        size = (folder / "sign-off.pdf").stat().st_size
    for one in rows:
        with tempfile.TemporaryDirectory(prefix="candor-bench-") as made:
            folder = _at_home(Path(made))
            apart(_ME, "approve", folder, one)
            costs[f"release of {one:,} rows"] = cost_apart(_ME, "release", folder, one)
    return size, costs


def _at_home(folder: Path) -> Path:
    """The folder, which is the home of whatever runs from here on."""
    os.environ["CANDOR_HOME"] = str(folder / "home")
    for name in ("STORE", "ANCHORS", "SEAL_KEY", "TRUST", "FONTS", "POLICY", "TIME_STAMPS"):
        os.environ.pop(f"CANDOR_{name}", None)
    return folder


def missed(size: int, costs: dict[str, Cost]) -> list[str]:
    """The limits that were missed, as sentences."""
    found = []
    if size > MOST_BYTES:
        found.append(f"A full document has {size:,} bytes, not {MOST_BYTES:,}.")
    for name, cost in costs.items():
        most = {"document": MOST_DOCUMENT, "verify": MOST_VERIFY}.get(name, MOST_RELEASE)
        if cost.cpu > most:
            found.append(f"{name.capitalize()} took {cost.cpu:.2f} s, not {most:g}.")
        if name.startswith("release") and cost.memory > MOST_MEMORY:
            found.append(f"{name.capitalize()} held {cost.memory / 1e6:,.0f} MB, not 1,000.")
    return found


def section(size: int, costs: dict[str, Cost]) -> str:
    """The part of the page."""
    lines = [
        f"## {TITLE}",
        "",
        f"A sealed document of 58 checks and 120 answers has {size:,} bytes. {machine()}",
        "",
        "| task | CPU seconds | seconds passed | most memory, MB |",
        "|---|---:|---:|---:|",
        *(
            f"| {name} | {one.cpu:.2f} | {one.wall:.2f} | {one.memory / 1e6:,.0f} |"
            for name, one in costs.items()
        ),
    ]
    held = missed(size, costs) or ["All limits are held."]
    return "\n".join([*lines, "", *(f"**{one}**" for one in held), ""])


def main() -> int:
    """Do one task here, for a process that does nothing else."""
    task, folder, rows = sys.argv[1:]
    there = Path(folder)
    if task in ("full", "approve"):
        print(full(there) if task == "full" else approved(there, int(rows)))
        return 0
    done = {"document": document, "verify": verified, "release": released}[task](there)
    print(json.dumps(asdict(done)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
