"""What people may do. Roles map to permissions in one table, shown in the app as it is here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """One thing a person may do in a school or a trust. The value ends up in no database."""

    VIEW_PUPILS = "view_pupils"
    EDIT_PUPILS = "edit_pupils"
    IMPORT_REGISTER = "import_register"
    VIEW_DOCUMENTS = "view_documents"
    WRITE_DOCUMENTS = "write_documents"
    AGREE_DOCUMENTS = "agree_documents"
    REVIEW_PAPERWORK = "review_paperwork"
    VIEW_STANDARDS = "view_standards"
    EDIT_STANDARDS = "edit_standards"
    VIEW_INDICATORS = "view_indicators"
    VIEW_STAFF = "view_staff"
    MANAGE_STAFF = "manage_staff"
    MANAGE_SCHOOL = "manage_school"
    VIEW_TRAIL = "view_trail"
    MANAGE_TRUST = "manage_trust"
    COMPARE_SCHOOLS = "compare_schools"

    @property
    def label(self) -> str:
        return _TITLES[self]


_TITLES = {
    Permission.VIEW_PUPILS: "See pupils and their needs",
    Permission.EDIT_PUPILS: "Change a pupil’s details, status and needs",
    Permission.IMPORT_REGISTER: "Bring in the register from the MIS",
    Permission.VIEW_DOCUMENTS: "Read and print passports and plans",
    Permission.WRITE_DOCUMENTS: "Write passports and plans",
    Permission.AGREE_DOCUMENTS: "Agree, renew and archive passports and plans",
    Permission.REVIEW_PAPERWORK: "Review the files the school already has",
    Permission.VIEW_STANDARDS: "Read the standards",
    Permission.EDIT_STANDARDS: "Change and publish standards",
    Permission.VIEW_INDICATORS: "See how the school is doing",
    Permission.VIEW_STAFF: "See who works here and in which role",
    Permission.MANAGE_STAFF: "Invite people, change roles and end access",
    Permission.MANAGE_SCHOOL: "Change the school’s calendar and settings",
    Permission.VIEW_TRAIL: "See who did what, and when",
    Permission.MANAGE_TRUST: "Change the trust’s schools and settings",
    Permission.COMPARE_SCHOOLS: "Compare the schools of the trust",
}


class Role(StrEnum):
    """What a person is in a school or a trust. The value is stored with each membership."""

    TRUST_LEAD = "trust_lead"
    HEADTEACHER = "headteacher"
    SENCO = "senco"
    TEACHER = "teacher"
    TEACHING_ASSISTANT = "teaching_assistant"
    GOVERNOR = "governor"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        return ROLES[self].title


@dataclass(frozen=True, slots=True)
class RoleDefinition:
    """A role as people read it: what it is called, what it is for, what it may do."""

    title: str
    description: str
    permissions: frozenset[Permission]
    needs_end_date: bool = False


_READ = frozenset(
    {
        Permission.VIEW_PUPILS,
        Permission.VIEW_DOCUMENTS,
        Permission.VIEW_STANDARDS,
        Permission.VIEW_INDICATORS,
        Permission.VIEW_STAFF,
    }
)
_LEAD_SCHOOL = _READ | {
    Permission.EDIT_PUPILS,
    Permission.IMPORT_REGISTER,
    Permission.WRITE_DOCUMENTS,
    Permission.AGREE_DOCUMENTS,
    Permission.REVIEW_PAPERWORK,
    Permission.EDIT_STANDARDS,
    Permission.MANAGE_STAFF,
    Permission.MANAGE_SCHOOL,
    Permission.VIEW_TRAIL,
}

ROLES: dict[Role, RoleDefinition] = {
    Role.TRUST_LEAD: RoleDefinition(
        "Trust lead",
        "Leads SEND across a trust: sets its standards and compares its schools.",
        _LEAD_SCHOOL | {Permission.MANAGE_TRUST, Permission.COMPARE_SCHOOLS},
    ),
    Role.HEADTEACHER: RoleDefinition(
        "Headteacher", "Answers for the school and decides who works in it here.", _LEAD_SCHOOL
    ),
    Role.SENCO: RoleDefinition(
        "SENCo", "Leads SEND in the school: the register, the paperwork and the team.", _LEAD_SCHOOL
    ),
    Role.TEACHER: RoleDefinition(
        "Teacher",
        "Reads what pupils need and writes passports and plans with them.",
        (_READ - {Permission.VIEW_STAFF}) | {Permission.WRITE_DOCUMENTS},
    ),
    Role.TEACHING_ASSISTANT: RoleDefinition(
        "Teaching assistant",
        "Reads what pupils need and helps to write it down.",
        (_READ - {Permission.VIEW_STAFF, Permission.VIEW_INDICATORS})
        | {Permission.WRITE_DOCUMENTS},
    ),
    Role.GOVERNOR: RoleDefinition(
        "Governor",
        "Sees how the school is doing in numbers, without pupils’ names.",
        frozenset({Permission.VIEW_INDICATORS, Permission.VIEW_STANDARDS}),
    ),
    Role.AUDITOR: RoleDefinition(
        "Auditor",
        "Reads everything for an audit, changes nothing, until a date.",
        _READ | {Permission.VIEW_TRAIL},
        needs_end_date=True,
    ),
}
