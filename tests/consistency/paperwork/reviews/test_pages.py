"""The pages of reviews, as a browser asks for them."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdf
import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from tests.conftest import World
from tests.consistency.paperwork.documents.factories import make_pupil
from tests.consistency.paperwork.reviews.factories import (
    file_of,
    good,
    make_review,
    make_waiting,
    weak,
    zipped,
)

from pillars.consistency.paperwork.models import Document, Review, ReviewedFile
from pillars.foundation.models import StoredFile, Viewing
from pillars.foundation.permissions import Role


def url(name: str, world: World, **kwargs: Any) -> str:
    return reverse(f"paperwork:{name}", kwargs={"urn": world.school.urn, **kwargs})


def text_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def senco(world: World, sign_in: Any) -> Client:
    client: Client = sign_in(world[Role.SENCO])
    return client


def bring(senco: Client, world: World, *files: SimpleUploadedFile) -> Any:
    sent = {"uploads": list(files), "standard": "pupil-passport"}
    return senco.post(url("reviews", world), sent)


def test_files_and_zips_are_brought_in_and_wait_to_be_read(world: World, senco: Client) -> None:
    inside = {
        "4B/theo.txt": good("Theo Marsh"),
        "__MACOSX/4B/._theo.txt": b"litter",
        "4B/old.doc": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
        "notes.json": b"{}",
    }
    response = bring(
        senco,
        world,
        SimpleUploadedFile("class.zip", zipped(inside)),
        SimpleUploadedFile("sam.txt", weak("Sam Lane")),
        SimpleUploadedFile("sam.txt", weak("Sam Lane")),
        SimpleUploadedFile("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(40)),
    )
    review = Review.objects.get()
    assert response.status_code == 302
    assert response.url == url("review", world, review_id=review.pk)
    names = dict(ReviewedFile.objects.values_list("name", "reason"))
    assert set(names) == {"4B/theo.txt", "4B/old.doc", "sam.txt", "sam.txt (2)", "photo.png"}
    assert "old Word file" in names["4B/old.doc"]
    assert "picture" in names["photo.png"]
    assert StoredFile.objects.count() == 3
    page = senco.get(response.url)
    assert "Reading the files" in text_of(page)
    assert "0 of 3" in text_of(page)
    assert b'data-refresh="2"' in page.content


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([], "Choose a file for “Files”."),
        ([("a.txt", b"")], "The submitted file is empty"),
        ([("bomb.zip", b"")], "The submitted file is empty"),
        ([("a.zip", zipped({"x.json": b"{}"}))], "There are no documents in what you chose."),
    ],
)
def test_a_bad_upload_is_told_and_nothing_is_kept(
    files: list[tuple[str, bytes]], sentence: str, world: World, senco: Client
) -> None:
    response = bring(senco, world, *(SimpleUploadedFile(name, data) for name, data in files))
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert Review.objects.count() == 0
    assert StoredFile.objects.count() == 0


def test_an_upload_that_was_cut_off_is_told_and_not_kept(world: World, senco: Client) -> None:
    body = encode_multipart(
        BOUNDARY, {"uploads": SimpleUploadedFile("a.txt", good("Theo Marsh") * 50)}
    )
    cut = body[: len(body) // 2]
    response = senco.generic("POST", url("reviews", world), cut, content_type=MULTIPART_CONTENT)
    assert response.status_code == 422
    assert "The upload was cut off. Nothing was kept." in text_of(response)
    assert StoredFile.objects.count() == 0


def test_a_zip_bomb_is_named_and_never_opened(world: World, senco: Client) -> None:
    bomb = zipped({"a.txt": b"0" * 6_000_000})
    response = bring(senco, world, SimpleUploadedFile("bomb.zip", bomb))
    assert response.status_code == 302
    assert "swell" in ReviewedFile.objects.get().reason
    assert StoredFile.objects.count() == 0


def test_the_report_says_the_numbers_and_each_opens(world: World, senco: Client) -> None:
    review = make_review(
        world.school,
        {"a.txt": good("Theo Marsh"), "b.txt": weak("Sam Lane"), "c.docx": b"PK cut"},
    )
    page = senco.get(url("review", world, review_id=review.pk))
    text = text_of(page)
    assert "What 2 passports say" in text
    assert "Five things that would help most" in text
    assert "Turn these into documents" in text
    links = set(re.findall(r'href="([^"]*/files/\?[^"]+)"', page.content.decode()))
    assert len(links) > 10
    for link in sorted(links):
        opened = senco.get(link.replace("&amp;", "&"))
        assert opened.status_code == 200, link
        shown = re.findall(r"/reviews/\d+/files/\d+/", opened.content.decode())
        assert shown, link
    broken = senco.get(url("review_files", world, review_id=review.pk), {"by": "unreadable"})
    assert "c.docx" in text_of(broken)
    assert "damaged" in text_of(broken)
    nonsense = senco.get(url("review_files", world, review_id=review.pk), {"by": "x"})
    assert nonsense.status_code == 404


def test_downloads_are_what_they_say(world: World, senco: Client) -> None:
    review = make_review(world.school, {"a.txt": good("Theo Marsh")})
    sheet = senco.get(url("review_spreadsheet", world, review_id=review.pk))
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sheet.content))
    assert book.get_sheet_by_name("Files").to_python()[1][0] == "a.txt"
    paper = senco.get(url("review_pdf", world, review_id=review.pk))
    assert (
        "What 1 passport says" in pypdf.PdfReader(io.BytesIO(paper.content)).pages[0].extract_text()
    )
    file = file_of(review, "a.txt")
    original = senco.get(url("review_original", world, review_id=review.pk, file_id=file.pk))
    assert original.content == good("Theo Marsh")
    assert original["Content-Disposition"] == 'attachment; filename="a.txt"'
    assert original["Content-Type"] == "application/octet-stream"


def test_a_review_that_is_not_ready_has_no_report_yet(world: World, senco: Client) -> None:
    review = make_waiting(world.school, {"a.txt": good("Theo Marsh")})
    file = file_of(review, "a.txt")
    here = url("review", world, review_id=review.pk)
    for name in ("review_spreadsheet", "review_pdf", "review_files", "review_pupils"):
        assert senco.get(url(name, world, review_id=review.pk)).url == here
    one = url("review_file", world, review_id=review.pk, file_id=file.pk)
    assert senco.get(one).url == here
    again = senco.post(url("read_review_again", world, review_id=review.pk), follow=True)
    assert "nothing to start again" in text_of(again)
    Review.objects.update(state="failed")
    assert "Your files are still here" in text_of(senco.get(here))
    assert senco.post(url("read_review_again", world, review_id=review.pk)).status_code == 302
    review.refresh_from_db()
    assert review.state == "waiting"


def test_a_file_shows_its_words_findings_and_what_no_field_takes(
    world: World, senco: Client
) -> None:
    theo = make_pupil(world.school, forename="Theo", surname="Marsh")
    review = make_review(world.school, {"a.txt": good("Theo Marsh"), "c.docx": b"PK cut"})
    file = file_of(review, "a.txt")
    page = senco.get(url("review_file", world, review_id=review.pk, file_id=file.pk))
    text = text_of(page)
    assert "I draw dragons. I help in Year 1." in text
    assert "Attendance 94 %" in text
    assert "Theo Marsh" not in re.findall(r"<title>(.*?)</title>", page.content.decode())[0]
    viewed = Viewing.objects.get()
    assert (viewed.subject_kind, viewed.subject_id) == ("pupil", theo.pk)
    broken = file_of(review, "c.docx")
    page = senco.get(url("review_file", world, review_id=review.pk, file_id=broken.pk))
    assert "It is damaged" in text_of(page)


def test_another_pupil_is_looked_for_and_chosen(world: World, senco: Client) -> None:
    theo = make_pupil(world.school, forename="Theo", surname="Marsh")
    make_pupil(world.sister, forename="Theo", surname="Elsewhere")
    review = make_review(world.school, {"a.txt": good("Nobody Known")})
    file = file_of(review, "a.txt")
    here = url("review_file", world, review_id=review.pk, file_id=file.pk)
    found = senco.get(here, {"name": "theo"})
    assert "Theo Marsh" in text_of(found)
    assert "Elsewhere" not in text_of(found)
    assert "No pupil on roll has that name" in text_of(senco.get(here, {"name": "zzz"}))
    match = url("match_review_file", world, review_id=review.pk, file_id=file.pk)
    refused = senco.post(match, {"pupil": "999999"}, follow=True)
    assert "not on the register here" in text_of(refused)
    chosen = senco.post(match, {"pupil": theo.pk}, follow=True)
    assert "You chose" in text_of(chosen)
    assert "Nobody here" in text_of(senco.post(match, {"pupil": ""}, follow=True))


def test_ticked_files_become_documents(world: World, senco: Client) -> None:
    theo = make_pupil(world.school, forename="Theo", surname="Marsh")
    sam = make_pupil(world.school, forename="Samuel", surname="Lane")
    review = make_review(world.school, {"a.txt": good("Theo Marsh"), "b.txt": weak("Samual Lane")})
    here = url("review_pupils", world, review_id=review.pk)
    page = senco.get(here)
    assert "Same name" in text_of(page)
    assert "Look at this one" in text_of(page)
    one, two = file_of(review, "a.txt"), file_of(review, "b.txt")
    assert re.search(rf'name="file" value="{one.pk}" checked', page.content.decode())
    assert not re.search(rf'name="file" value="{two.pk}" checked', page.content.decode())
    sent = {"file": [one.pk, two.pk], f"pupil-{one.pk}": theo.pk, f"pupil-{two.pk}": ""}
    refused = senco.post(here, sent)
    assert refused.status_code == 422
    assert "“b.txt”: Choose the pupil it is about" in text_of(refused)
    assert re.search(rf'name="file" value="{two.pk}" checked', refused.content.decode())
    assert Document.objects.count() == 0
    done = senco.post(here, sent | {f"pupil-{two.pk}": sam.pk}, follow=True)
    assert "Made 2 drafts." in text_of(done)
    assert {one.pupil_id for one in Document.objects.all()} == {theo.pk, sam.pk}
    assert "Documents already" in text_of(senco.get(here))
    assert "Became documents" in text_of(senco.get(url("reviews", world)))


def test_a_pupil_with_a_draft_is_marked_and_left_unticked(world: World, senco: Client) -> None:
    theo = make_pupil(world.school, forename="Theo", surname="Marsh")
    first = make_review(world.school, {"a.txt": good("Theo Marsh")})
    one = file_of(first, "a.txt")
    sent = {"file": [one.pk], f"pupil-{one.pk}": theo.pk}
    assert senco.post(url("review_pupils", world, review_id=first.pk), sent).status_code == 302
    second = make_review(world.school, {"b.txt": good("Theo Marsh"), "c.txt": weak("Theo Marsh")})
    page = senco.get(url("review_pupils", world, review_id=second.pk))
    assert text_of(page).count("Has a draft already") == 2
    assert b" checked" not in page.content


def test_another_schools_review_does_not_exist(world: World, senco: Client) -> None:
    review = make_review(world.sister)
    file = ReviewedFile.objects.get(review=review)
    for name, more in (("review", {}), ("review_pdf", {}), ("review_original", {"file_id": 0})):
        kwargs = dict.fromkeys(more, file.pk)
        there = url(name, world, review_id=review.pk, **kwargs)
        assert senco.get(there).status_code == 404
