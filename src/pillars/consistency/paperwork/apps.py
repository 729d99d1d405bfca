from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PaperworkConfig(AppConfig):
    name = "pillars.consistency.paperwork"
    label = "paperwork"

    def ready(self) -> None:
        from pillars.consistency.paperwork.indicators import (  # noqa: PLC0415
            register_indicators,
        )
        from pillars.consistency.paperwork.on_register import extend_register  # noqa: PLC0415

        register_indicators()
        extend_register()
        post_migrate.connect(_install, sender=self, dispatch_uid="pillars.paperwork.shipped")


def _install(sender: AppConfig, **_kwargs: Any) -> None:
    """The shipped standards are there as soon as their tables are."""
    from pillars.consistency.paperwork.services.standards import (  # noqa: PLC0415
        install_shipped_standards,
    )

    if _is_migrated():
        install_shipped_standards(by=None)


def _is_migrated() -> bool:
    """False half-way through the migrations, when a command migrated another app alone."""
    from django.db import connection  # noqa: PLC0415

    return "paperwork_standardversion" in connection.introspection.table_names()
