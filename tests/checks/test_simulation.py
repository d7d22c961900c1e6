"""What the rule does by luck, and what it finds, on a small draw; the full one is `make bench`."""

from __future__ import annotations

import numpy as np
import pytest

from tests.bench import simulation
from tests.bench.simulation import Rate


@pytest.fixture
def rng():
    return np.random.default_rng(29)


def test_fair_campaigns_seldom_fail(rng):
    attributes, campaigns = simulation.fair(rng, 60)

    assert attributes.of == 360
    assert attributes.held, attributes
    assert campaigns.held, campaigns


def test_what_is_real_is_never_clear(rng):
    assert simulation.near(rng, 60).times == 0
    assert simulation.rare(rng, 60).times == 0


def test_twelve_people_are_never_clear(rng):
    assert simulation.twelve(rng, 60).times == 0


def test_a_planted_gap_is_found(rng):
    assert simulation.harmed(rng, 60).held


def test_a_planted_proxy_is_blamed_first():
    assert simulation.blamed(4).times == 4


def test_a_missed_limit_is_told():
    assert not Rate(what="x", times=2, of=100, most=0.015).held
    assert not Rate(what="x", times=94, of=100, least=0.95).held
    assert Rate(what="x", times=95, of=100, least=0.95).held
    assert "95 of 100 | 95.00% | at least 95.0%" in simulation.page(
        [Rate(what="x", times=95, of=100, least=0.95)]
    )
