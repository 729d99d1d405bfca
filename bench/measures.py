"""The measures beside their peers, and the schools of England against their local authority.

    python bench/measures.py [--runs 3] [--schools FILE] [--picture FILE.png]

Medians of a few runs. Peers run in turn with ours, on the same data, in the same process. The file
of schools is DfE's "Special educational needs in England", January 2023, by school.
"""

import argparse
import csv
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import altair as alt
import choix
import numpy as np
import vl_convert

from pillars.measures.agreement import gwet_ac, krippendorff_alpha
from pillars.measures.funnel import FunnelComparison, compare
from pillars.measures.judgement import fit
from pillars.measures.schooldays import Calendar, add_school_days_to_all

SCHOOLS = Path("/work/shared/data/dfe_sen_by_school_2023.csv")
ITEMS, JUDGEMENTS, MARKERS, FILES, DEADLINES = 2_000, 40_000, 20, 5_000, 1_000_000
INK, BRAND, POOR = "#14202b", "#1f5fa8", "#b3261e"

School = tuple[str, str, int, int]  # authority, name, SEN support, pupils


def median_seconds(run: Callable[[], object], runs: int) -> float:
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def judgements() -> list[tuple[int, int]]:
    """Invented judgements on files of which each wins and loses at least once in a ring."""
    random = np.random.default_rng(2026)
    truth = random.normal(0, 1.5, ITEMS)
    first = random.integers(0, ITEMS, JUDGEMENTS - ITEMS)
    second = (first + random.integers(1, ITEMS, first.size)) % ITEMS
    won = random.random(first.size) < 1 / (1 + np.exp(truth[second] - truth[first]))
    pairs = np.where(won[:, None], np.c_[first, second], np.c_[second, first]).tolist()
    ring = [(i, (i + 1) % ITEMS) for i in range(ITEMS)]
    return ring + [(a, b) for a, b in pairs]


def marks() -> list[list[int | None]]:
    """Invented marks, one in ten missing."""
    random = np.random.default_rng(2026)
    quality = random.integers(1, 6, FILES)
    given = np.clip(quality + random.integers(-1, 2, (MARKERS, FILES)), 1, 5)
    missing = random.random(given.shape) < 0.1
    return [
        [None if gone else int(mark) for mark, gone in zip(*rows, strict=True)]
        for rows in zip(given, missing, strict=True)
    ]


def show(what: str, seconds: float, against: str, ok: bool) -> bool:
    print(f"{'ok  ' if ok else 'MISS'} {what:<58} {seconds * 1000:9.1f} ms   {against}")
    return ok


def bench_judgement(runs: int) -> bool:
    pairs = judgements()
    ours, peers = [], []
    for _ in range(runs):  # in turn, so that a busy moment falls on both
        ours.append(median_seconds(lambda: fit(pairs, items=range(ITEMS)), 1))
        peers.append(median_seconds(lambda: choix.ilsr_pairwise(ITEMS, pairs), 1))
    mine, theirs = statistics.median(ours), statistics.median(peers)
    apart = np.array(fit(pairs, items=range(ITEMS)).scores, dtype=float)
    apart = np.abs(apart - choix.ilsr_pairwise(ITEMS, pairs)).max()
    what = f"Bradley–Terry with errors, {ITEMS:,} items, {JUDGEMENTS:,} judgements"
    against = f"choix without errors {theirs * 1000:.0f} ms: ratio {mine / theirs:.2f} (< 1);"
    return show(what, mine, f"{against} scores within {apart:.0e}", mine < theirs)


def bench_agreement(runs: int) -> bool:
    given = marks()

    def both() -> None:
        krippendorff_alpha(given, level="ordinal")
        gwet_ac(given, scale=[1, 2, 3, 4, 5], weights="ordinal")

    taken = median_seconds(both, runs)
    what = f"alpha and AC2, {MARKERS} markers, {FILES:,} files"
    return show(what, taken, "target 50 ms", taken < 0.05)


def bench_schooldays(runs: int) -> bool:
    calendar = Calendar.from_closures([])
    days = np.datetime64("2026-09-01") + np.random.default_rng(1).integers(0, 3000, DEADLINES)
    taken = median_seconds(lambda: add_school_days_to_all(days, 15, calendar), runs)
    return show(f"{DEADLINES:,} school-day deadlines", taken, "target 200 ms", taken < 0.2)


