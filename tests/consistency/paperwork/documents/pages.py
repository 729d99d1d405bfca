"""What tests of documents' pages share."""

from __future__ import annotations

import io
import re
from typing import Any

from django.urls import reverse
from pypdf import PdfReader
from tests.conftest import World

from pillars.consistency.paperwork.models import Document


def url(name: str, world: World, **kwargs: Any) -> str:
    return reverse(f"paperwork:{name}", kwargs={"urn": world.school.urn, **kwargs})


def text_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def sent(document: Document, **changes: Any) -> dict[str, Any]:
    """What the browser sends for a draft, with changes."""
    answers = {key: value for key, value in document.answers.items() if value is not None}
    flat = {
        key: "\n".join(value) if isinstance(value, list) else value
        for key, value in (answers | changes).items()
    }
    return {"revision": document.revision, **flat}


def read(response: Any) -> PdfReader:
    return PdfReader(io.BytesIO(b"".join(response.streaming_content)))
