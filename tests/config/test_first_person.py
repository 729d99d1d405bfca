import pytest

from pillars.config.cli import people
from pillars.config.paths import SetupError
from pillars.people.organisations.models import Person

pytestmark = pytest.mark.django_db

EMAIL = "robin@pillars.example"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typer.prompt", lambda *_, **__: "Seventeen-herons-4")


@pytest.mark.usefixtures("typed")
def test_first_person_looks_after_the_installation_and_reaches_no_school() -> None:
    people.make_first_person(email=EMAIL, name="Robin Penhaligon (invented)")
    person = Person.objects.get(email=EMAIL)
    assert person.is_operator
    assert person.check_password("Seventeen-herons-4")
    assert not person.memberships.exists()


@pytest.mark.usefixtures("typed")
def test_first_person_twice_is_refused() -> None:
    people.make_first_person(email=EMAIL, name="Robin Penhaligon (invented)")
    with pytest.raises(SetupError, match="can sign in already"):
        people.make_first_person(email=EMAIL.upper(), name="Robin Penhaligon (invented)")


def test_password_that_is_too_common_leaves_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typer.prompt", lambda *_, **__: "password1234")
    with pytest.raises(SetupError, match="too common"):
        people.make_first_person(email=EMAIL, name="Robin Penhaligon (invented)")
    assert not Person.objects.exists()


def test_address_that_is_none_is_refused() -> None:
    with pytest.raises(SetupError, match="is not an e-mail address"):
        people.make_first_person(email="robin", name="Robin Penhaligon (invented)")
