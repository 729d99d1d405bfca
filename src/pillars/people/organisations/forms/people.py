"""Inviting people, joining, roles and names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from pillars.foundation.permissions import ROLES, Role
from pillars.ui.forms import DateField

_LAST_DAY = "Only for a role that ends. An auditor always needs one. For example, 18 December 2026."


def _role_choices(roles: Iterable[Role]) -> list[tuple[str, str]]:
    return [(role.value, f"{role.label}. {ROLES[role].description}") for role in roles]


class RoleForm(forms.Form):
    """A role, and the day access ends."""

    role = forms.ChoiceField(
        label="Role", widget=forms.RadioSelect, error_messages={"required": "Choose a role."}
    )
    ends_on = DateField(label="Last day of access (optional)", required=False, help_text=_LAST_DAY)

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = _role_choices(roles)  # type: ignore[attr-defined]


class InviteForm(RoleForm):
    """Who is invited, to which role."""

    name = forms.CharField(
        label="Name", max_length=120, error_messages={"required": "Give the person’s name."}
    )
    email = forms.EmailField(
        label="E-mail address",
        help_text="They sign in with it, so give their work address.",
        error_messages={
            "required": "Give the person’s e-mail address.",
            "invalid": "Give an e-mail address like name@school.example.",
        },
    )
    send_mail = forms.BooleanField(
        label="Send the link by e-mail",
        required=False,
        initial=True,
        help_text="You can print the link on the next page either way.",
    )
    field_order = ["name", "email", "role", "ends_on", "send_mail"]


class CodeForm(forms.Form):
    """The code of a printed invitation."""

    code = forms.RegexField(
        r"^[A-Za-z0-9 -]+$",
        label="Code on your invitation",
        max_length=60,
        help_text="It starts with s or t, for example s12-abcd-efgh-jkmn-pqrs-tuvw.",
        error_messages={
            "required": "Type the code.",
            "invalid": "A code has letters, figures and hyphens only. Check each letter.",
        },
    )

    def clean_code(self) -> str:
        return "-".join(str(self.cleaned_data["code"]).split()).casefold()


class AcceptForm(forms.Form):
    """A name and a password of one's own."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text="As colleagues know you.",
        error_messages={"required": "Give your name."},
    )
    password = forms.CharField(
        label="Choose a password",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters. Three or four words in a row work well.",
        error_messages={"required": "Choose a password."},
    )


class NameForm(forms.Form):
    """One's own name."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Give your name."},
    )


class FirstPersonForm(forms.Form):
    """The first person of a school or trust, invited by the operator."""

    name = forms.CharField(
        label="Name", max_length=120, error_messages={"required": "Give the person’s name."}
    )
    email = forms.EmailField(
        label="E-mail address",
        error_messages={
            "required": "Give the person’s e-mail address.",
            "invalid": "Give an e-mail address like name@school.example.",
        },
    )
    role = forms.ChoiceField(label="Role", error_messages={"required": "Choose a role."})
    send_mail = forms.BooleanField(label="Send the link by e-mail", required=False, initial=True)

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(r.value, r.label) for r in roles]  # type: ignore[attr-defined]
