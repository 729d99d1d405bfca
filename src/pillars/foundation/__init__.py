"""Who may see what, audited writes, the school calendar and the base of every row."""
