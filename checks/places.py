"""Where things live: what people read and edit in `data/`, all that is made under CANDOR_HOME."""

from __future__ import annotations

import os
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
"""The folder that holds the packages and `data/`."""
DATA = HOUSE / "data"


def home() -> Path:
    """The folder for everything made; ``CANDOR_HOME``, else ``var/`` in the house."""
    return Path(os.environ.get("CANDOR_HOME") or HOUSE / "var")


def snapshots() -> Path:
    """One folder a snapshot, named by its id."""
    return home() / "snapshots"


def campaigns() -> Path:
    """Campaigns the dashboard wrote."""
    return home() / "campaigns"


def lists(campaign: str) -> Path:
    """The cleaned lists of a campaign: the only files here that name people."""
    return campaigns() / campaign / "lists"


def inbox() -> Path | None:
    """The folder for files too large to upload: ``CANDOR_INBOX``; None where there is none."""
    named = os.environ.get("CANDOR_INBOX")
    return Path(named) if named else None


def members(campaign: str) -> Path:
    """The people that an approval covers, as hashes under a secret of the review."""
    return home() / "members" / campaign


def releases(campaign: str) -> Path:
    """The slips of lists that were held against an approval of a campaign."""
    return home() / "releases" / campaign


def keys() -> Path:
    """The secrets of this installation."""
    return home() / "keys"


def policy_file() -> Path:
    """The policy pack of this installation: ``CANDOR_POLICY`` (an id or a path), else default."""
    chosen = os.environ.get("CANDOR_POLICY", "default")
    return Path(chosen) if chosen.endswith((".yaml", ".yml")) else DATA / f"policies/{chosen}.yaml"


def checklist_file() -> Path:
    """The checklist of this installation."""
    return DATA / "checklists/default.yaml"


def store_url() -> str:
    """The store of the record: ``CANDOR_STORE``, else SQLite under home."""
    return os.environ.get("CANDOR_STORE") or f"sqlite:///{home() / 'store.db'}"


def store_is_here() -> bool:
    """Whether there is a store to ask, without making one."""
    return bool(os.environ.get("CANDOR_STORE")) or (home() / "store.db").is_file()


def anchors_file() -> Path:
    """The anchor file: ``CANDOR_ANCHORS``, else under home."""
    return Path(os.environ.get("CANDOR_ANCHORS") or home() / "anchors.jsonl")


def provider_file() -> Path | None:
    """The settings of the OpenID provider: ``CANDOR_PROVIDER``; None where names are typed."""
    named = os.environ.get("CANDOR_PROVIDER")
    return Path(named) if named else None


def kept_words(whose: str) -> Path:
    """Where what somebody wrote waits until they have proved who they are."""
    return home() / "kept" / whose


def font_folders() -> tuple[Path, ...]:
    """Extra fonts for the document: ``CANDOR_FONTS``, folders as in PATH."""
    given = os.environ.get("CANDOR_FONTS", "")
    return tuple(Path(one) for one in given.split(os.pathsep) if one)
