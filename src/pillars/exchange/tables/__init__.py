"""Spreadsheets in and out: CSV, XLSX, XLS and ODS become rows of text, and rows become files."""

from pillars.exchange.tables.model import Row, Sheet, Table, TableError
from pillars.exchange.tables.read import MOST_ROWS, read_table
from pillars.exchange.tables.write import write_csv, write_workbook

__all__ = [
    "MOST_ROWS",
    "Row",
    "Sheet",
    "Table",
    "TableError",
    "read_table",
    "write_csv",
    "write_workbook",
]
