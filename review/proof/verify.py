"""Whether a document can be believed, from its own bytes: offline, without the store."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
from asn1crypto import x509 as asn1_x509

from review.document.editions import Edition
from review.document.pages import in_words, is_signed
from review.document.public import Extract
from review.document.report import NotTypeset, document, public_document, renderer
from review.document.wording import moment
from review.present.unfolding import from_bundle
from review.proof.drawn import DAMAGED, changed_pages
from review.proof.opening import ORIGINAL, Closed, Opened, taken_apart
from review.proof.seal_check import Seal, seal_of
from review.proof.versions import another
from review.record import Review, State
from review.store.chain import verify_bundle

LATER = "Whether it was withdrawn, replaced or ended later cannot be seen from the file."
NONE_CAN = "no document can be made from its record, so this one was not."
NO_SEAL = "it carries no seal, so anyone could have made it; its record is whole"


class Says(StrEnum):
    """The answer about a document; the exit status goes by it."""

    STANDS = "stands"
    DOES_NOT_STAND = "does_not_stand"
    CANNOT_TELL = "cannot_tell"

    @property
    def status(self) -> int:
        """0 stands, 1 does not stand, 2 cannot tell or refused."""
        return list(Says).index(self)

    @property
    def told(self) -> str:
        """How the sentence about it begins."""
        return {
            Says.STANDS: "This sign-off stands",
            Says.DOES_NOT_STAND: "This sign-off does not stand",
            Says.CANNOT_TELL: "Cannot tell",
        }[self]


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What was found about a document."""

    says: Says
    sentence: str
    """Why, as the rest of one sentence that begins with the answer."""
    document: str = ""
    """What the document says it is: campaign, revision, decision."""
    review: str = ""
    revision: int = 0
    fingerprint: str = ""
    """Of campaign, people, policy and checklist: the same in every edition."""
    head: str = ""
    """Hash of the last event in its record."""
    events: int = 0
    record_sha256: str = ""
    edition: str = ""
    policy: str = ""
    """Which policy judged: id, version, and the hash's first letters."""
    law_as_of: str = ""
    """The day whose law and guidance the policy speaks of."""
    checked_with: str = ""
    """The software that ran the checks."""
    made_with: str = ""
    """The program and fonts that made the document."""
    made_again: bool = False
    """Whether making it again from its record gave the same bytes."""
    sealed_by: str = ""
    sealed_at: str = ""
    time_stamped_by: str = ""
    certificate: str = ""
    """SHA-256 of the seal's certificate."""
    trial_seal: bool = False
    unsealed_sha256: str = ""
    """SHA-256 of the document before it was sealed: what its organisation has on record."""
    personal_signatures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """The answer as plain data."""
        return {"answer": f"{self.says.told}: {self.sentence}", **asdict(self)} | {
            "says": self.says.value,
            "notes": list(self.notes),
            "personal_signatures": list(self.personal_signatures),
        }

    def against(self, sentence: str) -> Checked:
        """The same document, and why it does not stand."""
        return replace(self, says=Says.DOES_NOT_STAND, sentence=sentence)

    def unclear(self, sentence: str) -> Checked:
        """The same document, and why it cannot be told whether it stands."""
        return replace(self, says=Says.CANNOT_TELL, sentence=sentence)

    def __str__(self) -> str:
        return "\n".join((f"{self.says.told}: {self.sentence}", *self.notes))


NOTHING = Checked(says=Says.CANNOT_TELL, sentence="")
UNREAD = f"something in this file could not be read to its end; {ORIGINAL}."
log = logging.getLogger(__name__)


def verify(
    pdf: bytes,
    *,
    now: datetime,
    known: Sequence[asn1_x509.Certificate] = (),
    accepted: str = "",
    fonts: Sequence[Path] = (),
) -> Checked:
    """What can be said about a document from its bytes alone; never raises for what they hold.

    `known` are the seals that are trusted here (`seal_key.known_certificates`), `accepted` the
    SHA-256 of one that whoever checks has compared. `fonts` are further font folders.
    """
    try:
        return _looked_at(pdf, now, known, accepted, fonts)
    except Exception as error:  # noqa: BLE001 — three libraries read what a stranger wrote
        log.error("a document could not be judged (%s)", type(error).__name__)  # noqa: TRY400
        return NOTHING.unclear(UNREAD)


def _looked_at(
    pdf: bytes,
    now: datetime,
    known: Sequence[asn1_x509.Certificate],
    accepted: str,
    fonts: Sequence[Path],
) -> Checked:
    opened = taken_apart(pdf)
    if isinstance(opened, Closed):
        found = NOTHING.against if opened.robbed else NOTHING.unclear
        return found(opened.sentence)
    seal = seal_of(pdf, known, now=now, accepted=accepted)
    if seal is not None and seal.against and not seal.broken:
        return NOTHING.against(_plainly(seal.against))
    if seal is None and opened.stamps["seal"] != "none":
        return NOTHING.against("the seal that belongs in it was taken out.")
    if seal and seal.sealer and seal.sealer.certificate != opened.stamps["seal"]:
        return NOTHING.against("its seal is of another certificate than the document names.")
    return _record_of(opened, seal, now, fonts)


