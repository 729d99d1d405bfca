"""Rules of the house that a reader would otherwise have to watch for in every change."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = {".py", ".html", ".jinja", ".scss", ".js", ".typ", ".sh"}
LONGEST = 400
# Spelt in parts, so that this file does not name what it looks for.
HOSTS = [".".join(parts) for parts in (
    ("pypi", "org"), ("files", "pythonhosted", "org"), ("registry", "npmjs", "org"),
    ("registry", "yarnpkg", "com"), ("unpkg", "com"), ("cdn", "jsdelivr", "net"),
    ("cdnjs", "cloudflare", "com"), ("fonts", "googleapis", "com"),
)]  # fmt: skip
LOCKS = ("requirements/base.txt", "requirements/dev.txt", "package-lock.json")


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = listed.stdout.decode().split("\0")
    files = [ROOT / name for name in names if name]
    return [file for file in files if file.is_file()]


def test_locks_name_no_index() -> None:
    for name in LOCKS:
        text = (ROOT / name).read_text("utf-8")
        assert not re.search(r"(?m)^\s*(-i|--index-url|--extra-index-url|--find-links)\b", text), (
            name
        )
        assert '"resolved"' not in text, name


def test_locks_hash_every_package() -> None:
    for name in LOCKS[:2]:
        text = (ROOT / name).read_text("utf-8")
        packages = re.findall(r"(?m)^([A-Za-z0-9][\w.-]*)(\[[^]]*\])?==", text)
        entries = re.split(r"(?m)^(?=[A-Za-z0-9])", text)[1:]
        assert len(packages) == len(entries) > 50
        assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_no_registry_is_named(tracked: list[Path]) -> None:
    named = [
        f"{file.relative_to(ROOT)}: {host}"
        for file in tracked
        for host in HOSTS
        if host.encode() in file.read_bytes()
    ]
    assert named == []


def test_files_are_short_enough_to_read(tracked: list[Path]) -> None:
    long = {}
    for file in tracked:
        generated = file.parent.name == "migrations"
        if not generated and (file.suffix in OURS or file.parent.name == "bin"):
            count = len(file.read_bytes().splitlines())
            if count > LONGEST:
                long[str(file.relative_to(ROOT))] = count
    assert long == {}, f"longer than {LONGEST} lines: make a folder of it"


def test_nothing_of_others_is_kept_here(tracked: list[Path]) -> None:
    foreign = re.compile(
        r"(^|/)(node_modules|vendor|third_party|site-packages)/|\.min\.(js|css)$"
        r"|\.(woff2?|ttf|otf|eot|whl|jar|exe|dll|so|dylib|map)$"
    )
    assert [n for file in tracked if foreign.search(n := str(file.relative_to(ROOT)))] == []


def test_nothing_kept_is_large(tracked: list[Path]) -> None:
    large = [str(f.relative_to(ROOT)) for f in tracked if f.stat().st_size > 1_000_000]
    assert large == []


def test_every_room_is_placed_in_the_directions_of_import() -> None:
    """A room without a line in the contracts could import what it likes."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    rooms = {
        folder.name
        for folder in (ROOT / "src" / "pillars").iterdir()
        if (folder / "__init__.py").is_file()
    }
    layers = re.search(r"layers = \[(.*?)\]", text, re.DOTALL)
    assert layers is not None
    placed = set(re.findall(r"\w+", layers.group(1)))
    assert rooms == placed
