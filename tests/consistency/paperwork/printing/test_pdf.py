"""Documents as PDF: one side where it can be, readable always."""

import io
import random
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from pillars.consistency.paperwork.printing import Layout, Printable, pdf, print_documents
from pillars.consistency.paperwork.printing.fit import Plan
from pillars.exchange.typeset import page_counts

Make = Callable[..., Printable]
WHEN = datetime(2026, 11, 9, tzinfo=UTC)
STRATEGY = "Before a change, show me the now-and-next card, then give me two minutes to get ready."


def read(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made))


def words_of(made: bytes, page: int | None = None) -> str:
    pages = read(made).pages
    chosen = pages if page is None else [pages[page]]
    return " ".join(" ".join(one.extract_text() for one in chosen).split())


def test_print_passport_is_one_side_with_what_an_adult_needs(passport: Make) -> None:
    made = print_documents([passport()], made_at=WHEN)
    assert len(read(made).pages) == 1
    words = words_of(made)
    for expected in (
        "Theo Barnes · Year 5 · 5 Elm · SEN support",
        "What people like and admire about me",
        "show me the now-and-next card",
        "Theo, his mum (met 6 November), Mr Lee (class). Ask: Aisha Khan, SENCo.",
        "Oakfield Primary (invented) · Pupil Passport, version 2 · agreed 9 November 2026",
        "review by 26 March 2027",
        "1 of 1",
    ):
        assert expected in words


def test_print_passport_claims_accessible_pdf(passport: Make) -> None:
    reader = read(print_documents([passport()]))
    root = reader.trailer["/Root"].get_object()
    assert root["/Lang"] == "en-GB"
    assert root["/StructTreeRoot"]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == "Pupil Passport"
    assert reader.metadata.author == "Oakfield Primary (invented)"


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("times", [1, 3])
def test_print_passport_shrinks_to_one_side(passport: Make, layout: Layout, times: int) -> None:
    made = print_documents([passport(strategies=[STRATEGY] * 3 * times)], layout=layout)
    limit = 2 if layout is Layout.LARGE_PRINT else 1
    assert len(read(made).pages) <= limit


@pytest.mark.parametrize("layout", list(Layout))
def test_print_passport_too_long_takes_two_sides(passport: Make, layout: Layout) -> None:
    made = print_documents([passport(strategies=[STRATEGY] * 45)], layout=layout)
    pages = len(read(made).pages)
    assert pages >= 2
    assert f"2 of {pages}" in words_of(made, 1)


def test_print_passport_plan_that_was_wrong_is_measured(
    passport: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "plan_side", lambda *_: Plan(size=16, gap=10))
    made = print_documents([passport(needs="I forget long instructions. " * 25), passport()])
    assert page_counts(made) == [1, 1]


def test_print_passport_large_print_is_sixteen_point_or_more() -> None:
    assert min(pdf._LAYOUTS[Layout.LARGE_PRINT]["sizes"]) >= 16


def test_print_passport_plain_has_no_colour(passport: Make) -> None:
    made = print_documents([passport()], layout=Layout.PLAIN)
    drawn = b"".join(page.get_contents().get_data() for page in read(made).pages)  # type: ignore[union-attr]
    colours = set(re.findall(rb"cs ([\d. ]+) scn", drawn, re.IGNORECASE))
    assert colours == {b"0.078431375 0.1254902 0.16862746"}


def test_print_draft_says_so_and_names_what_is_empty(passport: Make) -> None:
    words = words_of(print_documents([passport(agreed_on=None, avoid=[], my_part="  ")]))
    assert "draft, not agreed" in words
    assert "Not filled in yet." in words
    assert "How I will help myself" not in words


def test_print_passport_without_owner_keeps_the_rooms_apart(passport: Make) -> None:
    words = words_of(print_documents([passport(owner="")]))
    assert "Who to ask Not filled in yet." in words


def test_print_many_starts_each_on_its_own_page(passport: Make, plan: Make) -> None:
    made = print_documents([passport(), passport(strategies=[STRATEGY] * 45), plan()])
    first, second, third = page_counts(made)
    assert (first, third) == (1, 1)
    assert second >= 2
    assert "1 of 1" in words_of(made, 0)
    assert f"1 of {second}" in words_of(made, 1)
    assert read(made).metadata.title == "Documents"  # type: ignore[union-attr]


def test_print_plan_shows_tables_dates_and_answers(plan: Make) -> None:
    words = words_of(print_documents([plan()]))
    assert "Outcome By when Theo asks for the next step" in words
    assert "26 March 2027" in words
    assert "Met parents this term Yes" in words
    assert "Progress 3 of 3" in words


def test_print_plan_long_table_runs_over_pages(plan: Make) -> None:
    rows = [{"outcome": STRATEGY * 3, "by": "soon"}] * 40
    made = print_documents([plan(outcomes=rows)])
    pages = len(read(made).pages)
    assert pages > 1
    assert f"{pages} of {pages}" in words_of(made, pages - 1)


def test_print_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="Choose at least one document"):
        print_documents([])


def test_print_without_forename_uses_the_full_name(passport: Make) -> None:
    named = replace(passport(), forename=" ")
    assert words_of(print_documents([named])).startswith("Theo Barnes Theo Barnes")


def test_print_two_hundred_odd_fields_never_break(passport: Make) -> None:
    seeded = random.Random(20261109)
    odd = "#$\\@<>[]{}*_`~^&%'\"=-+/|;:,.!?\t\n\u00a0\u200b\u202e\x00\x07é£€😀🚂中م\ud800\ufffe"
    for _ in range(20):
        answers = {
            key: "".join(seeded.choices(odd, k=seeded.randrange(1, 60)))
            for key in ("about_me", "important_to_me", "needs", "my_part", "owner")
        }
        lists = {
            key: ["".join(seeded.choices(odd, k=30)) for _ in range(2)]
            for key in ("strategies", "avoid", "contributors")
        }
        assert print_documents([passport(**answers, **lists)]).startswith(b"%PDF")
