"""The seal of a document, judged: whose it is, whether it is whole, and what came after it."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    XrefStreamRule,
)
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from review.proof.drawn import DAMAGED
from review.proof.later import later_change
from review.proof.seal import SEAL
from review.proof.seal_key import Sealer

ONLY_SIGNATURES = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(),
        *(
            rule.as_qualified(ModificationLevel.LTA_UPDATES)
            for rule in (
                DocInfoRule(),
                XrefStreamRule(),
                ObjectStreamRule(),
                DSSCompareRule(),
                MetadataUpdateRule(),
            )
        ),
    ],
    form_rule=FormUpdatingRule(field_rules=[SigFieldModificationRule()]),
)
"""What may be added after the seal: a personal signature in its field, and proof for it."""
USAGE = KeyUsageConstraints(
    key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
)
UNREADABLE = (
    *DAMAGED, PdfError, SignatureValidationError, ArithmeticError, NotImplementedError, OSError,
)  # fmt: skip
"""What reading a damaged signature may raise."""
OTHER_BYTES = "Its bytes are not the ones that were sealed."

for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)  # they would quote a stranger's file


@dataclass(frozen=True, kw_only=True, slots=True)
class Personal:
    """A signature that somebody added with a key of their own."""

    by: str
    at: datetime | None
    """When, as their program said it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seal:
    """What was found about the seal of a document."""

    against: str = ""
    """Why the document cannot be the one that was sealed, as a sentence; else empty."""
    doubt: str = ""
    """Why it cannot be told whose seal it is, as a sentence; else empty."""
    broken: bool = False
    """Whether the sealed bytes are others now, or cannot be read."""
    sealer: Sealer | None = None
    """Whose it is, or says it is where it is broken; None where that cannot be read."""
    at: datetime | None = None
    stamped_by: str = ""
    """Who vouches for the time; without one it is the sealer's own word."""
    ends: int = 0
    """Where the sealed bytes end."""
    personal: tuple[Personal, ...] = ()


class _Changed(Exception):  # noqa: N818 — carries a sentence
    """Something about the seal speaks against the document."""


def seal_of(
    pdf: bytes, known: Sequence[asn1_x509.Certificate], *, now: datetime, accepted: str = ""
) -> Seal | None:
    """Judge the seal of a PDF; None where it carries none.

    `known` are the certificates that are trusted here; `accepted` is the SHA-256 of one that
    whoever checks has compared by another way.
    """
    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        if not signatures:
            return None
        wanted = accepted.replace(" ", "").replace(":", "").lower()
        seal = _judged(pdf, signatures, _roots(signatures[0], known, wanted), now)
    except _Changed as changed:
        return Seal(against=str(changed))
    except UNREADABLE:
        return Seal(against=OTHER_BYTES, broken=True)
    if wanted and seal.sealer and seal.sealer.certificate != wanted:
        return replace(seal, doubt=_another(seal.sealer))
    return seal


def _another(sealer: Sealer) -> str:
    return (
        "it is sealed and unchanged since, but by another certificate than the one that was named: "
        f"its own calls itself “{sealer.name}” and has the number {sealer.certificate}."
    )


def _judged(
    pdf: bytes,
    signatures: Sequence[EmbeddedPdfSignature],
    roots: list[asn1_x509.Certificate],
    now: datetime,
) -> Seal:
    seal, *later = signatures
    status = _status(seal, roots, now)
    sealer = Sealer.of(_certificate(status.signing_cert))
    if not (status.intact and status.valid):
        return Seal(against=OTHER_BYTES, broken=True, sealer=sealer)
    ends = _end(pdf, seal)
    if seal.field_name != SEAL or seal.docmdp_level is not MDPPerm.FILL_FORMS:
        raise _Changed("Its first signature is not a seal of Candor.")
    if change := later_change(pdf[:ends], pdf):
        raise _Changed(change)
    if not status.docmdp_ok:
        raise _Changed("Something other than a personal signature was added after it was sealed.")
    personal = tuple(_personal(pdf, one, now) for one in later)
    if _end(pdf, signatures[-1]) != len(pdf):
        raise _Changed("Something was added after the last signature.")
    stamp = _stamp(status, roots)
    return Seal(
        doubt=_doubt(seal, status, roots, now, stamp),
        sealer=sealer,
        at=stamp[0] if stamp else seal.self_reported_timestamp,
        stamped_by=stamp[1] if stamp else "",
        ends=ends,
        personal=personal,
    )


