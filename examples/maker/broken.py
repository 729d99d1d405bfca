"""Files that cannot be read, each for a reason a school meets: old, scanned, locked, cut off."""

from __future__ import annotations

import hashlib
import io
import zlib

from PIL import Image, ImageDraw

_PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def old_doc() -> bytes:
    """A Word 97 file: the OLE signature and an empty file table."""
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += bytes.fromhex("3e000300feff0900") + bytes(6) + b"\x01\x00\x00\x00"
    return header.ljust(512, b"\x00") + ("Invented pupil passport".encode("utf-16-le")).ljust(
        4096, b"\x00"
    )


def scan_pdf() -> bytes:
    """A page that is only a picture of a passport."""
    page = Image.new("1", (620, 877), 1)
    pen = ImageDraw.Draw(page)
    for number, line in enumerate(
        ("My passport (invented)", "I am good at swimming.", "Please help me by waiting.")
    ):
        pen.text((60 + number * 2, 80 + number * 60), line, fill=0)
    pen.rectangle((40, 50, 580, 820), outline=0)
    pixels = zlib.compress(page.tobytes(), 9)
    picture = (
        "<< /Type /XObject /Subtype /Image /Width 620 /Height 877 /ColorSpace /DeviceGray "
        f"/BitsPerComponent 1 /Filter /FlateDecode /Length {len(pixels)} >>"
    )
    drawing = b"q 595 0 0 842 0 0 cm /Scan Do Q"
    return _pdf(
        [
            (b"<< /Type /Catalog /Pages 2 0 R >>", None),
            (b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", None),
            (
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                b"/Resources << /XObject << /Scan 5 0 R >> >> >>",
                None,
            ),
            (f"<< /Length {len(drawing)} >>".encode(), drawing),
            (picture.encode(), pixels),
        ]
    )


def locked_pdf(password: str) -> bytes:
    """A PDF that asks for a password (40-bit RC4, as old printers' drivers still make)."""
    marker = hashlib.md5(b"invented", usedforsecurity=False).digest()
    owner = _rc4(_digest(_padded(password))[:5], _padded(password))
    permissions = -44
    key = _digest(
        _padded(password) + owner + permissions.to_bytes(4, "little", signed=True) + marker
    )[:5]
    user = _rc4(key, _PAD)
    drawing = b"BT /F1 14 Tf 72 720 Td (Invented pupil passport) Tj ET"
    page_key = _digest(key + (4).to_bytes(3, "little") + b"\x00\x00")[:10]
    encrypt = (
        f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{user.hex()}> /P {permissions} >>"
    )
    return _pdf(
        [
            (b"<< /Type /Catalog /Pages 2 0 R >>", None),
            (b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", None),
            (
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                b"/Resources << /Font << /F1 5 0 R >> >> >>",
                None,
            ),
            (f"<< /Length {len(drawing)} >>".encode(), _rc4(page_key, drawing)),
            (b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", None),
            (encrypt.encode(), None),
        ],
        trailer=f"/Encrypt 6 0 R /ID [<{marker.hex()}> <{marker.hex()}>]",
    )


def broken_docx(whole: bytes) -> bytes:
    """A Word file whose upload or copy stopped half way."""
    return whole[: len(whole) // 2]


def _digest(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def _padded(password: str) -> bytes:
    return (password.encode("latin-1") + _PAD)[:32]


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def _pdf(objects: list[tuple[bytes, bytes | None]], trailer: str = "") -> bytes:
    """A PDF file of these objects, the first of which is the catalogue."""
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, (dictionary, stream) in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + dictionary)
        if stream is not None:
            out.write(b"\nstream\n" + stream + b"\nendstream")
        out.write(b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    for offset in offsets:
        out.write(f"{offset:010d} 00000 n \n".encode())
    size = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\n"
    out.write(f"{size}startxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()
