"""Keys, certificates and a time-stamp authority, made for a test."""

from __future__ import annotations

import asyncio
import io
from datetime import timedelta
from functools import cache
from hashlib import sha256

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from review.proof.seal import _Signer, _Writer
from review.proof.seal_key import Sealer, SealKey
from tests.review.documents import AT


@cache
def a_key(name="Bank of Examples", *, begins=-1, days=3650, bits=3072, stamps=False):
    """A key and its self-signed certificate, valid for so many days."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    told = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, name)])
    usage = x509.KeyUsage(True, True, *[False] * 7)
    start = AT + timedelta(days=begins)
    made = (
        x509.CertificateBuilder()
        .subject_name(told)
        .issuer_name(told)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
    )
    if stamps:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        made = made.add_extension(purpose, critical=True)
    return key, made.sign(key, hashes.SHA256())


def as_pem(key, certificate, words=None):
    """Both as the PEM text of a key file."""
    locked = serialization.BestAvailableEncryption(words) if words else serialization.NoEncryption()
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    return key.private_bytes(pem, pkcs8, locked) + certificate.public_bytes(pem)


def loaded(certificate):
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _private(key):
    der, pkcs8 = serialization.Encoding.DER, serialization.PrivateFormat.PKCS8
    return keys.PrivateKeyInfo.load(key.private_bytes(der, pkcs8, serialization.NoEncryption()))


def a_seal_key(*given, **other):
    """The same as the seal's key."""
    key, certificate = a_key(*given, **other)
    return SealKey(
        sealer=Sealer.of(certificate),
        certificate=loaded(certificate),
        others=(),
        private=key,
    )


def a_stamper(name="Time Authority", *, at=None, **other):
    """An authority that really signs the time; `at` is what its clock says."""
    key, certificate = a_key(name, stamps=True, **other)
    return DummyTimeStamper(loaded(certificate), _private(key), fixed_dt=at)


def answering(stamper, request):
    """What the authority answers to the bytes of a request."""
    asked = tsp.TimeStampReq.load(request)
    return stamper.request_tsa_response(asked).dump()


def signed_by(pdf, field, name, *, new=False, writer=_Writer):
    """A personal signature in a field, as a program of somebody's own adds it."""
    key = a_seal_key(name)
    signer = signers.SimpleSigner(
        signing_cert=key.certificate,
        signing_key=_private(key.private),
        cert_registry=SimpleCertificateStore(),
    )
    meta = signers.PdfSignatureMetadata(
        field_name=field, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    out = io.BytesIO()
    signers.PdfSigner(meta, signer).sign_pdf(
        writer(io.BytesIO(pdf)), existing_fields_only=not new, output=out
    )
    return out.getvalue()


def signed_anew(pdf, key, was, becomes):
    """Other words within the sealed bytes, as many of them, sealed again by the same key."""
    assert len(was) == len(becomes)
    assert was in pdf
    changed = pdf.replace(was, becomes)
    begins = changed.rindex(b"/Contents <") + len(b"/Contents <")
    end = changed.index(b">", begins)
    digest = sha256(changed[: begins - 1] + changed[end + 1 :]).digest()
    made = asyncio.run(_Signer(key).async_sign(digest, "sha256", use_pades=True))
    held = made.dump().hex().upper()
    return changed[:begins] + held.ljust(end - begins, "0").encode() + changed[end:]
