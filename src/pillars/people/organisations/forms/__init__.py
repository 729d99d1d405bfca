"""The forms of the pages about schools, trusts, people and calendars."""

from pillars.people.organisations.forms.calendar import CalendarFileForm, ClosureForm, TermForm
from pillars.people.organisations.forms.people import (
    AcceptForm,
    CodeForm,
    FirstPersonForm,
    InviteForm,
    NameForm,
    RoleForm,
)
from pillars.people.organisations.forms.places import (
    AskSchoolForm,
    AskTrustForm,
    DirectoryFileForm,
    DirectorySearchForm,
    TrustSettingsForm,
)

__all__ = [
    "AcceptForm",
    "AskSchoolForm",
    "AskTrustForm",
    "CalendarFileForm",
    "ClosureForm",
    "CodeForm",
    "DirectoryFileForm",
    "DirectorySearchForm",
    "FirstPersonForm",
    "InviteForm",
    "NameForm",
    "RoleForm",
    "TermForm",
    "TrustSettingsForm",
]
