"""The command: check a document, bring a review's record or document, or forget its people."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from checks import places
from checks.lists.releasing import Lists
from checks.policy import read_policy
from checks.refusal import Refused
from review.checklist import read_checklist
from review.commands.desk import Desk, NotTaken
from review.commands.door import SERVER, TYPED
from review.document.editions import Edition
from review.document.issuing import HTML, issued, page_issued, put_on_record
from review.document.report import NotTypeset
from review.document.slip import slip_json, written
from review.lists.release import Slip, Wanted, release
from review.proof.seal_key import known_certificates, make_trial_key
from review.proof.standing import with_store
from review.proof.verify import verify
from review.record import NOBODY_YET, Actor, Role
from review.store.chain import verify_bundle
from review.store.forgetting import forget
from review.who.provider import issuer


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 2 where it was refused."""
    asked = _words().parse_args(words)
    try:
        return _keep_house(asked) if hasattr(asked, "keeps") else int(asked.run(asked))
    except KeyError:
        return _refused(f"There is no review named “{asked.review}”.")
    except OSError as error:
        if error.filename is None:  # a full disk names no file
            return _refused("The file could not be written whole: is there room on the disk?")
        return _refused(f"{error.filename}: the file cannot be read or written.")
    except (Refused, NotTaken, NotTypeset, ValueError) as error:
        return _refused(str(error))


def _keep_house(asked: argparse.Namespace) -> int:
    with closing(_desk()) as desk:
        print(asked.keeps(asked, desk, datetime.now(UTC)))
    return 0


def _words() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m review", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    check = commands.add_parser("verify", help="say whether a document or record stands, offline")
    check.add_argument("file", type=Path, metavar="FILE")
    check.add_argument("--json", action="store_true", help="print one JSON object")
    check.add_argument(
        "--seal", default="", metavar="SHA256", help="of the certificate whose seal you trust"
    )
    check.set_defaults(run=_verify)

    key = commands.add_parser("seal-key", help="make a trial key for sealing; it says so itself")
    key.set_defaults(run=_seal_key)

    export = commands.add_parser("export", help="bring the whole record of a review as JSON")
    export.add_argument("review", metavar="REVIEW")
    export.add_argument("-o", "--output", type=Path, help="a file; else standard output")
    export.set_defaults(run=_export)

    report = commands.add_parser("report", help="make the document of a review")
    report.add_argument("review", metavar="REVIEW")
    report.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf")
    report.add_argument(
        "--edition", choices=[*Edition, HTML], default=Edition.INTERNAL, help="for whom it is"
    )
    report.add_argument("--name", required=True, help="who makes it: it goes on record")
    report.add_argument("--role", type=Role, choices=list(Role), required=True)
    report.set_defaults(run=_report)

    _words_of_release(commands)

    gone = commands.add_parser("forget", help="delete the people data of a review, for good")
    gone.add_argument("review", metavar="REVIEW")
    gone.add_argument("--name", required=True, help="who deletes them: it goes on record")
    gone.add_argument("--role", type=Role, choices=list(Role), required=True)
    gone.set_defaults(run=_forget)
    return parser


def _words_of_release(commands: Any) -> None:  # noqa: ANN401 — argparse keeps its type private
    send = commands.add_parser("release", help="say whether this very list may be sent")
    send.add_argument("file", type=Path, metavar="FILE.pdf", help="the sign-off")
    send.add_argument("send", type=Path, metavar="SENDFILE", help="the list that would be sent")
    send.add_argument("--channel", default="", metavar="NAME")
    send.add_argument("--key", default="", metavar="COLUMN", help="that tells people apart")
    for name, what in (
        ("permissions", "what people say now, laid out as in the review"),
        ("suppression", "the do-not-contact list as it is now"),
        ("message", "what would be sent"),
        ("notice", "the notice that people see"),
    ):
        send.add_argument(f"--{name}", type=Path, metavar="FILE", help=what)
    send.add_argument("--lists", type=Path, metavar="FOLDER", help="write the cleaned list there")
    send.add_argument(
        "--slip", type=Path, metavar="FOLDER", help="for the slip; else beside the store"
    )
    send.add_argument("--json", action="store_true", help="print the slip as JSON")
    send.add_argument("--complete", action="store_true", help="refuse where not all was looked at")
    send.add_argument("--name", default=NOBODY_YET, help="who asks: it goes on record")
    send.add_argument("--role", type=Role, choices=list(Role), default=Role.PREPARER)
    send.set_defaults(run=_release)


