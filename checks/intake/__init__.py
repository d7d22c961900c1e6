"""Any people file to one clean, reconciled snapshot; loaded whole, or refused with place and cure.

Intake and the audience are the only parts that touch rows.
"""

from __future__ import annotations

from checks.intake.taking import take_in

__all__ = ["take_in"]
