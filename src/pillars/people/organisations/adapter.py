"""How allauth behaves here: nobody signs up by themselves."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People come in by invitation only."""
        return False

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """The first page itself shows that somebody is signed in; no banner need say so."""
        template = args[0] if args else kwargs.get("message_template")
        if template not in UNSAID:
            super().add_message(request, level, *args, **kwargs)


UNSAID = frozenset({"account/messages/logged_in.txt", "account/messages/logged_out.txt"})
