"""Reads about schools, trusts and who works where."""

from pillars.people.organisations.queries.places import (
    SchoolOfTrust,
    join_requests_of,
    school_by_urn,
    schools_of_trust,
    search_directory,
)
from pillars.people.organisations.queries.scopes import scope_of, scope_of_request
from pillars.people.organisations.queries.staff import (
    RoleRow,
    StaffRow,
    names_of,
    open_invitations,
    place_of_code,
    roles_of,
    roles_table,
    staff_of,
)

__all__ = [
    "RoleRow",
    "SchoolOfTrust",
    "StaffRow",
    "join_requests_of",
    "names_of",
    "open_invitations",
    "place_of_code",
    "roles_of",
    "roles_table",
    "school_by_urn",
    "schools_of_trust",
    "scope_of",
    "scope_of_request",
    "search_directory",
    "staff_of",
]