def _record_of(opened: Opened, seal: Seal | None, now: datetime, fonts: Sequence[Path]) -> Checked:
    """The seal comes first; a broken one is named by what became of the pages, where it shows."""
    held = sha256(opened.record).hexdigest()
    if held != opened.stamps["record"]:
        return NOTHING.against("the attached record is not the one that the document names.")
    known = replace(
        NOTHING,
        document=opened.title,
        record_sha256=held,
        edition=opened.stamps["edition"],
        made_with=in_words(opened.stamps),
    )
    if known.edition == Edition.PUBLIC:
        return _extract_of(opened, known, seal, fonts)
    whole = verify_bundle(opened.record)
    if not whole.stands:
        return NOTHING.against(f"its record is not whole: {_plainly(whole.problem)}")
    notes = _left_out(whole.erased)
    known = replace(known, head=whole.head, events=whole.length, notes=notes)
    try:
        review = from_bundle(opened.record)
    except ValueError:
        return known.against(NONE_CAN)
    known = _seen_in(known, review)
    told = _answer(opened, known, seal, _again(opened, review, seal, fonts), fonts)
    return told if told.says is not Says.STANDS else _standing(told, review, now)


def _extract_of(
    opened: Opened, known: Checked, seal: Seal | None, fonts: Sequence[Path]
) -> Checked:
    """A public edition: its record is only what it prints; the whole one stays elsewhere."""
    try:
        held = Extract.read(opened.record)
    except ValueError:
        return known.against("what it carries is not an extract of a record.")
    known = replace(
        known,
        review=held.review,
        revision=held.page["revision"],
        fingerprint=held.page["fingerprint"],
        head=held.head,
        events=held.events,
        notes=("This edition is an extract. The whole record stays with the organisation.",),
    )
    return _answer(opened, known, seal, _again(opened, None, seal, fonts), fonts)


def _seen_in(known: Checked, review: Review) -> Checked:
    run = review.run
    if run is None:
        return known
    policy = run.policy
    return replace(
        known,
        review=review.id,
        revision=review.revision,
        fingerprint=run.fingerprint,
        policy=f"{policy.id}, version {policy.version}, {policy.sha256[:8]}",
        law_as_of=policy.as_of.isoformat(),
        checked_with=", ".join(f"{name} {one}" for name, one in sorted(run.versions.items())),
    )


def _with(known: Checked, opened: Opened, seal: Seal | None) -> Checked:
    """What is known, and what the seal adds to it."""
    first = opened.pdf.find(b"%%EOF") + len(b"%%EOF")
    known = replace(known, unsealed_sha256=sha256(opened.pdf[:first]).hexdigest())
    if seal is None or seal.sealer is None:
        return known
    return replace(
        known,
        sealed_by=seal.sealer.name,
        sealed_at=moment(seal.at) if seal.at else "",
        time_stamped_by=seal.stamped_by,
        certificate=seal.sealer.certificate,
        trial_seal=seal.sealer.trial,
        personal_signatures=tuple(one.by for one in seal.personal),
    )


