"""Reads XML that someone else made: no entities, no network, no surprises."""

from __future__ import annotations

from lxml import etree

MOST_BYTES = 60 * 1024 * 1024


class XmlError(ValueError):
    """An XML file that cannot be read; the message says why and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def parse_xml(data: bytes, name: str) -> etree._Element:
    """The root element of an XML file, or XmlError with a sentence.

    A file that declares entities is refused outright: no export needs them, and they are how
    XML is made to swell or to read other files.
    """
    if not data.strip():
        raise XmlError(f"{name} is empty. Export it again.")
    if len(data) > MOST_BYTES:
        raise XmlError(f"{name} is over 60 MB. Export one year group at a time.")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise XmlError(
            f"{name} is not well-formed XML (line {error.lineno or 1}). Export it again."
        ) from None
    info = root.getroottree().docinfo
    if info.internalDTD is not None or info.doctype:
        raise XmlError(
            f"{name} holds a document type declaration, which a real export never does. "
            "It was not read. Export it again from your MIS."
        )
    return root
