"""What the pages of an import share: which one it is, and where its pages are."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from pillars.people.organisations.access import SchoolRequest
from pillars.people.register.models import RegisterImport


def import_here(request: SchoolRequest, import_id: int) -> RegisterImport:
    rows = RegisterImport.objects.filter(school=request.school).select_related("file", "made_by")
    return get_object_or_404(rows, pk=import_id)


def frame(request: SchoolRequest, title: str) -> dict[str, Any]:
    address_of_all = reverse("register:imports", args=[request.school.urn])
    return {
        "page_title": title,
        "room": "pupils",
        "back": {"title": "Bring in the register", "url": address_of_all},
    }


def where(request: SchoolRequest, made: RegisterImport) -> dict[str, int]:
    return {"urn": request.school.urn, "import_id": made.pk}


def address(name: str, request: SchoolRequest, made: RegisterImport, **more: Any) -> str:
    return reverse(f"register:{name}", kwargs={**where(request, made), **more})
