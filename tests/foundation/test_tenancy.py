"""How a table's policy follows from its model."""

from __future__ import annotations

import pytest
from django.db import models

from pillars.foundation import tenancy
from pillars.foundation.models import SchoolTerm, StoredFile
from pillars.people.organisations.models import Membership, Person, School, Trust


def test_row_of_a_school_is_the_schools_own() -> None:
    assert tenancy.policy_of(StoredFile) is tenancy.OF_SCHOOL
    assert tenancy.policy_of(SchoolTerm.pgh_event_model) is tenancy.OF_SCHOOL  # type: ignore[attr-defined]


def test_stated_policy_goes_before_the_derived_one() -> None:
    assert tenancy.policy_of(Membership) is tenancy.OF_MEMBER
    assert tenancy.policy_of(School) is tenancy.DIRECTORY_OF_SCHOOLS
    assert tenancy.policy_of(Membership.pgh_event_model) is tenancy.OF_MEMBER  # type: ignore[attr-defined]
    assert tenancy.policy_of(School.pgh_event_model) is tenancy.HISTORY_OF_SCHOOLS  # type: ignore[attr-defined]
    assert tenancy.policy_of(Trust.pgh_event_model) is tenancy.HISTORY_OF_TRUSTS  # type: ignore[attr-defined]


def test_row_of_nobody_has_no_policy() -> None:
    assert tenancy.policy_of(Person) is None


def _model(name: str, **fields: object) -> type[models.Model]:
    meta = type("Meta", (), {"app_label": f"nowhere_{name.lower()}"})
    body = {"__module__": __name__, "Meta": meta, **fields}
    return type(name, (models.Model,), body)


def test_row_of_a_trust_and_of_either() -> None:
    def key(to: str) -> object:
        return models.ForeignKey(to, on_delete=models.CASCADE, related_name="+")

    of_trust = _model("OfTrust", trust=key("organisations.Trust"))
    of_either = _model(
        "OfEither", trust=key("organisations.Trust"), school=key("organisations.School")
    )
    assert tenancy.policy_of(of_trust) is tenancy.OF_TRUST
    assert tenancy.policy_of(of_either) is tenancy.OF_EITHER


def test_policy_that_is_none_is_a_mistake() -> None:
    with pytest.raises(TypeError, match="must be a Policy"):
        tenancy.policy_of(_model("Wrong", tenancy="open to all"))
