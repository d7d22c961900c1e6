"""Open the dashboard: ``python -m dashboard [--port N] [--no-browser]``."""

from __future__ import annotations

import argparse

from dashboard.app import app


def main() -> None:
    """Serve the dashboard on this machine only, and open it in the browser."""
    parser = argparse.ArgumentParser(prog="python -m dashboard", description=main.__doc__)
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--no-browser", action="store_true", help="only serve")
    given = parser.parse_args()
    app.run(
        config={
            "server.address": "127.0.0.1",
            "server.port": given.port,
            "server.headless": given.no_browser,
        }
    )


if __name__ == "__main__":
    main()
