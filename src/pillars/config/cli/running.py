"""`demo`, `serve` and `worker`: everything started, then watched until somebody ends it."""

import os
import sys
import time
from collections.abc import Callable

from pillars.config import embedded
from pillars.config.cli.app import err, out
from pillars.config.paths import SetupError, data_folder
from pillars.config.sample.described import sign_ins
from pillars.config.serving import prepare, web
from pillars.config.serving.processes import (
    ChildEnded,
    Running,
    ignoring_signals,
    one_at_a_time,
    stopping_on_signals,
)

HERE = "127.0.0.1"
Step = Callable[[], None]


def run_demo(*, port: int, fresh: bool) -> None:
    """Prepare the sample trust when it is missing, start everything, print the sign-ins, wait."""
    os.environ["PILLARS_HTTPS"] = "off"  # this machine only; there is no certificate for it
    address = f"http://localhost:{port}/"

    def ready() -> None:
        _prepare_demo(fresh=fresh)

    def say() -> None:
        out.print(f"\nThree Pillars is running: {address}\n")
        _print_sign_ins()
        out.print(f"\nEverything is kept in {data_folder()}. Ctrl-C ends it.")

    _run(HERE, port, ready=ready, say=say, command="bin/demo", processes=1)


def run_serve(*, host: str, port: int, processes: int) -> None:
    """Start the web server and worker for a school."""

    def ready() -> None:
        if prepare.needs_migrating():
            out.print("Bringing the database to this version")
            prepare.run_step("migrate")

    def say() -> None:
        out.print(f"Three Pillars listens on {host}:{port}. Ctrl-C ends it.")

    count = processes or web.sensible_processes()
    _run(host, port, ready=ready, say=say, command="bin/pillars serve", processes=count)


def run_worker() -> None:
    """Run one worker in this process's place."""
    child = web.worker()
    embedded.database_url("web")
    os.execve(  # noqa: S606  (there is no shell to go through)
        sys.executable, list(child.command), {**os.environ, **child.environment}
    )


def _run(host: str, port: int, *, ready: Step, say: Step, command: str, processes: int) -> None:
    began = time.monotonic()
    interrupted = False
    data_folder()
    with stopping_on_signals():
        try:
            with one_at_a_time(f"http://{host}:{port}/") as running:
                web.check_port(host, port, command=command)
                out.print("Starting the database")
                embedded.database_urls()
                ready()
                out.print("Starting the web server and the worker")
                _start(running, host, port, processes)
                out.print(f"Ready in {time.monotonic() - began:.1f} seconds")
                say()
                running.watch()
        except KeyboardInterrupt:
            interrupted = True
        except ChildEnded as ended:
            raise SetupError(str(ended)) from None
        finally:
            with ignoring_signals():
                alone = embedded.stop_when_alone()
    if interrupted:
        rest = "Nothing is left running." if alone else "Another command still uses the database."
        out.print(f"\nStopped. {rest}")


def _start(running: Running, host: str, port: int, processes: int) -> None:
    running.start(web.web_server(host, port, processes=processes))
    running.start(web.worker())
    answers_at = HERE if host in {"0.0.0.0", "::"} else host  # noqa: S104
    web.wait_until_it_answers(running, port, host=answers_at)


def _prepare_demo(*, fresh: bool) -> None:
    known = prepare.noted()
    mine = not known.get("sample") and not prepare.is_empty() and known.get("code")
    if mine and not known.get("sample-begun"):
        raise SetupError(
            "This folder holds records that are not the sample trust's, so the demo leaves them "
            "alone. Give it another folder: bin/demo --data FOLDER"
        )
    if fresh and known:
        out.print("Deleting the sample trust")
        prepare.empty()
        known = {}
    if known.get("code") != prepare.code_version():
        out.print("Bringing the database to this version (about 15 seconds the first time)")
        prepare.run_step("migrate")
    if not known.get("sample"):
        out.print("Bringing in the sample trust from examples/ (about half a minute)")
        prepare.run_step("sample")


def _print_sign_ins() -> None:
    people = sign_ins()
    if not people:
        err.print("examples/trust.json names nobody who can sign in.")
        return
    width = max(len(person.email) for person in people)
    out.print("Sign in as (all of them are invented):")
    for person in people:
        out.print(f"  {person.email:<{width}}  {person.password}  {person.what}", markup=False)
