"""Make the picture of the README anew: ``python -m tests.dashboard.picture``."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.dashboard.conftest import FLAGS, HOUSE, Served
from tests.dashboard.drawn import settle

PICTURE = HOUSE / "docs/overview.png"
SIZE = {"width": 1280, "height": 860}
COLOURS = 160
"""Few enough for a small file, and enough for every word and verdict."""


def main() -> None:
    """Open the example in a browser, and keep what its overview looks like."""
    subprocess.run([sys.executable, "-m", "checks.samples"], cwd=HOUSE, check=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as driver:
        served = Served(Path(home))
        try:
            found = shutil.which("chromium") or shutil.which("chromium-browser")
            browser = driver.chromium.launch(executable_path=found, headless=True, args=FLAGS)
            page = browser.new_page(viewport=SIZE, color_scheme="light")
            page.goto(served.url)
            page.get_by_role("button", name="Open the example").click()
            page.get_by_role("heading", name="Summer sale").wait_for(timeout=120_000)
            page.get_by_role("button", name="See what to do").first.wait_for()
            settle(page)
            seen = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
            browser.close()
        finally:
            served.kill()
    seen.convert("RGB").quantize(COLOURS).save(PICTURE, optimize=True)


if __name__ == "__main__":
    main()
