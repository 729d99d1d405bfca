"""Every write to a register."""

from pillars.people.register.services.imports import (
    apply_register_import,
    import_register,
    preview_register_import,
    remember_columns,
    set_aside_register_import,
)
from pillars.people.register.services.pupils import (
    add_need,
    change_pupil,
    change_status,
    end_need,
)

__all__ = [
    "add_need",
    "apply_register_import",
    "change_pupil",
    "change_status",
    "end_need",
    "import_register",
    "preview_register_import",
    "remember_columns",
    "set_aside_register_import",
]
