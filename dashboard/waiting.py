"""Work that takes long: it is done beside the page, which tells how far it is and can stop it.

A page that is loaded again finds the work where it is. What is stopped leaves nothing behind.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

import streamlit as st

from checks.runs import watching
from checks.runs.watching import Stopped, Watch
from dashboard import session
from dashboard.words import plain

T = TypeVar("T")
MOST = 2
"""Pieces of work at once on this server; the others wait for their turn."""
SOON = 0.7
"""Seconds within which most work is done, so that nothing is shown of it."""
OFTEN = 0.3
"""Seconds between two looks at how far it is."""
BELOW = 30
"""Elements of the page before that are cleared while it is waited."""
_room = threading.BoundedSemaphore(MOST)
_jobs: dict[str, Job[object]] = {}
_lock = threading.Lock()


class Job(Generic[T]):
    """One piece of work, beside the page."""

    def __init__(self, work: Callable[[], T]) -> None:
        """Begin it."""
        self.watch = Watch()
        self.done = threading.Event()
        self.failed: BaseException | None = None
        self.given: T | None = None
        self._work = work
        threading.Thread(target=self._do, daemon=True).start()

    def _do(self) -> None:
        try:
            with watching.watched(self.watch), _turn():
                self.given = self._work()
        except BaseException as error:  # noqa: BLE001 — raised where it is waited for
            self.failed = error
        finally:
            self.done.set()

    def stop(self) -> None:
        """Stop it, and wait until nothing of it is left."""
        self.watch.stop()
        while not self.done.wait(OFTEN):
            self.watch.stop()


class _turn:  # noqa: N801 — reads as a word: `with _turn()`
    """The room to work in, when it is free."""

    def __enter__(self) -> None:
        while not _room.acquire(timeout=OFTEN):
            watching.tell("Other files are being read first. Yours are next.")

    def __exit__(self, *_: object) -> None:
        _room.release()


def wait_for(name: str, work: Callable[[], T], on_stop: Callable[[], object] | None = None) -> T:
    """What the work gives; meanwhile the page tells how far it is, with a button that stops it.

    `name` is the same for the same work, so that it is found again and never done twice at once.
    Raises what the work raises.
    """
    job = _begun(name, work)
    if not job.done.wait(SOON):
        _shown(name, job, on_stop)
    with _lock:
        _jobs.pop(name, None)
    if isinstance(job.failed, Stopped):  # from another window
        st.info("This was stopped. Nothing of it was kept.", icon=":material/block:")
        st.stop()
    if job.failed is not None:
        raise job.failed
    return job.given  # type: ignore[return-value]


def _begun(name: str, work: Callable[[], T]) -> Job[T]:
    """The work of this name that is not done yet, else begun."""
    with _lock:
        found = _jobs.get(name)
        if found is None or found.done.is_set():
            found = _jobs[name] = Job(work)
    return found  # type: ignore[return-value]


def _shown(name: str, job: Job[T], on_stop: Callable[[], object] | None) -> None:
    with st.container(border=True):
        bar = st.progress(0.0, text=plain(job.watch.seen.says))
        st.button("Stop", icon=":material/stop_circle:", on_click=_stop, args=(name, on_stop))
    for _ in range(BELOW):  # what stood below on the page before would stay, greyed
        st.empty()
    while not job.done.wait(OFTEN):
        seen = job.watch.seen
        bar.progress(min(seen.share or 0.0, 1.0), text=plain(seen.says))


def _stop(name: str, on_stop: Callable[[], object] | None) -> None:
    """Stop the work of this name; nothing of it is kept."""
    with _lock:
        job = _jobs.pop(name, None)
    if job is not None:
        job.stop()
    if on_stop is not None:
        on_stop()
    session.say("Stopped. Nothing of it was kept.")
