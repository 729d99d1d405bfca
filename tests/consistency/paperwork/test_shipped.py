"""The standards that come with the product."""

from __future__ import annotations

from datetime import date

import pytest

from pillars.consistency.paperwork.checks import CHECKS, Severity, run_checks
from pillars.consistency.paperwork.definition import Definition
from pillars.consistency.paperwork.example import example_answers
from pillars.consistency.paperwork.shipped import SHIPPED

TODAY = date(2026, 11, 9)
PASSPORT = [
    "pupil_name", "class_group", "about_me", "important_to_me", "needs", "strategies", "avoid",
    "my_part", "access_arrangements", "aspirations", "parent_view", "contributors", "owner",
    "review_date",
]  # fmt: skip


def test_the_passport_has_the_agreed_fields() -> None:
    passport = SHIPPED["pupil-passport"]
    assert sorted(f.key for f in passport.fields) == sorted(PASSPORT)
    optional = {f.key for f in passport.fields if not f.required}
    assert optional == {"class_group", "my_part", "aspirations"}


def test_the_support_plan_follows_assess_plan_do_review() -> None:
    plan = SHIPPED["support-plan"]
    assert [s.title for s in plan.sections] == ["Assess", "Plan", "Do", "Review"]


@pytest.mark.parametrize("shipped", SHIPPED.values(), ids=list(SHIPPED))
class TestEachShipped:
    def test_it_holds_together_as_data(self, shipped: Definition) -> None:
        assert Definition.from_json(shipped.to_json()) == shipped

    def test_it_uses_only_checks_there_are(self, shipped: Definition) -> None:
        assert {c.check for c in shipped.checks} <= CHECKS.keys()
        for setting in shipped.checks:
            assert setting.settings.keys() <= CHECKS[setting.check].settings.keys()
            assert not CHECKS[setting.check].of_one or len(setting.fields) == 1

    def test_every_field_says_what_good_looks_like(self, shipped: Definition) -> None:
        assert [f.key for f in shipped.fields if not f.example] == []

    def test_no_two_fields_claim_the_same_label(self, shipped: Definition) -> None:
        claimed = [label.lower() for f in shipped.fields for label in {f.title.lower(), *f.aliases}]
        assert sorted({each for each in claimed if claimed.count(each) > 1}) == []

    def test_its_own_examples_pass_what_it_requires(self, shipped: Definition) -> None:
        answers = example_answers(shipped, today=TODAY)
        found = run_checks(shipped, answers, today=TODAY, forename="Theo")
        assert [f for f in found if f.severity is Severity.MUST] == []
