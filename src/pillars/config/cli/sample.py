"""The invented trust of examples/: who can sign in, and how it comes into the database."""

import json
from dataclasses import dataclass
from typing import Any

from pillars.config.paths import CHECKOUT, SetupError

EXAMPLES = CHECKOUT / "examples"


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody invented who can sign in to the demo. `what` says their role and place."""

    email: str
    password: str
    what: str


def described() -> dict[str, Any]:
    """What examples/trust.json says. Raises `SetupError` when it is not there."""
    file = EXAMPLES / "trust.json"
    try:
        found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raise SetupError(f"{file} is missing. Bring it back with: git checkout examples") from None
    except ValueError:
        raise SetupError(f"{file} is not JSON. Bring it back with: git checkout examples") from None
    return found


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
    return shown


def load_sample() -> None:
    """Bring in the trust through the same services and importers a school uses."""
    raise SetupError("The importers of this version do not reach the sample yet.")
