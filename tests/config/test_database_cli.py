"""The whole database at once: noted, emptied, backed up, restored. On a server of its own."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from pillars.config import embedded
from pillars.config.cli import database
from pillars.config.paths import SetupError
from pillars.config.serving import prepare, processes


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("PILLARS_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield tmp_path
    embedded.stop(wait_for_others=False)


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    taken: list[tuple[str, ...]] = []
    monkeypatch.setattr(prepare, "run_step", lambda *words: taken.append(words))
    return taken


def ask(sql: str) -> object:
    with psycopg.connect(embedded.database_url("owner"), autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchone() if cursor.description else None


def test_notes_stay_in_the_database_and_the_pages_cannot_reach_them(data: Path) -> None:
    assert prepare.noted() == {}
    assert prepare.is_empty()
    prepare.note(code="one", sample="yes")
    prepare.note(code="two")
    assert prepare.noted() == {"code": "two", "sample": "yes"}
    assert not prepare.is_empty()
    with (
        psycopg.connect(embedded.database_url("web")) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("SELECT * FROM installation.prepared")


def test_database_needs_migrating_until_it_was_prepared_by_this_code(data: Path) -> None:
    assert prepare.needs_migrating()
    prepare.note(code=prepare.code_version())
    assert not prepare.needs_migrating()


def test_fingerprint_changes_with_a_name_and_with_a_letter(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1")
    first = prepare.fingerprint(tmp_path)
    (tmp_path / "note.txt").write_text("not code")
    assert prepare.fingerprint(tmp_path) == first
    (tmp_path / "a.py").write_text("x = 2")
    second = prepare.fingerprint(tmp_path)
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    assert len({first, second, prepare.fingerprint(tmp_path)}) == 3


def test_step_that_fails_is_a_sentence(data: Path) -> None:
    with pytest.raises(SetupError, match="`pillars no-such-step` did not finish"):
        prepare.run_step("no-such-step")


def test_emptying_ends_whoever_is_signed_in(data: Path) -> None:
    ask("CREATE TABLE kept AS SELECT 42 AS answer")
    with psycopg.connect(embedded.database_url("web")) as signed_in:
        prepare.empty()
        with pytest.raises(psycopg.OperationalError):
            signed_in.execute("SELECT 1")
    assert prepare.is_empty()


def test_reset_wants_the_name_typed(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ask("CREATE TABLE kept AS SELECT 42 AS answer")
    monkeypatch.setattr("typer.prompt", lambda *_, **__: "something else")
    with pytest.raises(SetupError, match=r"not its name\. Nothing was deleted"):
        database.run_reset(sure=False)
    assert ask("SELECT answer FROM kept") == (42,)
    monkeypatch.setattr("typer.prompt", lambda *_, **__: " pillars ")
    database.run_reset(sure=False)
    assert prepare.is_empty()
    assert "The database is empty" in capsys.readouterr().out


def test_back_up_and_restore_bring_everything_back(
    data: Path, steps: list[tuple[str, ...]]
) -> None:
    ask("CREATE TABLE kept AS SELECT 42 AS answer, 'Zoë' AS name")
    ask("GRANT SELECT ON kept TO pillars_web")
    file = data / "kept.dump"
    database.run_backup(file)
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(SetupError, match="database is not empty"):
        database.run_restore(file)
    prepare.empty()
    database.run_restore(file)
    assert ask("SELECT answer, name FROM kept") == (42, "Zoë")
    assert steps == [("migrate",)], "an older back-up is brought to this version"
    with psycopg.connect(embedded.database_url("web")) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_back_up_never_writes_over_a_file(data: Path) -> None:
    (data / "there").write_text("older")
    with pytest.raises(SetupError, match="exists already"):
        database.run_backup(data / "there")
    assert (data / "there").read_text() == "older"
    with pytest.raises(SetupError, match="cannot be written"):
        database.run_backup(data / "no-such-folder" / "file")


def test_restore_of_something_else_is_refused(data: Path) -> None:
    with pytest.raises(SetupError, match="There is no file"):
        database.run_restore(data / "missing")
    (data / "letter").write_text("Dear parents")
    with pytest.raises(SetupError, match="is not a back-up"):
        database.run_restore(data / "letter")


def test_restore_of_half_a_file_changes_nothing(data: Path, steps: list[tuple[str, ...]]) -> None:
    ask("CREATE TABLE kept AS SELECT generate_series(1, 20000) AS answer")
    file = data / "whole.dump"
    database.run_backup(file)
    prepare.empty()
    half = data / "half.dump"
    half.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(SetupError, match="Nothing was restored"):
        database.run_restore(half)
    assert prepare.is_empty()
    assert steps == []


def test_reset_while_it_runs_is_refused(data: Path) -> None:
    with (
        processes.one_at_a_time("http://localhost:1/"),
        pytest.raises(SetupError, match="is running from this folder"),
    ):
        database.run_reset(sure=True)
