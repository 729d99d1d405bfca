"""The addresses of reviews."""

from django.urls import URLPattern, path

from pillars.consistency.paperwork.views.reviews import bringing, files, matching, report

_ROOM = "schools/<int:urn>/paperwork/reviews/"
_ONE = _ROOM + "<int:review_id>/"
_FILE = _ONE + "files/<int:file_id>/"

urlpatterns: list[URLPattern] = [
    path(_ROOM, bringing.reviews, name="reviews"),
    path(_ONE, report.review, name="review"),
    path(_ONE + "again/", bringing.read_review_again, name="read_review_again"),
    path(_ONE + "spreadsheet/", report.review_spreadsheet, name="review_spreadsheet"),
    path(_ONE + "pdf/", report.review_pdf, name="review_pdf"),
    path(_ONE + "files/", files.review_files, name="review_files"),
    path(_ONE + "pupils/", matching.review_pupils, name="review_pupils"),
    path(_FILE, files.review_file, name="review_file"),
    path(_FILE + "original/", files.review_original, name="review_original"),
    path(_FILE + "pupil/", matching.match_review_file, name="match_review_file"),
]
