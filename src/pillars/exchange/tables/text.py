"""Reads delimited text: the encoding and the delimiter are found, never asked for."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter

from charset_normalizer import from_bytes

from pillars.exchange.tables.model import TableError
from pillars.exchange.tables.workbooks import Grid

DELIMITERS = ",;\t|"
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LONGEST_CELL_LINES = 200


def read_text_grid(data: bytes, name: str, most_rows: int) -> Grid:
    """The lines of a delimited text file, each a list of trimmed cells."""
    text = decode(data, name)
    if "\x00" in text:
        raise not_text(name)
    if looks_like_markup(text):
        raise TableError(
            f"{name} is a web page or XML, not a spreadsheet. "
            "Open it in Excel and save it as CSV or XLSX, then try again."
        )
    breaks = text.count("\n") or text.count("\r")
    if breaks > most_rows * 4:
        raise TableError(
            f"{name} has about {breaks:,} lines; the most is {most_rows:,}. "
            "Export one school or one year group at a time."
        )
    delimiter, text, skipped = choose_delimiter(text)
    above: list[list[str]] = [[] for _ in range(skipped)]
    lines = above + split(text, delimiter, name)
    if len(lines) < breaks:
        refuse_unclosed_quote(lines, name)
    return Grid("", lines, ())


def decode(data: bytes, name: str) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return decode_as(data, encoding, name)
    if b"\x00" in data[:4000]:
        return decode_as(data, guess_utf16(data, name), name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        # What Excel in England writes when it is asked for "CSV" without more.
        return data.decode("cp1252")
    except UnicodeDecodeError:
        best = from_bytes(data).best()
        if best is None:
            raise wrong_encoding(name) from None
        return str(best)


def decode_as(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise wrong_encoding(name) from None


def guess_utf16(data: bytes, name: str) -> str:
    """UTF-16 without a mark has a zero in every other byte; anything else is not text."""
    sample = data[:4000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.7 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.7 and odd < half * 0.1:
        return "utf-16-be"
    raise not_text(name)


def not_text(name: str) -> TableError:
    return TableError(
        f"{name} is not text and not a spreadsheet. Export it as CSV or XLSX and try again."
    )


def wrong_encoding(name: str) -> TableError:
    return TableError(
        f"The letters in {name} could not be read. "
        "In Excel, save it as “CSV UTF-8 (comma delimited)” and try again."
    )


def looks_like_markup(text: str) -> bool:
    start = text.lstrip("\ufeff \t\r\n")[:200].lower()
    return start.startswith(("<?xml", "<!doctype", "<html", "<table", "<ctfile"))


def choose_delimiter(text: str) -> tuple[str, str, int]:
    """The delimiter, the text to split, and how many lines were set aside (`sep=;`)."""
    first, _, rest = text.partition("\n")
    declared = first.strip().strip('"').lower()
    if declared.startswith("sep=") and len(declared) == 5:
        return declared[4], rest, 1
    if declared == "sep=" and "\t" in first:
        return "\t", rest, 1
    sample = text[:60_000]
    scores = {delimiter: regularity(sample, delimiter) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda delimiter: scores[delimiter]), text, 0


def regularity(sample: str, delimiter: str) -> float:
    """Columns times the share of lines that agree: a true delimiter is wide and steady."""
    try:
        widths = Counter(
            len(cells)
            for cells, _ in zip(
                csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter),
                range(200),
                strict=False,
            )
            if cells
        )
    except csv.Error:
        return 0.0
    if not widths:
        return 0.0
    width, lines = max(widths.items(), key=lambda pair: pair[0] * pair[1])
    return (width - 1) * lines / widths.total()


def split(text: str, delimiter: str, name: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines: list[list[str]] = []
    try:
        lines.extend(list(map(str.strip, cells)) for cells in reader)
    except csv.Error:
        raise TableError(
            f"Row {len(lines) + 1} of {name} could not be split into cells. "
            'Look for a quote mark (") that is opened and never closed.'
        ) from None
    return lines


def refuse_unclosed_quote(lines: list[list[str]], name: str) -> None:
    """A quote that is never closed swallows the rows after it; better to say so than lose them."""
    for number, cells in enumerate(lines, start=1):
        if any(cell.count("\n") > LONGEST_CELL_LINES for cell in cells):
            raise TableError(
                f'A quote mark (") opens on row {number} of {name} and is never closed. '
                "Close it, or export the file again."
            )