def read_schools(path: Path) -> list[School]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [
            (r["la_name"], r["school_name"], r["SEN support"], r["Total pupils"])
            for r in csv.DictReader(file)
        ]
    counted = [(la, name, int(float(top)), int(float(n))) for la, name, top, n in rows if top and n]
    return [school for school in counted if 0 <= school[2] <= school[3] and school[3] > 0]


def compared(schools: list[School], *, adjust: bool = True) -> FunnelComparison:
    _, names, tops, sizes = (list(column) for column in zip(*schools, strict=True))
    return compare(tops, sizes, names=names, adjust=adjust)


def bench_funnel(schools: list[School], runs: int) -> bool:
    taken = median_seconds(lambda: compared(schools), runs)
    what = f"funnel with overdispersion, {len(schools):,} schools"
    return show(what, taken, "target 300 ms", taken < 0.3)


def by_authority(schools: list[School]) -> dict[str, list[School]]:
    grouped: dict[str, list[School]] = defaultdict(list)
    for school in schools:
        grouped[school[0]].append(school)
    return grouped


def table(schools: list[School]) -> None:
    """How many schools differ from their own authority's share of SEN support."""
    places = {group: found for group, found in by_authority(schools).items() if len(found) > 1}
    total = sum(map(len, places.values()))
    print(f"\n{total:,} schools in {len(places)} authorities; {len(schools) - total} stand alone")
    widened = 0
    for adjust in (False, True):
        found = [compared(group, adjust=adjust) for group in places.values()]
        widened = sum(f.adjusted for f in found)
        for level in (0.95, 0.998):
            where = [unit.where[level] for f in found for unit in f.units]
            high, low = where.count("high"), where.count("low")
            share = (high + low) / total
            name = "adjusted" if adjust else "plain"
            print(f"{name:>9} {level:.1%}  high {high:6,}  low {low:6,}  differ {share:6.1%}")
    print(f"limits widened in {widened} of {len(places)} authorities")


def picture(schools: list[School], path: Path) -> None:
    """The largest authority's funnel: plain limits, and those that allow for spread."""
    group = max(by_authority(schools).values(), key=len)
    plain, fair = compared(group, adjust=False), compared(group)
    sizes = np.linspace(20, max(s[3] for s in group), 120)
    lines = [
        {"size": float(n), "share": edge, "limits": name, "edge": f"{name}{side}"}
        for name, funnel in (("chance alone", plain), ("chance and spread", fair))
        for n in sizes
        for side, edge in enumerate(funnel.limits_at(int(n), 0.998))
    ]
    dots = [
        {"size": a.denominator, "share": a.share, "differs": b.where[0.998] != "within"}
        for a, b in zip(plain.units, fair.units, strict=True)
    ]
    x = alt.X("size:Q", title="pupils in the school")
    y = alt.Y("share:Q", title="share with SEN support", axis=alt.Axis(format="%"))
    points = alt.Chart(alt.Data(values=dots)).mark_circle(size=22, opacity=0.7)
    colour = alt.condition("datum.differs", alt.value(POOR), alt.value("#8a949e"))
    limits = alt.Chart(alt.Data(values=lines)).mark_line(color=BRAND)
    dash = alt.StrokeDash("limits:N", title="limits, 99.8 %")
    drawing = points.encode(x=x, y=y, color=colour) + limits.encode(
        x=x, y=y, strokeDash=dash, detail="edge:N"
    )
    spec = drawing.properties(width=620, height=340).configure_axis(labelColor=INK).to_json()
    path.write_bytes(vl_convert.vegalite_to_png(spec, scale=1.5))
    print(f"{path}: {group[0][0]}, {len(group)} schools, target {fair.dispersion.target:.1%}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--schools", type=Path, default=SCHOOLS)
    parser.add_argument("--picture", type=Path)
    options = parser.parse_args()
    met = [
        bench_judgement(options.runs),
        bench_agreement(options.runs),
        bench_schooldays(options.runs),
    ]
    if options.schools.exists():
        schools = read_schools(options.schools)
        met.append(bench_funnel(schools, options.runs))
        table(schools)
        if options.picture:
            picture(schools, options.picture)
    else:
        print(f"{options.schools} is not here: no funnel of schools.")
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