def _again(
    opened: Opened, review: Review | None, seal: Seal | None, fonts: Sequence[Path]
) -> bytes | str | None:
    """The document made again; None where that cannot be done here, words where none can be."""
    sealer = seal.sealer if seal else None
    if sealer is None and opened.stamps["seal"] != "none":
        return None  # its pages name a seal that cannot be read
    if any(opened.stamps[name] != what for name, what in renderer(fonts).items()):
        return None
    try:
        at = datetime.strptime(opened.stamps["made"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        if review is None:
            return public_document(opened.record, at=at, fonts=fonts, sealer=sealer)
        edition = Edition(opened.stamps["edition"])
        return document(review, opened.record, at=at, fonts=fonts, sealer=sealer, edition=edition)
    except (ValueError, KeyError, TypeError, NotTypeset):
        return NONE_CAN


def _answer(
    opened: Opened,
    known: Checked,
    seal: Seal | None,
    again: bytes | str | None,
    fonts: Sequence[Path],
) -> Checked:
    """What the seal and the bytes say together."""
    if seal is not None and seal.broken:
        return _broken(opened, known, again)
    known = _with(known, opened, seal)
    if isinstance(again, str):
        return known.against(again)
    if again is not None and not _same(opened.pdf, again, seal):
        return _differs(opened, known, again)
    known = replace(known, made_again=again is not None)
    if again is None:
        here = another(opened.stamps, renderer(fonts))
        known = replace(known, notes=(*known.notes, here))
    return _by_seal(known, seal)


def _by_seal(known: Checked, seal: Seal | None) -> Checked:
    """A document whose bytes are in order, by what its seal is worth."""
    if seal is None:
        return known.unclear(_unsealed(known))
    if seal.doubt:
        return known.unclear(seal.doubt)
    notes = (*known.notes, *_beside(known))
    return replace(known, says=Says.STANDS, sentence=_stands(known), notes=notes)


def _standing(told: Checked, review: Review, now: datetime) -> Checked:
    """A document that is whole stands only while the decision in it does."""
    if not is_signed(review):
        return told.unclear("it is sealed, but it holds no decision that stands.")
    if review.state_on(now.astimezone(UTC).date()) is State.EXPIRED:
        return told.against("its approval has ended, by the days that its own record names.")
    return told


def _same(pdf: bytes, again: bytes, seal: Seal | None) -> bool:
    return pdf == again if seal is None else pdf.startswith(again)


def _stands(known: Checked) -> str:
    again = (
        "making it again from that record gives the same bytes"
        if known.made_again
        else "it was made by another version of Candor, so it was not made again here, which is "
        "no fault"
    )
    when = f" on {known.sealed_at}" if known.sealed_at else ""
    return (
        f"“{known.document}” was sealed by {known.sealed_by}{when} and is unchanged since; its "
        f"record of {known.events:,} events is whole, and {again}."
    )


def _beside(known: Checked) -> tuple[str, ...]:
    """What a reader of the answer has to know about the seal."""
    said = []
    if known.trial_seal:
        said.append(
            "The seal is a trial key's: it shows that nothing changed, and not who made it."
        )
    if known.time_stamped_by:
        said.append(f"The time of the seal is vouched for by {known.time_stamped_by}.")
    else:
        said.append("The time of the seal is the sealer's own word; no time-stamp is known here.")
    said += [f"{one} added a personal signature." for one in known.personal_signatures]
    said.append("The seal is the organisation's; it is no personal signature of those named.")
    return (*said, LATER)


def _unsealed(known: Checked) -> str:
    if known.made_again:
        return f"{NO_SEAL}, and making it again from that record gives the same bytes."
    return (
        f"{NO_SEAL}; another version made it, so it was not made again and compared here, which "
        "is no fault."
    )


def _broken(opened: Opened, known: Checked, again: bytes | str | None) -> Checked:
    if isinstance(again, bytes):
        return _differs(opened, known, again)
    return known.against("its bytes are not the ones that were sealed.")


def _differs(opened: Opened, known: Checked, again: bytes) -> Checked:
    """Not the same bytes: a page that was changed, or the same pages saved again."""
    try:
        pages = _changed(opened.pdf, again)
    except DAMAGED:
        return known.unclear(f"this PDF is damaged; {ORIGINAL}.")
    if pages:
        return known.against(
            f"{pages} not what its record makes: the document was changed after it was made."
        )
    if _kept_in_place(opened.pdf, again):
        return known.against("its bytes are not the ones that were sealed.")
    return known.unclear(
        "this PDF was saved again by another program; the content may be the same, but this "
        f"cannot be shown; {ORIGINAL}."
    )


def _kept_in_place(pdf: bytes, again: bytes) -> bool:
    """Whether its table of objects stands where it stood: whoever saves a document moves it."""
    at = again.rfind(b"startxref")
    return pdf.startswith(again[at:], at)


def _changed(one: bytes, other: bytes) -> str:
    with pikepdf.open(io.BytesIO(one)) as ours, pikepdf.open(io.BytesIO(other)) as theirs:
        if len(ours.pages) != len(theirs.pages):
            return f"it has {len(ours.pages)} pages instead of {len(theirs.pages)}; that is"
        changed = changed_pages(ours, theirs)
        noted = next((f"page {number} is" for number, (a, b) in enumerate(
            zip(ours.pages, theirs.pages, strict=True), start=1
        ) if _notes(a) - _notes(b)), "")  # fmt: skip
    return changed.replace(" was", " is").replace(" were", " are") or noted


def _notes(page: pikepdf.Page) -> int:
    """How many things lie on a page, signature fields apart."""
    laid = page.obj.get("/Annots", pikepdf.Array())
    return len([one for one in laid if one.get("/FT") != pikepdf.Name("/Sig")])


def _left_out(erased: int) -> tuple[str, ...]:
    if not erased:
        return ()
    return (f"{erased:,} texts were erased, or given without names; their hashes stand.",)


def _plainly(sentence: str) -> str:
    """A sentence as the rest of one."""
    return sentence[:1].lower() + sentence[1:]
