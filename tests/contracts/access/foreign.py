"""Addresses that allauth brings."""

from __future__ import annotations

from tests.contracts.access.row import Door, Row

ROWS = {
    "account_login": Row(Door.PUBLIC, ok={200, 302}),
    "account_logout": Row(Door.PUBLIC, method="post", ok={302}),
    "account_signup": Row(Door.PUBLIC, ok={200, 302}),
    "account_reauthenticate": Row(Door.SIGNED_IN, ok={200, 302}),
    "account_change_password": Row(Door.SIGNED_IN, ok={200, 302}),
    "account_set_password": Row(Door.SIGNED_IN, ok={200, 302}),
    "account_inactive": Row(Door.PUBLIC),
    "account_email": Row(Door.SIGNED_IN, ok={200, 302}),
    "account_email_verification_sent": Row(Door.PUBLIC, ok={200, 302}),
    "account_confirm_email": Row(
        Door.PUBLIC, make=lambda _: {"key": "no-such-key"}, ok={200, 302, 404}
    ),
    "account_reset_password": Row(Door.PUBLIC, ok={200, 302}),
    "account_confirm_login_code": Row(Door.PUBLIC, ok={302, 404}),
    "account_reset_password_done": Row(Door.PUBLIC),
    "account_reset_password_from_key": Row(
        Door.PUBLIC, make=lambda _: {"uidb36": "0", "key": "no-such-key"}, ok={200, 302}
    ),
    "account_reset_password_from_key_done": Row(Door.PUBLIC),
    "mfa_index": Row(Door.SIGNED_IN),
    "mfa_authenticate": Row(Door.PUBLIC, ok={302}),
    "mfa_reauthenticate": Row(Door.SIGNED_IN, ok={200, 302}),
    "mfa_activate_totp": Row(Door.SIGNED_IN, ok={200, 302}),
    "mfa_deactivate_totp": Row(Door.SIGNED_IN, ok={200, 302, 404}),
    "mfa_view_recovery_codes": Row(Door.SIGNED_IN, ok={200, 302, 404}),
    "mfa_generate_recovery_codes": Row(Door.SIGNED_IN, ok={200, 302, 404}),
    "mfa_download_recovery_codes": Row(Door.SIGNED_IN, ok={200, 302, 404}),
}
