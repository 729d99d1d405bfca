"""Documents on paper and in Word: pure, with no database and no clock."""

from pillars.consistency.paperwork.printing.pdf import print_documents
from pillars.consistency.paperwork.printing.printable import Layout, Printable
from pillars.consistency.paperwork.printing.word import write_word

__all__ = ["Layout", "Printable", "print_documents", "write_word"]
