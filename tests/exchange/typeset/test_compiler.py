"""Pages that a screen reader can read, whatever was typed into them."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from pillars.exchange.typeset import TypesettingError, compiler, page_counts, typeset

WHEN = datetime(2026, 11, 9, 10, 42, tzinfo=UTC)
TEMPLATE = """#import "/house.typ": *
#let data = json(bytes(sys.inputs.data))
#show: house.with(title: data.title, author: "Oakfield Primary (invented)")
= #data.title
#data.words
"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    house = Path(typeset.__code__.co_filename).with_name("house.typ")
    (tmp_path / "house.typ").write_text(house.read_text())
    path = tmp_path / "page.typ"
    path.write_text(TEMPLATE)
    return path


def words_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_typeset_page_is_tagged_titled_and_in_english(template: Path) -> None:
    pdf = typeset(template, {"title": "Pupil Passport", "words": "Hello"}, made_at=WHEN)
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"].get_object()
    assert root["/MarkInfo"].get_object()["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"].get_object()["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Pupil Passport"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_typeset_same_moment_same_bytes(template: Path) -> None:
    data = {"title": "Plan", "words": "Same"}
    assert typeset(template, data, made_at=WHEN) == typeset(template, data, made_at=WHEN)


def test_typeset_markup_in_text_stays_text(template: Path) -> None:
    words = '#panic("no") $x$ @label <tag> \\ `code` *bold* _em_ // not a comment [x] #sys'
    assert "#panic" in words_of(typeset(template, {"title": "T", "words": words}))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("I like \N{STEAM LOCOMOTIVE}", "(steam locomotive)"),
        ("thumbs \N{THUMBS UP SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-3}", "(thumbs up sign)"),
        ("bell\x07 and \x00nothing", "bell and nothing"),
        ("half \ud83d here", "half here"),
        ("turned \u202eround", "turned round"),
        ("Łucja Żółć", "Łucja Żółć"),
    ],
)
def test_typeset_odd_characters_are_shown_or_named(
    template: Path, typed: str, printed: str
) -> None:
    shown = " ".join(words_of(typeset(template, {"title": "T", "words": typed})).split())
    assert printed in shown


def test_typeset_letter_without_shape_becomes_a_box(
    template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiler, "_has_shape", lambda letter, *, borrowed: False)
    assert "name □□" in words_of(typeset(template, {"title": "T", "words": "name 中文"}))


def test_typeset_missing_template_says_which(tmp_path: Path) -> None:
    with pytest.raises(TypesettingError, match=r"no template called absent\.typ"):
        typeset(tmp_path / "absent.typ", {})


def test_typeset_broken_template_says_why(tmp_path: Path) -> None:
    path = tmp_path / "broken.typ"
    path.write_text("#unknown-name")
    with pytest.raises(TypesettingError, match=r"broken\.typ could not be printed: .*unknown"):
        typeset(path, {})


def test_typeset_data_that_is_not_text_is_refused(template: Path) -> None:
    with pytest.raises(TypesettingError, match="not text"):
        typeset(template, {"title": "T", "words": object()})


def test_page_counts_by_top_level_heading(tmp_path: Path) -> None:
    path = tmp_path / "many.typ"
    path.write_text(
        '#set document(title: "Many")\n= One\n== Inner\n#pagebreak()\nmore\n#pagebreak()\n= Two\n'
    )
    assert page_counts(typeset(path, {})) == [2, 1]
