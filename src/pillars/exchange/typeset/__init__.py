"""Paper: PDF files typeset by Typst, tagged so that a screen reader can read them.

Call `typeset(template, data)`. Templates may start with
`#import "/exchange/typeset/house.typ": *` for the house's type, colours and footers.
"""

from pillars.exchange.typeset.compiler import TypesettingError, typeset
from pillars.exchange.typeset.outline import page_counts

__all__ = ["TypesettingError", "page_counts", "typeset"]
