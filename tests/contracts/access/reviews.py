"""Who may open the pages of reviews."""

from __future__ import annotations

from tests.consistency.paperwork.reviews.factories import make_review, make_waiting
from tests.contracts.access.row import Row

from pillars.consistency.paperwork.models import ReviewedFile
from pillars.foundation.permissions import Permission
from pillars.people.organisations.models import School

NEEDS = Permission.REVIEW_PAPERWORK


def _review(school: School) -> dict[str, int]:
    return {"review_id": make_review(school).pk}


def _waiting(school: School) -> dict[str, int]:
    return {"review_id": make_waiting(school, {"a.txt": b"Name: Invented"}).pk}


def _file(school: School) -> dict[str, int]:
    review = make_review(school)
    return {"review_id": review.pk, "file_id": ReviewedFile.objects.get(review=review).pk}


ROWS = {
    "paperwork:reviews": Row(NEEDS),
    "paperwork:review": Row(NEEDS, make=_review),
    "paperwork:read_review_again": Row(NEEDS, make=_waiting, method="post", ok={302}),
    "paperwork:review_spreadsheet": Row(NEEDS, make=_review),
    "paperwork:review_pdf": Row(NEEDS, make=_review),
    "paperwork:review_files": Row(NEEDS, make=_review),
    "paperwork:review_file": Row(NEEDS, make=_file),
    "paperwork:review_original": Row(NEEDS, make=_file),
    "paperwork:review_pupils": Row(NEEDS, make=_review),
    "paperwork:match_review_file": Row(NEEDS, make=_file, method="post", ok={302}),
}
