"""Signing in, forgotten passwords, two steps, and what a stranger may find out."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.conftest import World

from pillars.foundation.permissions import Role
from pillars.people.organisations.models import Person

pytestmark = pytest.mark.django_db
PASSWORD = "heron-on-the-weir-41"
LOGIN = "/account/login/"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def teacher(world: World) -> Person:
    person = world[Role.TEACHER]
    person.set_password(PASSWORD)
    person.save()
    return person


def _sign_in(email: str, password: str) -> tuple[Client, Any]:
    client = Client()
    return client, client.post(LOGIN, {"login": email, "password": password})


def test_right_password_signs_in_and_the_wrong_one_says_so(teacher: Person) -> None:
    _, answer = _sign_in(teacher.email.upper(), PASSWORD)
    assert answer.status_code == 302
    _, refused = _sign_in(teacher.email, "wrong-password-here")
    assert refused.status_code == 200
    assert "There is a problem" in refused.content.decode()


def test_unknown_address_and_wrong_password_say_the_same(teacher: Person) -> None:
    said = []
    for email in (teacher.email, "nobody@example.org"):
        _, answer = _sign_in(email, "wrong-password-here")
        found = re.search(r'<ul class="govuk-list govuk-error-summary__list">(.*?)</ul>',
                          answer.content.decode(), re.DOTALL)  # fmt: skip
        assert found is not None
        said.append(found.group(1).strip())
    assert said[0] == said[1]


def test_too_many_wrong_passwords_close_the_door_for_a_while(
    teacher: Person, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
    for _ in range(5):
        _sign_in(teacher.email, "wrong-password-here")
    client, _ = _sign_in(teacher.email, PASSWORD)
    assert client.get(reverse("organisations:me")).status_code == 302


def test_closed_account_cannot_sign_in(teacher: Person) -> None:
    Person.objects.filter(pk=teacher.pk).update(is_active=False)
    client, _ = _sign_in(teacher.email, PASSWORD)
    assert client.get(reverse("organisations:me")).status_code == 302


def test_nobody_signs_up_by_themselves() -> None:
    client = Client()
    page = client.post(
        "/account/signup/", {"email": "new@example.org", "password1": PASSWORD}, follow=True
    )
    assert "You join by invitation" in page.content.decode()
    assert not Person.objects.filter(email="new@example.org").exists()


def test_forgotten_password_is_chosen_anew_by_a_link_that_works_once(teacher: Person) -> None:
    client = Client()
    asked = client.post("/account/password/reset/", {"email": teacher.email}, follow=True)
    assert "Look in your e-mail" in asked.content.decode()
    (sent,) = mail.outbox
    link = re.search(r"http://testserver(\S+)", sent.body)
    assert link is not None
    form = client.get(link.group(1), follow=True)
    path = form.redirect_chain[-1][0]
    weak = client.post(path, {"password1": "short", "password2": "short"})
    assert "There is a problem" in weak.content.decode()
    new = "otter-under-the-bridge-9"
    done = client.post(path, {"password1": new, "password2": new}, follow=True)
    assert "Your password is changed" in done.content.decode()
    assert _sign_in(teacher.email, new)[1].status_code == 302
    again = Client().get(link.group(1), follow=True).content.decode()
    assert "has been used or has run out" in again


def test_forgotten_password_of_nobody_shows_the_same_page(teacher: Person) -> None:
    page = Client().post("/account/password/reset/", {"email": "no@example.org"}, follow=True)
    assert "Look in your e-mail" in page.content.decode()
    assert "Nobody signs in with this address" in mail.outbox[0].body


def test_password_is_changed_with_the_old_one(teacher: Person) -> None:
    client, _ = _sign_in(teacher.email, PASSWORD)
    path = "/account/password/change/"
    assert client.get(path).status_code == 200
    new = "otter-under-the-bridge-9"
    wrong = client.post(path, {"oldpassword": "no", "password1": new, "password2": new})
    assert wrong.status_code == 200
    right = client.post(path, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert right.status_code == 302
    teacher.refresh_from_db()
    assert teacher.check_password(new)


def test_two_steps_are_turned_on_asked_for_and_turned_off(teacher: Person) -> None:
    client, _ = _sign_in(teacher.email, PASSWORD)
    asked = client.get(reverse("mfa_activate_totp"))["Location"]
    assert "type your password again" in client.get(asked).content.decode()
    assert client.post(asked, {"password": PASSWORD}).status_code == 302
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'id="authenticator_secret">([A-Z2-7]+)<', page)
    assert secret is not None
    now = int(time.time()) // 30
    on = client.post(reverse("mfa_activate_totp"), {"code": _code(secret.group(1), now)})
    assert on.status_code == 302
    assert "Recovery codes" in client.get(on["Location"]).content.decode()
    assert "It is on" in client.get(reverse("mfa_index")).content.decode()

    second, answer = _sign_in(teacher.email, PASSWORD)
    asked = answer["Location"]
    assert asked == reverse("mfa_authenticate")
    assert second.get(reverse("organisations:me")).status_code == 302
    assert "Two-step verification" in second.get(asked).content.decode()
    wrong = second.post(asked, {"code": "000000"})
    assert "There is a problem" in wrong.content.decode()
    taken = second.post(asked, {"code": _code(secret.group(1), now + 1)})
    assert taken.status_code == 302
    assert second.get(reverse("organisations:me")).status_code == 200
    third, _ = _sign_in(teacher.email, PASSWORD)
    used = third.post(asked, {"code": _code(secret.group(1), now + 1)})
    assert "There is a problem" in used.content.decode()

    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert "It is off" in client.get(reverse("mfa_index")).content.decode()


def _code(secret: str, counter: int) -> str:
    return format_hotp_value(hotp_value(secret, counter))


@pytest.mark.parametrize(
    "name",
    [
        "account_email",
        "account_logout",
        "account_inactive",
        "account_email_verification_sent",
        "account_reset_password_from_key_done",
        "account_reauthenticate",
        "mfa_generate_recovery_codes",
    ],
)
def test_every_other_account_page_is_in_our_own_words(teacher: Person, name: str) -> None:
    client, _ = _sign_in(teacher.email, PASSWORD)
    page = client.get(reverse(name), follow=True)
    assert page.status_code == 200
    assert "Three Pillars</title>" in page.content.decode()


def test_forms_say_what_they_want_in_plain_words(teacher: Person) -> None:
    client, _ = _sign_in(teacher.email, PASSWORD)
    page = client.get("/account/password/change/").content.decode()
    assert "Your password now" in page
    assert "&lt;ul&gt;" not in page
    assert "placeholder" not in page
    assert "E-mail address" in Client().get(LOGIN).content.decode()
