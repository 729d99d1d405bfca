"""Zip files that come out the same every time: fixed dates, fixed order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_DATE = (2026, 11, 20, 8, 30, 0)


def pack(parts: Mapping[str, bytes], *, first: str = "") -> bytes:
    """A zip of these parts; `first` is stored uncompressed at the front, as ODF asks."""
    out = io.BytesIO()
    names = sorted(parts, key=lambda name: (name != first, name))
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, parts[name], compresslevel=9)
    return out.getvalue()


def repack(content: bytes, *, leave_out: frozenset[str] = frozenset()) -> bytes:
    """The same zip with fixed dates and order, less the parts named."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name not in leave_out}
    return pack(parts)
