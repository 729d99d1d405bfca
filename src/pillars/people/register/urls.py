"""Where the register is."""

from django.urls import path

from pillars.people.register.views import editing, import_rows, imports, pupils

app_name = "register"

_PUPILS = "schools/<int:urn>/pupils/"
_PUPIL = f"{_PUPILS}<int:pupil_id>/"
_IMPORTS = "schools/<int:urn>/register/imports/"
_IMPORT = f"{_IMPORTS}<int:import_id>/"

urlpatterns = [
    path(_PUPILS, pupils.pupils, name="pupils"),
    path(_PUPIL, pupils.pupil, name="pupil"),
    path(f"{_PUPIL}details/", editing.change_pupil_page, name="change_pupil"),
    path(f"{_PUPIL}status/", editing.change_status_page, name="change_status"),
    path(f"{_PUPIL}needs/add/", editing.add_need_page, name="add_need"),
    path(f"{_PUPIL}needs/<int:need_id>/end/", editing.end_need_page, name="end_need"),
    path(_IMPORTS, imports.imports, name="imports"),
    path(_IMPORT, imports.import_page, name="import"),
    path(f"{_IMPORT}columns/", imports.import_columns, name="import_columns"),
    path(f"{_IMPORT}apply/", imports.import_apply, name="import_apply"),
    path(f"{_IMPORT}set-aside/", imports.import_set_aside, name="import_set_aside"),
    path(f"{_IMPORT}rows-not-taken.xlsx", import_rows.import_problems, name="import_problems"),
    path(f"{_IMPORT}<str:kind>/", import_rows.import_rows, name="import_rows"),
]
