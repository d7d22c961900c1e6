"""Seal a document: the organisation's signature over every byte, and a field for each reviewer.

What is sealed is an exact prefix of the sealed file. A seal certifies: afterwards the personal
signatures may be filled in, in the fields made for them, and nothing else may change.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from review.commands.refusing import NotTaken
from review.proof.seal_key import SealKey

SEAL: Final = "Seal"
"""The field that holds the organisation's seal."""
PERSON: Final = "Person {}"
"""The field that waits for the personal signature of a reviewer, by number."""
DIGEST: Final = "sha256"
"""SHA-384, or a key that is not RSA, would raise the file to PDF 2.0: no archive file any more."""
OFF_THE_PAGE: Final = (-20, -20, -20, -20)
"""Nothing is drawn: a visible stamp would bring a font that is not embedded."""
SECONDS: Final = 10
"""How long a time-stamp is waited for."""


class _Writer(IncrementalPdfFileWriter):
    """Keeps the metadata as they are: written anew, they would no longer say PDF/A and PDF/UA."""

    def _update_meta(self) -> None:
        return None


class _Signer(Signer):
    """Signs with the key as it was opened: opening it again for each signature is slow."""

    def __init__(self, key: SealKey) -> None:
        super().__init__(
            signing_cert=key.certificate,
            cert_registry=SimpleCertificateStore.from_certs(key.others),
        )
        self._private = key.private

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,  # noqa: ARG002 — it is always `DIGEST`
        dry_run: bool = False,  # noqa: FBT001, FBT002
    ) -> bytes:
        """The signature; while only the room for one is measured, as many bytes."""
        if dry_run:
            return bytes(self._private.key_size // 8)
        return self._private.sign(data, padding.PKCS1v15(), hashes.SHA256())


def sealed(pdf: bytes, key: SealKey, *, people: Sequence[str] = (), time_stamps: str = "") -> bytes:
    """The same document with a seal; `people` are those who may sign it themselves later.

    `time_stamps` is the address of an authority that says when (RFC 3161), or nothing. Raises
    `NotTaken` where it does not answer.
    """
    stamper = RequestsHTTPTimeStamper(time_stamps, timeout=SECONDS) if time_stamps else None
    return seal_with(pdf, key, people=people, stamper=stamper)


def seal_with(
    pdf: bytes, key: SealKey, *, people: Sequence[str], stamper: TimeStamper | None
) -> bytes:
    """Fields first, then the seal, in one addition to the file."""
    writer = _Writer(io.BytesIO(pdf))
    for number, name in enumerate(people, start=1):
        _field(writer, PERSON.format(number), f"Personal signature of {name}")
    _field(writer, SEAL, f"Seal of {key.sealer.name}")
    meta = PdfSignatureMetadata(
        field_name=SEAL,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm=DIGEST,
        certify=True,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    signer = _Signer(key)
    out = io.BytesIO()
    try:
        PdfSigner(meta, signer, timestamper=stamper).sign_pdf(writer, output=out)
    except (TimestampRequestError, OSError):
        raise NotTaken(
            "The document was not sealed: the time-stamp authority did not answer. "
            "Try again, or leave CANDOR_TIME_STAMPS empty."
        ) from None
    except SigningError:
        raise NotTaken("The document could not be sealed with this key.") from None
    return out.getvalue()


def _field(writer: IncrementalPdfFileWriter, name: str, told: str) -> None:
    spec = SigFieldSpec(name, box=OFF_THE_PAGE, readable_field_name=told)
    fields.append_signature_field(writer, spec)
