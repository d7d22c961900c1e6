"""The stores that a review may be kept in: what holds in one must hold in the other."""

from __future__ import annotations

import pytest

BOTH = pytest.mark.parametrize("store_url", ["sqlite", "postgresql"], indirect=True)
