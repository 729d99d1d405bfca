"""Counts a review's files: per field, per check, per format; and says what would help most."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from pillars.consistency.paperwork.checks import CHECKS, Severity
from pillars.consistency.paperwork.definition import Definition, Field, FieldType
from pillars.consistency.paperwork.review.layouts import Layout
from pillars.consistency.paperwork.review.report import (
    CheckCount,
    Example,
    FieldCount,
    Help,
    LayoutInUse,
    ReviewedDocument,
)
from pillars.consistency.paperwork.review.values import day_in

MOST_HELPS = 5
MOST_EXAMPLES = 3
_CLASS_FIELD = "class_group"
_IN_DATE, _COMPLETE = "in_date", "complete"
_YEAR = re.compile(r"\b(?:year|yr|y)\.?\s*(\d{1,2})\b|^\s*(\d{1,2})\s*[a-z]{0,3}\b", re.IGNORECASE)
_EARLY = re.compile(r"\b(reception|nursery)\b", re.IGNORECASE)
_QUOTED = re.compile(r"“([^”]{3,30})”")
_LONGEST_QUOTE = 160

# What to do where a field is empty, in words a team can act on.
_MISSING: dict[str, str] = {
    "parent_view": "Ask parents: {n} {have} no view of theirs",
    "avoid": "Write down triggers: {n} {have} none",
    "about_me": "Ask the pupil for strengths: {n} {have} none",
    "important_to_me": "Ask what matters to the pupil: {n} {do} not say",
    "strategies": "Write how best to support the pupil: {n} {do} not say",
    "needs": "Write the needs in plain words: {n} {do} not say",
    "contributors": "Write who helped to make it: {n} {do} not say",
    "owner": "Name a person who keeps it: {n} {name} nobody",
    "access_arrangements": "Write down access arrangements: {n} {have} none",
}
# What to do where a check fails.
_FAILING: dict[str, str] = {
    "in_date": "Give {n} {a date} for the next review",
    "pupil_voice": "Use the pupil’s own words in {n}",
    "parent_view_dated": "Date the parents’ view in {n}",
    "strategies_specific": "Say who, what and when in the strategies of {n}",
    "provision_quantified": "Say how often, how long and how many in {n}",
    "strategies_count": "Keep to three to seven strategies in {n}",
    "outcomes_count": "Keep to four outcomes in {n}",
    "plain_english": "Use plainer, shorter sentences in {n}",
    "golden_thread": "Link needs, outcomes and provision in {n}",
}


def count_fields(
    definition: Definition, documents: Sequence[ReviewedDocument]
) -> tuple[FieldCount, ...]:
    """For each field of the standard, how many files hold it and which do not."""
    found = []
    for field in definition.fields:
        missing = tuple(one.file for one in documents if not one.fields[field.key].present)
        present = len(documents) - len(missing)
        found.append(
            FieldCount(field.key, field.title, field.required, present, len(documents), missing)
        )
    return tuple(found)


def count_checks(
    definition: Definition, documents: Sequence[ReviewedDocument]
) -> tuple[CheckCount, ...]:
    """For each check of the standard, how many files pass it and which do not."""
    found = []
    for key in dict.fromkeys(setting.check for setting in definition.checks):
        failing = tuple(one.file for one in documents if key in failing_checks(one))
        passed = len(documents) - len(failing)
        found.append(CheckCount(key, check_title(key), passed, len(documents), failing))
    return tuple(found)


def check_title(key: str) -> str:
    """A check's name in words."""
    known = CHECKS.get(key)
    return known.title if known else key.replace("_", " ").capitalize()


def failing_checks(document: ReviewedDocument) -> frozenset[str]:
    """The checks that found something to mend in a file."""
    return frozenset(
        finding.check for finding in document.findings if finding.severity != Severity.GOOD
    )


