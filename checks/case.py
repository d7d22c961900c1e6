"""Everything a check may look at: the campaign, the people as counts, the policy, the notice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from pydantic import BaseModel

from checks.audience import Audience
from checks.campaign import Campaign
from checks.campaign.texts import Message
from checks.policy import Policy

L = TypeVar("L", bound=BaseModel)


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedOff:
    """The last sign-off of this campaign, as the review hands it in."""

    day: date
    parts: Mapping[str, str]
    """SHA-256 by part, as in a run: campaign, people, policy, checklist."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One campaign under one policy."""

    campaign: Campaign
    audience: Audience
    policy: Policy
    notice: str | None = None
    """The text of the privacy notice; None where the campaign names none."""
    creatives: Mapping[str, Message] = field(default_factory=dict)
    """The creatives that lie beside the campaign file, by id; those without a file are not here."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 by part, of what is judged here: campaign, people, policy, checklist."""
    previous: SignedOff | None = None
    """The last sign-off; None where nobody has signed yet."""

    def limits(self, model: type[L]) -> L:
        """The calling check's own limits: ``case.limits(Limits)``.

        `model` is the frozen pydantic model declared in the check's file; its fields are the
        names in the policy pack.
        """
        check = model.__module__.removeprefix("checks.")
        named = self.policy.checks[check].limits
        return model.model_validate({name: limit.value for name, limit in named.items()})
