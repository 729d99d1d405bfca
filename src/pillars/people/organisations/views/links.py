"""The link of an invitation: shown once to who made it, to print or to send."""

from __future__ import annotations

import base64
import io
from typing import Any

import qrcode  # type: ignore[import-untyped]
from django.http import HttpRequest
from django.urls import reverse
from qrcode.image.svg import SvgPathImage  # type: ignore[import-untyped]

from pillars.people.organisations.models import Invitation

_KEY = "invitation_links"


def full_code(invitation: Invitation, code: str) -> str:
    """The code with the place it opens in front, as it is printed: `s12-abcd-…`."""
    if invitation.school_id is not None:
        return f"s{invitation.school_id}-{code}"
    return f"t{invitation.trust_id}-{code}"


def link_to(request: HttpRequest, invitation: Invitation, code: str) -> str:
    """The full address that takes the invitation up."""
    path = reverse("organisations:accept", kwargs={"code": full_code(invitation, code)})
    return request.build_absolute_uri(path)


def keep_link(request: HttpRequest, invitation: Invitation, code: str) -> str:
    """The full link, held in the session of who made it until it is shown on the next page."""
    link = link_to(request, invitation, code)
    request.session[_KEY] = {str(invitation.pk): link}
    return link


def link_of(request: HttpRequest, invitation: Invitation) -> str:
    """The link made last, once; "" after that."""
    kept: dict[str, Any] = request.session.get(_KEY, {})
    link = str(kept.get(str(invitation.pk), ""))
    if link:
        request.session.pop(_KEY)
    return link


def qr_of(link: str) -> str:
    """The link as a QR code, in an address an `img` can show."""
    picture = io.BytesIO()
    qrcode.make(link, image_factory=SvgPathImage, border=2).save(picture)
    return "data:image/svg+xml;base64," + base64.b64encode(picture.getvalue()).decode()
