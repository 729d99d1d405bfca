"""1,000 passports to PDF: ours beside WeasyPrint rendering the same page, medians of a few runs.

    python bench/pdf.py [--passports 1000] [--runs 3] [--peer-passports 100]

The peer is given fewer pages, since its time grows in step with them, and is scaled up. Each run
prints different words, so that nothing is answered from what was printed before.
"""

import argparse
import html
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from weasyprint import HTML

from pillars.consistency.paperwork.printing import Printable, print_documents
from pillars.consistency.paperwork.printing.blocks import block_of
from pillars.consistency.paperwork.shipped import SHIPPED

TARGET = 20
PASSPORT = SHIPPED["pupil-passport"]
FIRST = ("Theo", "Amara", "Łucja", "Idris", "Beth", "Sunita", "Callum", "Ngozi")
STRATEGIES = (
    "My teacher gives me one step at a time on a small whiteboard, in every lesson.",
    "Before a change, show me the now-and-next card, then give me two minutes.",
    "After lunch Mrs Day walks me round the field for five minutes.",
    "Ask me to tell you back what I have to do. Smile when I get it right.",
    "In maths, let me use the number line that is taped to my desk.",
)
STYLE = """
@page { size: A4; margin: 13mm 15mm 16mm; @bottom-right { content: "1 of 1"; font-size: 8.5pt } }
body { font: 11pt sans-serif; color: #14202b } .page { break-after: page }
h1 { font-size: 24pt; margin: 0 } h2 { font-size: 12.5pt; margin: 0 0 5pt } p { margin: 0 }
.row { display: flex; gap: 4mm; margin-top: 4mm }
.room { flex: 1; background: #f6f4ef; border-top: 3pt solid #1f5fa8; padding: 9pt 10pt }
"""


def passport(number: int) -> Printable:
    """An invented pupil's passport, no two with the same words."""
    forename = FIRST[number % len(FIRST)]
    answers = {
        "about_me": f"I am funny and I know everything about trains. Ask me about engine {number}.",
        "important_to_me": f"Knowing what comes next. Sitting near Sam. Allotment {number}.",
        "needs": "When lots of people talk I cannot hear the teacher. " * (1 + number % 4),
        "strategies": [f"{text} ({number})" for text in STRATEGIES[: 3 + number % 3]],
        "avoid": "Do not put my name on the board. Do not ask me to read aloud without warning.",
        "my_part": "I show my blue card and go to the book corner for five minutes.",
        "access_arrangements": "25 % extra time in a small room, since March 2026.",
        "aspirations": f"I want to drive train number {number}.",
        "parent_view": f"On 6 November 2026 his mum said home is calmer. Note {number}.",
        "contributors": f"{forename}, mum, Mr Lee, Mrs Day",
        "owner": "Aisha Khan, SENCo",
    }
    return Printable(
        definition=PASSPORT,
        answers=answers,
        school="Oakfield Primary (invented)",
        pupil=f"{forename} Number{number}",
        forename=forename,
        version=1,
        year="Year 5",
        class_group="5 Elm",
        status="SEN support",
        agreed_on=date(2026, 11, 9),
        review_on=date(2027, 3, 26),
    )


def page_of(one: Printable) -> str:
    """The same content as one page of HTML."""
    rooms = []
    for field in one.definition.fields:
        answer = one.answers.get(field.key)
        if answer:
            block = block_of(field, answer)
            lines = "".join(f"<p>{html.escape(line)}</p>" for line in block.items)
            title = html.escape(field.title)
            rooms.append(f'<div class="room"><h2>{title}</h2>{lines}</div>')
    rows = "".join(
        f'<div class="row">{"".join(rooms[start : start + 2])}</div>'
        for start in range(0, len(rooms), 2)
    )
    head = f"<h1>{html.escape(one.forename)}</h1><p>{html.escape(one.about)}</p>"
    return f'<div class="page">{head}{rows}<p>{html.escape(one.footer)}</p></div>'


def with_weasyprint(printables: list[Printable]) -> bytes:
    """The peer: one HTML file with a page for each, as accessible PDF."""
    pages = "".join(map(page_of, printables))
    text = f"<html lang=en-GB><title>Passports</title><style>{STYLE}</style>{pages}</html>"
    made = HTML(string=text).write_pdf(pdf_variant="pdf/ua-1")
    assert isinstance(made, bytes)
    return made


def median_seconds(
    make: Callable[[list[Printable]], bytes], count: int, runs: int, first: int
) -> float:
    """The median time of `runs` runs over `count` passports that nobody printed before."""
    times = []
    for run in range(runs):
        printables = [passport(first + run * count + number) for number in range(count)]
        start = time.perf_counter()
        made = make(printables)
        times.append(time.perf_counter() - start)
        assert made.startswith(b"%PDF")
    return statistics.median(times)


def main() -> None:
    """Print the medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passports", type=int, default=1000)
    parser.add_argument("--peer-passports", type=int, default=100)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    print_documents([passport(0)])
    ours = median_seconds(print_documents, asked.passports, asked.runs, 1)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with_weasyprint([passport(0)])
    peer = median_seconds(with_weasyprint, asked.peer_passports, asked.runs, 10_000_000)
    scaled = peer * asked.passports / asked.peer_passports
    print(f"{asked.passports} passports, Three Pillars: {ours:.2f} s, {memory:.0f} MB at most")
    print(
        f"{asked.passports} passports, WeasyPrint: {scaled:.1f} s"
        f" (measured on {asked.peer_passports}: {peer:.2f} s)"
    )
    print(f"Ratio: {scaled / ours:.1f} (target at least {TARGET})")


if __name__ == "__main__":
    main()