def overdue_files(
    definition: Definition, documents: Sequence[ReviewedDocument], today: date
) -> tuple[str, ...]:
    """Files whose review date has gone by, or that give none that can be understood."""
    setting = definition.setting(_IN_DATE)
    dates = [field.key for field in definition.fields if field.type is FieldType.DATE]
    key = next(iter((*(setting.fields if setting else ()), *dates)), None)
    if key is None:
        return ()
    days = {document.file: day_in(document.text(key)) for document in documents}
    return tuple(file for file, day in days.items() if day is None or day < today)


def layouts_in_use(
    layouts: Sequence[Layout], documents: Sequence[ReviewedDocument]
) -> tuple[LayoutInUse, ...]:
    """Each format with the year groups that use it and the files that are complete."""
    by_file = {document.file: document for document in documents}
    found = []
    for layout in layouts:
        own = [by_file[file] for file in layout.files]
        complete = tuple(one.file for one in own if one.has_all_required)
        where = years_in(one.text(_CLASS_FIELD) for one in own)
        found.append(LayoutInUse(layout.number, layout.name, where, layout.files, complete))
    return tuple(found)


def years_in(classes: Iterable[str]) -> str:
    """The year groups that classes belong to: "Reception", "Years 1–3", "Years 4 and 6"."""
    years: set[int] = set()
    for text in classes:
        early = _EARLY.search(text)
        if early:
            years.add(0 if early[1].lower() == "reception" else -1)
        elif match := _YEAR.search(text):
            years.add(int(match[1] or match[2]))
    early_names = [name for year, name in ((-1, "Nursery"), (0, "Reception")) if year in years]
    numbers = sorted(year for year in years if 0 < year < 15)
    return ", ".join([*early_names, *([_numbered(numbers)] if numbers else [])])


def _numbered(years: list[int]) -> str:
    if len(years) == 1:
        return f"Year {years[0]}"
    if years[-1] - years[0] == len(years) - 1 and len(years) > 2:
        return f"Years {years[0]}–{years[-1]}"
    return f"Years {', '.join(map(str, years[:-1]))} and {years[-1]}"


def score_of(definition: Definition, present: Iterable[str], severities: Iterable[Severity]) -> int:
    """Orders files from weak to strong. Only compares files of one review; means nothing alone."""
    required = {field.key for field in definition.fields if field.required}
    held = set(present)
    marks = Counter(severities)
    return (
        4 * len(held & required)
        + len(held - required)
        - 3 * marks[Severity.MUST]
        - marks[Severity.SHOULD]
    )


def best_examples(
    definition: Definition, documents: Sequence[ReviewedDocument]
) -> tuple[Example, ...]:
    """The strongest files, each with a line of theirs."""
    ranked = sorted(documents, key=lambda one: (-one.score, one.file))
    return tuple(
        Example(one.file, _why_good(one), _quote(definition, one)) for one in ranked[:MOST_EXAMPLES]
    )


def weakest_examples(
    definition: Definition, documents: Sequence[ReviewedDocument]
) -> tuple[Example, ...]:
    """The weakest files, with what they lack; never a file that is also among the best."""
    ranked = sorted(documents, key=lambda one: (one.score, one.file))
    spare = max(len(documents) - MOST_EXAMPLES, 0)
    return tuple(
        Example(one.file, _why_weak(definition, one), "")
        for one in ranked[: min(MOST_EXAMPLES, spare)]
    )


def _why_good(document: ReviewedDocument) -> str:
    missing, mend = len(document.missing), len(failing_checks(document))
    if not missing and not mend:
        return "Holds everything required and passes every check."
    held = "Holds everything required" if not missing else f"Lacks only {missing}"
    return f"{held}; {mend} {'check' if mend == 1 else 'checks'} to mend."


def _why_weak(definition: Definition, document: ReviewedDocument) -> str:
    if not document.missing:
        mend = len(failing_checks(document))
        return f"Holds everything required; {mend} checks to mend."
    titles = [f"“{field.title}”" for field in definition.fields if field.key in document.missing]
    more = f" and {len(titles) - 3} more" if len(titles) > 3 else ""
    return f"Lacks {', '.join(titles[:3])}{more}."


