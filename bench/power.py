"""What finds a school that really changed, and what cries wolf: our charts beside what schools do.

    python bench/power.py [--trusts 300] [--seed 2026] [--picture FILE.png]

Invented trusts of 20 schools with 24 half-terms of one indicator, say passports complete. In each,
one school really improves by 25 points half-way, one really worsens by 25, and eighteen only go up
and down. Every method reads the same figures on the last day. Detection: how often it names a
school that changed, the right way. False alarms: how often it names one of the eighteen.

Then judges who toss coins: how reliable their scale looks with random pairs, and with pairs chosen
for being close.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import altair as alt
import numpy as np
import numpy.typing as npt
import vl_convert

from pillars.measures.control import chart
from pillars.measures.funnel import compare
from pillars.measures.judgement import fit, plan_pairs

SCHOOLS, TIMES, CHANGE, BY = 20, 24, 12, 0.25
TARGET, BOTTOM, NOTICEABLE = 0.7, 3, 0.05

Counts = npt.NDArray[np.int64]
Calls = list[int]  # for each school: 1 better, −1 worse, 0 no call
Method = Callable[[Counts, Counts], Calls]


def invented_trust(random: np.random.Generator) -> tuple[Counts, Counts]:
    """Complete documents and documents, schools × half-terms. School 0 improves, 1 worsens."""
    sizes = random.integers(8, 70, SCHOOLS)
    level = np.clip(random.normal(0.65, 0.06, SCHOOLS), 0.4, 0.9)
    chance = np.repeat(level[:, None], TIMES, axis=1)
    chance[0, CHANGE:] += BY
    chance[1, CHANGE:] -= BY
    # Every school also has good and bad half-terms of its own.
    chance = np.clip(chance + random.normal(0, 0.03, chance.shape), 0.02, 0.98)
    documents = np.repeat(sizes[:, None], TIMES, axis=1)
    return random.binomial(documents, chance), documents


def control_charts(done: Counts, of: Counts) -> Calls:
    """The last point of each school's own control chart."""
    means = {"improvement": 1, "concern": -1}
    return [
        means.get(chart((d / n).tolist(), improvement="increase").variation, 0)
        for d, n in zip(done, of, strict=True)
    ]


def funnel(done: Counts, of: Counts) -> Calls:
    """The last half-term's funnel at 99.8 %, widened for spread."""
    names = [str(i) for i in range(SCHOOLS)]
    found = compare(done[:, -1].tolist(), of[:, -1].tolist(), names=names)
    means = {"high": 1, "low": -1, "within": 0}
    return [means[unit.where[0.998]] for unit in found.units]


def funnel_95(done: Counts, of: Counts) -> Calls:
    """The same at 95 %."""
    names = [str(i) for i in range(SCHOOLS)]
    found = compare(done[:, -1].tolist(), of[:, -1].tolist(), names=names)
    means = {"high": 1, "low": -1, "within": 0}
    return [means[unit.where[0.95]] for unit in found.units]


def traffic_lights(done: Counts, of: Counts) -> Calls:
    """Green at the target, red from ten points below it."""
    share = done[:, -1] / of[:, -1]
    return [1 if s >= TARGET else -1 if s < TARGET - 0.1 else 0 for s in share.tolist()]


def league_table(done: Counts, of: Counts) -> Calls:
    """The top three praised, the bottom three visited."""
    order = np.argsort(done[:, -1] / of[:, -1])
    calls = [0] * SCHOOLS
    for i in order[:BOTTOM].tolist():
        calls[i] = -1
    for i in order[-BOTTOM:].tolist():
        calls[i] = 1
    return calls


def this_term_against_last(done: Counts, of: Counts) -> Calls:
    """An arrow where the share moved by five points or more."""
    share = done / of
    moved = share[:, -1] - share[:, -2]
    return [0 if abs(m) < NOTICEABLE else int(np.sign(m)) for m in moved.tolist()]


