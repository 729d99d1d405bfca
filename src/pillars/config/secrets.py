"""Keys and passwords that this installation makes for itself on its first run.

Each is one file that only this account can read (0600). Nobody types them and nothing prints them.
Where several machines serve one school, the same values are given to each in the environment.
"""

import os
import secrets
import tempfile
from pathlib import Path

from pillars.config.paths import SetupError, secrets_folder


def secret_key() -> str:
    """What signs sign-ins and links. `PILLARS_SECRET_KEY` overrides the file."""
    return os.environ.get("PILLARS_SECRET_KEY", "").strip() or _kept("django-secret-key", 50)


def web_password() -> str:
    """The password of the database role the web pages use."""
    return _kept("database-web", 32)


def owner_password() -> str:
    """The password of the database role that migrates, on the embedded server."""
    return _kept("database-owner", 32)


def _kept(name: str, size: int) -> str:
    """The secret of this name: read from its file, or made once, even when two start together."""
    file = secrets_folder() / name
    try:
        return _read(file)
    except FileNotFoundError:
        _write_once(file, secrets.token_urlsafe(size))
        return _read(file)


def _read(file: Path) -> str:
    try:
        value = file.read_text(encoding="ascii").strip()
    except PermissionError:
        raise SetupError(
            f"{file} belongs to another account. Run Three Pillars as the account that set it up."
        ) from None
    if not value:
        raise SetupError(
            f"{file} is empty. Restore it from a back-up, or delete it and start again."
        )
    if file.stat().st_mode & 0o077:
        file.chmod(0o600)
    return value


def _write_once(file: Path, value: str) -> None:
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    written = Path(name)  # mkstemp makes it 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(value + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        try:
            file.hardlink_to(written)  # fails when another process was first, which is fine
        except FileExistsError:
            return
    finally:
        written.unlink(missing_ok=True)
