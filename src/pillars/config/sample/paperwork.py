"""The sample's standards and passports."""

from collections.abc import Callable


def load(say: Callable[[str], None]) -> None:
    """Standards, then the passports of examples/passports as documents."""
