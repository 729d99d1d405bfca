"""Does it say who does what, when, how often; and does one thing lead to the next?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz

from pillars.consistency.paperwork.checks.model import Case, Finding, is_answered, is_empty, rows_of
from pillars.consistency.paperwork.checks.wording import shortened, vague_in, words
from pillars.consistency.paperwork.definition import Field

_WHO = re.compile(
    r"\b(?:I|(?i:me|my (?:teacher|tutor|mum|dad|friend|key \w+|one-to-one|TA)|you|adults?|staff"
    r"|teachers?|assistants?|TAs?|SENCo|nurse|therapist|everyone|mentor|buddy|partner|friend)"
    r"|(?:Mr|Mrs|Ms|Miss|Dr|Sir|Mx)\b\.?(?: [A-Z]\w*)?)\b"
)
_COMMAND = re.compile(
    r"^(?:please |always |never |do not |don[’']t |just )?"
    r"(?:give|show|tell|let|ask|put|say|use|check|keep|sit|seat|remind|read|write|break|repeat|help"
    r"|speak|talk|allow|make|warn|count|wait|offer|start|stop|look|point|walk|meet|send|praise|prompt"
    r"|explain|pre-?teach|set|call|come|stand|hand|provide|encourage|model|draw|print|face|leave"
    r"|smile|notice|avoid|remember|try|take|find|plan|share|describe|shorten|split|highlight|mark"
    r"|answer|book|bring|build|change|choose|close|cover|cut|follow|greet|include|label|lend|listen"
    r"|lower|move|number|open|pair|pass|pick|place|play|position|prepare|reduce|ring|save|slow"
    r"|spell|swap|tick|touch|turn|type|underline|watch)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(?:when|whenever|before|after|during|while|until|at the (?:start|end|beginning)"
    r"|as soon as"
    r"|if|every|each|in (?:every|all|each|maths|english|science|pe|lessons?|assembly|tests?|class)"
    r"|first|once|twice|times a|daily|weekly|at (?:break|lunch|home ?time)|mornings?|afternoons?"
    r"|on (?:arrival|the (?:day|morning|afternoon|way))"
    r"|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|minutes?|always"
    r"|\d{1,2}[.:]\d{2})\b",
    re.IGNORECASE,
)
_OFTEN = re.compile(
    r"\b(?:daily|weekly|fortnightly|half-termly|termly|once|twice|thrice|every|each"
    r"|\d+ ?(?:x|×|times)"
    r"|(?:one|two|three|four|five) times|per (?:day|week|fortnight|term))\b|\d ?/ ?week|×",
    re.IGNORECASE,
)
_LONG = re.compile(
    r"\d+ ?(?:-|–|to )?\d* ?(?:min|mins|minutes?|hours?|hrs?|h)\b|\b(?:half an|an|one) hour\b"
    r"|\bquarter of an hour\b",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"\b(?:1 ?: ?\d+|\d+ ?: ?1|one[- ]to[- ]one|group of \w+|\d+ (?:pupils|children|students)"
    r"|individual(?:ly)?|alone|pairs?|in a pair|whole class|small group of \d+)\b|^\d+$",
    re.IGNORECASE,
)
SHARED = 0.25  # of the words that matter in the shorter of two wordings of one thing
LIKE_ENOUGH = 80  # of 100: the same words, misspelt


_ENDING = re.compile(r"(?<=\w{3})(?:ing|ed|es|s|ly)$")
# Words that two sentences about different things share.
EVERYDAY = frozenset(
    re.findall(
        r"\w+",
        "the and for with his her him hers their them they she that this than then when what"
        " which who how has have had was were are not but from into out after before about"
        " over under very more most less all any each every some one two three four five can"
        " could will would should does help helps support class lesson lessons school work"
        " week weekly day daily time times minute minutes session sessions outcome outcomes"
        " need needs able term without finds find hard difficult difficulty difficulties gets"
        " get pupil child",
    )
)


def strategies_specific(case: Case) -> Iterable[Finding]:
    """Each strategy says who does what, and when."""
    field = case.field
    if field is None:
        return
    points = case.points(field)
    unclear = [(p, missing) for p in points if (missing := _missing(p))]
    for point, missing in unclear:
        yield case.problem(
            field,
            f"“{shortened(point)}” does not say {missing}",
            "Say who does what, and when.",
        )
    if points and not unclear:
        yield case.good(field, "Every strategy says who, what and when")


def _missing(point: str) -> str:
    """What a strategy leaves open; a request ("Give me …") speaks to whoever reads it."""
    gaps = []
    if not _WHO.search(point) and not _COMMAND.search(point):
        gaps.append("who does it")
    if not _WHEN.search(point):
        gaps.append("when")
    if len(words(point)) < 4:
        gaps.append("what exactly")
    return _joined(gaps) if gaps else ""


def vague_wording(case: Case) -> Iterable[Finding]:
    """Wording nobody can be held to."""
    found = False
    looked = False
    for field in case.fields:
        text = case.text(field)
        looked = looked or bool(text)
        for phrase, sentence in vague_in(text):
            found = True
            yield case.problem(
                field,
                f"“{shortened(sentence)}” is vague",
                f"Instead of “{phrase.lower()}”, say who, what and when.",
            )
    if looked and not found:
        yield case.good(None, "No vague wording")


# column → what its absence leaves open, and how to find it said elsewhere in the row
_QUANTITIES: Mapping[str, tuple[str, re.Pattern[str]]] = {
    "who": ("who leads", _WHO),
    "how_often": ("how often", _OFTEN),
    "how_long": ("how long", _LONG),
    "group_size": ("the group size", _GROUP),
}


def provision_quantified(case: Case) -> Iterable[Finding]:
    """Provision says who leads, how often, how long and with how many."""
    field = case.field
    if field is None:
        return
    rows = rows_of(case.answers.get(field.key)) if field.columns else []
    lines = [] if field.columns else case.points(field)
    gaps = [(row.get("what") or _row_text(row), _gaps(row)) for row in rows]
    gaps += [(line, _gaps({"": line})) for line in lines]
    open_ = [(what, missing) for what, missing in gaps if missing]
    for what, missing in open_:
        yield case.problem(
            field,
            f"“{shortened(str(what), 50)}” does not say {_joined(missing)}",
            "Write it so that somebody could check next week whether it happened.",
        )
    if gaps and not open_:
        yield case.good(field, "Provision says who, how often, how long and with how many")


def _gaps(row: Mapping[str, str]) -> list[str]:
    whole = _row_text(row)
    return [
        words_for
        for column, (words_for, said) in _QUANTITIES.items()
        if not is_answered(str(row.get(column) or "")) and not said.search(whole)
    ]


def _row_text(row: Mapping[str, str]) -> str:
    return " · ".join(str(cell) for cell in row.values() if str(cell or "").strip())


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}"


def golden_thread(case: Case) -> Iterable[Finding]:
    """Each need has an outcome, each outcome has provision, and there is a day to look again.

    settings.fields, in this order by key: needs, outcomes, provision, review_date. Links are
    read from the tables' own columns ("Which need it answers", "Which outcome it serves").
    """
    have = {key: case.definition.field(key) for key in case.setting.fields}
    if not {"needs", "outcomes", "provision"} <= have.keys():
        return
    needs = case.points(have["needs"])
    outcomes = rows_of(case.answers.get("outcomes"))
    provision = rows_of(case.answers.get("provision"))
    problems = [*_needs_left(case, have["needs"], needs, outcomes)]
    problems += _outcomes_left(case, have["outcomes"], outcomes, provision)
    problems += _provision_left(case, have["provision"], outcomes, provision)
    if (
        outcomes
        and "review_date" in have
        and is_empty(have["review_date"], case.answers.get("review_date"))
    ):
        problems.append(
            case.problem(
                have["review_date"], "The thread has no end: no review date", "Set the day."
            )
        )
    yield from problems
    if needs and outcomes and provision and not problems:
        yield case.good(None, "Needs, outcomes, provision and review hang together")


def _needs_left(
    case: Case, field: Field, needs: list[str], outcomes: list[Mapping[str, str]]
) -> Iterable[Finding]:
    if not outcomes:
        return
    for number, need in enumerate(needs, 1):
        if not any(_answers(o, number, need) for o in outcomes):
            yield case.problem(
                field,
                f"No outcome answers “{shortened(need, 50)}”",
                "Add an outcome, or say in the outcome’s row which need it answers.",
            )


def _answers(outcome: Mapping[str, str], number: int, need: str) -> bool:
    named = str(outcome.get("need") or "")
    return (
        _serves(named, number, need) if named else _alike(need, str(outcome.get("outcome") or ""))
    )


def _outcomes_left(
    case: Case, field: Field, outcomes: list[Mapping[str, str]], provision: list[Mapping[str, str]]
) -> Iterable[Finding]:
    for number, outcome in enumerate(outcomes, 1):
        said = str(outcome.get("outcome") or "")
        if not any(_serves(str(p.get("outcome") or ""), number, said) for p in provision):
            yield case.problem(
                field,
                f"Nothing is provided for outcome {number}: “{shortened(said, 50)}”",
                "Add provision, and name the outcome it serves.",
            )


def _provision_left(
    case: Case, field: Field, outcomes: list[Mapping[str, str]], provision: list[Mapping[str, str]]
) -> Iterable[Finding]:
    for row in provision:
        named = str(row.get("outcome") or "")
        served = any(
            _serves(named, number, str(o.get("outcome") or ""))
            for number, o in enumerate(outcomes, 1)
        )
        if outcomes and not served:
            yield case.problem(
                field,
                f"“{shortened(str(row.get('what') or ''), 50)}” serves no outcome",
                "Name the outcome it serves, by its number or its words.",
            )


def _serves(named: str, number: int, outcome: str) -> bool:
    """Whether a thing is named: by its number ("1", "Outcome 2", "1 and 3") or in its words."""
    numbers = [int(n) for n in re.findall(r"\b\d\b", named)]
    if numbers and len(words(named)) <= 3:
        return number in numbers
    if named.strip().lower() in ("all", "all outcomes", "all needs"):
        return True
    return _alike(named, outcome)


def _alike(one: str, other: str) -> bool:
    """Whether two wordings speak of one thing: they share words that matter, or nearly all."""
    mine, theirs = _stems(one), _stems(other)
    if not mine or not theirs:
        return False
    shared = sum(1 for stem in mine if any(_akin(stem, each) for each in theirs))
    if shared >= SHARED * min(len(mine), len(theirs)):
        return True
    return fuzz.token_sort_ratio(" ".join(sorted(mine)), " ".join(sorted(theirs))) >= LIKE_ENOUGH


def _stems(text: str) -> set[str]:
    telling = (word for word in words(text.lower()) if len(word) > 2 and word not in EVERYDAY)
    return {_ENDING.sub("", word) for word in telling}


def _akin(one: str, other: str) -> bool:
    if one == other:
        return True
    return min(len(one), len(other)) >= 4 and (one.startswith(other) or other.startswith(one))
