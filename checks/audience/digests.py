"""Keys as keyed digests: whoever has the key can ask whether a person is among them, and no other.

HMAC-SHA256, the first 128 bits of it, worked out where the keys are, so that none has to leave.
"""

from __future__ import annotations

BLOCK = 64
"""Bytes of a block of SHA-256."""
LETTERS = 32
"""Hexadecimal letters of 128 bits."""


def pads(secret: bytes) -> dict[str, bytes]:
    """The two values that `digest` needs beside the keys (RFC 2104)."""
    if len(secret) > BLOCK:
        raise ValueError("a secret is no longer than a block")
    whole = secret.ljust(BLOCK, b"\0")
    return {
        "inner": bytes(byte ^ 0x36 for byte in whole),
        "outer": bytes(byte ^ 0x5C for byte in whole),
    }


def digest(key: str) -> str:
    """The digest of a key, both as SQL; NULL where there is no key."""
    inner = f"unhex(sha256($inner::BLOB || encode({key})))"
    return f"unhex(substr(sha256($outer::BLOB || {inner}), 1, {LETTERS}))"


def normal(key: str) -> str:
    """A key in the form in which keys are compared: an address without case; both as SQL."""
    return f"CASE WHEN contains({key}, '@') THEN lower({key}) ELSE {key} END"
