"""The processes of one installation: started together, ended together, none left behind."""

import contextlib
import json
import os
import secrets
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import psutil  # type: ignore[import-untyped]

from pillars.config.alive import is_alive
from pillars.config.paths import SetupError, logs_folder, run_folder

MARK = "PILLARS_RUN"  # in the environment of every process started here
PATIENCE = 10.0  # seconds a process is given to end by itself
LONGEST_LOG = 5_000_000  # bytes; then the next start begins a new one and keeps one older


class ChildEnded(Exception):  # noqa: N818  (what happened, not a fault of the code)
    """A process that should go on ended by itself; the text says which and where its log is."""


@dataclass(frozen=True, slots=True)
class Child:
    """A process to keep running. `title` is what a person calls it: "web server"."""

    title: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def log(self) -> Path:
        """Where what it says is kept."""
        return logs_folder() / f"{self.title.replace(' ', '-')}.log"


@dataclass(slots=True)
class Running:
    """What was started; `watch` it, and `end` it."""

    mark: str
    started: list[tuple[Child, subprocess.Popen[bytes]]] = field(default_factory=list)

    def start(self, child: Child) -> None:
        """Start a process of its own session, so that Ctrl-C reaches only the one who ends all."""
        if child.log.exists() and child.log.stat().st_size > LONGEST_LOG:
            child.log.replace(child.log.with_suffix(".older.log"))
        with child.log.open("ab") as log:
            process = subprocess.Popen(
                list(child.command),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **child.environment, MARK: self.mark},
                start_new_session=True,
            )
        self.started.append((child, process))

    def check(self) -> None:
        """Raise `ChildEnded` when one of them is gone."""
        for child, process in self.started:
            if process.poll() is not None:
                raise ChildEnded(
                    f"The {child.title} stopped by itself ({_last_line(child.log)}). "
                    f"Its log is {child.log}."
                )

    def watch(self) -> None:
        """Return never; raise `ChildEnded`, or what a signal raises."""
        while True:
            self.check()
            time.sleep(0.5)

    def end(self) -> None:
        """End all of them, the last started first, and whatever they started."""
        for _, process in reversed(self.started):
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + PATIENCE
        for _, process in self.started:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
        end_marked(self.mark)
        for _, process in self.started:
            process.wait()


@contextlib.contextmanager
def one_at_a_time(address: str) -> Iterator[Running]:
    """Hold this installation: what a killed run left is ended first, and all is ended afterwards.

    Raises `SetupError` with a sentence when it is running already.
    """
    file = run_folder() / "running.json"
    _end_previous(file)
    running = Running(secrets.token_hex(16))
    own = {"pid": os.getpid(), "began": psutil.Process().create_time()}
    file.write_text(json.dumps({**own, "mark": running.mark, "address": address}), "ascii")
    try:
        yield running
    finally:
        with ignoring_signals():
            running.end()
            file.unlink(missing_ok=True)


def _end_previous(file: Path) -> None:
    try:
        previous: dict[str, Any] = json.loads(file.read_text("ascii"))
    except (FileNotFoundError, ValueError):
        return
    if is_alive(int(previous["pid"]), float(previous["began"])):
        raise SetupError(
            f"Three Pillars is running from this folder already, at {previous['address']} "
            f"(process {previous['pid']}). Stop it first, or give another folder with --data."
        )
    end_marked(str(previous["mark"]))
    file.unlink(missing_ok=True)


def is_running() -> bool:
    """Whether the web server and worker of this installation are running."""
    try:
        known: dict[str, Any] = json.loads((run_folder() / "running.json").read_text("ascii"))
    except (FileNotFoundError, ValueError):
        return False
    return is_alive(int(known["pid"]), float(known["began"]))


def end_marked(mark: str) -> None:
    """End every process whose environment carries this mark: children, and theirs."""
    found = dict(_marked(mark))
    for end in (psutil.Process.terminate, psutil.Process.kill):
        for process in found:
            with contextlib.suppress(psutil.Error):
                end(process)
        deadline = time.monotonic() + PATIENCE
        while found and time.monotonic() < deadline:
            found = {p: began for p, began in found.items() if is_alive(p.pid, began)}
            time.sleep(0.05)


def _marked(mark: str) -> Iterator[tuple[psutil.Process, float]]:
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):  # another account's, or gone
            if process.pid != os.getpid() and process.environ().get(MARK) == mark:
                yield process, float(process.create_time())


@contextlib.contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Let SIGTERM and a closed terminal end things the way Ctrl-C does."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def ignoring_signals() -> Iterator[None]:
    """Finish what has to be finished, however often Ctrl-C is pressed."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, signal.SIG_IGN) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _last_line(log: Path) -> str:
    with contextlib.suppress(OSError):
        lines = log.read_text("utf-8", errors="replace")[-4000:].strip().splitlines()
        if lines:
            return lines[-1].strip()
    return "it said nothing"
