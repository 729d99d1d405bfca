"""Runs a review: reads every file, compares them, and writes the report."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

from pillars.consistency.paperwork.definition import Definition
from pillars.consistency.paperwork.review import summary
from pillars.consistency.paperwork.review.layouts import Layout, group, name_layouts
from pillars.consistency.paperwork.review.report import (
    FieldFound,
    ReviewedDocument,
    ReviewReport,
    UnreadableFile,
)
from pillars.consistency.paperwork.review.single import Found, Reviewer
from pillars.consistency.paperwork.review.sources import Source, find_sources
from pillars.exchange.documents import Unreadable, read_document

# Starting a second process takes about as long as reading this many files.
_WORTH_A_PROCESS = 150
_CHUNK = 16

Progress = Callable[[int, int], None]
Outcome = Found | UnreadableFile


def review(
    paths: Sequence[Path],
    definition: Definition,
    *,
    today: date,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> ReviewReport:
    """How consistent and how good a school's own files are, against one standard.

    `paths` are folders, zips and files, in any order; the report does not depend on it. `jobs`
    is how many processes read (one for few files); `progress` is told (files done, of how many).
    Raises NothingToReview with a sentence when there is no file at all.
    """
    sources, broken = find_sources(paths)
    tell = progress or (lambda _done, _of: None)
    outcomes: list[Outcome] = []
    for outcome in _outcomes(sources, definition, today, _jobs(jobs, len(sources))):
        outcomes.append(outcome)
        tell(len(outcomes), len(sources))
    return report_on(definition, today, [*outcomes, *broken])


def review_bytes(
    files: Iterable[tuple[str, bytes]],
    definition: Definition,
    *,
    today: date,
    progress: Callable[[int], None] | None = None,
) -> ReviewReport:
    """The same review for files held in memory or in a database, as (name, bytes)."""
    reading = Reading(definition, today)
    for name, data in files:
        reading.add(name, data)
        if progress:
            progress(len(reading.outcomes))
    return report_on(definition, today, reading.outcomes)


class Reading:
    """Reads files one by one, for who keeps them somewhere else than in a folder."""

    def __init__(self, definition: Definition, today: date) -> None:
        self._reviewer = Reviewer(definition, today)
        self.outcomes: list[Outcome] = []

    def add(self, name: str, data: bytes) -> None:
        """Reads one file and keeps what it holds, or why it could not be read."""
        self.outcomes.append(_outcome(self._reviewer, name, data))


def _jobs(asked: int | None, files: int) -> int:
    if asked is not None:
        return max(asked, 1)
    return 2 if files >= _WORTH_A_PROCESS and multiprocessing.cpu_count() > 1 else 1


# Reading

_reviewers: dict[str, Reviewer] = {}


def _outcomes(
    sources: Sequence[Source], definition: Definition, today: date, jobs: int
) -> Iterable[Outcome]:
    if jobs == 1:
        reviewer = Reviewer(definition, today)
        for source in sources:
            yield _read(reviewer, source)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        jobs, mp_context=context, initializer=_start, initargs=(definition.to_json(), today)
    ) as pool:
        yield from pool.map(_read_here, sources, chunksize=_CHUNK)


def _start(definition: Mapping[str, object], today: date) -> None:
    _reviewers["here"] = Reviewer(Definition.from_json(dict(definition)), today)


def _read_here(source: Source) -> Outcome:
    return _read(_reviewers["here"], source)


def _read(reviewer: Reviewer, source: Source) -> Outcome:
    try:
        return _outcome(reviewer, source.name, source.data())
    except Unreadable as unreadable:
        return UnreadableFile(source.name, unreadable.reason)


def _outcome(reviewer: Reviewer, name: str, data: Path | bytes) -> Outcome:
    try:
        reading = read_document(data, Path(name).name)
    except Unreadable as unreadable:
        return UnreadableFile(name, unreadable.reason)
    return reviewer.review(reading, name)


# Comparing


def report_on(definition: Definition, today: date, outcomes: Iterable[Outcome]) -> ReviewReport:
    """The report on files already read. Their order does not matter."""
    found: dict[str, Found] = {}
    unreadable: list[UnreadableFile] = []
    for outcome in outcomes:
        if isinstance(outcome, Found):
            found[outcome.file] = outcome
        else:
            unreadable.append(outcome)
    files = {name: found[name] for name in sorted(found)}
    prints = {name: one.fingerprint for name, one in files.items()}
    groups = group(prints)
    files = _without_prompts(definition, today, files, groups)
    layouts = name_layouts(groups, prints, {name: one.wordings for name, one in files.items()})
    numbers = {file: layout.number for layout in layouts for file in layout.files}
    documents = [_reviewed(definition, one, numbers[name]) for name, one in files.items()]
    return summarise(definition, today, documents, layouts, unreadable)


def summarise(
    definition: Definition,
    today: date,
    documents: Sequence[ReviewedDocument],
    layouts: Sequence[Layout],
    unreadable: Sequence[UnreadableFile],
) -> ReviewReport:
    """The report on documents whose fields, findings and formats are known."""
    in_use = summary.layouts_in_use(layouts, documents)
    checks = summary.count_checks(definition, documents)
    return ReviewReport(
        definition.key,
        definition.title,
        today,
        tuple(documents),
        in_use,
        tuple(sorted(unreadable, key=lambda one: one.file)),
        summary.count_fields(definition, documents),
        checks,
        summary.best_examples(definition, documents),
        summary.weakest_examples(definition, documents),
        summary.five_things(definition, documents, in_use, checks),
        summary.overdue_files(definition, documents, today),
    )


def _without_prompts(
    definition: Definition,
    today: date,
    files: Mapping[str, Found],
    groups: Sequence[tuple[str, ...]],
) -> dict[str, Found]:
    """A line that asks something, and that two files of one format share, is the template's."""
    kept = dict(files)
    reviewer: Reviewer | None = None
    for names in groups:
        seen: Counter[tuple[str, str]] = Counter()
        for name in names:
            seen.update(
                {(key, line) for key, lines in kept[name].prompts.items() for line in lines}
            )
        shared = {pair for pair, count in seen.items() if count > 1}
        for name in names if shared else ():
            reviewer = reviewer or Reviewer(definition, today)
            kept[name] = _cleared(reviewer, kept[name], shared)
    return kept


def _cleared(reviewer: Reviewer, one: Found, shared: set[tuple[str, str]]) -> Found:
    if not any((key, line) in shared for key, lines in one.prompts.items() for line in lines):
        return one
    lines = {
        key: tuple(line for line in held if (key, line) not in shared)
        for key, held in one.lines.items()
    }
    lines = {key: held for key, held in lines.items() if held}
    answers = reviewer.answers(lines, one.tables)
    return replace(one, lines=lines, answers=answers, findings=reviewer.findings(answers, one.name))


def _reviewed(definition: Definition, one: Found, layout: int) -> ReviewedDocument:
    fields = {
        field.key: FieldFound(field.key in one.lines, "\n".join(one.lines.get(field.key, ())))
        for field in definition.fields
    }
    missing = tuple(
        field.key for field in definition.fields if field.required and not fields[field.key].present
    )
    score = summary.score_of(definition, one.lines, [finding.severity for finding in one.findings])
    return ReviewedDocument(
        one.file,
        layout,
        fields,
        one.findings,
        one.unmatched,
        one.answers,
        missing,
        score,
    )
