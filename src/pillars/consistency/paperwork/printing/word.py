"""One document as a Word file, for those who need Word."""

import io
from functools import cache
from typing import Any

from docx.document import Document as WordDocument

from pillars.consistency.paperwork.printing import passport
from pillars.consistency.paperwork.printing.blocks import Block, block_of, is_blank
from pillars.consistency.paperwork.printing.printable import Layout, Printable
from pillars.exchange.word import (
    Manners,
    blank_document,
    fill_template,
    fill_width,
    mark_header_row,
)

_MANNERS = {
    Layout.STANDARD: Manners(size=11),
    Layout.LARGE_PRINT: Manners(size=16),
    Layout.PLAIN: Manners(size=11),
}


def write_word(printable: Printable, *, layout: Layout = Layout.STANDARD) -> bytes:
    """A document as a Word file (.docx) with real headings, lists and tables, in English.

    Large print is 16 point; plain has no colour and no borders. Raises `WordError`.
    """
    one_page = printable.definition.key == passport.KEY
    content = {
        "name": printable.forename if one_page and printable.forename else _title(printable),
        "about": printable.about,
        "footer": printable.footer,
        "sections": _sections(printable),
    }
    title = printable.definition.title
    return fill_template(_template(layout), content, title=title, author=printable.school)


def _title(printable: Printable) -> str:
    return printable.definition.title


def _sections(printable: Printable) -> list[dict[str, Any]]:
    sections = []
    for section in printable.definition.sections:
        fields = [
            _field(field.title, block_of(field, printable.answers.get(field.key)))
            for field in section.fields
            if field.required or not is_blank(printable.answers.get(field.key))
        ]
        if fields:
            sections.append({"title": section.title, "fields": fields})
    return sections


def _field(title: str, block: Block) -> dict[str, Any]:
    return {
        "title": title,
        "kind": block.kind,
        "lines": [*block.items, *([block.words] if block.words else [])],
        "heads": list(block.heads),
        "rows": [list(row) for row in block.rows],
    }


@cache
def _template(layout: Layout) -> bytes:
    """The Word template of a layout: paragraphs that repeat for whatever the standard holds."""
    document = blank_document(_MANNERS[layout])
    document.add_heading("{{ name }}", level=1)
    document.add_paragraph("{{ about }}")
    document.add_paragraph("{%p for section in sections %}")
    document.add_heading("{{ section.title }}", level=2)
    document.add_paragraph("{%p for field in section.fields %}")
    document.add_heading("{{ field.title }}", level=3)
    _add_answer(document, bordered=layout is not Layout.PLAIN)
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endfor %}")
    document.sections[0].footer.paragraphs[0].text = "{{ footer }}"
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _add_answer(document: WordDocument, *, bordered: bool) -> None:
    document.add_paragraph("{%p if field.kind == 'table' %}")
    table = document.add_table(rows=4, cols=3)
    if bordered:
        table.style = "Table Grid"
    mark_header_row(table)
    fill_width(table)
    head, opening, body, closing = table.rows
    for row, text in ((head, "{{ head }}"), (body, "{{ cell }}")):
        loop = "head in field.heads" if row is head else "cell in row"
        row.cells[0].text = f"{{%tc for {loop} %}}"
        row.cells[1].text = text
        row.cells[2].text = "{%tc endfor %}"
    head.cells[1].paragraphs[0].runs[0].bold = True
    opening.cells[0].text = "{%tr for row in field.rows %}"
    closing.cells[0].text = "{%tr endfor %}"
    document.add_paragraph("{%p elif field.kind == 'list' %}")
    document.add_paragraph("{%p for line in field.lines %}")
    document.add_paragraph("{{ line }}", style="List Bullet")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p else %}")
    document.add_paragraph("{%p for line in field.lines %}")
    document.add_paragraph("{{ line }}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endif %}")
