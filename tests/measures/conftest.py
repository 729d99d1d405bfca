"""A busy machine is no reason for a property to fail: no time limit on single examples."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("measures", deadline=None)
settings.load_profile("measures")
