"""`pillars first-person`: the operator of a new installation, who lets everybody else in."""

import typer
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from pillars.config.cli.app import out
from pillars.config.paths import SetupError
from pillars.foundation.scope import Scope, entered
from pillars.foundation.services import Refused, service
from pillars.people.organisations.models import Person
from pillars.people.organisations.services import create_person


@service
def create_operator(*, email: str, name: str, password: str, by: Person | None) -> Person:
    """Somebody who looks after this installation. It gives them no pupil's record."""
    person = create_person(email=email, name=name, password=password, by=by)
    person.is_operator = True
    person.save(update_fields=["is_operator"])
    return person


def make_first_person(*, email: str, name: str) -> None:
    """Ask for a password twice, then make the operator."""
    try:
        validate_email(email)
    except ValidationError:
        raise SetupError(f"{email} is not an e-mail address.") from None
    if Person.objects.filter(email__iexact=email).exists():
        raise SetupError(f"{email} can sign in already.")
    out.print("Choose a password of at least 12 characters.")
    password = typer.prompt("Password", hide_input=True, confirmation_prompt="Once more")
    try:
        validate_password(password, Person(email=email, name=name))
        with transaction.atomic(), entered(Scope.of_system(operator=True)):
            create_operator(email=email, name=name, password=password, by=None)
    except ValidationError as error:
        raise SetupError(" ".join(error.messages)) from None
    except Refused as refusal:
        raise SetupError(str(refusal)) from None
    out.print(f"{email} can sign in, bring in the list of schools, and invite the first people.")
