"""Whether package-lock.json locks exactly what package.json asks for."""

import json
import sys
from pathlib import Path

root = Path(__file__).resolve().parents[1]
asked = json.loads((root / "package.json").read_text(encoding="utf-8"))
locked = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"][""]

for kind in ("dependencies", "devDependencies"):
    if asked.get(kind, {}) != locked.get(kind, {}):
        sys.exit(
            "package-lock.json is older than package.json. Run bin/lock and commit what it writes."
        )
