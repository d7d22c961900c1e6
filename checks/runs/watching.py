"""Whoever waits while files are taken in and checks run: told how far it is, and able to stop it.

What is stopped leaves nothing behind: `watched` takes away what was made meanwhile. Work that
nobody watches is not told of and cannot be stopped.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path


class Stopped(BaseException):
    """Whoever waited has stopped it: no error, and like Ctrl-C nothing on the way keeps it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """How far it is."""

    says: str
    """As a sentence with numbers, for whoever waits."""
    share: float | None = None
    """How much of this step is done, where that is known."""


class Watch:
    """One piece of work that somebody waits for."""

    def __init__(self, tell: Callable[[Seen], None] | None = None) -> None:
        """`tell` is called from the work, now and then."""
        self.seen = Seen(says="Reading the files …")
        self.made: list[Path] = []
        self._tell = tell
        self._stopped = threading.Event()
        self._halts: list[Callable[[], object]] = []
        self._lock = threading.Lock()

    @property
    def stopped(self) -> bool:
        """Whether it is to stop."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """Let it stop at its next step, and break off what it waits for; may be said again."""
        self._stopped.set()
        with self._lock:
            halts = tuple(self._halts)
        for halt in halts:
            halt()

    def tell(self, seen: Seen) -> None:
        """Take note of how far it is."""
        self.seen = seen
        if self._tell:
            self._tell(seen)

    @contextmanager
    def halting(self, halt: Callable[[], object]) -> Iterator[None]:
        """While something is waited for: how to break it off."""
        with self._lock:
            self._halts.append(halt)
        try:
            yield
        finally:
            with self._lock:
                self._halts.remove(halt)


_WATCH: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watched(watch: Watch) -> Iterator[Watch]:
    """Let somebody watch what is done here; what was made is taken away when it is stopped."""
    token = _WATCH.set(watch)
    try:
        go_on()
        yield watch
        go_on()
    except (Stopped, KeyboardInterrupt):
        for folder in watch.made:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    finally:
        _WATCH.reset(token)


def go_on() -> None:
    """Raise `Stopped` where whoever waits has stopped it."""
    watch = _WATCH.get()
    if watch and watch.stopped:
        raise Stopped


def tell(says: str, share: float | None = None) -> None:
    """Say how far it is; raises `Stopped`."""
    go_on()
    if watch := _WATCH.get():
        watch.tell(Seen(says=says, share=share))


def rows(name: str, read: int, share: float | None = None) -> None:
    """Say how many rows of a file are read; raises `Stopped`."""
    tell(f"{name}: {read:,} rows are read.", share)


def made(folder: Path) -> None:
    """Note a folder that nobody wants if this is stopped."""
    if watch := _WATCH.get():
        watch.made.append(folder)


@contextmanager
def halting(halt: Callable[[], object]) -> Iterator[None]:
    """Wait for something that `halt` breaks off; raises `Stopped`."""
    go_on()
    watch = _WATCH.get()
    if watch is None:
        yield
        return
    with watch.halting(halt):
        yield
    go_on()
