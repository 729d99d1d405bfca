"""Who may open the pages of documents."""

from __future__ import annotations

from tests.consistency.paperwork.documents.factories import make_document, shipped_version
from tests.contracts.access.row import Row

from pillars.consistency.paperwork.models import Contribution
from pillars.foundation.models import StoredFile
from pillars.foundation.permissions import Permission
from pillars.people.organisations.models import School


def _document(school: School) -> dict[str, int]:
    return {"document_id": make_document(school, shipped_version("pupil-passport")).pk}


def _agreed(school: School) -> dict[str, int]:
    version = shipped_version("pupil-passport")
    return {"document_id": make_document(school, version, state="agreed").pk}


def _sourced(school: School) -> dict[str, int]:
    document = make_document(school, shipped_version("pupil-passport"))
    document.source = StoredFile.holding(
        school_id=school.pk, name="old.txt", content_type="text/plain", content=b"x", by_id=None
    )
    document.source.save()
    document.save()
    return {"document_id": document.pk}


def _renewal(school: School) -> dict[str, int]:
    version = shipped_version("pupil-passport")
    earlier = make_document(school, version, state="archived")
    renewal = make_document(school, version, pupil=earlier.pupil)
    renewal.renewed_from = earlier
    renewal.save()
    return {"document_id": renewal.pk}


def _contribution(school: School) -> dict[str, int]:
    document = make_document(school, shipped_version("pupil-passport"))
    made = Contribution.objects.create(
        school=school, document=document, name="Mum", relation="parent", on="2026-11-01"
    )
    return {"document_id": document.pk, "contribution_id": made.pk}


ROWS = {
    "paperwork:documents": Row(Permission.VIEW_DOCUMENTS),
    "paperwork:documents_chosen": Row(Permission.VIEW_DOCUMENTS, method="post", ok={302}),
    "paperwork:make_documents": Row(Permission.WRITE_DOCUMENTS),
    "paperwork:print_many": Row(Permission.VIEW_DOCUMENTS),
    "paperwork:document": Row(Permission.VIEW_DOCUMENTS, make=_document),
    "paperwork:document_history": Row(Permission.VIEW_DOCUMENTS, make=_document),
    "paperwork:document_source": Row(Permission.VIEW_DOCUMENTS, make=_sourced),
    "paperwork:compare_document": Row(Permission.VIEW_DOCUMENTS, make=_renewal),
    "paperwork:print_document": Row(Permission.VIEW_DOCUMENTS, make=_document),
    "paperwork:word_document": Row(Permission.VIEW_DOCUMENTS, make=_document),
    "paperwork:write_document": Row(Permission.WRITE_DOCUMENTS, make=_document),
    "paperwork:save_document": Row(
        Permission.WRITE_DOCUMENTS, make=_document, method="post", data=lambda _: {"revision": 1}
    ),
    "paperwork:settle_clash": Row(Permission.WRITE_DOCUMENTS, make=_document, ok={302}),
    "paperwork:contributors": Row(Permission.WRITE_DOCUMENTS, make=_document),
    "paperwork:remove_contribution": Row(
        Permission.WRITE_DOCUMENTS, make=_contribution, method="post", ok={302}
    ),
    "paperwork:renew_document": Row(
        Permission.WRITE_DOCUMENTS, make=_agreed, method="post", ok={302}
    ),
    "paperwork:bring_up_document": Row(
        Permission.WRITE_DOCUMENTS, make=_document, method="post", ok={302}
    ),
    "paperwork:agree_document": Row(
        Permission.AGREE_DOCUMENTS, make=_document, method="post", ok={302}
    ),
    "paperwork:review_document": Row(Permission.AGREE_DOCUMENTS, make=_agreed),
    "paperwork:reopen_document": Row(
        Permission.AGREE_DOCUMENTS, make=_agreed, method="post", ok={302}
    ),
    "paperwork:archive_document": Row(
        Permission.AGREE_DOCUMENTS, make=_agreed, method="post", ok={302}
    ),
}
