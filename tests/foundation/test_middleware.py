"""Each request is one transaction inside the person's scope."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from tests.conftest import World

from pillars.foundation.middleware import ScopeMiddleware
from pillars.foundation.models import SchoolTerm
from pillars.foundation.permissions import Role
from pillars.foundation.scope import current_scope, entered
from pillars.people.organisations.models import Membership, Person
from pillars.people.organisations.queries import scope_of

pytestmark = pytest.mark.django_db


def _term(school_id: int) -> SchoolTerm:
    return SchoolTerm.objects.create(
        school_id=school_id, name="A", first_day=date(2026, 9, 1), last_day=date(2026, 9, 2)
    )


def _run(person: Person | None, view: Any) -> HttpResponse:
    request: HttpRequest = RequestFactory().get("/")
    request.user = person or type("Nobody", (), {"is_authenticated": False})()  # type: ignore[assignment]
    return ScopeMiddleware(view)(request)  # type: ignore[return-value]


def test_view_runs_as_the_web_role_inside_the_persons_scope(world: World, senco: Person) -> None:
    seen: dict[str, Any] = {}

    def view(request: Any) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            seen["role"] = cursor.fetchone()[0]
        seen["schools"] = set(request.scope.schools)
        seen["current"] = current_scope() is request.scope
        return HttpResponse("ok")

    assert _run(senco, view).status_code == 200
    assert seen == {"role": "pillars_web", "schools": {world.school.pk}, "current": True}


def test_nobody_signed_in_reaches_nothing(world: World) -> None:
    _term(world.school.pk)

    def view(request: Any) -> HttpResponse:
        return HttpResponse(str(SchoolTerm.objects.count()))

    assert _run(None, view).content == b"0"


def test_exception_in_a_view_takes_back_what_it_wrote(world: World, senco: Person) -> None:
    def view(request: Any) -> HttpResponse:
        # What Django does when a view raises: tell the middleware, then answer 500.
        _term(world.school.pk)
        middleware.process_exception(request, ValueError("broken"))
        return HttpResponse("no", status=500)

    middleware = ScopeMiddleware(view)
    request: HttpRequest = RequestFactory().get("/")
    request.user = senco
    with transaction.atomic():
        assert middleware(request).status_code == 500  # type: ignore[attr-defined]
    assert not SchoolTerm.objects.exists()


def test_ended_membership_bites_at_the_next_click(
    world: World, senco: Person, sign_in: Any
) -> None:
    client: Client = sign_in(senco)
    url = f"/schools/{world.school.urn}/"
    assert client.get(url).status_code == 200
    Membership.objects.filter(person=senco).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert client.get(url).status_code == 404


def test_row_of_another_school_cannot_be_read_changed_or_removed(
    world: World, senco: Person
) -> None:
    theirs = _term(world.other_school.pk)
    with transaction.atomic(), entered(scope_of(senco, on=timezone.localdate())):
        assert not SchoolTerm.objects.filter(pk=theirs.pk).exists()
        assert SchoolTerm.objects.filter(pk=theirs.pk).update(name="x") == 0
        assert SchoolTerm.objects.filter(pk=theirs.pk).delete()[0] == 0
    theirs.refresh_from_db()
    assert theirs.name == "A"


def test_row_cannot_be_moved_into_another_school(world: World, senco: Person) -> None:
    mine = _term(world.school.pk)
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
        entered(scope_of(senco, on=timezone.localdate())),
    ):
        SchoolTerm.objects.filter(pk=mine.pk).update(school_id=world.other_school.pk)


def test_page_carries_a_strict_policy_and_no_frame(world: World, sign_in: Any) -> None:
    answer = sign_in(world[Role.SENCO]).get(f"/schools/{world.school.urn}/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    html = answer.content.decode()
    assert " style=" not in html
    assert "<script>" not in html
