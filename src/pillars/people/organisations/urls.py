"""Addresses of staff, trusts, calendars and one's own account."""

from django.urls import path

from pillars.people.organisations.views import (
    calendar,
    directory,
    join,
    person,
    staff,
    trusts,
)

app_name = "organisations"

_STAFF = "schools/<int:urn>/staff/"
_CALENDAR = "schools/<int:urn>/calendar/"
_TRUST = "trusts/<int:trust_id>/"
_TRUST_STAFF = f"{_TRUST}staff/"

urlpatterns = [
    path("join/", join.join, name="join"),
    path("join/<str:code>/", join.accept, name="accept"),
    path("account/me/", person.me, name="me"),
    path("roles/", staff.roles, name="roles"),
    path(_STAFF, staff.staff, name="staff"),
    path(f"{_STAFF}invite/", staff.invite, name="invite"),
    path(f"{_STAFF}invitations/<int:invitation_id>/", staff.invitation, name="invitation"),
    path(f"{_STAFF}invitations/<int:invitation_id>/withdraw/", staff.withdraw, name="withdraw"),
    path(f"{_STAFF}<int:membership_id>/", staff.membership, name="membership"),
    path(f"{_STAFF}<int:membership_id>/end/", staff.end, name="end_membership"),
    path(_TRUST_STAFF, staff.trust_staff, name="trust_staff"),
    path(f"{_TRUST_STAFF}invite/", staff.trust_invite, name="trust_invite"),
    path(
        f"{_TRUST_STAFF}invitations/<int:invitation_id>/",
        staff.trust_invitation,
        name="trust_invitation",
    ),
    path(
        f"{_TRUST_STAFF}invitations/<int:invitation_id>/withdraw/",
        staff.trust_withdraw,
        name="trust_withdraw",
    ),
    path(f"{_TRUST_STAFF}<int:membership_id>/", staff.trust_membership, name="trust_membership"),
    path(f"{_TRUST_STAFF}<int:membership_id>/end/", staff.trust_end, name="trust_end_membership"),
    path(f"{_TRUST}schools/", trusts.trust, name="trust"),
    path(f"{_TRUST}schools/ask/", trusts.ask_school, name="ask_school"),
    path(f"{_TRUST}schools/<int:school_id>/start/", trusts.start, name="start_school"),
    path(f"{_TRUST}requests/<int:request_id>/", trusts.trust_answer, name="trust_answer"),
    path(f"{_TRUST}settings/", trusts.trust_settings, name="trust_settings"),
    path("schools/<int:urn>/trust/", trusts.school_trust, name="school_trust"),
    path("schools/<int:urn>/trust/<int:request_id>/", trusts.school_answer, name="school_answer"),
    path(_CALENDAR, calendar.calendar, name="calendar"),
    path(f"{_CALENDAR}export/", calendar.calendar_export, name="calendar_export"),
    path(f"{_CALENDAR}terms/new/", calendar.term, name="term_new"),
    path(f"{_CALENDAR}terms/<int:term_id>/", calendar.term, name="term"),
    path(f"{_CALENDAR}terms/<int:term_id>/remove/", calendar.term_removed, name="term_removed"),
    path(f"{_CALENDAR}days/new/", calendar.closure, name="closure_new"),
    path(
        f"{_CALENDAR}days/<int:closure_id>/remove/",
        calendar.closure_removed,
        name="closure_removed",
    ),
    path(f"{_CALENDAR}bank-holidays/", calendar.bank_holidays, name="bank_holidays"),
    path(f"{_CALENDAR}files/", calendar.calendar_upload, name="calendar_upload"),
    path(f"{_CALENDAR}files/<int:file_id>/", calendar.calendar_file, name="calendar_file"),
    path("directory/", directory.directory, name="directory"),
    path("directory/files/", directory.directory_upload, name="directory_upload"),
    path("directory/files/<int:file_id>/", directory.directory_file, name="directory_file"),
    path("directory/<str:kind>/<int:place_id>/", directory.open_door, name="open_door"),
]
