"""Each request: who is this, what may they reach now, and nothing beyond it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils.module_loading import import_string

from pillars.foundation.scope import NOTHING, Scope, entered

Next = Callable[[HttpRequest], HttpResponseBase]


class ScopedRequest(HttpRequest):
    """A request after the middleware: it carries the person's scope."""

    scope: Scope


class ScopeMiddleware:
    """Resolve the person's memberships anew on every request and enter their scope.

    Memberships are read each time, so that ending one bites at the next click. The request is
    one transaction; an exception on the way undoes all of it.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.resolve: Callable[[HttpRequest], Scope] = import_string(settings.PILLARS_SCOPE)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with transaction.atomic():
            scope = self._scope(request)
            request.scope = scope  # type: ignore[attr-defined]
            with entered(scope):
                response = self.get_response(request)
            if getattr(request, "undo", False):
                transaction.set_rollback(True)
            return response

    def _scope(self, request: HttpRequest) -> Scope:
        if not request.user.is_authenticated:
            return NOTHING
        # One may always read one's own memberships; the rest follows from them.
        with entered(Scope(person_id=request.user.pk)):
            return self.resolve(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        # Undone at the end, not here: the page that says what happened still has to be drawn.
        request.undo = True  # type: ignore[attr-defined]
