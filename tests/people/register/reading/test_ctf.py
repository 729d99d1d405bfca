"""A common transfer file gives the same pupils as any other register. All invented."""

from datetime import date

import pytest

from pillars.people.register.reading import (
    Need,
    RegisterUnreadable,
    StatusSpan,
    read_register_file,
)

TODAY = date(2026, 11, 24)
CTF = """<?xml version="1.0" encoding="UTF-8"?>
<CTfile xmlns="http://example.org/ctf">
 <Header><DocumentName>Common Transfer File</DocumentName><CTFversion>25.0</CTFversion></Header>
 <CTFpupilData>
  <Pupil>
   <UPN>B801200005001</UPN><Surname>Wren</Surname><Forename>Ada</Forename>
   <DOB>2014-09-03</DOB><Sex>F</Sex>
   <BasicDetails><PreferredForename>Addy</PreferredForename><NCyearActual>7</NCyearActual>
   </BasicDetails>
   <SENhistory>
    <SEN><StartDate>2024-01-10</StartDate><SENprovision>E</SENprovision></SEN>
    <SEN><StartDate>2020-09-01</StartDate><EndDate>2024-01-10</EndDate>
     <SENprovision>A</SENprovision></SEN>
   </SENhistory>
   <SENneeds>
    <SENneed><NeedStartDate>2024-01-10</NeedStartDate><SENtypeRank>2</SENtypeRank>
     <SENtype>ASD</SENtype></SENneed>
    <SENneed><SENtypeRank>1</SENtypeRank><SENtype>SLCN</SENtype></SENneed>
    <SENneed><NeedEndDate>2022-01-01</NeedEndDate><SENtypeRank>1</SENtypeRank>
     <SENtype>OTH</SENtype></SENneed>
   </SENneeds>
  </Pupil>
  <Pupil>
   <UPN>A801200005001</UPN><Surname>Finch</Surname><Forename>Bo</Forename>
   <DOB>2015-02-01</DOB><Gender>M</Gender>
  </Pupil>
 </CTFpupilData>
</CTfile>"""


def test_read_ctf_with_history_and_needs() -> None:
    reading, table = read_register_file(CTF.encode(), "ctf.xml", today=TODAY)
    assert table is None
    (record,) = reading.records
    assert record.identity.known_as == "Addy"
    assert record.identity.year_group == "7"
    assert (record.status, record.status_start) == ("E", "2024-01-10")
    assert record.needs == (Need("SLCN"), Need("ASD", "2024-01-10"))
    assert record.past == (StatusSpan("K", "2020-09-01", "2024-01-10"),)
    assert [issue.row for issue in reading.problems] == [2]
    assert "first letter" in reading.problems[0].reason


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<Other/>", "not a common transfer file"),
        ("<CTfile><Header/></CTfile>", "names no pupil"),
        ("<CTfile><Header></CTfile>", "not well-formed"),
        ('<!DOCTYPE a [<!ENTITY x "y">]><CTfile>&x;</CTfile>', "document type"),
    ],
)
def test_what_is_no_ctf_is_refused_with_a_sentence(text: str, words: str) -> None:
    with pytest.raises(RegisterUnreadable, match=words):
        read_register_file(text.encode(), "ctf.xml", today=TODAY)
