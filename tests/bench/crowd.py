"""Visitors of a served dashboard without browsers: they speak the words that a browser speaks.

A visitor draws a page, looks whether anything happened as its page tells it to, and waits for the
end of each drawing. What the browser itself does with the answer is not measured.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.bench.costs import HOUSE

PATIENCE = 60.0
"""Seconds after which an answer is no longer waited for."""
NEXT = 2.0
"""Seconds from one look to the next."""
DRAWN, LOOKED = "drawn", "looked"
"""The end of a drawing, and the end of a look."""
_ENDS = {
    ForwardMsg.FINISHED_SUCCESSFULLY: DRAWN,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY: LOOKED,
}
_TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A dashboard in a process of its own."""

    def __init__(self, home: Path) -> None:
        """Serve this home."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self._log = (home / f"{self.port}.log").open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "dashboard", "--port", str(self.port), "--no-browser"],
            cwd=HOUSE,
            env={**os.environ, "CANDOR_HOME": str(home)},
            stdout=self._log,
            stderr=self._log,
        )
        self._wait()

    @property
    def cpu(self) -> float:
        """Seconds of processor time that it has taken so far."""
        told = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="utf-8")
        spent = told.rpartition(")")[2].split()
        return (int(spent[11]) + int(spent[12])) / _TICKS

    def close(self) -> None:
        """Stop it."""
        self._process.terminate()
        self._process.wait()
        self._log.close()

    def _wait(self) -> None:
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/_stcore/health"):
                    return
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("the dashboard did not come up")


class Visitor(AbstractAsyncContextManager["Visitor"]):
    """Somebody with one page open, who reads whatever the server sends."""

    def __init__(self, server: Server, review: str) -> None:
        """Come to a server about a review."""
        self._server, self._review = server, review
        self._closing = AsyncExitStack()
        self._socket: ClientConnection
        self._told: asyncio.Queue[tuple[str, float]] = asyncio.Queue()
        self._looks = ""
        self._page = self._place = ""

    async def __aenter__(self) -> Self:
        """Connect, as a browser does."""
        host = f"127.0.0.1:{self._server.port}"
        opening = connect(
            f"ws://{host}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            origin=Origin(f"http://{host}"),
            max_size=None,
        )
        self._socket = await self._closing.enter_async_context(opening)
        reading = asyncio.create_task(self._read())
        self._closing.callback(reading.cancel)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave."""
        await self._closing.aclose()

    async def draw(self, page: str = "", until: str = DRAWN, **query: str) -> float:
        """Draw a page from the beginning; seconds until this kind of answer came."""
        self._page = page or self._page
        asked = self._asking({"review": self._review, **query})
        async with asyncio.timeout(PATIENCE):
            return await self._ask(asked, until)

    async def look(self) -> float | None:
        """Look whether anything happened, as the page says that this is to be done.

        None where no answer came before the next look: a page that is being drawn anew gives none.
        """
        asked = self._asking({"review": self._review})
        asked.rerun_script.page_script_hash = self._place
        asked.rerun_script.fragment_id = self._looks
        asked.rerun_script.is_auto_rerun = True
        try:
            async with asyncio.timeout(NEXT):
                return await self._ask(asked, LOOKED, DRAWN)
        except TimeoutError:
            return None

    def _asking(self, query: Mapping[str, str]) -> BackMsg:
        asked = BackMsg()
        asked.rerun_script.query_string = urlencode(query)
        asked.rerun_script.page_name = self._page
        return asked

    async def _ask(self, asked: BackMsg, *until: str) -> float:
        while not self._told.empty():
            self._told.get_nowait()
        began = time.monotonic()
        await self._socket.send(asked.SerializeToString())
        while True:
            kind, at = await self._told.get()
            if kind in until:
                return at - began

    async def _read(self) -> None:
        async for sent in self._socket:
            told = ForwardMsg()
            told.ParseFromString(sent if isinstance(sent, bytes) else sent.encode())
            kind = told.WhichOneof("type")
            if kind == "auto_rerun":
                self._looks = told.auto_rerun.fragment_id
            elif kind == "navigation":
                self._place = told.navigation.page_script_hash
            self._told.put_nowait((_kind(told), time.monotonic()))


def _kind(told: ForwardMsg) -> str:
    """What an answer is: the element that it draws, the end of a drawing, or its own kind."""
    kind = str(told.WhichOneof("type"))
    if kind == "script_finished":
        return _ENDS.get(told.script_finished, kind)
    drawn = told.delta.new_element.WhichOneof("type") if kind == "delta" else None
    return str(drawn or kind)
