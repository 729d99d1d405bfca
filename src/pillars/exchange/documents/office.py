"""Opens the zips that Word and OpenDocument files are, and parses the XML inside them."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass

from lxml import etree

from pillars.exchange.documents.model import Unreadable
from pillars.exchange.uploads import MEGABYTE, UploadRefused, ZipLimits, open_zip_safely, read_entry
from pillars.exchange.xml import XmlError, parse_xml

LIMITS = ZipLimits(entries=3_000, entry_bytes=48 * MEGABYTE, total_bytes=256 * MEGABYTE, ratio=400)
BROKEN = "It is damaged and does not open. Open it in Word, save a new copy and send that."


@dataclass(frozen=True, slots=True)
class Package:
    """An office file opened: its parts by path."""

    archive: zipfile.ZipFile
    names: frozenset[str]

    def bytes_of(self, path: str) -> bytes:
        """The bytes of one part; a damaged one makes the whole file unreadable."""
        try:
            return read_entry(self.archive, path, LIMITS)
        except (UploadRefused, KeyError):
            raise Unreadable(BROKEN) from None

    def xml_of(self, path: str) -> etree._Element | None:
        """The root element of one part, or None when the file has no such part."""
        if path not in self.names:
            return None
        try:
            return parse_xml(self.bytes_of(path), path)
        except XmlError:
            raise Unreadable(BROKEN) from None


def open_package(data: bytes, name: str) -> Package:
    """The office file in these bytes, or Unreadable when it is broken or swells."""
    try:
        archive = open_zip_safely(data, name, LIMITS)
    except UploadRefused as refused:
        broken = "broken zip" in refused.reason
        raise Unreadable(BROKEN if broken else refused.reason) from None
    return Package(archive, frozenset(archive.namelist()))
