"""The sample trust comes in through the services a school uses, and only once."""

import pytest

from pillars.config.paths import SetupError
from pillars.config.sample import described, loading
from pillars.consistency.paperwork.models import Document, DocumentState
from pillars.foundation.models import SchoolClosure, SchoolTerm
from pillars.foundation.permissions import Role
from pillars.people.organisations.models import Membership, Person, School, Trust
from pillars.people.register.models import Pupil


@pytest.mark.django_db
def test_loading_twice_brings_the_trust_in_once() -> None:
    told: list[str] = []
    loading.load(told.append)
    tables = (Trust, School, Person, Membership, SchoolTerm, SchoolClosure, Pupil, Document)
    counts = {model.__name__: model._default_manager.count() for model in tables}
    known = described.described()
    assert counts["School"] == School.objects.filter(joined_on__isnull=False).count() == 4
    assert counts["Person"] == len(known["staff"]) + 1  # and whoever looks after it
    assert counts["SchoolTerm"] == 4 * len(known["calendar"]["terms"])
    assert counts["Pupil"] > 1000
    assert any("osier-brook" in line for line in told)
    states = Document.objects.values_list("state", flat=True)
    assert len([state for state in states if state == DocumentState.AGREED]) > 20
    assert len([state for state in states if state == DocumentState.DRAFT]) > 5
    lone = School.objects.get(urn=999004)
    assert not Document.objects.filter(school=lone).exists(), "kept for the tutorial"
    loading.load(told.append)
    assert counts == {model.__name__: model._default_manager.count() for model in tables}
    # Whoever meets these names has to see that they are nobody's.
    assert not Person.objects.exclude(name__endswith="(invented)").exists()
    assert not School.objects.exclude(name__contains="invented").exists()
    assert not Person.objects.exclude(email__endswith=".example").exists()


def test_sign_ins_show_each_role_and_each_schools_senco() -> None:
    shown = described.sign_ins()
    emails = [person.email for person in shown]
    assert len(set(emails)) == len(emails)
    staff = {person["email"]: person for person in described.described()["staff"]}
    roles = [staff[email]["role"] for email in emails if email in staff]
    assert set(roles) == {role.value for role in Role}
    assert roles.count("senco") == 4
    assert all(person.what and person.password for person in shown)


def test_missing_or_broken_examples_say_how_to_bring_them_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: pytest.TempPathFactory
) -> None:
    monkeypatch.setattr(described, "EXAMPLES", tmp_path)
    with pytest.raises(SetupError, match=r"trust\.json is missing.*git checkout examples"):
        described.described()
    with pytest.raises(SetupError, match=r"gias\.csv is missing"):
        described.example("gias.csv")
    (tmp_path / "trust.json").write_text("{")  # type: ignore[operator]
    with pytest.raises(SetupError, match="is not JSON"):
        described.sign_ins()
