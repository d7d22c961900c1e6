"""Make the people of the three sample campaigns: invented, the same on every machine.

``python -m checks.samples`` writes the files beside the campaign files in ``data/campaigns``.
What is wrong with them was put there on purpose; `PLANTED` says what, and a test finds it all.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from checks import places

LAUNCH = np.datetime64("2026-12-01")
WORDING = "newsletter-2025-06"
SOURCES = ["website", "front desk", "event"]

PLANTED: dict[str, dict[str, str]] = {
    "club-newsletter": {},
    "summer-sale": {
        "integrity.enough_data/gender": "cannot_tell",
        "integrity.files/duplicates": "watch",
        "integrity.files/segments": "watch",
        "transparency.notice_complete/items": "fail",
        "transparency.fields_declared/fields": "fail",
        "transparency.fields_declared/purposes": "fail",
        "transparency.notice_reach/notice": "watch",
        "transparency.data_origin/sources": "fail",
        "transparency.profiling_explained/profiling": "fail",
        "transparency.synthetic_labelled/creatives": "fail",
        "transparency.notice_readable/grade": "watch",
        "consent.coverage/email": "fail",
        "consent.lawful_basis/post": "fail",
        "consent.lawful_basis/profiling": "cannot_tell",
        "consent.freshness/email": "fail",
        "consent.proof/email": "fail",
        "consent.unknown/email": "fail",
        "consent.opt_out_leak/email": "fail",
        "consent.leaving/email": "fail",
        "consent.sources/email: form": "fail",
        "bias.selection/age: 65 and over": "fail",
        "bias.selection/gender: x": "cannot_tell",
        "bias.intersections/gender × age": "fail",
        "protection.minimisation/fields": "fail",
        "protection.small_segments/Bright Ads": "watch",
        "protection.small_segments/Letter Works": "ask",
        "protection.recipients/joint control": "ask",
        "protection.access/accounts": "fail",
        "society.minors/profiling": "fail",
        "society.minors/consent": "fail",
        "society.pressure/email in 7 days": "watch",
        "society.sensitive_moments/time": "watch",
        "protection.impact_assessment/assessment": "fail",
        "balance.cost/area": "watch",
        "balance.dominated/area": "watch",
        "balance.benefit/birth_year": "cannot_tell",
        "balance.alternatives/plans": "watch",
    },
    "home-loan": {
        "bias.proxies/postcode": "watch",
        "bias.selection/origin: elsewhere": "fail",
        "bias.intersections/origin × gender": "fail",
        "bias.intersections/origin × age": "fail",
    },
}
"""What each sample shows that is not in order, by ``check/subject``; the first is in order."""

Columns = dict[str, np.ndarray]


def club_newsletter() -> dict[str, pd.DataFrame]:
    """A campaign in order: 24,000 members, six of ten chosen by lot, nobody who said no."""
    rng = np.random.default_rng(11)
    people = _people(rng, 24_000, youngest=1945, oldest_born=2006)
    chosen = _exactly(rng, 24_000, 14_400)
    people["in_campaign"] = chosen
    people["segment"] = np.where(chosen, rng.choice(["regulars", "newcomers"], 24_000), "")
    people |= _permission(rng, yes=chosen | _exactly(rng, 24_000, 12_000))
    people["emails_7d"] = rng.integers(0, 3, 24_000)
    people["contacts_30d"] = people["emails_7d"] + rng.integers(0, 4, 24_000)
    people["last_visit"] = np.datetime_as_string(LAUNCH - _days(rng, 1, 600, 24_000))
    people |= _notice(people, "2.0")
    frame = _frame("M", people)
    refused = frame[~chosen].head(600)
    arms = {"all": (12_000, 1_560), "without segment": (12_000, 1_200)}
    outcomes = _trial(frame["customer_id"], arms)
    for sign, many in (("complained", 26), ("opted_out", 91), ("deleted", 7)):
        outcomes[sign] = np.isin(np.arange(24_000), rng.permutation(np.flatnonzero(~chosen))[:many])
    return {
        "people": frame,
        "do_not_contact": _refusals(refused["customer_id"], days=1),
        "outcomes": outcomes,
    }


def summer_sale() -> dict[str, pd.DataFrame]:
    """A campaign with a fault in every family, each of a size that is known."""
    rng = np.random.default_rng(23)
    size = 42_000
    people = _people(rng, size, youngest=1936, oldest_born=2006)
    people["gender"][:12], people["birth_year"][:12] = "x", 1985
    age = 2026 - people["birth_year"]
    chance = np.where(age >= 66, 0.22, 0.55) - np.where((age >= 66) & _is(people, "f"), 0.08, 0)
    chosen = rng.random(size) < chance
    chosen[:12] = [True, False] * 6
    minors = np.concatenate([np.flatnonzero(chosen)[40:77], np.flatnonzero(~chosen)[40:73]])
    people["birth_year"][minors] = 2010
    people["in_campaign"] = chosen
    bargain = rng.random(size) < 0.4
    people["segment"] = np.where(chosen, np.where(bargain, "bargain hunters", "big baskets"), "")
    people["segment"][np.flatnonzero(chosen)[100:160]] = "test wave"
    people |= _permission(rng, yes=np.ones(size, dtype=bool))
    listed = rng.permutation(np.flatnonzero(chosen)[200:])
    _plant_permissions(people, listed)
    people |= _notice(people, "4.2")
    people["notice_version"][listed[2_000:2_500]] = "4.1"
    people["email_ticked"][listed[3_000:3_084]] = "true"
    people["emails_7d"] = np.where(rng.random(size) < 0.03, 5, rng.integers(0, 2, size))
    people["contacts_30d"] = people["emails_7d"] + rng.integers(0, 3, size)
    people["basket"] = rng.gamma(2.0, 40.0, size).round(2)
    people["phone"] = np.char.add("+00 555 ", rng.integers(100_000, 999_999, size).astype(str))
    frame = _frame("S", people)
    frame = pd.concat([frame, frame.iloc[[5, 17, 23]]], ignore_index=True)
    refused = frame["customer_id"].iloc[listed[:310]]
    arms = {
        "all": (12_000, 1_200),
        "without area": (12_000, 1_290),
        "without basket": (12_000, 930),
        "without birth year": (6_000, 610),
    }
    outcomes = _trial(frame["customer_id"].iloc[:size], arms)
    return {"people": frame, "do_not_contact": _refusals(refused, days=1), "outcomes": outcomes}


def home_loan() -> dict[str, pd.DataFrame]:
    """A loan offer whose rule on postcodes stands for where people come from."""
    rng = np.random.default_rng(37)
    size = 32_000
    people = _people(rng, size, youngest=1946, oldest_born=2001)
    people["origin"] = rng.choice(["local", "nearby", "elsewhere"], size, p=[0.6, 0.25, 0.15])
    away = rng.random(size) < np.where(people["origin"] == "elsewhere", 0.62, 0.07)
    people["postcode"] = np.where(
        away, rng.choice(["10115", "10117"], size), rng.choice(["10119", "10178", "10243"], size)
    )
    people["balance"] = rng.gamma(3.0, 1400.0, size).round(0).astype(int)
    chosen = (people["balance"] >= 1000) & ~away
    people["in_campaign"] = chosen
    people["segment"] = np.where(chosen, "homeowners to be", "")
    people |= _permission(rng, yes=np.ones(size, dtype=bool))
    people["emails_7d"] = rng.integers(0, 2, size)
    people["contacts_30d"] = people["emails_7d"] + rng.integers(0, 3, size)
    people |= _notice(people, "3.1")
    frame = _frame("H", people)
    refused = frame[~chosen].head(450)
    return {"people": frame, "do_not_contact": _refusals(refused["customer_id"], days=1)}


def _plant_permissions(people: Columns, listed: np.ndarray) -> None:
    """Of those on the list 894 refused after saying yes, and 470 have no valid yes."""
    status, given, proof = people["email_status"], people["email_at"], people["email_ref"]
    status[listed[310:1_004]] = "withdrawn"
    status[listed[1_004:1_204]] = "objected"
    status[listed[1_204:1_427]] = ""
    given[listed[1_427:1_614]] = "2023-04-17"
    proof[listed[1_614:1_674]] = ""


def _people(rng: np.random.Generator, size: int, *, youngest: int, oldest_born: int) -> Columns:
    return {
        "customer_id": np.arange(size),
        "gender": rng.choice(["f", "m"], size).astype(object),
        "birth_year": rng.integers(youngest, oldest_born, size),
        "area": rng.choice(["north", "east", "south", "west"], size),
    }


def _permission(rng: np.random.Generator, *, yes: np.ndarray) -> Columns:
    """Everyone asked in the last twenty months; those who said no have no proof to keep."""
    size = len(yes)
    day = LAUNCH - rng.integers(20, 600, size).astype("timedelta64[D]")
    reference = np.char.add("form-", rng.integers(10_000, 99_999, size).astype(str))
    return {
        "email_status": np.where(yes, "granted", "denied").astype(object),
        "email_at": np.datetime_as_string(day).astype(object),
        "email_ref": np.where(yes, reference, "").astype(object),
        "email_wording": np.where(yes, WORDING, "").astype(object),
        "email_source": np.where(yes, rng.choice(SOURCES, size), "").astype(object),
        "email_method": np.where(yes, "box on a form", "").astype(object),
        "email_ticked": np.where(yes, "false", "").astype(object),
    }


def _notice(people: Columns, version: str) -> Columns:
    """Everyone got the notice with the newsletter form, on the day of their answer."""
    size = len(people["customer_id"])
    return {
        "notice_version": np.full(size, version, dtype=object),
        "notice_at": people["email_at"].copy(),
    }


def _refusals(keys: pd.Series, *, days: int) -> pd.DataFrame:
    """The do-not-contact list: who, since when, and when it took effect."""
    since = [date(2026, 6, 1) + timedelta(days=7 * (n % 20)) for n in range(len(keys))]
    return pd.DataFrame(
        {
            "customer_id": keys.to_numpy(),
            "since": since,
            "effective": [day + timedelta(days=days) for day in since],
        }
    )


def _trial(keys: pd.Series, arms: dict[str, tuple[int, int]]) -> pd.DataFrame:
    """An earlier trial: each arm with so many people, of whom so many did it."""
    drawn = np.random.default_rng(len(keys)).permutation(keys.to_numpy())
    return pd.DataFrame(
        {
            "customer_id": drawn,
            "arm": [arm for arm, (of, _) in arms.items() for _ in range(of)],
            "converted": [n < yes for of, yes in arms.values() for n in range(of)],
        }
    )


def _days(rng: np.random.Generator, least: int, most: int, size: int) -> np.ndarray:
    return rng.integers(least, most, size).astype("timedelta64[D]")


def _frame(letter: str, people: Columns) -> pd.DataFrame:
    frame = pd.DataFrame(people)
    frame["customer_id"] = letter + (frame["customer_id"] + 10_001).astype(str)
    frame["in_campaign"] = np.where(frame["in_campaign"], "true", "false")
    return frame


def _exactly(rng: np.random.Generator, size: int, chosen: int) -> np.ndarray:
    return np.isin(np.arange(size), rng.permutation(size)[:chosen])


def _is(people: Columns, gender: str) -> np.ndarray:
    return np.equal(people["gender"], gender)


SAMPLES: dict[str, Callable[[], dict[str, pd.DataFrame]]] = {
    "club-newsletter": club_newsletter,
    "summer-sale": summer_sale,
    "home-loan": home_loan,
}


def make(folder: Path = places.DATA / "campaigns") -> None:
    """Put every sample's files into its campaign folder, each whole, in place of any before."""
    for name, made in SAMPLES.items():
        for role, frame in made().items():
            target = folder / name / f"{role}.csv"
            target.parent.mkdir(parents=True, exist_ok=True)
            whole = target.with_suffix(f".{os.getpid()}.csv")
            frame.to_csv(whole, index=False, lineterminator="\n")
            whole.replace(target)


if __name__ == "__main__":
    make()
