"""Open the dashboard: ``python -m dashboard [--port N] [--no-browser]``."""

from __future__ import annotations

import argparse
from urllib.parse import urlsplit

from dashboard.app import app
from review.who.provider import provider


def main() -> None:
    """Serve the dashboard; on this machine only while names are typed."""
    parser = argparse.ArgumentParser(prog="python -m dashboard", description=main.__doc__)
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--no-browser", action="store_true", help="only serve")
    parser.add_argument(
        "--address", default="127.0.0.1", help="where to listen; needs a provider (docs/deploy.md)"
    )
    given = parser.parse_args()
    if given.address != "127.0.0.1" and provider() is None:
        parser.error(
            "Names are only typed, so Candor listens on 127.0.0.1. Set CANDOR_PROVIDER first."
        )
    print(f"Candor is at http://{given.address}:{given.port}", flush=True)
    app.run(
        config={
            "server.address": given.address,
            "server.port": given.port,
            "server.headless": given.no_browser,
            "server.allowedHosts": hosts(),
        }
    )


def hosts() -> list[str]:
    """Under which names pages are served: this machine's, and where people reach Candor.

    Another name in front of this address would be a page of somebody else.
    """
    known = provider()
    named = urlsplit(known.address).hostname if known else None
    return ["127.0.0.1", "localhost", *([named] if named else [])]


if __name__ == "__main__":
    main()
