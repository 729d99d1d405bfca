"""What examples/trust.json says: schools, staff, calendar, and the order in which to load them."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pillars.config.paths import CHECKOUT, SetupError

EXAMPLES = CHECKOUT / "examples"
# Looks after the installation; sees no pupil.
OPERATOR = ("robin.penhaligon@otterwater.example", "Robin Penhaligon")


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody invented who can sign in to the demo. `what` says their role and place."""

    email: str
    password: str
    what: str


def described() -> dict[str, Any]:
    """The whole description. Raises `SetupError` when it is not there."""
    file = EXAMPLES / "trust.json"
    try:
        found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raise SetupError(f"{file} is missing. Bring it back with: git checkout examples") from None
    except ValueError:
        raise SetupError(f"{file} is not JSON. Bring it back with: git checkout examples") from None
    return found


def example(name: str) -> Path:
    """A file of the examples. Raises `SetupError` when it is not there."""
    file = EXAMPLES / name
    if not file.exists():
        raise SetupError(f"{file} is missing. Bring it back with: git checkout examples")
    return file


def sign_ins() -> list[SignIn]:
    """One person of each role, and the SENDCos of every school: enough to see all sides."""
    known = described()
    schools = {str(school["urn"]): str(school["name"]) for school in known["schools"]}
    shown: list[SignIn] = []
    roles: set[str] = set()
    for person in known["staff"]:
        if person["role"] in roles and person["role"] != "senco":
            continue
        roles.add(person["role"])
        place = schools.get(str(person["school"]), str(known["trust"]["name"]))
        what = f"{person['job_title']}, {place.removesuffix(' (invented)')}"
        shown.append(SignIn(person["email"], known["password"], what))
    shown.append(SignIn(OPERATOR[0], known["password"], "Looks after the installation"))
    return shown
