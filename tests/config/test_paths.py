import os
from pathlib import Path

import pytest

from pillars.config import paths
from pillars.config.paths import SetupError


def test_data_folder_is_what_the_environment_says_and_is_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PILLARS_DATA", str(tmp_path / "new" / "place"))
    assert paths.data_folder() == tmp_path / "new" / "place"
    assert (tmp_path / "new" / "place").is_dir()


def test_data_folder_without_a_choice_is_in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PILLARS_DATA", raising=False)
    made: list[Path] = []
    monkeypatch.setattr(paths, "_made", lambda folder, mode: made.append(folder) or folder)
    assert paths.data_folder() == paths.CHECKOUT / "var"
    assert (paths.CHECKOUT / "pyproject.toml").is_file()


def test_data_folder_that_is_a_file_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "notes").write_text("")
    monkeypatch.setenv("PILLARS_DATA", str(tmp_path / "notes"))
    with pytest.raises(SetupError, match=r"is a file\. Give a folder with --data"):
        paths.data_folder()


def test_data_folder_that_cannot_be_made_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "notes").write_text("")
    monkeypatch.setenv("PILLARS_DATA", str(tmp_path / "notes" / "below"))
    with pytest.raises(SetupError, match=r"cannot write to .*Choose another folder"):
        paths.data_folder()


def test_data_folder_inside_one_that_is_closed_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def closed(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_dir", closed)  # whoever runs the tests may be root
    monkeypatch.setenv("PILLARS_DATA", str(tmp_path / "theirs"))
    with pytest.raises(SetupError, match=r"cannot write to .*Permission denied.*another folder"):
        paths.data_folder()


def test_secrets_and_logs_folders_are_for_this_account_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PILLARS_DATA", str(tmp_path))
    for folder in (paths.secrets_folder(), paths.logs_folder(), paths.run_folder()):
        assert folder.stat().st_mode & 0o777 == 0o700
        assert os.access(folder, os.W_OK)
