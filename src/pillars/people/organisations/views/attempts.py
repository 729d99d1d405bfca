"""What pages do when a rule says no: the sentence in place, nothing typed lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest

from pillars.foundation.services import Refused

R = TypeVar("R")


def attempt(request: HttpRequest, write: Callable[[], R], *, done: str) -> R | None:
    """Run a write from a button: afterwards a message says it is done, or why not."""
    try:
        result = write()
    except Refused as no:
        messages.error(request, str(no))
        return None
    messages.success(request, done)
    return result


def attempt_form(form: Form, write: Callable[[], R]) -> R | None:
    """Run a write from a valid form; a refusal becomes an error of the form."""
    try:
        return write()
    except Refused as no:
        form.add_error(None, str(no))
        return None
