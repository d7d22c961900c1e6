"""The served application: the script, behind headers that let the browser talk to nobody else."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from secrets import token_hex
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from checks.registry import catalogue
from checks.runs.resting import at_rest
from review.who.provider import BROWSER, provider

HERE = Path(__file__).resolve().parent
HOME = ("127.0.0.1", "::1", "testclient")
"""From where somebody may come while names are only typed: this machine."""
NOT_FROM_HERE = (
    "Names are typed on this installation, so it answers on its own machine only. "
    "Whoever runs Candor can configure a provider: see docs/deploy.md."
)


def content_policy() -> str:
    """The Content-Security-Policy: only this host, and the inline script that Streamlit ships."""
    page = Path(st.__file__).parent.joinpath("static/index.html").read_text(encoding="utf-8")
    inline = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    known = " ".join(f"'sha256-{_sha256(script)}'" for script in inline)
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' {known}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "media-src 'self'",
            "worker-src 'self' blob:",
            "manifest-src 'self'",
            "frame-src 'self'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def from_elsewhere(scope: Scope) -> bool:
    """Whether somebody comes from another machine, by way of a proxy or without one."""
    client = scope.get("client")
    passed_on = any(name in (b"x-forwarded-for", b"forwarded") for name, _ in scope["headers"])
    return passed_on or (client is not None and client[0] not in HOME)


class Guarded:
    """Adds the security headers; lets in nobody from elsewhere while names are only typed."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app
        self._headers = [
            (b"content-security-policy", content_policy().encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"x-frame-options", b"DENY"),
            (b"referrer-policy", b"same-origin"),
            (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back with the headers."""
        if scope["type"] in ("http", "websocket") and not provider() and from_elsewhere(scope):
            await PlainTextResponse(NOT_FROM_HERE, status_code=403)(scope, receive, send)
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        known = provider()
        secure = known is not None and known.secure
        met = () if known is None or _met(scope) else (_told_apart(),)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = [*message["headers"], *met]
                kept = [_secured(*one) for one in given] if secure else given
                message["headers"] = [*kept, *self._headers]
            await send(message)

        await self._app(scope, receive, guarded)


def _met(scope: Scope) -> bool:
    """Whether this browser was given its cookie before."""
    cookies = [value for name, value in scope["headers"] if name == b"cookie"]
    return any(one.strip().startswith(f"{BROWSER}=".encode()) for each in cookies
               for one in each.split(b";"))  # fmt: skip


def _told_apart() -> tuple[bytes, bytes]:
    """The cookie that tells this browser from another of the same person."""
    return b"set-cookie", f"{BROWSER}={token_hex(16)}; Path=/; HttpOnly; SameSite=lax".encode()


def _secured(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """A header; a cookie is sent over TLS only where people come over TLS."""
    if name.lower() != b"set-cookie" or b"secure" in value.lower().split(b"; "):
        return name, value
    return name, value + b"; Secure"


def _secrets() -> dict[str, Any] | None:
    known = provider()
    return known.secrets() if known else None


@asynccontextmanager
async def ready(_: object) -> AsyncIterator[None]:
    """Load every page before anybody comes, and look at what was loaded no more.

    After each drawing Streamlit looks through all of memory for what nobody needs: with the
    libraries in it, that took three times as long as to draw a page.
    """
    for one in iter_modules([str(HERE / "views")], "dashboard.views."):
        import_module(one.name)
    catalogue()
    with at_rest():
        yield


app = st.App(
    HERE / "screen.py", lifespan=ready, middleware=[Middleware(Guarded)], secrets=_secrets()
)
