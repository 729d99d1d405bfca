"""allauth's forms with our labels, no placeholders, and hints in plain words."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateWithCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm

LABELS = {
    "login": ("E-mail address", ""),
    "email": ("E-mail address", ""),
    "password": ("Password", ""),
    "oldpassword": ("Your password now", ""),
    "password1": ("New password", ""),
    "password2": ("New password again", ""),
    "code": ("Code", "Six figures."),
}


class PlainWords:
    """Gives the fields of a form of allauth the words of this product."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields  # type: ignore[attr-defined]
        for name, field in fields.items():
            field.label, field.help_text = LABELS.get(name, (field.label, ""))
            field.widget.attrs.pop("placeholder", None)


class SignIn(PlainWords, LoginForm):  # type: ignore[misc]
    pass


class ForgottenPassword(PlainWords, ResetPasswordForm):  # type: ignore[misc]
    pass


class NewPassword(PlainWords, ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ChangedPassword(PlainWords, ChangePasswordForm):  # type: ignore[misc]
    pass


class FirstPassword(PlainWords, SetPasswordForm):  # type: ignore[misc]
    pass


class PasswordAgain(PlainWords, ReauthenticateForm):  # type: ignore[misc]
    pass


class CodeToSignIn(PlainWords, AuthenticateForm):  # type: ignore[misc]
    """Also takes a recovery code, so it says nothing about how long a code is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = ""


class CodeAgain(CodeToSignIn, ReauthenticateWithCodeForm):  # type: ignore[misc]
    pass


class CodeToTurnOn(PlainWords, ActivateTOTPForm):  # type: ignore[misc]
    pass
