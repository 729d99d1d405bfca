from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from pillars.ui import build as building


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A place to build in, where the three steps only say that they ran."""
    done: list[str] = []
    assets = tmp_path / "assets"
    assets.mkdir()
    (assets / "mark.svg").write_text("<svg/>")
    (assets / "app.scss").write_text("a{}")
    (tmp_path / "package-lock.json").write_text("{}")
    (tmp_path / "node_modules").mkdir()
    monkeypatch.setattr(building, "ROOT", tmp_path)
    monkeypatch.setattr(building, "ASSETS", assets)
    monkeypatch.setattr(building, "MODULES", tmp_path / "node_modules")
    monkeypatch.setattr(building, "STATIC", tmp_path / "static")
    monkeypatch.setattr(building, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(building, "PRINT_FONTS", tmp_path / "fonts")

    def make(step: str, *files: str) -> None:
        done.append(step)
        for file in files:
            (tmp_path / file).parent.mkdir(exist_ok=True)
            (tmp_path / file).write_text(step)

    fonts = [f"fonts/{building.FAMILY}-{style}.ttf" for style in building.FACES]
    monkeypatch.setattr(building, "_styles", lambda: make("_styles", "static/app.css"))
    scripts = ("static/app.js", "static/charts.js")
    monkeypatch.setattr(building, "_scripts", lambda: make("_scripts", *scripts))
    monkeypatch.setattr(building, "_fonts", lambda: make("_fonts", *fonts))
    return done


def test_a_second_build_has_nothing_to_do(workshop: list[str]) -> None:
    assert building.build() is True
    assert building.build() is False
    assert workshop == ["_styles", "_scripts", "_fonts"]


def test_a_change_of_a_style_builds_again(workshop: list[str]) -> None:
    building.build()
    (building.ASSETS / "app.scss").write_text("b{}")
    assert building.build() is True


def test_what_was_cleared_away_is_built_again(workshop: list[str]) -> None:
    building.build()
    (building.STATIC / "app.css").unlink()
    assert building.build() is True
    assert building.build() is False


def test_a_build_that_failed_is_tried_again(
    workshop: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise building.BuildError("sass failed")

    monkeypatch.setattr(building, "_fonts", fail)
    with pytest.raises(building.BuildError):
        building.build()
    monkeypatch.setattr(building, "_fonts", lambda: None)
    assert building.build() is True


def test_missing_packages_say_what_to_run(
    workshop: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(building, "MODULES", building.ROOT / "nowhere")
    assert building.main() == 1
    assert "npm ci --ignore-scripts" in capsys.readouterr().err


def test_a_tool_that_fails_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 1, "", "expected “{” on line 3")

    monkeypatch.setattr(building.subprocess, "run", fails)
    with pytest.raises(building.BuildError, match=r"esbuild failed:\nexpected .* on line 3"):
        building._run(["/somewhere/esbuild"])


def test_the_lock_file_names_no_download_address() -> None:
    lock = Path(__file__).resolve().parents[2] / "package-lock.json"
    text = lock.read_text()
    assert '"resolved"' not in text
    assert '"integrity"' in text