METHODS: dict[str, Method] = {
    "Control chart": control_charts,
    "Funnel, 99.8 %": funnel,
    "Funnel, 95 %": funnel_95,
    "Traffic lights": traffic_lights,
    "League table": league_table,
    "This term against last": this_term_against_last,
}


def measure(trusts: int, seed: int) -> list[dict[str, float | str]]:
    random = np.random.default_rng(seed)
    better, worse, wolf = (dict.fromkeys(METHODS, 0) for _ in range(3))
    for _ in range(trusts):
        done, of = invented_trust(random)
        for name, method in METHODS.items():
            calls = method(done, of)
            better[name] += calls[0] == 1
            worse[name] += calls[1] == -1
            wolf[name] += sum(call != 0 for call in calls[2:])
    return [
        {
            "method": name,
            "improving school found": better[name] / trusts,
            "worsening school found": worse[name] / trusts,
            "false alarms": wolf[name] / trusts / (SCHOOLS - 2),
        }
        for name in METHODS
    ]


def coin_tossers(files: int, per_file: int, seed: int) -> tuple[float, float]:
    """Reliability of judgements that mean nothing: pairs at random, pairs chosen for closeness."""
    random = np.random.default_rng(seed)
    items = list(range(files))

    def tossed(a: int, b: int) -> tuple[int, int]:
        return (a, b) if random.random() < 0.5 else (b, a)

    plan = plan_pairs(items, per_item=per_file, judges=["one"], seed=seed)["one"]
    fair = fit([tossed(int(str(a)), int(str(b))) for a, b in plan], items=items)
    judged: list[tuple[int, int]] = []
    for _ in range(per_file):
        scores = np.array(fit(judged, items=items, prior=0.01).scores, dtype=float)
        order = np.argsort(scores + random.normal(0, 1e-6, files)).tolist()
        judged += [tossed(a, b) for a, b in zip(order[::2], order[1::2], strict=True)]
    close = fit(judged, items=items, prior=0.01)
    return fair.reliability or 0.0, close.reliability or 0.0


def picture(rows: list[dict[str, float | str]], path: Path) -> None:
    kinds = ["improving school found", "worsening school found", "false alarms"]
    bars = [{"method": r["method"], "what": k, "rate": r[k]} for r in rows for k in kinds]
    drawing = (
        alt.Chart(alt.Data(values=bars))
        .mark_bar()
        .encode(
            x=alt.X(
                "rate:Q", title=None, axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1])
            ),
            y=alt.Y("what:N", title=None, sort=kinds),
            row=alt.Row(
                "method:N", title=None, sort=list(METHODS), header=alt.Header(labelAngle=0)
            ),
            color=alt.Color(
                "what:N",
                legend=None,
                scale=alt.Scale(domain=kinds, range=["#1f7a4d", "#1f5fa8", "#b3261e"]),
            ),
        )
        .properties(width=420, height=48)
    )
    path.write_bytes(vl_convert.vegalite_to_png(drawing.to_json(), scale=1.5))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trusts", type=int, default=300)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--picture", type=Path)
    options = parser.parse_args()
    rows = measure(options.trusts, options.seed)
    print(f"{options.trusts} invented trusts of {SCHOOLS} schools, seed {options.seed}")
    print(f"{'':<24}{'improving':>12}{'worsening':>12}{'false':>12}")
    print(f"{'':<24}{'found':>12}{'found':>12}{'alarms':>12}")
    for row in rows:
        name, *rates = row.values()
        print(f"{name:<24}" + "".join(f"{rate:>12.1%}" for rate in rates))
    tossed = [coin_tossers(files=60, per_file=20, seed=options.seed + n) for n in range(10)]
    fair, close = np.mean(tossed, axis=0)
    print(f"judges who toss coins: reliability {fair:.2f} at random, {close:.2f} by closeness")
    if options.picture:
        picture(rows, options.picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
