"""The OpenID provider of this installation, from one file of settings; without it, names are typed.

The file is TOML, named by CANDOR_PROVIDER. It holds the client's secret, so it belongs to whoever
runs Candor and to nobody else.
"""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from checks import places
from checks.written.doors import validated

PLAIN, FRESH = "candor", "fresh"
"""What the two ways to sign in are called: an ordinary one, and one that asks for proof anew."""
BROWSER = "candor_browser"
"""The cookie by which one browser is told from another; it says nothing about anybody."""


class Provider(BaseModel):
    """Who vouches for people here."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuer: Annotated[str, Field(pattern=r"^https?://")]
    name: str
    """What people call it, as in "verified by BANK"."""
    client_id: str
    client_secret: str
    redirect_uri: Annotated[str, Field(pattern=r"^https?://.*/oauth2callback$")]
    cookie_secret: Annotated[str, Field(min_length=32)]
    metadata: str = ""
    """Where its settings can be read; empty: at the usual place under the issuer."""
    scope: str = "openid profile email"
    prompt: str = "select_account"
    """What the provider is asked to show at an ordinary sign-in; some know only ``login``."""
    max_age: Annotated[int, Field(ge=1)] = 43_200
    """Seconds; asking for it makes a provider say when the person signed in."""

    @property
    def secure(self) -> bool:
        """Whether people reach Candor over TLS, so that its cookies must be Secure."""
        return self.redirect_uri.startswith("https://")

    @property
    def address(self) -> str:
        """Where people reach Candor."""
        return self.redirect_uri.removesuffix("/oauth2callback")

    def secrets(self) -> dict[str, Any]:
        """The same in the words of `st.App`."""
        plain = self._way(self.prompt, self.max_age)
        return {
            "auth": {
                "redirect_uri": self.redirect_uri,
                "cookie_secret": self.cookie_secret,
                PLAIN: plain,
                FRESH: self._way("login", 0),
            }
        }

    def _way(self, prompt: str, max_age: int) -> dict[str, Any]:
        usual = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
        return {
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "server_metadata_url": self.metadata or usual,
            "client_kwargs": {"scope": self.scope, "prompt": prompt},
            "authorize_params": {"max_age": str(max_age)},
        }


@cache
def provider() -> Provider | None:
    """The provider; None where names are typed. Raises `checks.refusal.Refused` with each fault."""
    file = places.provider_file()
    if file is None:
        return None
    return validated(Provider, tomllib.loads(file.read_text(encoding="utf-8")), file.name)


def issuer() -> str:
    """The issuer whose accounts count; empty where names are typed."""
    known = provider()
    return known.issuer if known else ""
