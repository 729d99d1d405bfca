"""The addresses of documents."""

from django.urls import URLPattern, path

from pillars.consistency.paperwork.views.documents import lists, printing, standing, writing

_ROOM = "schools/<int:urn>/paperwork/"
_ONE = _ROOM + "documents/<int:document_id>/"

urlpatterns: list[URLPattern] = [
    path(_ROOM, lists.documents, name="documents"),
    path(_ROOM + "make/", lists.make_documents, name="make_documents"),
    path(_ROOM + "chosen/", lists.documents_chosen, name="documents_chosen"),
    path(_ROOM + "print/", printing.print_many, name="print_many"),
    path(_ONE, standing.document, name="document"),
    path(_ONE + "write/", writing.write_document, name="write_document"),
    path(_ONE + "save/", writing.save_document, name="save_document"),
    path(_ONE + "choose/", writing.choose_after_clash, name="settle_clash"),
    path(_ONE + "agree/", standing.agree_document, name="agree_document"),
    path(_ONE + "review/", standing.review_document, name="review_document"),
    path(_ONE + "reopen/", standing.reopen_document, name="reopen_document"),
    path(_ONE + "renew/", standing.renew_document, name="renew_document"),
    path(_ONE + "archive/", standing.archive_document, name="archive_document"),
    path(_ONE + "bring-up/", standing.bring_up_document, name="bring_up_document"),
    path(_ONE + "history/", standing.document_history, name="document_history"),
    path(_ONE + "compare/", standing.compare_document, name="compare_document"),
    path(_ONE + "pdf/", printing.print_document, name="print_document"),
    path(_ONE + "source/", printing.document_source, name="document_source"),
    path(_ONE + "word/", printing.word_document, name="word_document"),
    path(_ONE + "people/", standing.contributors, name="contributors"),
    path(
        _ONE + "people/<int:contribution_id>/remove/",
        standing.remove_contribution,
        name="remove_contribution",
    ),
]