def _quote(definition: Definition, document: ReviewedDocument) -> str:
    """A line that shows what good looks like: from the first list, else from the longest words."""
    lists = [field for field in definition.fields if field.type is FieldType.LIST]
    texts = [field for field in definition.fields if field.type is FieldType.LONG_TEXT]
    for field in (*sorted(lists, key=lambda one: one.key != "strategies"), *texts):
        lines = document.text(field.key).split("\n")
        fitting = [line for line in lines if 20 <= len(line) <= _LONGEST_QUOTE]
        if fitting:
            return max(fitting, key=lambda line: (len(line), line))
    return ""


def five_things(
    definition: Definition,
    documents: Sequence[ReviewedDocument],
    layouts: Sequence[LayoutInUse],
    checks: Sequence[CheckCount],
) -> tuple[Help, ...]:
    """The things that would help most: those from which the most files would gain come first."""
    by_check = {count.check: count.failing for count in checks}
    helps = [
        *_missing_helps(definition, documents, set(by_check)),
        *_check_helps(documents, by_check),
        *_layout_helps(layouts),
    ]
    helps = [one for one in helps if one.files]
    return tuple(sorted(helps, key=lambda one: (-len(one.files), one.sentence))[:MOST_HELPS])


def _missing_helps(
    definition: Definition, documents: Sequence[ReviewedDocument], checks: set[str]
) -> Iterable[Help]:
    for field in definition.fields:
        if not field.required or (field.type is FieldType.DATE and _IN_DATE in checks):
            continue  # a missing review date is counted with those that are past
        files = tuple(one.file for one in documents if field.key in one.missing)
        yield Help(_missing_sentence(field, len(files)), files)


def _missing_sentence(field: Field, count: int) -> str:
    pattern = _MISSING.get(field.key, "Fill in “{title}”: {n} {have} nothing there")
    one = count == 1
    return pattern.format(
        n=count,
        title=field.title,
        have="has" if one else "have",
        do="does" if one else "do",
        name="names" if one else "name",
    )


def _check_helps(
    documents: Sequence[ReviewedDocument], by_check: dict[str, tuple[str, ...]]
) -> Iterable[Help]:
    for check, files in by_check.items():
        if check == _COMPLETE:
            continue  # said field by field
        if check == "vague_wording":
            yield Help(_vague_sentence(documents, len(files)), files)
            continue
        pattern = _FAILING.get(check, "Mend “" + check_title(check) + "” in {n}")
        count = f"{len(files)} {'file' if len(files) == 1 else 'files'}"
        dated = "a date" if len(files) == 1 else "dates"
        yield Help(pattern.replace("{n}", count).replace("{a date}", dated), files)


def _vague_sentence(documents: Sequence[ReviewedDocument], count: int) -> str:
    """Names the two vaguest phrases that the findings quote most."""
    quoted: Counter[str] = Counter()
    for document in documents:
        for finding in document.findings:
            if finding.check == "vague_wording":
                quoted.update({phrase.lower() for phrase in _QUOTED.findall(finding.message)[:1]})
    said = sorted(quoted, key=lambda phrase: (-quoted[phrase], phrase))[:2]
    phrases = " and ".join(f"“{phrase}”" for phrase in said) or "vague wording"
    return f"Replace {phrases} in {count}" if said else f"Replace vague wording in {count}"


def _layout_helps(layouts: Sequence[LayoutInUse]) -> Iterable[Help]:
    if len(layouts) < 2:
        return
    files = tuple(sorted(file for layout in layouts[1:] for file in layout.files))
    noun = "file" if len(files) == 1 else "files"
    yield Help(f"Move {len(files)} {noun} to one format: {len(layouts)} are in use", files)
