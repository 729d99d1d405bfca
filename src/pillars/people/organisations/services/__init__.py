"""Every write to trusts, schools, people, roles and calendars."""

from pillars.people.organisations.services.calendar import (
    CalendarChange,
    add_bank_holidays,
    apply_calendar,
    preview_calendar,
    remove_closure,
    remove_term,
    save_closure,
    save_term,
    store_calendar_file,
)
from pillars.people.organisations.services.directory import (
    DirectoryChange,
    apply_directory_file,
    import_establishments,
    preview_establishments,
    store_directory_file,
)
from pillars.people.organisations.services.invitations import (
    accept_invitation,
    create_person,
    find_invitation,
    invite_person,
    mail_invitation,
    renew_invitation,
    withdraw_invitation,
)
from pillars.people.organisations.services.memberships import (
    change_role,
    end_membership,
    give_role,
    rename_person,
)
from pillars.people.organisations.services.trusts import (
    answer_join_request,
    ask_to_join,
    invite_first_person,
    set_publishing,
    start_school,
    start_trust,
)

__all__ = [
    "CalendarChange",
    "DirectoryChange",
    "accept_invitation",
    "add_bank_holidays",
    "answer_join_request",
    "apply_calendar",
    "apply_directory_file",
    "ask_to_join",
    "change_role",
    "create_person",
    "end_membership",
    "find_invitation",
    "give_role",
    "import_establishments",
    "invite_first_person",
    "invite_person",
    "mail_invitation",
    "preview_calendar",
    "preview_establishments",
    "remove_closure",
    "remove_term",
    "rename_person",
    "renew_invitation",
    "save_closure",
    "save_term",
    "set_publishing",
    "start_school",
    "start_trust",
    "store_calendar_file",
    "store_directory_file",
    "withdraw_invitation",
]
