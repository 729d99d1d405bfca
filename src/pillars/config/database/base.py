"""Finds the server at the first connection, so that reading the settings starts nothing."""

from __future__ import annotations

import os
from typing import Any, Literal, cast

from django.db.backends.postgresql import base
from psycopg.conninfo import conninfo_to_dict

from pillars.config.embedded import database_url


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        role = cast("Literal['owner', 'web']", os.environ.get("PILLARS_DATABASE_ROLE", "web"))
        found = conninfo_to_dict(database_url(role))
        name = self.settings_dict["NAME"]
        self.settings_dict.update(
            HOST=found.get("host", ""),
            PORT=str(found.get("port", "")),
            USER=found.get("user", ""),
            PASSWORD=found.get("password", ""),
            NAME=name or found.get("dbname", "pillars"),
        )
        return super().get_connection_params()
