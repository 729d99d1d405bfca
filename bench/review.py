"""Review of 500 Word files beside python-docx, which only opens them and reads their text.

Run: `PYTHONPATH=src .venv/bin/python bench/review.py [FILES] [RUNS]`. Each side runs in a process
of its own, in turn; the medians of time and of peak memory (the process and its children) and
their ratio are printed. Targets: under 10 s, under 600 MB, ratio at most 3.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from docx import Document

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples" / "passports"
REVIEW = """
import sys
from datetime import date
from pathlib import Path
from pillars.consistency.paperwork.review.run import review
from pillars.consistency.paperwork.shipped import SHIPPED
if __name__ == "__main__":
    report = review([Path(sys.argv[1])], SHIPPED["pupil-passport"], today=date(2026, 11, 24))
    print(len(report.documents))
"""
PEER = """
import sys
from pathlib import Path
from docx import Document
count = 0
for path in sorted(Path(sys.argv[1]).glob("*.docx")):
    document = Document(str(path))
    [paragraph.text for paragraph in document.paragraphs]
    [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    count += 1
print(count)
"""


def make_files(folder: Path, count: int) -> None:
    """Word files of the examples' layouts, each with a word of its own so that none are alike."""
    sources = []
    for path in sorted(EXAMPLES.glob("*.docx")):
        try:
            Document(str(path))
        except Exception:  # noqa: S112 (the broken example stays out)
            continue
        sources.append(path)
    for number in range(count):
        made = folder / f"passport {number:04}.docx"
        if number < len(sources):
            shutil.copy(sources[number], made)
            continue
        document = Document(str(sources[number % len(sources)]))
        document.add_paragraph(f"Copy {number}")
        document.save(str(made))


def measure(program: Path, folder: Path) -> tuple[float, float, int]:
    """Seconds, peak megabytes of the process and its children, and how many files it read."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, str(program), str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"},
    )
    peak = 0
    while process.poll() is None:
        peak = max(peak, memory(process.pid))
        time.sleep(0.02)
    took = time.perf_counter() - started
    assert process.stdout is not None
    return took, peak / 1024, int(process.stdout.read() or 0)


def memory(pid: int) -> int:
    """Resident kilobytes of a process and all it started."""
    total = 0
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                total = int(line.split()[1])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return total
    return total + sum(memory(int(child)) for child in children)


def main(count: int = 500, runs: int = 5) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "files"
        folder.mkdir()
        make_files(folder, count)
        programs = {}
        for side, source in (("review", REVIEW), ("python-docx", PEER)):
            programs[side] = Path(name) / f"{side}.py"
            programs[side].write_text(source)
        seen: dict[str, list[tuple[float, float]]] = {side: [] for side in programs}
        for _ in range(runs):
            for side, program in programs.items():
                took, peak, read = measure(program, folder)
                assert read == count, f"{side} read {read} of {count} files"
                seen[side].append((took, peak))
    medians = {
        side: tuple(statistics.median(column) for column in zip(*pairs, strict=True))
        for side, pairs in seen.items()
    }
    for side, (took, peak) in medians.items():
        print(f"{side:12} {count} files  {took:6.2f} s  {peak:6.0f} MB  (median of {runs})")
    ratio = medians["review"][0] / medians["python-docx"][0]
    print(f"ratio        {ratio:.2f} (at most 3)")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
