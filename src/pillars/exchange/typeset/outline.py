"""Where the parts of a printed file begin, read back from its outline."""

import pypdfium2


def page_counts(pdf: bytes) -> list[int]:
    """How many pages each top-level part of a PDF takes, in order.

    Each top-level entry of the outline is taken to start a page of its own.
    """
    opened = pypdfium2.PdfDocument(pdf)
    try:
        starts = []
        for entry in opened.get_toc():
            if entry.level:
                continue
            target = entry.get_dest()
            page = target.get_index() if target else None
            if page is not None:
                starts.append(page)
        return [end - start for start, end in zip(starts, [*starts[1:], len(opened)], strict=True)]
    finally:
        opened.close()
