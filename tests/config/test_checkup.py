"""`pillars check` on an installation that is not right yet: each thing with what to do."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from pillars.config import embedded, secrets
from pillars.config.cli import checkup
from pillars.config.serving import prepare


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("PILLARS_DATA", str(tmp_path))
    monkeypatch.setenv("PILLARS_DATABASE_ROLE", "owner")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("PILLARS_SECRET_KEY", raising=False)
    yield tmp_path
    embedded.stop(wait_for_others=False)


def found(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Title of each check → what it said; empty where it was fine."""
    with pytest.raises(SystemExit) as left:
        checkup.run_check()
    assert left.value.code == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if line[:1] in "✓✗"]
    return dict(line[2:].split(": ", 1) if line[0] == "✗" else (line[2:], "") for line in lines)


def test_new_folder_is_told_to_migrate(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = found(capsys)
    assert told["the data folder can be written to"] == ""
    assert told["keys are readable by this account alone"] == ""
    assert told["the database answers, and its web role cannot bypass policies"] == ""
    assert told["the database is at this version"].endswith("Run: bin/pillars migrate")
    tables = told["every table of a school or trust is behind a policy"]
    assert tables.startswith("not foundation_schoolclosure, ")
    assert tables.endswith("Run: bin/pillars migrate")


def test_key_that_others_read_is_named(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    embedded.database_urls()
    (data / "secrets" / "copied-by-hand").write_text("x")
    (data / "secrets" / "copied-by-hand").chmod(0o644)
    assert "Run: chmod 600" in found(capsys)["keys are readable by this account alone"]


def test_web_role_that_may_too_much_is_noticed(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    embedded.database_urls()
    prepare.note(code=prepare.code_version())
    administrator = f"postgresql://postgres@/pillars?host={data / 'postgres'}"
    with psycopg.connect(administrator, autocommit=True) as connection:
        connection.execute("ALTER ROLE pillars_web CREATEDB")
        connection.execute("CREATE TABLE some_event (id int)")
        connection.execute("GRANT UPDATE ON some_event TO pillars_web")
    told = found(capsys)
    assert (
        "may do more than it should"
        in told["the database answers, and its web role cannot bypass policies"]
    )
    assert told["the database is at this version"] == ""
    assert told["history cannot be changed by the web role"].startswith("some_event can")


def test_missing_styles_are_noticed(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets.secret_key()
    monkeypatch.setattr(checkup, "CHECKOUT", data)
    assert "they are missing" in found(capsys)["the styles and scripts of the pages are built"]
