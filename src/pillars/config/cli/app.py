"""The command line: `pillars demo / serve / migrate / worker / reset / review / import / check`.

Commands that need no database import nothing of Django; each imports what it needs when it runs.
"""

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console

from pillars.config.paths import SetupError

app = typer.Typer(
    name="pillars",
    help="Three Pillars: consistency, quality and collaboration in SEND provision.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

# Where to find a command that is loaded only when it is asked for: name → module, and the Typer
# application or function in it.
LAZY = {
    "review": ("pillars.config.cli.review", "review"),
    "import": ("pillars.config.cli.imports", "imports"),
}

Port = Annotated[int, typer.Option(help="The port of the web pages.")]
Host = Annotated[str, typer.Option(help="The address to listen on.")]


@app.callback()
def _common(
    data: Annotated[
        Path | None,
        typer.Option(help="Where the database, uploads and keys live (also PILLARS_DATA)."),
    ] = None,
) -> None:
    """Every command takes --data FOLDER, before or after its name."""
    if data is not None:
        os.environ["PILLARS_DATA"] = str(data.resolve())


@app.command()
def demo(
    port: Port = 8000,
    reset: Annotated[
        bool, typer.Option("--reset", help="Begin again with a fresh sample trust.")
    ] = False,
) -> None:
    """Run everything with an invented trust in it, and print who can sign in."""
    from pillars.config.cli.running import run_demo

    run_demo(port=port, fresh=reset)


@app.command()
def serve(
    port: Port = 8000,
    host: Host = "127.0.0.1",
    processes: Annotated[
        int, typer.Option(help="Web processes; 0 suits them to this machine.", min=0, max=64)
    ] = 0,
) -> None:
    """Run the web server and the worker, for a reverse proxy in front."""
    from pillars.config.cli.running import run_serve

    run_serve(host=host, port=port, processes=processes)


@app.command()
def worker() -> None:
    """Run a worker alone, for a machine that serves no pages."""
    from pillars.config.cli.running import run_worker

    run_worker()


@app.command()
def migrate() -> None:
    """Bring the database to this version: tables, policies, history triggers."""
    from pillars.config.cli.database import run_migrate

    run_migrate()


@app.command(hidden=True)
def sample() -> None:
    """Put the invented trust of examples/ into the database, through the importers."""
    from pillars.config.cli.sample import load_sample

    load_sample()


@app.command()
def reset(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete everything in the database. It cannot be undone."""
    from pillars.config.cli.database import run_reset

    run_reset(sure=yes)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write; it must not exist yet.")],
) -> None:
    """Write the whole database to one file. It holds pupils' records: keep it safe."""
    from pillars.config.cli.database import run_backup

    run_backup(file)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `pillars backup` wrote.")],
) -> None:
    """Bring a back-up into an empty database."""
    from pillars.config.cli.database import run_restore

    run_restore(file)


@app.command(name="first-person")
def first_person(
    email: Annotated[str, typer.Option(help="Their e-mail address.", prompt="E-mail address")],
    name: Annotated[str, typer.Option(help="Their name, as others see it.", prompt="Name")],
) -> None:
    """Make the person who looks after a new installation and invites the first people."""
    from pillars.config.cli.database import set_up_django

    set_up_django("owner")
    from pillars.config.cli.people import make_first_person

    make_first_person(email=email, name=name)


@app.command()
def check() -> None:
    """Look this installation over, and say what is not right and what to do."""
    from pillars.config.cli.checkup import run_check

    run_check()


def _register(name: str) -> None:
    module, attribute = LAZY[name]
    found: Any = getattr(import_module(module), attribute)
    if isinstance(found, typer.Typer):
        app.add_typer(found, name=name)
    else:
        app.command(name=name)(found)


def _take_data(arguments: list[str]) -> list[str]:
    """`--data FOLDER` moved to the front, where it is understood, from wherever it was given."""
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--data" and place + 1 < len(arguments):
            rest = arguments[:place] + arguments[place + 2 :]
            return ["--data", arguments[place + 1], *rest]
        if argument.startswith("--data="):
            return [argument, *arguments[:place], *arguments[place + 1 :]]
    return arguments


def _command(arguments: list[str]) -> str | None:
    """The name of the command, if one was given."""
    words = arguments[2:] if arguments[:1] == ["--data"] else arguments
    return next((word for word in words if not word.startswith("-")), None)


def main() -> NoReturn:
    """Run one command; what a person has to put right is one sentence, not a traceback."""
    arguments = _take_data(sys.argv[1:])
    command = _command(arguments)
    for name in LAZY:
        if command in {None, name}:  # with no command the list of all of them is shown
            _register(name)
    try:
        app(arguments, prog_name="pillars")
    except SetupError as problem:
        err.print(str(problem), markup=False)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(0)
