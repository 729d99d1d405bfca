"""Bringing files in to be reviewed: many at once, or zips of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile

from pillars.consistency.paperwork.models import StandardVersion
from pillars.consistency.paperwork.review.sources import may_be_document
from pillars.consistency.paperwork.rules.reviews import MOST_FILES
from pillars.consistency.paperwork.services.reviews import Brought
from pillars.exchange.documents import MOST_BYTES, Unreadable, kind_of_document
from pillars.exchange.uploads import (
    MEGABYTE,
    UploadRefused,
    ZipLimits,
    files_in_zip,
    open_zip_safely,
    read_entry,
)
from pillars.ui.forms import ManyFilesField

MOST_TOGETHER = 200 * MEGABYTE
_ZIP = ZipLimits(entries=MOST_FILES, entry_bytes=64 * MEGABYTE, total_bytes=512 * MEGABYTE)
_TOO_BIG = f"It is over {MOST_BYTES // MEGABYTE} MB. Make its pictures smaller and save it again."


class BringFilesForm(forms.Form):
    """The files, and the standard they are compared with."""

    uploads = ManyFilesField(
        label="Files",
        help_text=(
            "Word, PDF, OpenDocument or text. Choose many at once, or a zip of a folder. "
            f"At most {MOST_FILES:,} files and {MOST_TOGETHER // MEGABYTE} MB."
        ),
    )

    def __init__(self, versions: Mapping[str, StandardVersion], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._versions = versions
        choices = [(key, version.standard.title) for key, version in versions.items()]
        self.fields["standard"] = forms.ChoiceField(
            label="Compare with",
            # It stands after the files and always has a value: without one, the rest never came.
            error_messages={
                "required": "The upload was cut off. Nothing was kept. Send the files again."
            },
            choices=choices,
            initial="pupil-passport" if "pupil-passport" in versions else None,
        )

    @property
    def version(self) -> StandardVersion:
        """The version of the standard that was chosen. Only after the form is valid."""
        return self._versions[self.cleaned_data["standard"]]

    def clean_uploads(self) -> list[Brought]:
        """Every document in what was sent, zips opened, each name once."""
        uploads = cast("Sequence[UploadedFile[Any]]", self.cleaned_data["uploads"])
        if sum(upload.size or 0 for upload in uploads) > MOST_TOGETHER:
            raise forms.ValidationError(
                f"These files are over {MOST_TOGETHER // MEGABYTE} MB together. "
                "Send them in two or more lots."
            )
        found: dict[str, Brought] = {}
        held = 0
        for upload in uploads:
            for one in _documents_in(upload):
                held += len(one.data or b"")
                if held > MOST_TOGETHER:
                    raise forms.ValidationError(
                        "These files are too large together once the zip is opened. "
                        "Send them in two or more lots."
                    )
                name = _free(one.name, found)
                found[name] = Brought(name, one.data, one.reason)
        if not found:
            raise forms.ValidationError(
                "There are no documents in what you chose. Choose .docx, .pdf, .odt or .txt files."
            )
        if len(found) > MOST_FILES:
            raise forms.ValidationError(
                f"These are {len(found):,} files. Bring in {MOST_FILES:,} at most at a time."
            )
        return list(found.values())


def _documents_in(upload: UploadedFile[Any]) -> Iterator[Brought]:
    name = upload.name or "file"
    if not name.lower().endswith(".zip"):
        yield _brought(name, upload.size or 0, upload.read)
        return
    try:
        with open_zip_safely(cast("BinaryIO", upload.file), name, _ZIP) as archive:
            for inside, entry in files_in_zip(archive):
                if may_be_document(inside):
                    yield _brought(
                        inside, entry.file_size, lambda entry=entry: read_entry(archive, entry)
                    )
    except UploadRefused as refused:
        yield Brought(name, None, refused.reason)


def _brought(name: str, size: int, read: Any) -> Brought:
    """The file if it can be read at all; else its name and the reason."""
    if size > MOST_BYTES:
        return Brought(name, None, _TOO_BIG)
    try:
        data: bytes = read()
        kind_of_document(data, name)
    except Unreadable as unreadable:
        return Brought(name, None, unreadable.reason)
    except UploadRefused as refused:
        return Brought(name, None, refused.reason)
    return Brought(name, data)


def _free(name: str, taken: Mapping[str, Brought]) -> str:
    """The name, or with a number after it when another file has it."""
    name = name.replace("\x00", "")[-480:]
    free, number = name, 2
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    return free


class PupilSearchForm(forms.Form):
    """Looking for the pupil a file is about."""

    name = forms.CharField(label="Pupil’s name", max_length=80, required=False)
