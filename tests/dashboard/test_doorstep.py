"""Who may come in at all, and with what: settings of a provider, cookies, other machines."""

from __future__ import annotations

import asyncio

import pytest
from pydantic import ValidationError

from dashboard import app
from review.who.provider import FRESH, PLAIN, Provider

SETTINGS = {
    "issuer": "https://id.bank.example",
    "name": "Bank ID",
    "client_id": "candor",
    "client_secret": "secret",
    "redirect_uri": "https://candor.bank.example/oauth2callback",
    "cookie_secret": "0123456789abcdef" * 2,
}


def asked(client="127.0.0.1", headers=(), *, every=False):
    """What a request from there is answered with: status and headers."""
    sent = []

    async def inner(_scope, _receive, send):
        given = [(b"set-cookie", b"_streamlit_user=x; HttpOnly; SameSite=lax")]
        await send({"type": "http.response.start", "status": 200, "headers": given})
        await send({"type": "http.response.body", "body": b""})

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "client": (client, 1), "headers": list(headers)}
    asyncio.run(app.Guarded(inner)(scope, None, send))
    if every:
        return sent[0]["headers"]
    return sent[0]["status"], dict(reversed(sent[0]["headers"]))


@pytest.mark.parametrize(
    ("client", "headers", "status"),
    [
        pytest.param("127.0.0.1", (), 200, id="this machine"),
        pytest.param("::1", (), 200, id="this machine, the newer way"),
        pytest.param("10.0.0.7", (), 403, id="another machine"),
        pytest.param("127.0.0.1", ((b"x-forwarded-for", b"10.0.0.7"),), 403, id="by a proxy"),
    ],
)
def test_typed_names_are_for_one_machine(client, headers, status):
    assert asked(client, headers)[0] == status


def test_with_a_provider_others_come_in_and_cookies_are_secure(monkeypatch):
    monkeypatch.setattr(app, "provider", lambda: Provider(**SETTINGS))
    status, headers = asked("10.0.0.7", ((b"x-forwarded-for", b"10.0.0.7"),))

    assert status == 200
    assert headers[b"set-cookie"] == b"_streamlit_user=x; HttpOnly; SameSite=lax; Secure"
    assert b"content-security-policy" in headers


def test_a_decision_asks_the_provider_for_proof_anew():
    made = Provider(**SETTINGS, prompt="consent").secrets()["auth"]

    assert made[PLAIN]["client_kwargs"]["prompt"] == "consent"
    assert made[PLAIN]["authorize_params"] == {"max_age": "43200"}
    assert made[FRESH]["client_kwargs"]["prompt"] == "login"
    assert made[FRESH]["authorize_params"] == {"max_age": "0"}


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"cookie_secret": "short"}, id="a secret that can be guessed"),
        pytest.param({"redirect_uri": "https://x.example/"}, id="another way back"),
        pytest.param({"issuer": "id.bank.example"}, id="an issuer without its scheme"),
        pytest.param({"client_sercet": "x"}, id="a misspelt setting"),
    ],
)
def test_settings_that_cannot_work_are_refused_at_the_start(changed):
    with pytest.raises(ValidationError):
        Provider(**{**SETTINGS, **changed})


def given(sent_cookie=b""):
    """The cookies that a browser is given which sent this one."""
    headers = ((b"cookie", sent_cookie),) if sent_cookie else ()
    every = asked("10.0.0.7", headers, every=True)
    return [value for name, value in every if name == b"set-cookie"]


def test_each_browser_is_told_from_the_others_once(monkeypatch):
    monkeypatch.setattr(app, "provider", lambda: Provider(**SETTINGS))
    first, second = given()[1], given()[1]

    assert first.startswith(b"candor_browser=")
    assert first.endswith(b"; Path=/; HttpOnly; SameSite=lax; Secure")
    assert first != second
    assert len(given(b"a=b; " + first.split(b";")[0])) == 1


def test_where_names_are_typed_nobody_is_told_from_anybody():
    [cookie] = [v for k, v in asked("127.0.0.1", every=True) if k == b"set-cookie"]

    assert not cookie.startswith(b"candor_browser")
