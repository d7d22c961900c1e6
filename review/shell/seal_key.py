"""`seal-key`: a trial key, to try sealing."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime

from review.proof.seal_key import make_trial_key
from review.shell.command import Command, Told


def _answer(_: Namespace, now: datetime) -> Told:
    file, sealer = make_trial_key(now)
    return Told(
        says=f"A trial key lies in {file}. Documents of decided reviews are now sealed with it, "
        "and say that it is a trial key: it shows that nothing changed, and not who made them.\n"
        f"SHA-256 of its certificate: {sealer.certificate}\n"
        "For real use, name your organisation's key in CANDOR_SEAL_KEY."
    )


COMMANDS = {"seal-key": Command(words=lambda _: None, answer=_answer)}
