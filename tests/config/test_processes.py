"""Processes started together end together, however the one who started them ends."""

import json
import os
import sys
import time
from pathlib import Path

import psutil
import pytest

from pillars.config.paths import SetupError
from pillars.config.serving import processes
from pillars.config.serving.processes import Child, ChildEnded, Running, one_at_a_time

SLEEPER = "import time; print('here', flush=True); time.sleep(60)"
# One that starts another and ignores a polite request to end.
STUBBORN = (
    "import signal, subprocess, sys, time\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    f"subprocess.Popen([sys.executable, '-c', {SLEEPER!r}])\n"
    "print('here', flush=True); time.sleep(60)"
)


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("PILLARS_DATA", str(tmp_path))
    monkeypatch.setattr(processes, "PATIENCE", 1.0)
    return tmp_path


def child(code: str, title: str = "web server") -> Child:
    return Child(title, [sys.executable, "-c", code])


def wait_for(log: Path, text: str = "here") -> None:
    deadline = time.monotonic() + 20
    while text not in (log.read_text() if log.exists() else ""):
        assert time.monotonic() < deadline, f"{log} never said {text}"
        time.sleep(0.05)


def marked(mark: str) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(processes.MARK) == mark:
                found.append(process)
        except psutil.Error:
            continue
    return found


def test_ending_leaves_no_process_even_of_one_that_will_not_go() -> None:
    with one_at_a_time("http://localhost:1/") as running:
        running.start(child(SLEEPER))
        running.start(child(STUBBORN, "worker"))
        for one, _ in running.started:
            wait_for(one.log)
        running.check()
        assert len(marked(running.mark)) == 3
    assert marked(running.mark) == []
    assert not (processes.run_folder() / "running.json").exists()


def test_second_start_in_one_folder_is_refused_with_the_address() -> None:
    with (
        one_at_a_time("http://localhost:8000/"),
        pytest.raises(SetupError, match="running from this folder already, at http://localhost"),
        one_at_a_time("http://localhost:8001/"),
    ):
        pass
    assert processes.is_running() is False


def test_start_after_a_kill_ends_what_was_left(folder: Path) -> None:
    left = Running("a" * 32)
    left.start(child(SLEEPER))
    wait_for(left.started[0][0].log)
    gone = {"pid": os.getpid(), "began": 1.0, "mark": left.mark, "address": "x"}  # never this one
    (processes.run_folder() / "running.json").write_text(json.dumps(gone))
    with one_at_a_time("http://localhost:1/"):
        left.started[0][1].wait(timeout=10)
        assert marked(left.mark) == []


def test_note_cut_short_by_a_full_disk_is_no_obstacle() -> None:
    (processes.run_folder() / "running.json").write_text('{"pid": 1')
    with one_at_a_time("http://localhost:1/") as running:
        assert processes.is_running()
        running.check()


def test_child_that_ends_by_itself_is_named_with_its_last_words_and_log() -> None:
    running = Running("b" * 32)
    running.start(child("print('the disk is full')"))
    running.started[0][1].wait()
    with pytest.raises(
        ChildEnded, match=r"web server stopped.*\(the disk is full\).*web-server.log"
    ):
        running.watch()
    running.end()


def test_long_log_begins_anew_and_keeps_the_older(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "LONGEST_LOG", 10)
    one = child("print('today')")
    one.log.write_text("said yesterday, at length\n")
    running = Running("c" * 32)
    running.start(one)
    running.started[0][1].wait()
    assert one.log.read_text() == "today\n"
    assert "yesterday" in (one.log.parent / "web-server.older.log").read_text()
    running.end()
