"""The embedded server itself: started, joined, left behind, and stopped. Each test has its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from pillars.config import database_roles, embedded, secrets
from pillars.config.paths import SetupError


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    monkeypatch.setenv("PILLARS_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DATABASE_WEB_URL", raising=False)
    yield tmp_path
    embedded.stop(wait_for_others=False)


def server_number(data: Path) -> int:
    return int((data / "postgres" / "postmaster.pid").read_text().split()[0])


def is_gone(number: int) -> bool:
    """Ended; in a container nobody may have collected it yet."""
    try:
        return psutil.Process(number).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_roles_sign_in_with_their_passwords_and_hold_no_more_power_than_they_need(
    data: Path,
) -> None:
    with psycopg.connect(embedded.database_url("web")) as connection:
        row = connection.execute(
            "SELECT current_user::text, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole"
            " FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert row == ("pillars_web", False, False, False, False)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE mine (id int)")
    with psycopg.connect(embedded.database_url("owner")) as connection:
        row = connection.execute(
            "SELECT rolsuper, rolbypassrls, pg_get_userbyid(datdba)::text"
            " FROM pg_roles, pg_database WHERE rolname = current_user AND datname = 'pillars'"
        ).fetchone()
        assert row == (False, False, "pillars_owner")
        connection.execute("SET ROLE pillars_web")  # tests and tasks step down to it


def test_wrong_password_is_refused(data: Path) -> None:
    embedded.database_urls()
    login = database_roles.Login("pillars_web", "a guess")
    wrong = database_roles.socket_url(login, str(data / "postgres"))
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_second_start_joins_the_running_server(data: Path) -> None:
    embedded.database_urls()
    number = server_number(data)
    code = "from pillars.config import embedded; embedded.database_urls()"
    subprocess.run([sys.executable, "-c", code], check=True, env=_environment())
    assert server_number(data) == number, "the other process joined, and left it running"
    assert embedded.stop() is True
    assert is_gone(number)


def test_server_outlives_a_killed_process_and_loses_nothing(data: Path) -> None:
    code = (
        "import time, psycopg; from pillars.config import embedded\n"
        "with psycopg.connect(embedded.database_url('owner')) as c:\n"
        "    c.execute('CREATE TABLE kept AS SELECT 42 AS answer')\n"
        "print('ready', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, env=_environment()
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.kill()
        process.wait()
    with psycopg.connect(embedded.database_url("owner")) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)
    assert embedded.stop() is True, "the killed process is not waited for"


def test_server_that_was_killed_starts_again_with_everything(data: Path) -> None:
    with psycopg.connect(embedded.database_url("owner")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    number = server_number(data)
    os.kill(number, signal.SIGKILL)
    while not is_gone(number):
        time.sleep(0.05)
    embedded.database_urls.__globals__["_urls"].cache_clear()
    with psycopg.connect(embedded.database_url("owner")) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_note_of_a_dead_server_whose_number_went_to_another_is_cleared(data: Path) -> None:
    embedded.database_urls()
    embedded.stop(wait_for_others=False)
    note = data / "postgres" / "postmaster.pid"
    note.write_text(f"{os.getpid()}\n{data / 'postgres'}\n0\n5432\n")
    with psycopg.connect(embedded.database_url("owner")) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_lost_passwords_are_made_anew_and_set(data: Path) -> None:
    embedded.database_urls()
    embedded.stop(wait_for_others=False)
    (data / "secrets" / "database-web").unlink()
    assert database_roles.can_sign_in(embedded.database_url("web"))


def test_socket_of_a_long_path_goes_to_a_short_one(
    monkeypatch: pytest.MonkeyPatch, data: Path
) -> None:
    deep = data / ("long-" * 20) / "data"
    monkeypatch.setenv("PILLARS_DATA", str(deep))
    assert database_roles.can_sign_in(embedded.database_url("web"))
    assert str(deep) not in embedded.database_url("web")
    embedded.stop(wait_for_others=False)


def test_folder_of_another_version_is_one_sentence(data: Path) -> None:
    (data / "postgres").mkdir()
    (data / "postgres" / "PG_VERSION").write_text("16\n")
    with pytest.raises(SetupError, match="written by PostgreSQL 16; this version runs 18"):
        embedded.database_urls()


def test_external_server_gets_its_web_role_and_is_used_as_it_is(
    monkeypatch: pytest.MonkeyPatch, data: Path
) -> None:
    """Another server's owner who may make roles: stood in for by the embedded one."""
    owner = embedded.database_url("owner")
    host = data / "postgres"
    administrator = f"postgresql://postgres@/pillars?host={host}"
    with psycopg.connect(administrator, autocommit=True) as connection:
        connection.execute("DROP ROLE pillars_web")
    monkeypatch.setenv("DATABASE_URL", administrator)
    given_owner, web = embedded.database_urls()
    assert given_owner == administrator
    with psycopg.connect(web) as connection:
        assert connection.execute("SELECT current_user::text").fetchone() == ("pillars_web",)

    monkeypatch.setenv("DATABASE_WEB_URL", owner)
    with pytest.raises(SetupError, match="or is not the web role"):
        embedded.database_urls()
    monkeypatch.setenv("DATABASE_WEB_URL", administrator)
    with pytest.raises(SetupError, match="can bypass row-level security"):
        embedded.database_urls()


def test_external_owner_who_may_not_make_roles_is_told_what_to_run(data: Path) -> None:
    embedded.database_urls()
    administrator = f"postgresql://postgres@/pillars?host={data / 'postgres'}"
    with psycopg.connect(administrator, autocommit=True) as connection:
        connection.execute("CREATE ROLE modest LOGIN PASSWORD 'modest'")
        connection.execute("DROP ROLE pillars_web")
    login = database_roles.Login("modest", "modest")
    modest = database_roles.socket_url(login, str(data / "postgres"))
    with pytest.raises(SetupError, match="As an administrator run: CREATE ROLE pillars_web"):
        database_roles.ensure_external(modest, web_url=None, web_password=secrets.web_password())


def test_external_server_out_of_reach_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PILLARS_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", f"postgresql://nobody@/none?host={tmp_path}")
    with pytest.raises(SetupError, match=r"DATABASE_URL does not answer.*Check the address"):
        embedded.database_urls()


def test_address_of_another_engine_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PILLARS_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "mysql://root@localhost/pillars")
    with pytest.raises(SetupError, match="has to begin with postgresql://"):
        embedded.database_urls()


def test_server_older_than_fifteen_is_refused(monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    owner = embedded.database_url("owner")
    monkeypatch.setattr(database_roles, "OLDEST_SERVER", 990000)
    with pytest.raises(SetupError, match="needs PostgreSQL 15 or newer"):
        database_roles.ensure_external(owner, web_url=None, web_password="x")


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(embedded.__file__).parents[2])}


def test_process_that_ended_but_was_not_collected_holds_nothing(data: Path) -> None:
    """In a container nobody may collect what a killed server left behind."""
    embedded.database_urls()
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as ended:
        began = psutil.Process(ended.pid).create_time()
        (data / "run" / "postgres" / str(ended.pid)).write_text(str(began))
        ended.kill()
        while psutil.Process(ended.pid).status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.05)
        assert embedded.stop() is True


def test_many_that_start_at_once_make_one_server_and_its_roles(data: Path) -> None:
    code = (
        "import psycopg; from pillars.config import embedded\n"
        "psycopg.connect(embedded.database_url('web')).close()"
    )
    together = [
        subprocess.Popen([sys.executable, "-c", code], env=_environment()) for _ in range(4)
    ]
    assert [process.wait() for process in together] == [0, 0, 0, 0]
