"""Makes everything in this folder: `python examples/make.py [--out DIR]`.

The trust, its schools, its staff and every child are invented. The same seed gives the same
files, so a change here shows as a change there and nowhere else.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import Any

from maker.broken import broken_docx, locked_pdf, old_doc, scan_pdf
from maker.ctf import ctf_xml
from maker.layouts import LAYOUTS, files_planned
from maker.passports import Passport, choose_pupils, qualities, write_passport
from maker.pdfs import make_pdf
from maker.plain import make_odt, make_text
from maker.registers import Export, arbor_xlsx, bromcom_csv, scholarpack_csv, sims_csv
from maker.roster import Pupil, make_roster, on_register
from maker.trust import LONE, PRIMARY, SECONDARY, SPECIAL, gias_csv, trust_json
from maker.word import make_word

SEED = 20261120
_ASCII = str.maketrans("ëöáâíéèçóúńłżźś", "eoaaieecounlzzs")
_MAKERS = {".docx": make_word, ".pdf": make_pdf, ".txt": make_text, ".odt": make_odt}


def main() -> None:
    """Writes the sample files into --out, which is this folder unless told otherwise."""
    parser = argparse.ArgumentParser(description="Make the invented sample trust.")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    out: Path = parser.parse_args().out
    roster = make_roster(SEED)
    (out / "register").mkdir(parents=True, exist_ok=True)
    (out / "passports").mkdir(parents=True, exist_ok=True)
    _write_json(out / "trust.json", trust_json())
    (out / "gias.csv").write_bytes(gias_csv())
    exports, moved = _registers(roster)
    _write_registers(out / "register", exports, roster)
    spoilt = {pupil.upn for pupil in moved} | _spoilt_upns(exports)
    _write_passports(out / "passports", roster, frozenset(spoilt))


def _registers(roster: dict[str, list[Pupil]]) -> tuple[list[Export], list[Pupil]]:
    rng = random.Random(SEED + 1)
    moved = [rng.choice([p for p in on_register(roster[PRIMARY.urn]) if p.needs[0] != "NSA"])]
    exports = [
        sims_csv(PRIMARY.register, roster[PRIMARY.urn], rng),
        arbor_xlsx(
            SECONDARY.register, f"{SECONDARY.title}: students and SEN", roster[SECONDARY.urn], rng
        ),
        bromcom_csv(SPECIAL.register, roster[SPECIAL.urn], rng),
        scholarpack_csv(LONE.register, roster[LONE.urn], moved[0], rng),
    ]
    return exports, moved


def _spoilt_upns(exports: list[Export]) -> set[str]:
    """Pupils whose row an importer should refuse: they have no passport in the samples."""
    return {upn for export in exports for upn in export.lost}


def _write_registers(folder: Path, exports: list[Export], roster: dict[str, list[Pupil]]) -> None:
    truth: dict[str, Any] = {}
    for export in exports:
        (folder / export.name).write_bytes(export.content)
        truth[export.name] = {
            "school": export.school,
            "pupils": export.pupils,
            "spoilt": export.spoilt,
        }
    leavers = [pupil for pupil in roster[LONE.urn] if pupil.year == 6 and pupil.needs][:4]
    name = f"{LONE.laestab}_CTF_{SECONDARY.laestab}_001.xml"
    (folder / name).write_bytes(ctf_xml(leavers, LONE, SECONDARY))
    truth[name] = {"school": SECONDARY.urn, "pupils": len(leavers), "spoilt": []}
    _write_json(folder / "truth.json", truth)


def _write_passports(folder: Path, roster: dict[str, list[Pupil]], spoilt: frozenset[str]) -> None:
    rng = random.Random(SEED + 2)
    pupils = iter(choose_pupils(roster, spoilt, files_planned(), rng))
    levels = iter(qualities(files_planned()))
    files: dict[str, Any] = {}
    sample = b""
    for layout in LAYOUTS:
        for _ in range(layout.files):
            passport = write_passport(next(pupils), next(levels), rng)
            name = _file_name(passport, layout.suffix, rng)
            content = _MAKERS[layout.suffix](layout, passport)
            (folder / name).write_bytes(content)
            sample = content if layout.suffix == ".docx" else sample
            files[name] = {
                "layout": layout.number,
                "layout_name": layout.name,
                "school": passport.pupil.school,
                "upn": passport.pupil.upn,
                "quality": passport.quality,
                "fields": layout.held(passport),
                "unmatched": layout.extra,
            }
    unreadable = _write_unreadable(folder, sample)
    layouts = {str(layout.number): layout.name for layout in LAYOUTS}
    _write_json(
        folder / "truth.json", {"layouts": layouts, "files": files, "unreadable": unreadable}
    )


def _write_unreadable(folder: Path, word: bytes) -> dict[str, str]:
    made = {
        "Old passport 2009.doc": (old_doc(), "old_doc"),
        "Scanned passport.pdf": (scan_pdf(), "scan"),
        "Locked passport.pdf": (locked_pdf("otter"), "encrypted"),
        "Passport copy half finished.docx": (broken_docx(word), "broken"),
    }
    for name, (content, _) in made.items():
        (folder / name).write_bytes(content)
    return {name: why for name, (_, why) in made.items()}


def _file_name(passport: Passport, suffix: str, rng: random.Random) -> str:
    """Named as people name files: no two alike."""
    pupil = passport.pupil
    style = rng.choice(
        (
            "{first} {last} passport",
            "Pupil passport - {last} {first}",
            "{last}_{first}_PP_2026",
            "{first} {last} one page profile v2",
            "PASSPORT {first} {last} FINAL",
        )
    )
    return style.format(first=pupil.forename, last=pupil.surname).translate(_ASCII) + suffix


def _write_json(path: Path, data: Any) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
