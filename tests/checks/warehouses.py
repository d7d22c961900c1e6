"""Campaigns whose people are in files here, and the same with their people in a warehouse."""

from __future__ import annotations

import csv
import random
import shutil

from pyarrow import parquet

from checks import places
from checks.campaign.reading import read_campaign
from checks.intake import take_in
from tests.checks import rich_campaign

POLICY = places.DATA / "policies/default.yaml"
SAMPLES = ("club-newsletter", "home-loan", "summer-sale")
FEWER = 2_500
"""So many rows of a sample are enough: every finding is there."""
REPEATED = """\
id,chosen,gender,status,at,proof
a,true,f,granted,2026-01-05,p1
a,true,f,withdrawn,2026-03-01,p2
a,true,m,granted,2026-02-01,
b,false,m,withdrawn,2026-03-01,p3
b,false,m,granted,2026-03-01,p4
c,true,f,granted,,p5
c,true,f,denied,,
,true,f,granted,2026-01-01,p6
"""
"""People in several rows: the last word counts, at equal times the more protective."""
FOLDED = """\
id: folded
name: Folded
owner: ana@bank.example
launch: 2026-12-01
sector: general
effect: opportunity
people:
  file: people.csv
  key: id
  targeted: chosen
  attributes: {gender: gender}
channels:
  email:
    basis: consent
    permission: {status: status, given: at, proof: proof}
"""
HILLSTROM = """\
id: hillstrom
name: Two emails and none
owner: ana@shop.example
launch: 2026-12-01
sector: general
effect: opportunity
people:
  file: people.csv
  targeted: {column: segment, among: [Mens E-Mail, Womens E-Mail]}
  price: history
  attributes: {zip_code: zip_code, channel: channel, newbie: newbie, history: history_segment}
rules: [{column: recency, at_most: 12, because: bought within a year}]
channels:
  email: {basis: consent}
"""
PERSONALITY = """\
id: personality
name: Answers to a campaign
owner: ana@shop.example
launch: 2014-12-31
sector: general
effect: opportunity
people:
  file: people.csv
  key: ID
  targeted: {column: Response, among: ["1"]}
  stage: responded
  last_activity: Dt_Customer
  score: {column: Income, cut_off: 50000}
  attributes:
    education: Education
    marital: Marital_Status
    age: {column: Year_Birth, as: birth_year, bands: [25, 35, 45, 55, 65, 75]}
  quasi_identifiers: [age, education, Kidhome]
channels:
  email: {basis: consent}
"""
COUNTS = """\
id: counts
name: Published totals
owner: ana@shop.example
launch: 2026-12-01
sector: general
effect: opportunity
people:
  file: people.csv
  weight: users_shown
  targeted: {count: true_conversions}
  attributes: {group: group}
"""


def rich(folder, _reference):
    """Every kind of fact and every table beside."""
    rich_campaign.write(folder)


def folded(folder, _reference):
    """Rows of one person."""
    more = (
        f"k{n},{'true' if n % 3 else 'false'},{'fm'[n % 2]},granted,2026-04-{n % 28 + 1:02},p\n"
        for n in range(200)
    )
    _lay(folder, FOLDED, REPEATED + "".join(more))


def hillstrom(folder, reference):
    """64,000 customers of a shop, drawn by lot into two emails and none."""
    _lay(folder, HILLSTROM, (reference / "data/hillstrom/hillstrom.csv").read_text("utf-8"))


def personality(folder, reference):
    """2,240 customers, without the blanks and with the days of a table in a warehouse."""
    source = reference / "data/customer_personality/marketing_campaign.csv"
    lines = [line.split("\t") for line in source.read_text("utf-8").splitlines()]
    at = lines[0].index("Dt_Customer")
    rows = [[value.strip() for value in line] for line in lines]
    for row in rows[1:]:
        row[at] = "-".join(reversed(row[at].split("-")))
    _lay(folder, PERSONALITY, "".join(f"{','.join(row)}\n" for row in rows))


def counts(folder, reference):
    """Groups as somebody published them, each with how many it stands for."""
    source = reference / "data/published_counts/aif360_ad_bias_counts.csv"
    with source.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    kept = [row for row in rows if row["attribute"] == "homeowner"]
    body = (f"{row['group']},{row['users_shown']},{row['true_conversions']}\n" for row in kept)
    _lay(folder, COUNTS, "group,users_shown,true_conversions\n" + "".join(body))


def generated(seed):
    """People of whom every column was drawn by lot; some are there twice, some without a key."""

    def lay(folder, _reference):
        rich_campaign.write(folder, people=300, lot=random.Random(seed))

    return lay


MADE = {"rich": rich, "folded": folded, **{f"lot {n}": generated(n) for n in (1, 2, 3)}}
REAL = {"hillstrom": hillstrom, "personality": personality, "counts": counts}
"""By name: what lays a campaign and its files into a folder."""


def _lay(folder, campaign, people):
    folder.mkdir()
    (folder / "campaign.yaml").write_text(campaign, "utf-8")
    (folder / "people.csv").write_text(people, "utf-8")


def samples(folder):
    """The samples with fewer people, each in a folder of its own."""
    from checks import samples

    samples.make(folder)
    for name in SAMPLES:
        for file in (places.DATA / "campaigns" / name).iterdir():
            if file.suffix != ".csv":
                shutil.copy(file, folder / name)
        for file in (folder / name).glob("*.csv"):
            lines = file.read_text("utf-8").splitlines(keepends=True)
            file.write_text("".join(lines[: FEWER + 1]), "utf-8")
    return folder


def moved(folder, beside, address, fill):
    """The campaign of a folder as one whose people are in a warehouse.

    `fill` makes a table there: of this schema and name, with these kinds and values of columns.
    """
    snapshot = take_in(read_campaign(folder / "campaign.yaml"), folder)
    text = (folder / "campaign.yaml").read_text("utf-8")
    for role, table in snapshot.record.tables.items():
        [source] = [one for one in snapshot.record.sources if one.role == role]
        kinds = {column.name: column.type for column in table.columns}
        columns = _values(snapshot.folder / table.file, table.columns)
        for name in set(source.columns) - columns.keys():
            columns[name], kinds[name] = _raw(folder / source.name, name), "text"
        columns = {name: columns[name] for name in source.columns}
        there = (
            f"table: {fill(folder.name.replace('-', '_').replace(' ', '_'), role, kinds, columns)}"
        )
        if role == "people":
            there = f"database: {address}\n  {there}"
        text = text.replace(f"file: {source.name}", there)
    beside.mkdir()
    for file in folder.iterdir():
        if file.suffix != ".csv":
            shutil.copy(file, beside)
    (beside / "campaign.yaml").write_text(text, "utf-8")
    return beside / "campaign.yaml"


def _values(file, columns):
    """The values of a table that was taken in, the words themselves instead of their codes."""
    stored = parquet.read_table(file)
    found = {}
    for one in columns:
        values = stored.column(one.stored).to_pylist()
        if one.dictionary is not None:
            values = [None if value is None else one.dictionary[value] for value in values]
        found[one.name] = values
    return found


def _raw(file, name):
    """A column that was not taken in, as the file writes it."""
    with file.open(encoding="utf-8", newline="") as opened:
        dialect = csv.Sniffer().sniff(opened.readline())
        opened.seek(0)
        return [row[name] or None for row in csv.DictReader(opened, dialect=dialect)]


def told(run):
    """What a run says, by the key of each finding."""
    return {finding.key: finding for finding in run.findings}
