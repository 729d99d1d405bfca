"""The pupil's own voice, and plain English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.consistency.paperwork.checks.cases import TODAY, praise, problems, said
from tests.consistency.paperwork.definitions import make_definition, make_field

from pillars.consistency.paperwork.checks import run_checks
from pillars.consistency.paperwork.checks.wording import sentences, shortened
from pillars.consistency.paperwork.definition import CheckSetting

ABOUT = make_field("about_me", example="I am funny.")


@pytest.mark.parametrize(
    "text",
    [
        "I am funny and I know everything about trains.",
        "My grandad’s allotment is my best place.",
        "It helps me when the room is quiet.",
        "Adults help when they wait. I like that.",
        "i like football",
        "Theo says “I like trains.”",
    ],
)
def test_own_words_are_heard(text: str) -> None:
    assert praise(said("pupil_voice", ABOUT, text)) == ["In Theo’s own words"]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He finds noise hard.", "He finds noise hard."),
        ("Theo likes trains.", "Theo likes trains."),
        ("The pupil needs time.", "The pupil needs time."),
        ("They get upset at lunch.", "They get upset at lunch."),
        ("He has ME and tires.", "He has ME and tires."),
        ("Needs breaks, i.e. he walks.", "Needs breaks, i.e. he walks."),
        ("His targets are in Part I of the plan.", "His targets are in Part I of the plan."),
    ],
)
def test_words_about_the_pupil_are_found(text: str, quoted: str) -> None:
    (found,) = said("pupil_voice", ABOUT, text)
    assert found.message == f"“{quoted}” speaks about the pupil"
    assert found.advice == "Ask, and write it down in Theo’s own words."
    assert found.example == "I am funny."


def test_a_few_sentences_about_the_pupil_among_own_ones_are_allowed() -> None:
    text = "I like trains. I like maps. He helps Year 1."
    assert problems(said("pupil_voice", ABOUT, text)) == []
    assert problems(said("pupil_voice", ABOUT, text, share=0.9)) != []


@pytest.mark.parametrize(
    ("forename", "text", "about"),
    [
        ("Will", "I like maps. Will you wait? Loud rooms will hurt.", False),
        ("May", "May need a break after lunch. I like that.", False),
        ("Will", "Will’s maps are wonderful.", True),
        ("Grace", "Every day Grace walks to school.", True),
        ("Theo", "Theology is not my thing.", False),
        ("", "She needs time.", True),
    ],
)
def test_names_that_are_words_do_not_fool_it(forename: str, text: str, about: bool) -> None:
    found = problems(said("pupil_voice", ABOUT, text, forename=forename))
    assert any("speaks about the pupil" in each for each in found) == about


def test_others_whom_the_pupil_calls_they_are_not_the_pupil() -> None:
    assert problems(said("pupil_voice", ABOUT, "I wait. People shout when they are late.")) == []


def test_notes_that_speak_for_nobody_are_not_own_words() -> None:
    (found,) = said("pupil_voice", ABOUT, "Trains. Maps.", forename="")
    assert found.message == "Nothing is in the pupil’s own words"
    assert found.advice == "Write whole sentences in the pupil’s words, with “I” and “my”."


def test_voice_of_nothing_written_is_left_to_complete() -> None:
    assert said("pupil_voice", ABOUT, "") == []


@given(st.lists(st.sampled_from(["I like maps.", "My dog waits.", "It calms me."]), min_size=1))
def test_only_first_person_sentences_always_pass(told: list[str]) -> None:
    assert problems(said("pupil_voice", ABOUT, " ".join(told))) == []


EASY = "I like maps. I can read them for you. Ask me when you are lost. I will help you find it."
HARD = (
    "Comprehensive multidisciplinary collaboration facilitates individualised interventions."
    " Consistently implemented environmental accommodations considerably ameliorate anxieties."
    " Comprehensive psychoeducational evaluation determined considerable neurodevelopmental"
    " vulnerabilities."
)


def test_easy_text_is_praised_with_its_reading_age() -> None:
    (found,) = said("plain_english", ABOUT, EASY)
    assert found.message == "Easy to read"
    assert found.advice.startswith("About a reading age of ")


def test_hard_text_is_told_with_its_reading_age() -> None:
    found = problems(said("plain_english", ABOUT, HARD))
    assert any(each.startswith("Hard to read: about a reading age of ") for each in found)


def test_words_for_specialists_are_explained_once() -> None:
    found = said("plain_english", ABOUT, "Dysregulated after lunch. Often dysregulated in PE.")
    assert problems(found) == ["“Dysregulated” is a word for specialists"]
    assert found[0].advice == "Say what it means here: upset and not able to calm down."


def test_longest_sentence_of_a_field_is_counted() -> None:
    text = " ".join(["word"] * 24) + ". Short one."
    (found, *_) = said("plain_english", ABOUT, text)
    assert found.message.startswith("A sentence of 24 words: “word word")
    assert found.advice == "Make two sentences of it. 20 words are enough."


def test_a_list_is_not_one_long_sentence() -> None:
    points = ["Give me one step at a time, please", "Show me the card before a change"] * 3
    assert problems(said("plain_english", make_field("s"), "\n".join(points))) == []


def test_a_few_words_are_given_no_reading_age() -> None:
    assert said("plain_english", ABOUT, "Trains and maps.") == []


def test_text_without_a_grade_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pillars.consistency.paperwork.checks.voice.grade", lambda _text: None)
    assert said("plain_english", ABOUT, EASY) == []


def test_reading_age_is_never_below_five(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pillars.consistency.paperwork.checks.voice.grade", lambda _text: -2.0)
    (found,) = said("plain_english", ABOUT, EASY)
    assert found.advice == "About a reading age of 5."


def test_all_fields_are_read_where_none_is_named() -> None:
    definition = make_definition(ABOUT, make_field("b"), checks=(CheckSetting("plain_english"),))
    found = run_checks(definition, {"b": "His dysregulation shows."}, today=TODAY)
    assert [f.field for f in found] == ["b"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Mr. Lee waits. I go.", ["Mr. Lee waits.", "I go."]),
        ("At 9.30 I start", ["At 9.30 I start"]),
        ("“I like it.” He smiled.", ["“I like it.”", "He smiled."]),
        ("One\n\ntwo", ["One", "two"]),
        ("   ", []),
    ],
)
def test_sentences_are_told_apart(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@given(st.text())
def test_sentences_lose_no_words(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@given(st.text(), st.integers(5, 60))
def test_shortened_is_never_much_longer_than_asked(text: str, most: int) -> None:
    assert len(shortened(text, most)) <= most + 2
