"""Reading a register: what a school's file says about its pupils, every row accounted for."""

from pillars.people.register.reading.files import (
    ReadFile,
    RegisterUnreadable,
    read_register_file,
)
from pillars.people.register.reading.records import (
    Identity,
    Issue,
    Need,
    PupilRecord,
    RegisterReading,
    StatusSpan,
)
from pillars.people.register.reading.table import read_register

__all__ = [
    "Identity",
    "Issue",
    "Need",
    "PupilRecord",
    "ReadFile",
    "RegisterReading",
    "RegisterUnreadable",
    "StatusSpan",
    "read_register",
    "read_register_file",
]
