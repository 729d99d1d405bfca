"""The reference pages say what the code does."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_generated_pages_are_current() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "bin" / "reference.py", "--check"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_setting_of_the_environment_is_explained() -> None:
    sources = [*(ROOT / "src").rglob("*.py"), *(ROOT / "bin").iterdir()]
    sources += [ROOT / "tests" / "settings.py", *(ROOT / "tests" / "journeys").rglob("*.py")]
    named = {
        name
        for file in sources
        if file.is_file()
        for name in re.findall(r"\b(PILLARS_[A-Z_]+[A-Z]|DATABASE_[A-Z]*URL)\b", file.read_text())
    }
    explained = set(re.findall(r"[A-Z_]{4,}", (ROOT / "docs/reference/settings.md").read_text()))
    of_django = {"PILLARS_SCOPE"}
    assert named - explained - of_django == set()


def test_links_between_pages_lead_somewhere() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "deploy").rglob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []
