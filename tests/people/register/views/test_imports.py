"""The pages of an import: what was wrong is said, what is shown is what is done. All invented."""

import io
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import UnreadablePostError
from django.test import Client, RequestFactory
from tests.conftest import World
from tests.people.register.makers import make_pupil, make_upn

from pillars.exchange.tables import read_table
from pillars.foundation.models import StoredFile
from pillars.foundation.permissions import Role
from pillars.people.organisations.models import Person
from pillars.people.register.models import Pupil, RegisterImport

SignIn = Callable[[Person], Client]
HEAD = "UPN,Surname,Forename,DOB,Year,SEN,Need\n"
ONE, TWO, THREE = make_upn(80_001), make_upn(80_002), make_upn(80_003)
GOOD = f"{ONE},Wren (invented),Ada,03/09/2014,7,K,SLCN\n"


@pytest.fixture
def client(world: World, sign_in: SignIn) -> Client:
    return sign_in(world[Role.SENCO])


@pytest.fixture
def root(world: World) -> str:
    return f"/schools/{world.school.urn}/register/imports/"


def upload(client: Client, root: str, content: str | bytes, name: str = "r.csv") -> str:
    """Uploads a file; gives the address of its preview."""
    data = content.encode() if isinstance(content, str) else content
    response = client.post(root, {"file": SimpleUploadedFile(name, data)})
    assert response.status_code == 302, response.content.decode()
    return str(response.headers["Location"])


