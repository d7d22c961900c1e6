"""The key of an organisation's seal: read from a file or a secret, never kept and never told.

`CANDOR_SEAL_KEY` names a file (PEM or PKCS #12) or holds the PEM text itself; its words, if it is
locked, come from `CANDOR_SEAL_PASSPHRASE`. Without it the trial key in `keys/` is used, if one was
made.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from checks import places
from review.commands.refusing import NotTaken

TRIAL = "Candor trial key"
"""The unit that a trial key names, so that every document under it says what it is."""
LEAST_BITS = 3072
VALID = timedelta(days=3650)
_PEM = "-----BEGIN "


@dataclass(frozen=True, kw_only=True, slots=True)
class Sealer:
    """Whose seal it is, as certificate and document say it."""

    name: str
    certificate: str
    """SHA-256 of the certificate."""
    begins: datetime
    until: datetime
    """When the certificate ends."""
    trial: bool

    @classmethod
    def of(cls, certificate: x509.Certificate) -> Sealer:
        """Read a certificate."""
        return cls(
            name=_name(certificate),
            certificate=certificate.fingerprint(hashes.SHA256()).hex(),
            begins=certificate.not_valid_before_utc,
            until=certificate.not_valid_after_utc,
            trial=TRIAL in _said(certificate, NameOID.ORGANIZATIONAL_UNIT_NAME),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class SealKey:
    """A key with its certificates; what is secret in it is in no text about it."""

    sealer: Sealer
    certificate: asn1_x509.Certificate = field(repr=False)
    others: tuple[asn1_x509.Certificate, ...] = field(repr=False)
    private: rsa.RSAPrivateKey = field(repr=False)


def trial_file() -> Path:
    """Where the trial key of this installation lies."""
    return places.keys() / "seal-trial.pem"


def seal_key(now: datetime) -> SealKey | None:
    """The key of this installation; None where it has none. Raises `NotTaken` where it is no use.

    The file is read at each use, so that nothing of it stays in memory longer than a document.
    """
    given = os.environ.get("CANDOR_SEAL_KEY", "")
    content = _content(given) if given else _trial()
    if content is None:
        return None
    private, certificates = _opened(content)
    _valid(certificates[0], now)
    own, *others = (_asn1(one) for one in certificates)
    return SealKey(
        sealer=Sealer.of(certificates[0]),
        certificate=own,
        others=tuple(others),
        private=private,
    )


def make_trial_key(now: datetime) -> tuple[Path, Sealer]:
    """Make a key for trying, readable by this installation only; an older one is never replaced."""
    file = trial_file()
    if file.exists():
        raise NotTaken(f"There is a trial key already: {file}. Move it away to make another.")
    key = rsa.generate_private_key(public_exponent=65537, key_size=LEAST_BITS)
    certificate = _self_signed(key, now)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as opened:
        opened.write(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        opened.write(certificate.public_bytes(serialization.Encoding.PEM))
    return file, Sealer.of(certificate)


def known_certificates() -> tuple[asn1_x509.Certificate, ...]:
    """The certificates that this installation trusts: its own, and those in `CANDOR_TRUST`."""
    files = [trial_file(), *_trusted_files()]
    given = os.environ.get("CANDOR_SEAL_KEY", "")
    contents = [file.read_bytes() for file in files if file.is_file()]
    if given:
        contents += [one for one in (_quietly(given),) if one]
    return tuple(_asn1(one) for content in contents for one in _certificates_in(content))


def _trusted_files() -> Iterator[Path]:
    for given in os.environ.get("CANDOR_TRUST", "").split(os.pathsep):
        if given and Path(given).is_dir():
            yield from sorted(Path(given).iterdir())
        elif given:
            yield Path(given)


def _certificates_in(content: bytes) -> list[x509.Certificate]:
    try:
        if _PEM.encode() in content:
            return x509.load_pem_x509_certificates(content)
        return [x509.load_der_x509_certificate(content)]
    except ValueError:
        pass
    try:
        return _opened(content)[1]
    except NotTaken:
        return []


def _content(given: str) -> bytes:
    if given.startswith(_PEM):
        return given.encode()
    try:
        return Path(given).read_bytes()
    except OSError:
        raise NotTaken(
            "The seal's key cannot be read: CANDOR_SEAL_KEY names no file that is there."
        ) from None


def _quietly(given: str) -> bytes | None:
    try:
        return _content(given)
    except NotTaken:
        return None


def _trial() -> bytes | None:
    file = trial_file()
    return file.read_bytes() if file.is_file() else None


def _opened(content: bytes) -> tuple[rsa.RSAPrivateKey, list[x509.Certificate]]:
    """The key and its certificates, its own first."""
    words = os.environ.get("CANDOR_SEAL_PASSPHRASE", "").encode() or None
    try:
        if _PEM.encode() in content:
            held = x509.load_pem_x509_certificates(content)
            private: object = serialization.load_pem_private_key(content, words)
        else:
            private, own, more = pkcs12.load_key_and_certificates(content, words)
            held = [one for one in (own, *more) if one is not None]
    except (ValueError, TypeError):
        raise NotTaken(
            "The seal's key cannot be opened: it must hold a key and its certificate, as PEM or "
            "PKCS #12, and CANDOR_SEAL_PASSPHRASE must be the words that lock it."
        ) from None
    if not isinstance(private, rsa.RSAPrivateKey) or private.key_size < LEAST_BITS:
        raise NotTaken(
            f"The seal's key is of another kind. An archive file needs RSA, {LEAST_BITS} bits "
            "or more."
        )
    return private, _own_first(private, held)


def _own_first(
    private: rsa.RSAPrivateKey, found: Iterable[x509.Certificate]
) -> list[x509.Certificate]:
    numbers = private.public_key()
    ordered = sorted(found, key=lambda one: one.public_key() != numbers)
    if not ordered or ordered[0].public_key() != numbers:
        raise NotTaken("The seal's key has no certificate of its own beside it.")
    return ordered


def _valid(certificate: x509.Certificate, now: datetime) -> None:
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not begins <= now <= ends:
        raise NotTaken(
            f"The seal's certificate is valid from {begins:%Y-%m-%d} to {ends:%Y-%m-%d}, "
            "not today. Renew it, then make the document again."
        )


def _self_signed(key: rsa.RSAPrivateKey, now: datetime) -> x509.Certificate:
    begins = now.astimezone(UTC).replace(microsecond=0)
    made = f"made on {begins:%Y-%m-%d} for trying"
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, TRIAL),
            x509.NameAttribute(NameOID.COMMON_NAME, f"Trial seal, {made}"[:64]),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=False, crl_sign=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins - timedelta(days=1))
        .not_valid_after(begins + VALID)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )


def _name(certificate: x509.Certificate) -> str:
    common = _said(certificate, NameOID.COMMON_NAME)
    organisation = _said(certificate, NameOID.ORGANIZATION_NAME)
    named = ", ".join(dict.fromkeys([*organisation, *common]))
    return named or sha256(certificate.subject.public_bytes()).hexdigest()[:16]


def _said(certificate: x509.Certificate, what: x509.ObjectIdentifier) -> list[str]:
    return [str(one.value) for one in certificate.subject.get_attributes_for_oid(what)]


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
