"""Documents on paper and in Word: one, those chosen, a class, a year or the whole school."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePath

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from pillars.consistency.paperwork.models import Document, DocumentQuerySet
from pillars.consistency.paperwork.printing import (
    Layout,
    Printable,
    print_documents,
    write_word,
)
from pillars.consistency.paperwork.queries.documents import (
    DocumentFilter,
    classes_and_years,
    documents_of,
    printables,
)
from pillars.consistency.paperwork.queries.standards import versions_in_force
from pillars.consistency.paperwork.views.documents.shared import (
    ROOM,
    address,
    document_or_404,
    log_document,
)
from pillars.foundation.models import StoredFile, Viewing
from pillars.foundation.permissions import Permission
from pillars.people.organisations.access import SchoolRequest, school_page
from pillars.people.register.codes import YEAR_TITLES

LAYOUTS = {
    Layout.STANDARD: "Standard",
    Layout.LARGE_PRINT: "Large print",
    Layout.PLAIN: "Plain, no colour",
}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PIECE = 256 * 1024


@school_page(Permission.VIEW_DOCUMENTS)
@require_GET
def print_document(request: SchoolRequest, document_id: int) -> HttpResponseBase:
    """One document as PDF, shown in the browser."""
    return _pdf(request, _only(request, document_id))


@school_page(Permission.VIEW_DOCUMENTS)
@require_GET
def word_document(request: SchoolRequest, document_id: int) -> HttpResponseBase:
    """One document as a Word file."""
    return _word(request, _only(request, document_id))


@school_page(Permission.VIEW_DOCUMENTS)
@require_GET
def document_source(request: SchoolRequest, document_id: int) -> HttpResponseBase:
    """The file a document was made from, as it came."""
    document = document_or_404(request, document_id)
    stored = StoredFile.objects.filter(school=request.school, pk=document.source_id or 0).first()
    if stored is None:
        raise Http404
    log_document(request, document, "source")
    response = HttpResponse(bytes(stored.content), content_type="application/octet-stream")
    # Its own name may hold the pupil's, which must not be left in a list of downloads.
    ending = PurePath(stored.name).suffix[:6]
    response["Content-Disposition"] = f'attachment; filename="original-{document.pk}{ending}"'
    response["Cache-Control"] = "private, no-store"
    return response


@school_page(Permission.VIEW_DOCUMENTS)
@require_GET
def print_many(request: SchoolRequest) -> HttpResponseBase:
    """Choose whose documents to print; with `format`, the file itself."""
    versions = versions_in_force(request.school)
    chosen = _chosen(request)
    found = documents_of(
        request.school.pk, chosen, [v.pk for v in versions.values()], on=timezone.localdate()
    )
    if "format" in request.GET:
        if not found.exists():
            messages.error(request, "There is nothing to print. Choose another class or year.")
            return redirect(address("print_many", request))
        return _word(request, found) if request.GET["format"] == "word" else _pdf(request, found)
    classes, years = classes_and_years(request.school.pk)
    context = {
        "page_title": "Print",
        "room": ROOM,
        "standards": [(key, version.standard.title) for key, version in versions.items()],
        "classes": [("", "All classes"), *((name, name) for name in classes)],
        "years": [("", "All years"), *((year, YEAR_TITLES.get(year, year)) for year in years)],
        "layouts": [(layout.value, title) for layout, title in LAYOUTS.items()],
        "chosen": chosen,
    }
    return render(request, "paperwork/documents/print.html", context)


def files_of(request: SchoolRequest, documents: DocumentQuerySet) -> HttpResponseBase:
    """The PDF of documents somebody ticked in a list."""
    return _pdf(request, documents)


def _chosen(request: SchoolRequest) -> DocumentFilter:
    given = request.GET
    return DocumentFilter(
        standard=given.get("standard", ""),
        state=given.get("state", "agreed"),
        year=given.get("year", ""),
        class_group=given.get("class", ""),
    )


def _only(request: SchoolRequest, document_id: int) -> DocumentQuerySet:
    document_or_404(request, document_id)
    found: DocumentQuerySet = Document.objects.of_school(request.school.pk).filter(pk=document_id)
    return found


def _layout(request: SchoolRequest) -> Layout:
    try:
        return Layout(request.GET.get("layout") or Layout.STANDARD)
    except ValueError:
        raise Http404 from None


def _pdf(request: SchoolRequest, documents: DocumentQuerySet) -> HttpResponseBase:
    layout = _layout(request)
    gathered = _gathered(request, documents)
    made = print_documents(gathered, layout=layout)
    response = StreamingHttpResponse(_pieces(made), content_type="application/pdf")
    response["Content-Length"] = str(len(made))
    response["Content-Disposition"] = f'inline; filename="{_file_name(gathered)}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _word(request: SchoolRequest, documents: DocumentQuerySet) -> HttpResponseBase:
    layout = _layout(request)
    gathered = _gathered(request, documents)
    name = _file_name(gathered)
    if len(gathered) == 1:
        made, kind, name = write_word(gathered[0], layout=layout), WORD, f"{name}.docx"
    else:
        made, kind, name = _zipped(gathered, layout), "application/zip", f"{name}.zip"
    response = HttpResponse(made, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _zipped(gathered: list[Printable], layout: Layout) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as files:
        for number, one in enumerate(gathered, 1):
            name = f"{number:03d} {one.pupil} {one.definition.title}".replace("/", "-")
            files.writestr(f"{name}.docx", write_word(one, layout=layout))
    return made.getvalue()


def _gathered(request: SchoolRequest, documents: DocumentQuerySet) -> list[Printable]:
    keys = list(documents.values_list("pk", flat=True))
    Viewing.objects.bulk_create(
        Viewing(
            school=request.school,
            person_id=request.user.pk,
            subject_kind="document",
            subject_id=pk,
            page="print",
        )
        for pk in keys
    )
    return printables(documents)


def _file_name(gathered: list[Printable]) -> str:
    # File names stay on disks and in mail: the standard and the school, never a pupil.
    titles = {one.definition.title for one in gathered}
    what = titles.pop() if len(titles) == 1 else "Documents"
    return slugify(f"{what} {gathered[0].school}")


def _pieces(made: bytes) -> Iterator[bytes]:
    for start in range(0, len(made), _PIECE):
        yield made[start : start + _PIECE]
