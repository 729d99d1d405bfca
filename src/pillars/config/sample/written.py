"""What the sample's schools have written themselves. Invented, like everything in the sample."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

# Field of the Pupil Passport → what a school might have written there. One is taken in turn.
ANSWERS: dict[str, tuple[Any, ...]] = {
    "about_me": (
        "I am kind to younger children. My friends say I am funny.",
        "I am good at fixing things. I never give up on a puzzle.",
        "I know all the songs. I make people laugh when they are sad.",
        "I look after the class fish. I am brave at the dentist.",
        "I can draw any animal you name. My teacher says I notice everything.",
    ),
    "important_to_me": (
        "My dog, my nan, and knowing what happens next.",
        "Football on Fridays. Sitting with my friend at lunch.",
        "Time to draw. I like people to ask before they touch my things.",
    ),
    "needs": (
        "I lose the thread when people say three things at once.",
        "I find it hard to sit still when the room is loud.",
        "I know what I want to write, but my hand is slow.",
        "I worry when the plan changes. I need time to talk about it.",
        "I read a line and then I cannot say what it was about.",
        "I find it hard to join a game that has begun.",
        "I get tired after lunch, and then I cannot find my words.",
    ),
    "strategies": (
        [
            "When a task begins, my teacher gives me one instruction at a time.",
            "Before each lesson, Mrs Fettle shows me the plan on a card.",
            "I can use my break card for five minutes whenever I need it.",
        ],
        [
            "In English, I say my sentence to a partner before I write it.",
            "My teacher gives me a word bank at the start of every topic.",
            "Mr Okoro reads with me for ten minutes every Monday and Thursday.",
            "In tests, I sit at the front, away from the door.",
        ],
        [
            "When the timetable changes, my tutor tells me the day before.",
            "I leave lessons two minutes early, so the corridor is empty.",
            "At lunch, I can sit in the library with one friend.",
        ],
    ),
    "avoid": (
        "Please do not make me read aloud without asking me first.",
        "Please do not shout across the room. It makes my tummy hurt.",
        "Do not change my seat without telling me. I find crowds in the corridor hard.",
    ),
    "my_part": (
        "I will show my card before it gets too much.",
        "I will ask a friend, then my teacher.",
    ),
    "access_arrangements": (
        "None needed this year.",
        "I use a reading pen in every test. I work in the small room.",
        "I have 25 per cent extra time in every test.",
    ),
    "parent_view": (
        "We see a happier child in the mornings.",
        "Homework is still a struggle after tea. Ten minutes is enough.",
        "The card for a break works at home as well.",
    ),
    "contributors": (
        ["The pupil", "Parent", "Class teacher"],
        ["The pupil", "Parent", "Teaching assistant", "SENDCo"],
    ),
}
# What an old file most often lacks, and a SENDCo asks for first.
OFTEN_MISSING = (
    *("about_me", "important_to_me", "avoid", "access_arrangements", "parent_view"),
    "contributors",
)


def additions(answers: Mapping[str, Any], turn: int, owner: str, today: date) -> dict[str, Any]:
    """What is written where an old file had nothing, and a new date where the old one went by."""
    wanted = {key: value for key, value in whole(turn, owner, today).items()
              if key in (*OFTEN_MISSING, "owner") and not answers.get(key)}  # fmt: skip
    due = answers.get("review_date")
    if not due or date.fromisoformat(due) <= today:
        wanted["review_date"] = whole(turn, owner, today)["review_date"]
    return wanted


def whole(turn: int, owner: str, today: date) -> dict[str, Any]:
    """A whole passport but for name and class. `turn` chooses among what might be written."""
    told = {key: texts[(turn * 7 + place) % len(texts)]
            for place, (key, texts) in enumerate(ANSWERS.items())}  # fmt: skip
    asked = today - timedelta(days=10 + turn % 30)
    told["parent_view"] += f" (At parents’ evening, {asked:%-d %B %Y}.)"
    told["owner"] = owner
    told["review_date"] = (today + timedelta(days=60 + 7 * (turn % 30))).isoformat()
    return told
