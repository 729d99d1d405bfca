"""Writing in a document: the page, saving as one types, and choosing after a clash."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from pillars.consistency.paperwork.forms.documents import DocumentForm
from pillars.consistency.paperwork.models import Clash, Document
from pillars.consistency.paperwork.queries.checking import findings_today
from pillars.consistency.paperwork.queries.clashes import compared, open_clash
from pillars.consistency.paperwork.rules import documents as rules
from pillars.consistency.paperwork.services.documents import Saved, save_draft, settle_clash
from pillars.consistency.paperwork.views.documents.shared import (
    ROOM,
    address,
    agree,
    back_to_document,
    document_or_404,
    log_document,
    reasons,
)
from pillars.foundation.permissions import Permission
from pillars.foundation.services import Refused
from pillars.people.organisations.access import SchoolRequest, school_page

KEPT_ASIDE = (
    "Somebody else changed this document while you were writing. "
    "Your words are kept. Choose what to keep."
)


@school_page(Permission.WRITE_DOCUMENTS)
@require_http_methods(["GET", "POST"])
def write_document(request: SchoolRequest, document_id: int) -> HttpResponse:
    """A draft as boxes to write in, with its checks beside it."""
    document = document_or_404(request, document_id)
    if rules.reason_against(lambda: rules.check_can_write(document=document, scope=request.scope)):
        return back_to_document(request, document)
    if request.method == "POST":
        return _write(request, document)
    clash = open_clash(document, request.user)
    if clash is not None:
        messages.warning(request, KEPT_ASIDE)
        return redirect(address("settle_clash", request, document_id=document.pk))
    log_document(request, document, "write")
    return _page(request, document, _form(document))


def _write(request: SchoolRequest, document: Document) -> HttpResponse:
    more = request.POST.get("more", "")
    form = _form(document, request.POST, more=more)
    try:
        saved = _save(request, document, form)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _page(request, document, form, status=422)
    if saved.clash is not None:
        messages.warning(request, KEPT_ASIDE)
        return redirect(address("settle_clash", request, document_id=document.pk))
    if form.problems():
        form.say_revision(saved.document.revision)
        return _page(request, saved.document, form, status=422)
    if more:
        url = address("write_document", request, document_id=document.pk)
        return redirect(f"{url}?more={more}#{more}")
    if "agree" in request.POST:
        return agree(request, saved.document)
    messages.success(request, "Saved.")
    return back_to_document(request, document)


@school_page(Permission.WRITE_DOCUMENTS)
@require_POST
def save_document(request: SchoolRequest, document_id: int) -> HttpResponse:
    """Saving as one types: answers in JSON how it went, the checks, and why not to agree yet."""
    document = document_or_404(request, document_id)
    form = _form(document, request.POST)
    try:
        saved = _save(request, document, form)
    except Refused as refusal:
        return JsonResponse({"message": f"Not saved: {refusal}"}, status=422)
    if saved.clash is not None:
        url = address("settle_clash", request, document_id=document.pk)
        return JsonResponse({"message": KEPT_ASIDE, "url": url}, status=409)
    at = timezone.localtime()
    problems = form.problems()
    message = f"Saved at {at:%H:%M}"
    if problems:
        message += f", except: {problems[0]}"
    context = _beside(request, saved.document)
    return JsonResponse(
        {
            "message": message,
            "revision": saved.document.revision,
            "findings": render_to_string("paperwork/documents/_findings.html", context, request),
            "agree": render_to_string("paperwork/documents/_agree.html", context, request),
        }
    )


@school_page(Permission.WRITE_DOCUMENTS)
@require_http_methods(["GET", "POST"])
def choose_after_clash(request: SchoolRequest, document_id: int) -> HttpResponse:
    """Two people wrote at once: both versions side by side, to choose field by field."""
    document = document_or_404(request, document_id)
    clash = open_clash(document, request.user)
    if clash is None:
        return back_to_document(request, document)
    if request.method == "POST":
        return _settle(request, document, clash)
    log_document(request, document, "clash")
    return _clash_page(request, document, clash)


def _settle(request: SchoolRequest, document: Document, clash: Clash) -> HttpResponse:
    fields = compared(document, clash)
    chosen: dict[str, Any] = {
        one.field.key: one.answers[request.POST.get(one.field.key, one.suggested)]
        for one in fields
        if request.POST.get(one.field.key, one.suggested) in one.answers
    }
    try:
        revision = int(request.POST.get("revision", ""))
    except ValueError:
        raise Http404 from None
    try:
        settle_clash(clash=clash, chosen=chosen, revision=revision, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _clash_page(request, document_or_404(request, document.pk), clash, status=422)
    messages.success(request, "Saved what you chose.")
    return redirect(address("write_document", request, document_id=document.pk))


def _clash_page(
    request: SchoolRequest, document: Document, clash: Clash, status: int = 200
) -> HttpResponse:
    context = {
        "page_title": "Choose what to keep",
        "room": ROOM,
        "document": document,
        "clash": clash,
        "compared": compared(document, clash),
    }
    return render(request, "paperwork/documents/clash.html", context, status=status)


def _form(document: Document, data: Any = None, *, more: str = "") -> DocumentForm:
    return DocumentForm(
        data,
        definition=document.version.parsed,
        answers=document.answers,
        revision=document.revision,
        more=more,
    )


def _save(request: SchoolRequest, document: Document, form: DocumentForm) -> Saved:
    form.is_valid()
    revision = form.cleaned_data.get("revision")
    if revision is None:
        raise Refused("This page is out of date. Copy what you wrote and open the document again.")
    return save_draft(document=document, answers=form.answers(), revision=revision, by=request.user)


def _beside(request: SchoolRequest, document: Document) -> dict[str, Any]:
    return {
        "document": document,
        "findings": findings_today(document, today=timezone.localdate()),
        "reasons": reasons(request, document),
    }


def _page(
    request: SchoolRequest, document: Document, form: DocumentForm, status: int = 200
) -> HttpResponse:
    more = request.GET.get("more", "")
    if more and not form.is_bound:
        form = _form(document, more=more)
    sections = [(section, form.parts(section)) for section in form.definition.sections]
    context = _beside(request, document) | {
        "page_title": document.version.standard.title,
        "room": ROOM,
        "form": form,
        "sections": sections,
    }
    return render(request, "paperwork/documents/write.html", context, status=status)
