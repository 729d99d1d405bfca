"""The whole thing started as a person starts it, killed, started again, and ended."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from pillars.config import embedded
from pillars.config.paths import CHECKOUT

STARTED: list[subprocess.Popen[str]] = []


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("PILLARS_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield tmp_path
    while STARTED:
        process = STARTED.pop()
        if process.poll() is None:
            process.terminate()
            process.communicate()
    embedded.stop(wait_for_others=False)


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(data: Path, port: int) -> subprocess.Popen[str]:
    environment = {
        name: value for name, value in os.environ.items() if name != "PILLARS_DATABASE_ROLE"
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "pillars.config.cli", "serve", "--port", str(port)],
        env={
            **environment,
            "PILLARS_DATA": str(data),
            "PILLARS_DATABASE_DURABLE": "no",
            "PYTHONPATH": str(CHECKOUT / "src"),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    STARTED.append(process)
    return process


def read_until(process: subprocess.Popen[str], words: str) -> str:
    assert process.stdout is not None
    said = ""
    while words not in said:
        line = process.stdout.readline()
        assert line, f"ended without saying {words!r}:\n{said}"
        said += line
    return said


def processes_of(data: Path) -> list[psutil.Process]:
    """Everything that names the folder: in its environment, or on its command line."""
    found = []
    for process in psutil.process_iter():
        try:
            where = [*process.environ().values(), *process.cmdline()]
            if process.pid != os.getpid() and any(str(data) in word for word in where):
                found.append(process)
        except (psutil.Error, OSError):
            continue
    return found


def wait_for_none(data: Path) -> list[psutil.Process]:
    deadline = time.monotonic() + 10
    while (left := processes_of(data)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left


def test_serving_killed_and_started_again_loses_nothing_and_ends_clean(
    data: Path, port: int
) -> None:
    first = start(data, port)
    read_until(first, "listens on")
    assert len(processes_of(data)) > 4
    with psycopg.connect(embedded.database_url("owner"), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    embedded.stop()
    first.kill()
    first.communicate()

    second = start(data, port)
    began = time.monotonic()
    said = read_until(second, "listens on")
    assert time.monotonic() - began < 30  # under five on a machine with nothing else to do
    assert "Bringing the database" not in said
    with psycopg.connect(embedded.database_url("owner")) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)
    embedded.stop()

    third = start(data, port)
    refused, _ = third.communicate(timeout=30)
    assert "running from this folder already" in refused
    assert third.returncode == 1

    second.send_signal(signal.SIGINT)
    said, _ = second.communicate(timeout=30)
    assert "Nothing is left running" in said
    assert wait_for_none(data) == []


def test_ending_by_a_service_manager_leaves_no_process(data: Path, port: int) -> None:
    running = start(data, port)
    read_until(running, "listens on")
    running.terminate()
    running.communicate(timeout=30)
    assert wait_for_none(data) == []


def test_taken_port_is_said_before_anything_is_started(data: Path, port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        done = start(data, port)
        said, _ = done.communicate(timeout=30)
    assert done.returncode == 1
    assert said.startswith(f"Port {port} is taken by another program. Run: bin/pillars serve --po")
    assert not (data / "postgres").exists()