def see(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def apply(client: Client, address: str, **more: str) -> int:
    seen = see(client, address)
    mark = 'name="fingerprint" value="'
    start = seen.index(mark) + len(mark)
    fingerprint = seen[start : seen.index('"', start)]
    return client.post(f"{address}apply/", {"fingerprint": fingerprint, **more}).status_code


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("r.csv", b"", "The file is empty"),
        ("r.csv", b" \n", "is empty"),
        ("r.pdf", b"%PDF-1.7", "a PDF, not a spreadsheet"),
        ("r.xlsx", b"PK\x03\x04 and then nothing", "damaged"),
        ("r.csv", bytes(range(256)) * 8, "not text"),
        ("r.csv", ("UPN,Surname\n" + "A1,Wren\n" * 200_000).encode(), "the most is 100,000"),
        ("r.xml", b"<!DOCTYPE a [<!ENTITY x 'y'>]><CTfile>&x;</CTfile>", "document type"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(
    client: Client, root: str, name: str, content: bytes, words: str
) -> None:
    response = client.post(root, {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not RegisterImport.objects.exists()
    assert not StoredFile.objects.exists()


def test_no_file_at_all_is_said(client: Client, root: str) -> None:
    response = client.post(root, {})
    assert response.status_code == 422
    assert "Choose the file your MIS exported." in response.content.decode()


def test_a_connection_lost_mid_upload_leaves_nothing_behind(world: World, root: str) -> None:
    class Broken(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise OSError("connection reset by peer")

    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="r.csv"\r\n\r\nUPN'
    request = RequestFactory().post(root, body, content_type="multipart/form-data; boundary=x")
    request._stream = Broken()  # type: ignore[attr-defined]
    with pytest.raises(UnreadablePostError):
        _ = request.POST
    assert not RegisterImport.objects.exists()


def test_the_preview_counts_and_opens_onto_rows(world: World, client: Client, root: str) -> None:
    for upn, forename in ((ONE, "Ada"), (TWO, "Bo"), (THREE, "Cy")):
        make_pupil(
            world.school, upn=upn, surname="Wren (invented)", forename=forename, class_group="",
            date_of_birth=date(2014, 9, 3),
        )  # fmt: skip
    address = upload(
        client,
        root,
        HEAD
        + GOOD  # unchanged
        + f"{TWO},Wren (invented),Bo,03/09/2014,8,E,SLCN\n"
        + f"{make_upn(80_004)},Finch (invented),Di,01/02/2015,6,,\n"
        + f"{make_upn(80_005)},Finch (invented),Ed,01/02/2015,6,S,\n"
        + "A801200005001,Finch (invented),Fa,01/02/2015,6,K,ASD\n",
    )
    made = RegisterImport.objects.get()
    expected = {"rows": 5, "new": 2, "changed": 1, "unchanged": 1, "left": 1, "problems": 1,
                "warnings": 2}  # fmt: skip
    assert made.counts == expected
    assert "What this file would do" in see(client, address)
    words = {
        "new": "Finch (invented), Di",
        "changed": "SEN status: SEN support to EHC plan",
        "unchanged": "Wren (invented), Ada",
        "left": "Wren (invented), Cy",
        "problems": "first letter does not fit",
        "warnings": "old SEN code",
    }
    for kind, said in words.items():
        assert said in see(client, f"{address}{kind}/"), kind
    assert client.get(f"{address}sideways/").status_code == 404
    assert Pupil.objects.count() == 3
    assert apply(client, address) == 302
    assert Pupil.objects.on_roll().count() == 5
    assert "The register was brought in" in see(client, address)
    assert client.get(f"{address}new/").status_code == 404
    assert apply_again(client, address) == 302


def apply_again(client: Client, address: str) -> int:
    return client.post(f"{address}apply/", {"fingerprint": "x"}).status_code


def test_those_ticked_are_marked_as_having_left(world: World, client: Client, root: str) -> None:
    gone, stays = make_pupil(world.school), make_pupil(world.school)
    address = upload(client, root, HEAD + GOOD)
    assert apply(client, address, left=str(gone.pk)) == 302
    assert set(Pupil.objects.on_roll()) == {stays, Pupil.objects.get(upn=ONE)}


def test_a_whole_register_marks_all_others_as_having_left(
    world: World, client: Client, root: str
) -> None:
    make_pupil(world.school)
    elsewhere = make_pupil(world.other_school)
    assert apply(client, upload(client, root, HEAD + GOOD), all_left="1") == 302
    assert Pupil.objects.of_school(world.school.pk).on_roll().get().upn == ONE
    elsewhere.refresh_from_db()
    assert elsewhere.left_on is None


def test_what_was_not_shown_is_not_applied(world: World, client: Client, root: str) -> None:
    address = upload(client, root, HEAD + GOOD)
    response = client.post(f"{address}apply/", {"fingerprint": "of another day"})
    assert response.status_code == 422
    assert "has changed since this was shown" in response.content.decode()
    assert not Pupil.objects.exists()


def test_rows_not_taken_come_back_as_a_spreadsheet_without_formulas(
    client: Client, root: str
) -> None:
    address = upload(
        client, root, HEAD + GOOD + f"{TWO},=1+1,Bo,01/02/2031,6,K,ASD\n,,,,,,\n,Kite,Di,,6,,\n"
    )
    response = client.get(f"{address}rows-not-taken.xlsx")
    assert "rows-not-taken.xlsx" in response.headers["Content-Disposition"]
    table = read_table(response.content, "out.xlsx")
    assert table.headings[:4] == ("Row", "Reason", "UPN", "Surname")
    assert [row.cells[0] for row in table.rows] == ["3", "5"]
    assert "in the future" in table.rows[0].cells[1]
    assert table.rows[0].cells[3] == "=1+1"


def test_rows_not_taken_can_be_had_after_it_was_applied(client: Client, root: str) -> None:
    address = upload(client, root, HEAD + GOOD + f"{TWO},Jay,Bo,01/02/2031,6,K,ASD\n")
    assert apply(client, address) == 302
    assert "Rows that were not taken" in see(client, address)
    table = read_table(client.get(f"{address}rows-not-taken.xlsx").content, "out.xlsx")
    assert table.rows[0].cells[3] == "Jay"


def test_columns_are_corrected_by_hand_and_remembered(client: Client, root: str) -> None:
    text = f"Ident,Surname,Called,DOB,SEN\n{ONE},Wren (invented),Ada,03/09/2014,K\n"
    address = upload(client, root, text)
    assert "No column holds the pupils’ names" in see(client, address)
    fields = ["upn", "surname", "forename", "date_of_birth", "sen_status"]
    twice = {f"column-{n}": "upn" if f == "surname" else f for n, f in enumerate(fields)}
    response = client.post(f"{address}columns/", twice)
    assert response.status_code == 422
    assert "Two columns are “UPN”" in response.content.decode()
    right = {f"column-{n}": f for n, f in enumerate(fields)}
    assert client.post(f"{address}columns/", right).status_code == 302
    assert apply(client, address) == 302
    again = upload(client, root, text)
    assert "nothing to apply" in see(client, again)


def test_a_file_is_set_aside(client: Client, root: str) -> None:
    address = upload(client, root, HEAD + GOOD)
    assert client.post(f"{address}set-aside/").status_code == 302
    assert "The file was set aside" in see(client, address)
    assert "Set aside" in see(client, root)
    assert client.post(f"{address}set-aside/").status_code == 302
    assert not Pupil.objects.exists()


def test_a_common_transfer_file_has_no_columns_to_correct(client: Client, root: str) -> None:
    text = f"""<CTfile><CTFpupilData><Pupil><UPN>{ONE}</UPN><Surname>Wren</Surname>
        <Forename>Ada</Forename><DOB>2014-09-03</DOB></Pupil></CTFpupilData></CTfile>"""
    address = upload(client, root, text, "ctf.xml")
    assert "Change what the columns mean" not in see(client, address)
    assert apply(client, address) == 302
    assert Pupil.objects.get().upn == ONE