def _verify(asked: argparse.Namespace) -> int:
    now, content = datetime.now(UTC), asked.file.read_bytes()
    if content.lstrip().startswith(b"{"):
        return _verify_record(asked, content)
    checked = verify(
        content,
        now=now,
        known=known_certificates(),
        accepted=asked.seal,
        fonts=places.font_folders(),
    )
    if places.store_is_here():
        with closing(_desk()) as desk:
            checked = with_store(checked, desk, day=now.date())
    print(json.dumps(checked.plain(), indent=2, ensure_ascii=False) if asked.json else checked)
    return checked.says.status


def _seal_key(_: argparse.Namespace) -> int:
    file, sealer = make_trial_key(datetime.now(UTC))
    print(
        f"A trial key lies in {file}. Documents of decided reviews are now sealed with it, and say "
        "that it is a trial key: it shows that nothing changed, and not who made them.\n"
        f"SHA-256 of its certificate: {sealer.certificate}\n"
        "For real use, name your organisation's key in CANDOR_SEAL_KEY."
    )
    return 0


def _release(asked: argparse.Namespace) -> int:
    now = datetime.now(UTC)
    fields = {name: getattr(asked, name) for name in Wanted.__dataclass_fields__ if name != "pdf"}
    wanted, by = Wanted(pdf=asked.file, **fields), _by(asked)
    with closing(_desk()) as desk:
        slip, lists = release(desk, wanted, by=by, now=now, fonts=places.font_folders())
    folder = asked.slip or places.releases(slip.review)
    made = written(slip, folder, now=now, fonts=places.font_folders())
    if asked.json:
        print(slip_json(slip).decode())
    else:
        print("\n".join([slip.sentence, *slip.notes, *_beside(slip, lists, made)]))
    return 2 if asked.complete and slip.not_looked_at else slip.answer.status


def _beside(slip: Slip, lists: Lists | None, made: Path) -> Iterator[str]:
    for one in slip.conditions:
        yield f"Condition: {one}."
    if lists is not None:
        yield (
            f"{lists.may_be_contacted:,} are in {lists.contact}; {lists.taken_off:,} were taken "
            f"off, each with the reason, in {lists.removed}."
        )
    yield f"The slip is {made}."


def _verify_record(asked: argparse.Namespace, content: bytes) -> int:
    """Check an exported record: nothing is needed but its bytes."""
    found = verify_bundle(content)
    if asked.json:
        print(json.dumps(asdict(found), indent=2, ensure_ascii=False))
    elif found.stands:
        gone = f" {found.erased} texts were left out or erased." if found.erased else ""
        print(
            f"This record is whole: {found.length} events of “{found.review}”.{gone}\n"
            f"Compare its head with an anchor or an old PDF: {found.head}"
        )
    else:
        place = f" (event {found.event})" if found.event else ""
        print(f"This record is not whole{place}. {found.problem}")
    return 0 if found.stands else 1


def _export(asked: argparse.Namespace) -> int:
    with closing(_desk()) as desk:
        desk.review(asked.review)
        bundle = desk.bundle(asked.review)
    if asked.output:
        asked.output.write_bytes(bundle)
    else:
        sys.stdout.buffer.write(bundle)
    return 0


def _report(asked: argparse.Namespace) -> int:
    now = datetime.now(UTC)
    with closing(_desk()) as desk:
        review = desk.review(asked.review)
        bundle = desk.bundle(asked.review)
        if asked.edition == HTML:
            made = page_issued(review, bundle, at=now)
        else:
            made = issued(
                review,
                bundle,
                at=now,
                now=now,
                fonts=places.font_folders(),
                edition=Edition(asked.edition),
                names=read_policy(places.policy_file()).regulator_names,
            )
        asked.output.write_bytes(made.content)
        by = _by(asked)
        put_on_record(desk, asked.review, made, by=by, now=now)
    print(asked.output)
    return 0


def _forget(asked: argparse.Namespace) -> int:
    by = _by(asked)
    with closing(_desk()) as desk:
        print(forget(desk, asked.review, by=by, now=datetime.now(UTC)))
    return 0


def _by(asked: argparse.Namespace) -> Actor:
    """Who works on the server itself: where a provider vouches for people, no account of its."""
    return Actor(name=asked.name, role=asked.role, issuer=SERVER if issuer() else TYPED)


def _desk() -> Desk:
    checklist = read_checklist(places.checklist_file())
    return Desk(places.store_url(), places.anchors_file(), checklist, provider=issuer())


def _refused(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
