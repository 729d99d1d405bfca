"""Where Chromium is on this machine. `bin/test` runs this file; it needs nothing but Python."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> Path | None:
    """Chosen by PILLARS_CHROMIUM, else the machine's own, else the one Playwright downloaded."""
    chosen = os.environ.get("PILLARS_CHROMIUM")
    if chosen:
        return Path(chosen)
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    caches = [
        Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright"),
        Path.home() / "Library/Caches/ms-playwright",
    ]
    patterns = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")
    downloaded = [file for cache in caches for pattern in patterns for file in cache.glob(pattern)]
    return max(downloaded, default=None)


if __name__ == "__main__":
    path = find_chromium()
    if path is None or not path.exists():
        sys.exit("Chromium was not found.")
    sys.stdout.write(f"{path}\n")
