"""Small builders: a test says only what matters to it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from checks import places
from checks.audience import Audience
from checks.campaign import Campaign
from checks.campaign.texts import Message
from checks.case import Case
from checks.policy import read_policy
from tests.postgres import Warehouse, programs

settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

PLAIN = {
    "id": "spring",
    "name": "Spring savings",
    "owner": "ana@bank.example",
    "launch": "2026-12-01",
    "sector": "general",
    "effect": "opportunity",
}


@pytest.fixture(scope="session")
def reference():
    """The folder of real data sets with known answers; a test that needs it skips without it."""
    beside = Path(__file__).resolve().parents[2] / "shared"
    folder = Path(os.environ.get("CANDOR_REFERENCE", beside))
    if not (folder / "data").is_dir():
        pytest.skip("the reference data sets are not here: set CANDOR_REFERENCE to their folder")
    return folder


@pytest.fixture(scope="session")
def missing():
    """Skip for a part that is missing; with ``CI=true``, where it should be there, fail."""

    def tell(what):
        if os.environ.get("CI") == "true":
            pytest.fail(what)
        pytest.skip(what)

    return tell


@pytest.fixture(scope="session")
def there(missing):
    """A PostgreSQL server of the tests' own, as a warehouse that others may only read."""
    server = Warehouse(
        programs() or missing("no PostgreSQL server: install the package postgresql")
    )
    yield server
    server.stop()


@pytest.fixture(scope="session")
def pdftotext(missing):
    """The program that reads the text of a PDF."""
    return shutil.which("pdftotext") or missing("no pdftotext: install the package poppler-utils")


@pytest.fixture(scope="session")
def policy():
    """The default policy pack."""
    return read_policy(places.DATA / "policies/default.yaml")


@pytest.fixture
def a_campaign():
    """Build a campaign: ``a_campaign(people={"key": "id"}, channels={…})``."""

    def build(**sections):
        return Campaign.model_validate({**PLAIN, "people": {}, **sections})

    return build


@pytest.fixture
def a_case(a_campaign, policy):
    """Build a case: ``a_case({"people": {…}}, gender=["f", "m"], on=[True, False])``.

    The first argument holds sections of the campaign; the others are columns of the people file;
    `tables` holds the columns of side files by role, `creatives` the words of each by its id.
    """

    def said(one, words):
        return Message(file=f"{one}.txt", sha256="0" * 64, bytes=len(words or ""), words=words)

    def build(sections=None, *, tables=None, notice=None, creatives=None, **columns):
        campaign = a_campaign(**(sections or {}))
        return Case(
            campaign=campaign,
            audience=Audience.of(campaign, policy, tables=tables, **columns),
            policy=policy,
            notice=notice,
            creatives={one: said(one, words) for one, words in (creatives or {}).items()},
        )

    return build
