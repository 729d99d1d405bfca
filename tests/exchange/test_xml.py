"""XML is read with entities off; what tries to use them is refused."""

import pytest

from pillars.exchange.xml import XmlError, parse_xml

BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
FILE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'


def test_a_plain_file_is_read() -> None:
    root = parse_xml(b"<CTfile><Header/></CTfile>", "ctf.xml")
    assert root.tag == "CTfile"


@pytest.mark.parametrize("data", [BOMB, FILE, b"<!DOCTYPE a><a/>"])
def test_entities_are_refused(data: bytes) -> None:
    with pytest.raises(XmlError, match="document type"):
        parse_xml(data, "ctf.xml")


@pytest.mark.parametrize(("data", "words"), [(b"", "empty"), (b"<a><b></a>", "not well-formed")])
def test_what_is_not_xml_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(XmlError, match=words):
        parse_xml(data, "ctf.xml")
