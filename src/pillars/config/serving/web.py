"""The web server and the worker: how each is started, and when the first answers."""

import http.client
import os
import socket
import sys
import time

from pillars.config.paths import SetupError
from pillars.config.serving.processes import Child, Running

APPLICATION = "pillars.config.wsgi:application"
LONGEST_START = 90.0  # seconds; a slow disk and a first import


def web_server(host: str, port: int, *, processes: int = 1, threads: int = 8) -> Child:
    """Granian serving the pages, signed in to the database as the web role."""
    command = [sys.executable, "-m", "granian", APPLICATION, "--interface", "wsgi"]
    command += ["--host", host, "--port", str(port), "--no-ws", "--http", "1"]
    command += ["--workers", str(processes), "--blocking-threads", str(threads)]
    command += ["--respawn-failed-workers", "--workers-kill-timeout", "5s"]
    return Child("web server", command, _environment())


def worker() -> Child:
    """Procrastinate doing what takes longer than a page may."""
    command = [sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", "2"]
    return Child("worker", command, _environment())


def _environment() -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "pillars.config.settings",
        "PILLARS_DATABASE_ROLE": "web",
        "PYTHONUNBUFFERED": "1",
    }


def check_port(host: str, port: int, *, command: str) -> None:
    """Raise `SetupError` with a sentence when nothing can listen there; names a port that is free.

    `command` is what the person ran, as they would type it again.
    """
    if not 0 < port < 65536:
        raise SetupError(f"{port} is not a port. Choose one between 1024 and 65535.")
    reason = _refused(host, port)
    if reason is None:
        return
    free = next(
        (other for other in range(8000, 8100) if other != port and not _refused(host, other)), None
    )
    hint = f" Run: {command} --port {free}" if free else ""
    raise SetupError(f"Port {port} {reason}.{hint}")


def _refused(host: str, port: int) -> str | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            probe.listen(1)  # two sockets may share a port until one listens
    except PermissionError:
        return "needs an administrator's rights"
    except socket.gaierror:
        raise SetupError(f"{host} is not an address of this machine.") from None
    except OSError:
        return "is taken by another program"
    return None


def wait_until_it_answers(running: Running, port: int, *, host: str = "127.0.0.1") -> None:
    """Return when a page is served. Raises `SetupError` when that takes too long or goes wrong."""
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline:
        running.check()
        status = _status(host, port)
        if status and status < 500:
            return
        if status:
            raise SetupError(
                f"The web server answers with an error. Its log is {running.started[0][0].log}."
            )
        time.sleep(0.1)
    raise SetupError(
        f"The web server did not answer within {LONGEST_START:.0f} seconds. "
        f"Its log is {running.started[0][0].log}."
    )


def _status(host: str, port: int) -> int | None:
    connection = http.client.HTTPConnection(host, port, timeout=30)
    try:
        connection.request("GET", "/", headers={"Host": _known_name()})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _known_name() -> str:
    """A name the pages answer to; any other is refused."""
    return os.environ.get("PILLARS_HOSTS", "localhost").split(",")[0].strip() or "localhost"


def sensible_processes() -> int:
    """How many web processes suit this machine: one for each core, at most four."""
    return max(1, min(4, os.cpu_count() or 1))
