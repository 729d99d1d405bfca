from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FoundationConfig(AppConfig):
    name = "pillars.foundation"
    label = "foundation"

    def ready(self) -> None:
        # Policies and grants are derived from the models after each migrate, so a table
        # cannot be added and forgotten. Decision record 0003.
        from pillars.foundation import tenancy  # noqa: PLC0415  (apps must be ready)

        post_migrate.connect(
            tenancy.sync_after_migrate, sender=self, dispatch_uid="pillars.foundation.tenancy"
        )
