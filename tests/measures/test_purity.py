"""The measures read no file, ask no clock, and lean on NumPy, SciPy and textstat alone."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import pillars.measures

FILES = sorted(Path(pillars.measures.__file__).parent.rglob("*.py"))
ALLOWED = {
    *("__future__", "collections", "dataclasses", "datetime", "itertools", "math", "typing"),
    *("numpy", "scipy", "textstat", "pillars"),
}
FORBIDDEN = {"today", "now", "utcnow", "open", "print", "input", "exec", "eval", "default_rng"}
SEEDED = {"agreement/report.py", "judgement/plan.py", "judgement/scale.py", "priority.py"}


def named(path: Path) -> str:
    return path.relative_to(Path(pillars.measures.__file__).parent).as_posix()


def imports(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("path", FILES, ids=named)
def test_measure_imports_nothing_that_reads_or_writes(path: Path) -> None:
    found = imports(ast.parse(path.read_text(encoding="utf-8")))
    assert {module.partition(".")[0] for module in found} <= ALLOWED
    inside = {module for module in found if module.startswith("pillars")}
    assert all(module.startswith("pillars.measures") for module in inside)


@pytest.mark.parametrize("path", FILES, ids=named)
def test_measure_asks_no_clock_and_draws_only_with_a_seed(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            seeded = name == "default_rng" and named(path) in SEEDED and node.args
            assert name not in FORBIDDEN or seeded, f"{named(path)}:{node.lineno} calls {name}"


def test_there_are_measures_to_check() -> None:
    assert len(FILES) > 15
