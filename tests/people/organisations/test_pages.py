"""The pages as a person uses them: invite, join, change, end; refusals keep what was typed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.conftest import World, make_person, make_school

from pillars.foundation.models import SchoolClosure, SchoolTerm, StoredFile
from pillars.foundation.permissions import Role
from pillars.people.organisations.models import (
    DirectoryFile,
    Invitation,
    JoinRequest,
    Membership,
    Person,
    School,
)

pytestmark = pytest.mark.django_db
PASSWORD = "heron-on-the-weir-41"
JOIN = re.compile(r"http://testserver(/join/[a-z0-9-]+/)")


def _invite(client: Client, world: World, **more: Any) -> str:
    """The path of the link on the page after inviting."""
    details = {"name": "New Person", "email": "new@example.org", "role": "teacher", "ends_on": ""}
    page = client.post(
        reverse("organisations:invite", kwargs={"urn": world.school.urn}), details | more,
        follow=True,
    )  # fmt: skip
    assert page.status_code == 200
    found = JOIN.search(page.content.decode())
    assert found is not None
    return found.group(1)


def test_invited_person_joins_with_a_password_and_is_signed_in(world: World, sign_in: Any) -> None:
    path = _invite(sign_in(world[Role.SENCO]), world)
    newcomer = Client()
    offer = newcomer.get(path)
    assert world.school.name in offer.content.decode()
    joined = newcomer.post(path, {"name": "New Person", "password": PASSWORD})
    assert joined.status_code == 302
    calendar = reverse("organisations:calendar", kwargs={"urn": world.school.urn})
    assert newcomer.get(calendar).status_code == 200
    assert Client().get(path).status_code == 410
    person = Person.objects.get(email="new@example.org")
    assert Membership.objects.get(person=person).role == Role.TEACHER


def test_invitation_is_mailed_when_asked_and_not_otherwise(
    world: World, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    senco = sign_in(world[Role.SENCO])
    with django_capture_on_commit_callbacks(execute=True):
        _invite(senco, world)
    assert mail.outbox == []
    with django_capture_on_commit_callbacks(execute=True):
        path = _invite(senco, world, send_mail="on", email="other@example.org")
    assert path in mail.outbox[0].body


def test_link_is_shown_once_and_a_new_one_stops_the_old(world: World, sign_in: Any) -> None:
    client = sign_in(world[Role.SENCO])
    old = _invite(client, world)
    page = reverse(
        "organisations:invitation",
        kwargs={"urn": world.school.urn, "invitation_id": Invitation.objects.get().pk},
    )
    assert "/join/s" not in client.get(page).content.decode()
    again = client.post(page, follow=True).content.decode()
    found = JOIN.search(again)
    assert found is not None
    assert Client().get(old).status_code == 404
    assert Client().get(found.group(1)).status_code == 200


def test_weak_password_keeps_the_name_and_gives_no_role(world: World, sign_in: Any) -> None:
    path = _invite(sign_in(world[Role.SENCO]), world)
    page = Client().post(path, {"name": "As Typed", "password": "short"})
    assert page.status_code == 422
    assert "As Typed" in page.content.decode()
    assert "at least 12 characters" in page.content.decode()
    assert not Person.objects.filter(email="new@example.org").exists()


def test_somebody_with_an_account_signs_in_before_accepting(world: World, sign_in: Any) -> None:
    stranger = world.stranger
    assert stranger is not None
    path = _invite(sign_in(world[Role.SENCO]), world, email=stranger.email)
    out = Client()
    assert "Sign in, and you can accept" in out.get(path).content.decode()
    taken = out.post(path, {"name": "Thief", "password": PASSWORD})
    assert taken.status_code == 422
    assert Membership.objects.filter(person=stranger).count() == 1
    assert sign_in(stranger).post(path).status_code == 302
    assert Membership.objects.filter(person=stranger, school=world.school).exists()


def test_somebody_else_signed_in_cannot_accept(world: World, sign_in: Any) -> None:
    path = _invite(sign_in(world[Role.SENCO]), world)
    page = sign_in(world[Role.TEACHER]).post(path)
    assert page.status_code == 410
    assert "another e-mail address" in page.content.decode()


@pytest.mark.parametrize("code", ["s1-wrong", "x9-abcd", "s99999999999999999999-a", "t-", "s1"])
def test_code_of_nothing_is_refused_with_a_sentence(world: World, code: str) -> None:
    page = Client().get(reverse("organisations:accept", kwargs={"code": code}))
    assert page.status_code == 404
    assert "No invitation has this code" in page.content.decode()


def test_printed_code_is_typed_with_spaces_and_capitals(world: World, sign_in: Any) -> None:
    path = _invite(sign_in(world[Role.SENCO]), world)
    code = path.strip("/").split("/")[-1]
    sent = Client().post(reverse("organisations:join"), {"code": code.upper().replace("-", " ")})
    assert sent.status_code == 302
    assert Client().get(sent["Location"]).status_code == 200
    wrong = Client().post(reverse("organisations:join"), {"code": "<script>"})
    assert wrong.status_code == 422


def test_invitation_to_a_role_already_held_is_refused_on_the_form(
    world: World, sign_in: Any
) -> None:
    page = sign_in(world[Role.SENCO]).post(
        reverse("organisations:invite", kwargs={"urn": world.school.urn}),
        {"name": "T", "email": world[Role.TEACHER].email, "role": "teacher"},
    )
    assert page.status_code == 422
    assert "already has this role" in page.content.decode()


def test_role_is_changed_and_access_ended_from_the_staff_page(world: World, sign_in: Any) -> None:
    client = sign_in(world[Role.HEADTEACHER])
    teacher = Membership.objects.get(person=world[Role.TEACHER])
    own = {"urn": world.school.urn, "membership_id": teacher.pk}
    ends = timezone.localdate() + timedelta(days=9)
    changed = client.post(
        reverse("organisations:membership", kwargs=own),
        {"role": "governor", "ends_on": f"{ends:%d/%m/%Y}"},
    )
    assert changed.status_code == 302
    teacher.refresh_from_db()
    assert (teacher.role, teacher.ends_on) == ("governor", ends)
    signed_in = sign_in(world[Role.TEACHER])
    page = reverse("organisations:calendar", kwargs={"urn": world.school.urn})
    assert signed_in.get(page).status_code == 200
    client.post(reverse("organisations:end_membership", kwargs=own))
    assert signed_in.get(page).status_code == 404


def test_membership_of_another_school_is_not_found_even_with_both_scopes(
    world: World, sign_in: Any
) -> None:
    lead = sign_in(world[Role.TRUST_LEAD])
    teacher = Membership.objects.get(person=world[Role.TEACHER])
    wrong = {"urn": world.sister.urn, "membership_id": teacher.pk}
    assert lead.get(reverse("organisations:membership", kwargs=wrong)).status_code == 404


def test_last_manager_reads_why_access_cannot_be_ended(world: World, sign_in: Any) -> None:
    lone = make_school("Lone (invented)")
    head = make_person(Role.HEADTEACHER, school=lone)
    own = {"urn": lone.urn, "membership_id": Membership.objects.get(person=head).pk}
    client = sign_in(head)
    page = client.get(reverse("organisations:membership", kwargs=own)).content.decode()
    assert "last person who can manage staff" in page
    client.post(reverse("organisations:end_membership", kwargs=own))
    assert Membership.objects.get(person=head).ends_on is None


def test_staff_page_asks_the_same_number_of_queries_for_more_staff(
    world: World, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(world[Role.SENCO])
    page = reverse("organisations:staff", kwargs={"urn": world.school.urn})
    for _ in range(2):
        for _ in range(15):
            make_person(Role.TEACHER, school=world.school)
        with django_assert_max_num_queries(18):
            assert client.get(page).status_code == 200


def test_school_asks_to_join_and_the_trust_lead_answers(world: World, sign_in: Any) -> None:
    lone = make_school("Lone (invented)")
    senco = sign_in(make_person(Role.SENCO, school=lone))
    page = reverse("organisations:school_trust", kwargs={"urn": lone.urn})
    assert senco.post(page, {"trust": world.trust.pk}).status_code == 302
    lead = sign_in(world[Role.TRUST_LEAD])
    schools = reverse("organisations:trust", kwargs={"trust_id": world.trust.pk})
    assert lone.name in lead.get(schools).content.decode()
    asked = JoinRequest.objects.get()
    answer = reverse(
        "organisations:trust_answer", kwargs={"trust_id": world.trust.pk, "request_id": asked.pk}
    )
    lead.post(answer, {"answer": "yes"})
    lone.refresh_from_db()
    assert lone.trust == world.trust


def test_trust_asks_by_urn_and_says_what_is_wrong_with_one(world: World, sign_in: Any) -> None:
    lead = sign_in(world[Role.TRUST_LEAD])
    ask = reverse("organisations:ask_school", kwargs={"trust_id": world.trust.pk})
    wrong = lead.post(ask, {"urn": "12"})
    assert wrong.status_code == 422
    assert "No school has this URN" in wrong.content.decode()
    lone = make_school("Lone (invented)")
    assert lead.post(ask, {"urn": f" {lone.urn} "}).status_code == 302
    head = sign_in(make_person(Role.HEADTEACHER, school=lone))
    own = {"urn": lone.urn, "request_id": JoinRequest.objects.get().pk}
    head.post(reverse("organisations:school_answer", kwargs=own), {"answer": "no"})
    assert JoinRequest.objects.get().accepted is False


def test_calendar_file_is_looked_at_then_brought_in(world: World, sign_in: Any) -> None:
    client = sign_in(world[Role.SENCO])
    own = {"urn": world.school.urn}
    text = b"What,Name,First day,Last day\nTerm,Autumn 1,01/09/2026,16/10/2026\nFair,X,1/9/26,\n"
    looked = client.post(
        reverse("organisations:calendar_upload", kwargs=own),
        {"file": SimpleUploadedFile("terms.csv", text)},
    )
    assert looked.status_code == 302
    assert not SchoolTerm.objects.exists()
    page = client.get(looked["Location"]).content.decode()
    assert "Row 3:" in page
    client.post(looked["Location"])
    assert SchoolTerm.objects.get().first_day == date(2026, 9, 1)
    ics = client.get(reverse("organisations:calendar_export", kwargs=own)).content.decode()
    assert "SUMMARY:Autumn 1" in ics
    assert "DTEND;VALUE=DATE:20261017" in ics


def test_calendar_file_of_nothing_is_refused_in_place(world: World, sign_in: Any) -> None:
    page = sign_in(world[Role.SENCO]).post(
        reverse("organisations:calendar_upload", kwargs={"urn": world.school.urn}),
        {"file": SimpleUploadedFile("terms.csv", b"a,b\n1,2\n")},
    )
    assert page.status_code == 422
    assert "needs the columns" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("terms.pdf", b"%PDF-1.4\n1 0 obj", "PDF"),
        ("terms.csv", b"\x89PNG\r\n\x1a\n" + bytes(40), "picture|PNG|says it is"),
        ("terms.csv", b"x" * 2_100_000, "over 2 MB"),
    ],
)
def test_calendar_file_of_another_kind_or_size_is_refused_in_place(
    world: World, sign_in: Any, name: str, content: bytes, sentence: str
) -> None:
    page = sign_in(world[Role.SENCO]).post(
        reverse("organisations:calendar_upload", kwargs={"urn": world.school.urn}),
        {"file": SimpleUploadedFile(name, content)},
    )
    assert page.status_code == 422
    assert re.search(sentence, page.content.decode())
    assert not StoredFile.objects.exists()


def test_term_and_day_by_form_with_errors_kept_in_place(world: World, sign_in: Any) -> None:
    client = sign_in(world[Role.SENCO])
    own = {"urn": world.school.urn}
    term = {
        "name": "Autumn",
        "kind": "autumn_1",
        "first_day": "1/9/2026",
        "last_day": "16 Oct 2026",
    }
    new = reverse("organisations:term_new", kwargs=own)
    assert client.post(new, term | {"last_day": "whenever"}).status_code == 422
    assert client.post(new, term).status_code == 302
    assert client.post(new, term).status_code == 422
    saved = SchoolTerm.objects.get()
    change = reverse("organisations:term", kwargs=own | {"term_id": saved.pk})
    assert client.post(change, term | {"name": "Autumn 1"}).status_code == 302
    day = {"day": "2/9/2026", "kind": "inset", "name": ""}
    assert client.post(reverse("organisations:closure_new", kwargs=own), day).status_code == 302
    assert SchoolClosure.objects.get().day == date(2026, 9, 2)


def test_operator_brings_in_schools_and_opens_a_door(world: World, sign_in: Any) -> None:
    client = sign_in(make_person(is_operator=True))
    text = b"URN,EstablishmentName\n999601,Fresh School (invented)\n"
    looked = client.post(
        reverse("organisations:directory_upload"), {"file": SimpleUploadedFile("g.csv", text)}
    )
    assert looked.status_code == 302
    assert not School.objects.filter(urn=999601).exists()
    assert client.get(looked["Location"]).status_code == 200
    client.post(looked["Location"])
    again = client.post(looked["Location"], follow=True).content.decode()
    assert "brought in already" in again
    school = School.objects.get(urn=999601)
    assert DirectoryFile.objects.get().counts["schools"]["new"] == 1
    found = client.get(reverse("organisations:directory"), {"q": "fresh"}).content.decode()
    assert school.name in found
    door = reverse("organisations:open_door", kwargs={"kind": "school", "place_id": school.pk})
    page = client.post(door, {"name": "Head", "email": "h@example.org", "role": "headteacher"})
    link = JOIN.search(page.content.decode())
    assert link is not None
    head = Client()
    head.post(link.group(1), {"name": "Head", "password": PASSWORD})
    staff = reverse("organisations:staff", kwargs={"urn": 999601})
    assert head.get(staff).status_code == 200


def test_file_that_is_no_gias_file_is_refused_in_place(sign_in: Any) -> None:
    page = sign_in(make_person(is_operator=True)).post(
        reverse("organisations:directory_upload"), {"file": SimpleUploadedFile("g.csv", b"a\n1\n")}
    )
    assert page.status_code == 422
    assert not DirectoryFile.objects.exists()


def test_own_name_is_changed_on_ones_own_page(world: World, sign_in: Any) -> None:
    client = sign_in(world[Role.TEACHER])
    page = reverse("organisations:me")
    assert client.post(page, {"name": ""}).status_code == 422
    assert client.post(page, {"name": "Jo Bright"}).status_code == 302
    assert Person.objects.get(pk=world[Role.TEACHER].pk).name == "Jo Bright"


def test_own_page_lists_ones_roles_and_where(world: World, sign_in: Any) -> None:
    page = sign_in(world[Role.AUDITOR]).get(reverse("organisations:me")).content.decode()
    assert f"Auditor, {world.school.name}, until" in page
    nobody = sign_in(make_person()).get(reverse("organisations:me")).content.decode()
    assert "You have no role anywhere now" in nobody
    operator = sign_in(make_person(is_operator=True))
    assert (
        reverse("organisations:directory")
        in operator.get(reverse("organisations:me")).content.decode()
    )


def test_roles_page_shows_every_role_as_the_code_decides_it(world: World, sign_in: Any) -> None:
    page = sign_in(world[Role.GOVERNOR]).get(reverse("organisations:roles")).content.decode()
    for role in Role:
        assert role.label in page
