"""Says how much of the product the tests reach, and fails below the floor.

What decides (measures, rules, services, queries) is covered branch by branch; everything together
at nine lines in ten.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

OVERALL = 90.0
WHOLE = re.compile(r"/(measures/|(rules|services|queries)(\.py$|/))")


def gaps(files: Mapping[str, Any]) -> Iterator[str]:
    """One line for each file that decides something and is not covered whole."""
    for name, file in sorted(files.items()):
        missing = [str(line) for line in file["missing_lines"]]
        missing += [f"{start}→{end}" for start, end in file.get("missing_branches", [])]
        if WHOLE.search(name) and missing:
            yield f"  {name}: {', '.join(missing[:12])}{' …' if len(missing) > 12 else ''}"


def main(report: Path) -> int:
    """Print the figures; 1 when they are below the floor."""
    data = json.loads(report.read_text(encoding="utf-8"))
    overall = data["totals"]["percent_covered"]
    short = list(gaps(data["files"]))
    print(f"Coverage, lines and branches: {overall:.1f} % (floor {OVERALL:.0f} %)")
    if short:
        print("Not covered whole, and has to be:", *short, sep="\n")
    return int(bool(short) or overall < OVERALL)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
