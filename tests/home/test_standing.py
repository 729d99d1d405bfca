from __future__ import annotations

from datetime import date

import pytest

from pillars.foundation.indicators import Better, Count, Indicator, Pillar, Unit
from pillars.home.queries.standing import off_target, pillar_cards
from pillars.people.organisations.models import School
from pillars.progress.indicators.queries import Reading, Standing

SCHOOL = School(urn=900001, name="Oakfield (invented)")


def standing(
    numerator: int,
    denominator: int,
    *,
    key: str = "in-place",
    unit: Unit = Unit.SHARE,
    better: Better = Better.HIGHER,
    target: float = 0.9,
    pillar: Pillar = Pillar.CONSISTENCY,
    history: tuple[Reading, ...] = (),
) -> Standing:
    indicator = Indicator(
        key=key,
        title=key.replace("-", " ").capitalize(),
        pillar=pillar,
        unit=unit,
        better=better,
        definition="Invented for a test.",
        target=target,
        counts=lambda _schools, _day: {},
        against=lambda _school, _day: [],
    )
    count = Count(numerator, denominator)
    return Standing(indicator, count, indicator.is_on_target(count), 0.67, 0.85, history)


def test_cards_are_gathered_under_their_pillar() -> None:
    found = pillar_cards(
        SCHOOL,
        [
            standing(62, 80),
            standing(80, 80, key="complete"),
            standing(1, 2, key="skills", pillar=Pillar.QUALITY),
        ],
        names_hidden=False,
    )
    assert [(pillar.title, pillar.said) for pillar in found] == [
        ("Consistency", "1 of 2 on target"),
        ("Quality", "0 of 1 on target"),
    ]
    card = found[0].cards[0]
    assert card.state == "78\u00a0%. 62 of 80; likely between 67\u00a0% and 85\u00a0%."
    assert card.target == "Target: at least 90\u00a0%"
    assert card.url == "/schools/900001/consistency/in-place/"


def test_a_card_says_that_nothing_can_be_counted_yet() -> None:
    (pillar,) = pillar_cards(SCHOOL, [standing(0, 0)], names_hidden=False)
    assert pillar.said == "nothing to count yet"
    assert pillar.cards[0].state == "There is nothing to count yet."


def test_a_number_is_told_with_how_many_it_was_found_among() -> None:
    formats = standing(9, 47, key="formats", unit=Unit.NUMBER, better=Better.LOWER, target=1)
    (pillar,) = pillar_cards(SCHOOL, [formats], names_hidden=False)
    assert pillar.cards[0].state == "9 among 47."
    assert pillar.cards[0].target == "Target: at most 1"


def test_few_cases_are_not_shown_where_names_are_hidden() -> None:
    few = standing(1, 3, history=(Reading(date(2026, 9, 1), Count(0, 3)),) * 2)
    (hidden,) = pillar_cards(SCHOOL, [few], names_hidden=True)
    (shown,) = pillar_cards(SCHOOL, [few], names_hidden=False)
    assert hidden.cards[0].state == "Too few to show."
    assert hidden.cards[0].numbers == ()
    assert shown.cards[0].state == "1 of 3. Too few to compare with anything."
    assert len(shown.cards[0].numbers) == 2


def test_what_is_off_target_comes_furthest_first() -> None:
    formats = standing(9, 47, key="formats", unit=Unit.NUMBER, better=Better.LOWER, target=1)
    found = off_target(
        SCHOOL,
        [standing(62, 80), formats, standing(80, 80, key="complete"), standing(0, 0, key="none")],
    )
    assert [focus.title for focus in found] == ["Formats", "In place"]
    assert found[0].why == "9 now. Target: at most 1."
    assert (
        found[1].why == "78\u00a0% now. Target: at least 90\u00a0%; 10 more of 80 would reach it."
    )


@pytest.mark.parametrize(("numerator", "needed"), [(0, 18), (17, 1)])
def test_what_is_off_target_says_how_many_more_would_reach_the_target(
    numerator: int, needed: int
) -> None:
    (found,) = off_target(SCHOOL, [standing(numerator, 20)])
    assert f"{needed} more of 20 would reach it" in found.why
