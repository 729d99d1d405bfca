import subprocess
import sys
from pathlib import Path

import pytest

from pillars.config.cli import app as cli
from pillars.config.paths import CHECKOUT


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pillars.config.cli", *arguments],
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(CHECKOUT / "src"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("given", "understood"),
    [
        (["demo", "--data", "/x"], ["--data", "/x", "demo"]),
        (["--data", "/x", "demo"], ["--data", "/x", "demo"]),
        (["import", "schools", "f.csv", "--data=/x"], ["--data=/x", "import", "schools", "f.csv"]),
        (["review", "--", "--data", "x"], ["review", "--", "--data", "x"]),
        (["demo", "--data"], ["demo", "--data"]),
    ],
)
def test_data_folder_may_stand_anywhere(given: list[str], understood: list[str]) -> None:
    assert cli._take_data(given) == understood


def test_folder_that_cannot_be_used_is_one_sentence_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run("demo", "--data", str(tmp_path / "file"))
    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"{tmp_path / 'file'} is a file. Give a folder with --data, or in PILLARS_DATA."
    )


def test_commands_without_a_database_load_no_django(tmp_path: Path) -> None:
    code = (
        "import sys; import pillars.config.cli.app, pillars.config.cli.review;"
        "sys.exit('django' in sys.modules or 'psycopg' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": str(CHECKOUT / "src")}, check=False
    )
    assert done.returncode == 0


def test_help_lists_every_command(tmp_path: Path) -> None:
    done = run("--help", PILLARS_DATA=str(tmp_path))
    assert done.returncode == 0, done.stderr
    for name in (
        *("demo", "serve", "worker", "migrate", "reset", "backup", "restore"),
        *("review", "import", "check"),
    ):
        assert f" {name} " in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_unknown_command_names_what_is_wrong(tmp_path: Path) -> None:
    done = run("migrat", PILLARS_DATA=str(tmp_path))
    assert done.returncode == 2
    assert "No such command 'migrat'" in done.stderr
