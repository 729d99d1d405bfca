"""The addresses of standards: each once in a school and once over a trust."""

from django.urls import URLPattern

from pillars.consistency.paperwork.views.standards import drafting, lists, publishing
from pillars.consistency.paperwork.views.standards.shared import both
from pillars.foundation.permissions import Permission

_ONE = "<int:standard_id>/"
_DRAFT = f"{_ONE}draft/"
_SEE, _EDIT = Permission.VIEW_STANDARDS, Permission.EDIT_STANDARDS

urlpatterns: list[URLPattern] = [
    *both("", lists.standards, "standards", _SEE),
    *both("new/", lists.new_standard, "new_standard", _EDIT),
    *both("required/", lists.required, "required_documents", _EDIT),
    *both(_ONE, lists.standard, "standard", _SEE),
    *both(f"{_ONE}versions/", lists.standard_versions, "standard_versions", _SEE),
    *both(f"{_ONE}take-up/", lists.take_up, "take_up_standard", _EDIT),
    *both(_DRAFT, drafting.draft, "standard_draft", _EDIT),
    *both(f"{_DRAFT}start/", drafting.start, "start_draft", _EDIT),
    *both(f"{_DRAFT}arrange/", drafting.arrange, "arrange_draft", _EDIT),
    *both(f"{_DRAFT}about/", drafting.about, "draft_about", _EDIT),
    *both(f"{_DRAFT}section/", drafting.new_section, "draft_new_section", _EDIT),
    *both(f"{_DRAFT}section/<slug:section_key>/", drafting.section, "draft_section", _EDIT),
    *both(f"{_DRAFT}field/", drafting.new_field, "draft_new_field", _EDIT),
    *both(f"{_DRAFT}field/<slug:field_key>/", drafting.field, "draft_field", _EDIT),
    *both(f"{_DRAFT}check/<slug:check_key>/", drafting.check, "draft_check", _EDIT),
    *both(f"{_DRAFT}preview/", publishing.preview, "preview_draft", _EDIT),
    *both(f"{_DRAFT}publish/", publishing.publish, "publish_draft", _EDIT),
    *both(f"{_DRAFT}discard/", publishing.discard, "discard_draft", _EDIT),
]
