"""Run the checks without a screen: ``python -m checks run CAMPAIGN.yaml [--json]``.

``lists CAMPAIGN.yaml CHANNEL --to FOLDER`` writes who may be contacted and who may
not; ``proofs CAMPAIGN.yaml`` draws people whose proof of a yes somebody should look up by hand;
``catalogue`` prints CHECKS.md; ``template FILE…`` proposes a campaign file from the data;
``ask`` prints what to ask a data team for, ``ask --template`` a people file to fill in.

Exit status: 0 nothing that stops the launch is open; 1 something is; 2 the input was refused, and
standard error says where and what to do; 130 it was stopped with Ctrl-C, and nothing was kept.
"""

from __future__ import annotations

import argparse
import signal
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from checks import places
from checks.drafts import asking
from checks.drafts.template import template
from checks.lists import listing, proofs
from checks.policy import read_policy
from checks.printed import catalogue, printing, shell
from checks.printed.junit import junit
from checks.refusal import Problem, Refused, called, refuse
from checks.registry import agree
from checks.runs import watching
from checks.runs.resting import at_rest
from checks.runs.run import run_campaign

NOTHING_OPEN, SOMETHING_OPEN, REFUSED = 0, 1, 2
_ENDS = (
    "Exit status of run: 0 nothing that stops the launch is open, 1 something is, "
    "2 the input was refused. Each COMMAND takes --help."
)
STOPPED = 130
"""As shells say it of a program that Ctrl-C has ended."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks; the exit status."""
    asked = _parser().parse_args(arguments)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with _patience(), at_rest():
                status: int = asked.do(asked)
            return status
    except watching.Stopped:
        sys.stderr.write("Stopped. Nothing was kept.\n")
        return STOPPED
    except Refused as refused:
        sys.stderr.write(printing.refusal(refused))
    except OSError as error:
        sys.stderr.write(f"{shell.of_a_file(error)}\n")
    except Exception as error:  # noqa: BLE001 — its message may quote a row: only its kind is told
        sys.stderr.write(f"{shell.broke(error)}\n")
    return REFUSED


@contextmanager
def _patience() -> Iterator[None]:
    """Tell in a terminal how far it is; Ctrl-C stops it and leaves nothing behind."""
    waits = sys.stderr.isatty()
    watch = watching.Watch(_told_in_place if waits else None)
    before = signal.signal(signal.SIGINT, lambda *_: watch.stop())
    try:
        with watching.watched(watch):
            yield
    finally:
        signal.signal(signal.SIGINT, before)
        if waits:
            sys.stderr.write(_LINE)


_LINE = "\r\033[K"
"""To the start of the line, and nothing stands on it."""


def _told_in_place(seen: watching.Seen) -> None:
    share = "" if seen.share is None else f" {seen.share:4.0%}"
    sys.stderr.write(f"{_LINE}{printing.plain(seen.says)[: printing.WIDTH]}{share}")
    sys.stderr.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m checks", description="Run the checks.", epilog=_ENDS
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def one(name: str, what: str) -> argparse.ArgumentParser:
        says = f"{what[:1].upper()}{what[1:]}."
        return commands.add_parser(name, help=what, description=says)

    run = one("run", "run the checks on a campaign file")
    run.add_argument("campaign", type=Path, metavar="CAMPAIGN.yaml")
    run.add_argument("--json", action="store_true", help="print one JSON object")
    run.add_argument("--junit", type=Path, metavar="FILE.xml", help="also write JUnit XML")
    run.set_defaults(do=_run)
    lists = one("lists", "write who may be contacted, and who may not and why")
    lists.add_argument("campaign", type=Path, metavar="CAMPAIGN.yaml")
    lists.add_argument("channel", metavar="CHANNEL")
    lists.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    lists.set_defaults(do=_lists)
    proof = one("proofs", "draw people whose proof of a yes to look up")
    proof.add_argument("campaign", type=Path, metavar="CAMPAIGN.yaml")
    proof.set_defaults(do=_proofs)
    page = one("catalogue", "print CHECKS.md")
    page.set_defaults(do=_catalogue)
    proposal = one("template", "propose a campaign file from people files")
    proposal.add_argument("files", type=Path, nargs="+", metavar="FILE")
    proposal.set_defaults(do=_template)
    ask = one("ask", "print what to ask a data team for")
    ask.add_argument("--template", action="store_true", help="print a CSV file to fill in")
    ask.set_defaults(do=_ask)
    return parser


def _run(asked: argparse.Namespace) -> int:
    if asked.junit and not asked.junit.resolve().parent.is_dir():
        raise refuse(str(asked.junit), "There is no such folder.", "Make it, or name another.")
    with called(asked.campaign.name):
        run = run_campaign(asked.campaign, places.policy_file())
    if asked.junit:
        asked.junit.write_text(junit(run), encoding="utf-8")
    if asked.json:
        _print(run.document().decode() + "\n")
    else:
        _print(printing.text(run))
    return SOMETHING_OPEN if run.open or not run.trusted else NOTHING_OPEN


def _lists(asked: argparse.Namespace) -> int:
    with called(asked.campaign.name):
        made = listing.lists_of_file(asked.campaign, places.policy_file(), asked.channel, asked.to)
    _print(
        f"{listing.told(made)}\nBoth files lie in {asked.to.resolve()}.\n"
        "This is on no record. The button of the dashboard makes them on the record.\n"
    )
    return NOTHING_OPEN


def _proofs(asked: argparse.Namespace) -> int:
    with called(asked.campaign.name):
        drawn = proofs.proofs_of_file(asked.campaign, places.policy_file())
    _print(proofs.told(drawn))
    return NOTHING_OPEN


def _catalogue(_: argparse.Namespace) -> int:
    file = places.policy_file()
    policy = read_policy(file)
    agree(policy, file.name)
    _print(catalogue.page(policy))
    return NOTHING_OPEN


def _template(asked: argparse.Namespace) -> int:
    gone = [
        Problem(where=file.name, what="There is no such file.", cure="Check its name and folder.")
        for file in asked.files
        if not file.is_file()
    ]
    if gone:
        raise Refused(gone)
    _print(template(asked.files))
    return NOTHING_OPEN


def _ask(asked: argparse.Namespace) -> int:
    _print(asking.template() if asked.template else asking.message())
    return NOTHING_OPEN


def _print(text: str) -> None:
    shell.say(text.encode())


if __name__ == "__main__":
    sys.exit(main())
