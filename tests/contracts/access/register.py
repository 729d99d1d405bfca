"""The register: read by those who see pupils, changed and brought in by those who lead SEND."""

from __future__ import annotations

from typing import Any

from tests.contracts.access.row import Row
from tests.people.register.makers import make_pupil, make_upn

from pillars.foundation.models import StoredFile
from pillars.foundation.permissions import Permission
from pillars.people.organisations.models import School
from pillars.people.register.models import NeedPeriod, RegisterImport

TEXT = "UPN,Surname,Forename,DOB,SEN\n{upn},Wren (invented),Ada,03/09/2014,K\n"


def a_pupil(school: School) -> dict[str, Any]:
    return {"pupil_id": make_pupil(school).pk}


def a_need(school: School) -> dict[str, Any]:
    pupil = make_pupil(school)
    return {"pupil_id": pupil.pk, "need_id": NeedPeriod.objects.get(pupil=pupil).pk}


def an_import(school: School) -> dict[str, Any]:
    content = TEXT.format(upn=make_upn(70_000 + school.pk)).encode()
    file = StoredFile.holding(
        school_id=school.pk, name="r.csv", content_type="text/csv", content=content, by_id=None
    )
    file.save()
    return {"import_id": RegisterImport.objects.create(school=school, file=file).pk}


def rows_of(school: School) -> dict[str, Any]:
    return {**an_import(school), "kind": "new"}


EDIT, IMPORT = Permission.EDIT_PUPILS, Permission.IMPORT_REGISTER
ROWS = {
    "register:pupils": Row(Permission.VIEW_PUPILS),
    "register:pupil": Row(Permission.VIEW_PUPILS, make=a_pupil),
    "register:change_pupil": Row(EDIT, make=a_pupil),
    "register:change_status": Row(EDIT, make=a_pupil),
    "register:add_need": Row(EDIT, make=a_pupil),
    "register:end_need": Row(EDIT, make=a_need),
    "register:imports": Row(IMPORT),
    "register:import": Row(IMPORT, make=an_import),
    "register:import_columns": Row(IMPORT, make=an_import, method="post", ok={302}),
    "register:import_apply": Row(IMPORT, make=an_import, method="post", ok={422}),
    "register:import_set_aside": Row(IMPORT, make=an_import, method="post", ok={302}),
    "register:import_problems": Row(IMPORT, make=an_import),
    "register:import_rows": Row(IMPORT, make=rows_of),
}
