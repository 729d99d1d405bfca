from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pillars.config import secrets
from pillars.config.paths import SetupError


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("PILLARS_DATA", str(tmp_path))
    monkeypatch.delenv("PILLARS_SECRET_KEY", raising=False)
    return tmp_path / "secrets"


def test_secret_key_is_made_once_and_only_this_account_reads_it(folder: Path) -> None:
    first = secrets.secret_key()
    assert len(first) >= 50
    assert secrets.secret_key() == first
    assert (folder / "django-secret-key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in folder.iterdir()] == ["django-secret-key"]


def test_secret_key_from_the_environment_leaves_no_file(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setenv("PILLARS_SECRET_KEY", "shared-by-two-web-nodes")
    assert secrets.secret_key() == "shared-by-two-web-nodes"
    assert not folder.exists()


def test_passwords_of_the_two_roles_differ() -> None:
    assert secrets.owner_password() != secrets.web_password()


def test_secrets_made_by_many_at_once_are_one() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: secrets.web_password(), range(32)))
    assert len(made) == 1


def test_secret_that_others_could_read_is_closed_again(folder: Path) -> None:
    secrets.web_password()
    (folder / "database-web").chmod(0o644)
    secrets.web_password()
    assert (folder / "database-web").stat().st_mode & 0o777 == 0o600


def test_secret_file_left_empty_is_one_sentence(folder: Path) -> None:
    secrets.web_password()
    (folder / "database-web").write_text("\n")
    with pytest.raises(SetupError, match=r"is empty. Restore it from a back-up"):
        secrets.web_password()
