"""Where this installation keeps what must not be lost: its database, uploads, secrets and logs.

Everything lives under one folder, so that a back-up is one folder and a removal is one folder.
It is `var/` in the checkout unless `PILLARS_DATA` says otherwise.
"""

import os
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]


class SetupError(Exception):
    """Something about this machine has to be put right first; the text says what and how."""


def data_folder() -> Path:
    """The folder that holds the database, secrets and logs, made when it is missing.

    Raises `SetupError` with one sentence when it cannot be written to.
    """
    chosen = os.environ.get("PILLARS_DATA", "").strip()
    folder = Path(chosen).expanduser().resolve() if chosen else CHECKOUT / "var"
    return _made(folder, 0o755)


def postgres_folder() -> Path:
    """Where the embedded PostgreSQL keeps its rows (PostgreSQL makes and owns the inside)."""
    return data_folder() / "postgres"


def secrets_folder() -> Path:
    """Where keys and passwords made on the first run are kept, for this account alone."""
    return _made(data_folder() / "secrets", 0o700)


def logs_folder() -> Path:
    """Where the web server, the worker and PostgreSQL write what they did."""
    return _made(data_folder() / "logs", 0o700)


def run_folder() -> Path:
    """Which processes of this installation are running now."""
    return _made(data_folder() / "run", 0o700)


def _made(folder: Path, mode: int) -> Path:
    try:
        if folder.is_dir() and os.access(folder, os.W_OK | os.X_OK):
            return folder
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except FileExistsError:
        raise SetupError(
            f"{folder} is a file. Give a folder with --data, or in PILLARS_DATA."
        ) from None
    except OSError as problem:
        raise SetupError(
            f"Three Pillars cannot write to {folder} ({problem.strerror or problem}). "
            "Choose another folder with --data, or in PILLARS_DATA."
        ) from None
    return folder
