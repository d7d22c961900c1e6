"""One campaign with every kind of fact and every table beside, small enough for any engine."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta

CAMPAIGN = """\
id: rich
name: Rich
owner: ana@bank.example
launch: 2026-12-01
sector: credit
effect: opportunity
regions: [DE, US-CA]
people:
  file: people.csv
  key: id
  targeted: chosen
  complete: true
  segment: segment
  exported: 2026-11-20
  region: region
  time_zone: zone
  language: language
  last_activity: last_order
  notice: {version: notice_version, given: notice_at}
  vulnerable: {arrears: arrears, self_excluded: {column: excluded, exclude: true}}
  score: {column: score, cut_off: 0.5}
  offer: offer
  price: price
  creative: creative
  attributes:
    gender: gender
    age: {column: born, as: birth_date, bands: [18, 25, 45, 65]}
  quasi_identifiers: [age, gender, postcode]
rules:
  - {column: balance, at_least: 900, because: product minimum}
  - {column: postcode, not_among: ["10115"], because: no branch}
stratifiers: [{column: product, because: eligibility differs}]
population: {file: outside.csv, source: a register of 2024}
segments: [{name: young, message: a}, {name: old, message: b}]
channels:
  email:
    basis: consent
    permission: {status: email_status, given: email_at, proof: email_ref, source: email_source,
      preticked: email_box, expires: email_until}
    relation: {purchased: last_order}
  sms: {basis: consent}
permissions: {file: events.csv, key: id, at: at, channel: channel, status: status}
suppression: {file: refused.csv, key: mail, matches: {column: mail, as: email, hashed: sha256},
  since: since, effective: effective}
signals: {gpc: gpc, tcf: tcf}
contacts: {file: contacts.csv, key: id, at: at, channel: channel}
outcomes: {file: outcomes.csv, key: id, arm: arm, converted: converted, complained: complained,
  opted_out: opted_out, baseline: {contacts: 5000, complained: 10, opted_out: 50, deleted: 5}}
uses_data_for: {profiling: true, model: true, price: true, shares_with_ad_platform: true}
offers: [{id: gold, favourable: true}]
fields:
  - {name: postcode, role: quasi, source_kind: asked, used_in: rule, sensitivity: 1, why: branch}
  - {name: health, role: special, source_kind: inferred, used_in: rule, sensitivity: 4, why: none,
     absent: ["none"]}
"""
TCF = ("CQAAAAAQAAAAAAHABBENBTFgAIAAAEAAAAAAAAAA", "not a string", "")


def write(folder, people=400, lot=None):
    """Write the campaign and its files; with `lot`, a `random.Random`, another one for each."""
    folder.mkdir()
    (folder / "campaign.yaml").write_text(CAMPAIGN, "utf-8")
    numbers = range(people)
    everyone = [_person(n) for n in numbers]
    _table(folder / "people.csv", _mixed(everyone, lot) if lot else everyone)
    _table(folder / "events.csv", [one for n in numbers for one in _events(n)])
    _table(folder / "refused.csv", [_refused(n) for n in numbers if n % 37 == 0])
    _table(folder / "contacts.csv", [one for n in numbers for one in _contacts(n)])
    _table(folder / "outcomes.csv", [_outcome(n) for n in numbers])
    outside = [("gender", "f", 500_000), ("gender", "m", 480_000)]
    names = ("attribute", "group", "people")
    _table(folder / "outside.csv", [dict(zip(names, one, strict=True)) for one in outside])
    return folder


def _mixed(everyone, lot):
    """Each column of a person from somebody else, and one person in ten once more."""
    columns = {name: [one[name] for one in everyone] for name in everyone[0]}
    for name, values in columns.items():
        if name != "mail":
            columns[name] = [lot.choice(values) if lot.random() < 0.9 else "" for _ in values]
    keys = [one["id"] if lot.random() < 0.9 else lot.choice(everyone)["id"] for one in everyone]
    columns["id"] = [key if lot.random() < 0.98 else "" for key in keys]
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _table(file, rows):
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _day(n):
    return (date(2026, 11, 30) - timedelta(days=n % 900)).isoformat()


def _person(n):
    chosen = n % 7 < 4
    return {
        "id": f"p{n}",
        "chosen": "true" if chosen else "false",
        "segment": ("young", "old")[n % 2] if chosen else "",
        "region": ("DE", "US-CA", "")[n % 3],
        "zone": ("Europe/Berlin", "America/Los_Angeles")[n % 2],
        "language": ("de", "en", "tr")[n % 3],
        "last_order": _day(3 * n),
        "notice_version": ("3.1", "3.0", "")[n % 3],
        "notice_at": _day(n),
        "arrears": "yes" if n % 11 == 0 else "no",
        "excluded": "yes" if n % 29 == 0 else "no",
        "score": f"{(n * 37 % 100) / 100:.2f}",
        "offer": ("gold", "plain")[n % 5 > 1],
        "price": f"{10 + n % 4}.5",
        "creative": ("home", "work")[n % 3 > 0],
        "gender": ("f", "m", "x", "unknown")[(n % 40 == 0) + (n % 2) + (n % 90 == 0)],
        "born": (date(1950, 1, 15) + timedelta(days=61 * n)).isoformat(),
        "postcode": ("10115", "10117", "10119")[n % 3],
        "balance": str(500 + 13 * n % 3000),
        "product": ("loan", "save")[n % 4 > 0],
        "email_status": ("granted", "denied", "withdrawn", "", "perhaps")[n % 13 % 5],
        "email_at": _day(2 * n),
        "email_ref": f"r{n}" if n % 6 else "",
        "email_source": ("shop", "fair", "partner")[n % 3],
        "email_box": "yes" if n % 31 == 0 else "no",
        "email_until": _day(0) if n % 17 == 0 else "",
        "mail": f"Person{n}@Mail.example",
        "gpc": ("true", "false", "")[n % 3],
        "tcf": TCF[n % 3],
        "health": ("none", "asthma", "")[n % 5 % 3],
    }


def _events(n):
    at = datetime.fromisoformat("2026-03-01T09:30:00") + timedelta(hours=31 * n)
    for step in range(n % 3):
        yield {
            "id": f"p{n}",
            "channel": ("sms", "all")[n % 5 == 0],
            "status": ("granted", "withdrawn")[step],
            "at": (at + timedelta(days=step * (n % 2))).isoformat(sep=" "),
        }


def _refused(n):
    from hashlib import sha256

    since = date(2026, 9, 1) + timedelta(days=n % 20)
    return {
        "mail": sha256(f"person{n}@mail.example".encode()).hexdigest(),
        "since": since.isoformat(),
        "effective": (since + timedelta(days=n % 9)).isoformat(),
    }


def _contacts(n):
    for step in range(n % 4):
        at = date(2026, 11, 30) - timedelta(days=step * (1 + n % 9))
        yield {"id": f"p{n}", "at": at.isoformat(), "channel": ("email", "sms", "post")[n % 3]}


def _outcome(n):
    return {
        "id": f"p{n}",
        "arm": ("all", "without postcode")[n % 2],
        "converted": "yes" if n % 9 == 0 else "no",
        "complained": "yes" if n % 83 == 0 else "no",
        "opted_out": "yes" if n % 41 == 0 else "no",
    }