def _roots(
    seal: EmbeddedPdfSignature, known: Sequence[asn1_x509.Certificate], wanted: str
) -> list[asn1_x509.Certificate]:
    own = seal.signer_cert
    if not wanted:
        return list(known)
    return [*known, own] if own.sha256.hex() == wanted else []  # a number that was named decides


def _status(
    signature: EmbeddedPdfSignature, roots: list[asn1_x509.Certificate], at: datetime
) -> PdfSignatureStatus:
    return validate_pdf_signature(
        signature,
        signer_validation_context=_context(roots, at),
        ts_validation_context=_context(roots, at),
        diff_policy=ONLY_SIGNATURES,
        key_usage_settings=USAGE,
    )


def _context(roots: list[asn1_x509.Certificate], at: datetime) -> ValidationContext:
    return ValidationContext(
        trust_roots=list(roots), moment=at, allow_fetching=False, revocation_mode="soft-fail"
    )


def _end(pdf: bytes, signature: EmbeddedPdfSignature) -> int:
    """Where the bytes that a signature covers end; its container must hold it and zeros only."""
    start, before, after, rest = (int(one) for one in signature.byte_range)
    held = signature.pkcs7_content
    container = pdf[before:after]
    if start != 0 or container[:1] != b"<" or container[-1:] != b">":
        raise _Changed("What was signed is not the whole document.")
    written = container[1:-1]
    length = len(_der(held))
    if written[: 2 * length] != held[:length].hex().upper().encode():
        raise _Changed("The container of a signature was written anew.")
    if written[2 * length :].strip(b"0"):
        raise _Changed("Something is hidden in the container of a signature, behind it.")
    return after + rest


def _der(held: bytes) -> bytes:
    """The one value that a container begins with."""
    first = held[1]
    if first < 0x80:
        return held[: 2 + first]
    size = first & 0x7F
    return held[: 2 + size + int.from_bytes(held[2 : 2 + size], "big")]


def _personal(pdf: bytes, signature: EmbeddedPdfSignature, now: datetime) -> Personal:
    status = _status(signature, [], now)
    _end(pdf, signature)
    if not (status.intact and status.valid):
        raise _Changed("A personal signature in it is broken.")
    return Personal(
        by=Sealer.of(_certificate(status.signing_cert)).name,
        at=signature.self_reported_timestamp,
    )


def _stamp(
    status: PdfSignatureStatus, roots: list[asn1_x509.Certificate]
) -> tuple[datetime, str] | None:
    """When it was sealed and who vouches for it, where that authority is known here."""
    found: Any = status.timestamp_validity
    if found is None:
        return None
    if not (found.intact and found.valid):
        raise _Changed("The time-stamp in its seal is broken.")
    if not (roots and found.trusted):
        return None
    return found.timestamp, Sealer.of(_certificate(found.signing_cert)).name


def _doubt(
    seal: EmbeddedPdfSignature,
    status: PdfSignatureStatus,
    roots: list[asn1_x509.Certificate],
    now: datetime,
    stamp: tuple[datetime, str] | None,
) -> str:
    own = Sealer.of(_certificate(status.signing_cert))
    sealed_at = stamp[0] if stamp else now
    if own.begins <= sealed_at <= own.until:
        if roots and _status(seal, roots, sealed_at).trusted:
            return ""
    elif roots and _status(seal, roots, own.until).trusted:
        return (
            f"the key of its seal, {own.name}, ended on {own.until:%Y-%m-%d}, and no time-stamp "
            "that is known here shows that it was sealed before."
        )
    return (
        f"it is sealed and unchanged since, but the key of the seal is not known here: it calls "
        f"itself “{own.name}”; compare the number of its certificate with the one that the "
        f"organisation publishes, then check again with --seal {own.certificate}."
    )


def _certificate(certificate: asn1_x509.Certificate) -> x509.Certificate:
    return x509.load_der_x509_certificate(certificate.dump())
