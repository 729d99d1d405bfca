"""Text files and OpenDocument files, as a school without Word would keep them."""

from __future__ import annotations

from xml.sax.saxutils import escape

from .layouts import Layout
from .passports import LISTS, Passport
from .zipping import pack

_ODT = "application/vnd.oasis.opendocument.text"
_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" office:version="1.3"'
)


def make_text(layout: Layout, passport: Passport) -> bytes:
    """The passport as a text file in Windows' own encoding and line ends."""
    lines = [layout.title, "=" * len(layout.title), ""]
    for key, label in layout.labels.items():
        if not label.isupper():
            lines.append(f"{label}: {passport.text(key)}")
            continue
        lines += ["", label]
        mark = "* " if key in LISTS else ""
        lines += [f"{mark}{line}" for line in passport.points(key)]
    return "\r\n".join([*lines, ""]).encode("cp1252")


def make_odt(layout: Layout, passport: Passport) -> bytes:
    """The passport as OpenDocument text: headings, paragraphs and lists."""
    body = [f'<text:h text:outline-level="1">{escape(layout.title)}</text:h>']
    for key, label in layout.labels.items():
        body.append(f'<text:h text:outline-level="2">{escape(label)}</text:h>')
        points = passport.points(key)
        if key in LISTS and points:
            items = "".join(
                f"<text:list-item><text:p>{escape(line)}</text:p></text:list-item>"
                for line in points
            )
            body.append(f"<text:list>{items}</text:list>")
        else:
            body += [f"<text:p>{escape(line)}</text:p>" for line in points]
    return pack(
        {
            "mimetype": _ODT.encode(),
            "content.xml": _xml(
                f"<office:document-content {_NAMES}><office:body><office:text>{''.join(body)}"
                "</office:text></office:body></office:document-content>"
            ),
            "styles.xml": _xml(f"<office:document-styles {_NAMES}><office:styles/>"
                               "</office:document-styles>"),
            "META-INF/manifest.xml": _xml(_manifest()),
        },
        first="mimetype",
    )  # fmt: skip


def _manifest() -> str:
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return (
        f'<manifest:manifest xmlns:manifest="{space}" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODT}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )


def _xml(text: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode()
