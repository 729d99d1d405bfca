"""The codes a register is written in: SEN provision, type of need, year group, sex, yes or no.

Each reader takes the text of a cell and gives a Code: the value to keep, and what a person should
be told about it. A `problem` means that the value cannot be taken; a `warning` that it was taken,
but read as something else than it says. Sources: DfE school census and SEN2 guides.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple


class Provision(StrEnum):
    """How a pupil's special educational needs are met."""

    NONE = "N"
    SUPPORT = "K"
    PLAN = "E"

    @property
    def label(self) -> str:
        return PROVISION_TITLES[self]


class Area(StrEnum):
    """The four broad areas of need (Code of Practice 6.27)."""

    COMMUNICATION = "communication"
    COGNITION = "cognition"
    SEMH = "semh"
    SENSORY = "sensory"

    @property
    def label(self) -> str:
        return AREA_TITLES[self]


class NeedType(NamedTuple):
    """A DfE type of need, with the area it belongs to (none for OTH and NSA)."""

    code: str
    title: str
    area: Area | None


class Code(NamedTuple):
    """What a cell means. `value` is the code kept; "" means that the cell says nothing."""

    value: str = ""
    problem: str = ""
    warning: str = ""


PROVISION_TITLES = {
    Provision.NONE: "No SEN support",
    Provision.SUPPORT: "SEN support",
    Provision.PLAN: "EHC plan",
}
AREA_TITLES = {
    Area.COMMUNICATION: "Communication and interaction",
    Area.COGNITION: "Cognition and learning",
    Area.SEMH: "Social, emotional and mental health",
    Area.SENSORY: "Sensory and physical",
}

# In the official order (SEN2 2025 guide 5.8a), with NSA, which only the school census has.
NEED_TYPES: dict[str, NeedType] = {
    need.code: need
    for need in (
        NeedType("SPLD", "Specific learning difficulty", Area.COGNITION),
        NeedType("MLD", "Moderate learning difficulty", Area.COGNITION),
        NeedType("SLD", "Severe learning difficulty", Area.COGNITION),
        NeedType("PMLD", "Profound and multiple learning difficulty", Area.COGNITION),
        NeedType("SEMH", "Social, emotional and mental health", Area.SEMH),
        NeedType("SLCN", "Speech, language and communication needs", Area.COMMUNICATION),
        NeedType("HI", "Hearing impairment", Area.SENSORY),
        NeedType("VI", "Vision impairment", Area.SENSORY),
        NeedType("MSI", "Multi-sensory impairment", Area.SENSORY),
        NeedType("PD", "Physical disability", Area.SENSORY),
        NeedType("ASD", "Autistic spectrum disorder", Area.COMMUNICATION),
        NeedType("DS", "Down syndrome", Area.COGNITION),
        NeedType("OTH", "Other difficulty", None),
        NeedType("NSA", "SEN support, no specialist assessment of type of need", None),
    )
}

PROVISION_WORDS = {
    "n": "N", "none": "N", "no": "N", "nosen": "N", "nospecialeducationalneed": "N",
    "nospecialeducationalneeds": "N", "nosensupport": "N", "notsen": "N", "nosenprovision": "N",
    "nspecialeducationalneeds": "N", "0": "N", "false": "N",
    "k": "K", "sensupport": "K", "ksensupport": "K", "support": "K", "sens": "K",
    "schoolsupport": "K", "kschoolsupport": "K", "ks": "K", "ssensupport": "K",
    "e": "E", "ehcp": "E", "ehc": "E", "ehcplan": "E", "eehcp": "E", "eehcplan": "E",
    "educationhealthandcareplan": "E", "educationhealthcareplan": "E",
    "eeducationhealthandcareplan": "E", "eeducationhealthcareplan": "E",
}  # fmt: skip
OLD_PROVISION = {
    "s": ("E", "statement"), "statement": ("E", "statement"), "statemented": ("E", "statement"),
    "statementofsen": ("E", "statement"), "sstatement": ("E", "statement"),
    "a": ("K", "school action"), "schoolaction": ("K", "school action"),
    "aschoolaction": ("K", "school action"), "schoolactionearlyyearsaction": ("K", "school action"),
    "sa": ("K", "school action"),
    "p": ("K", "school action plus"), "schoolactionplus": ("K", "school action plus"),
    "pschoolactionplus": ("K", "school action plus"), "sap": ("K", "school action plus"),
    "schoolaction+": ("K", "school action plus"), "sa+": ("K", "school action plus"),
}  # fmt: skip

NEED_WORDS = {
    "dyslexia": "SPLD", "dyspraxia": "SPLD", "dyscalculia": "SPLD",
    "specificlearningdifficulty": "SPLD", "specificlearningdifficulties": "SPLD",
    "moderatelearningdifficulty": "MLD", "moderatelearningdifficulties": "MLD",
    "severelearningdifficulty": "SLD", "severelearningdifficulties": "SLD",
    "profoundandmultiplelearningdifficulty": "PMLD",
    "profoundandmultiplelearningdifficulties": "PMLD",
    "profoundmultiplelearningdifficulty": "PMLD",
    "socialemotionalandmentalhealth": "SEMH", "socialemotionalmentalhealth": "SEMH",
    "socialemotionalandmentalhealthdifficulties": "SEMH",
    "speechlanguageandcommunicationneeds": "SLCN", "speechlanguageandcommunicationneed": "SLCN",
    "speechlanguagecommunicationneeds": "SLCN", "speechlanguageorcommunicationneeds": "SLCN",
    "speechandlanguage": "SLCN", "speechlanguageandcommunication": "SLCN",
    "speechlanguageandcommunicationdifficulties": "SLCN",
    "hearingimpairment": "HI", "hearing": "HI", "visualimpairment": "VI",
    "visionimpairment": "VI", "multisensoryimpairment": "MSI", "physicaldisability": "PD",
    "physicaldisabilities": "PD", "autism": "ASD", "autisticspectrumdisorder": "ASD",
    "autismspectrumdisorder": "ASD", "autisticspectrumcondition": "ASD", "asc": "ASD",
    "autismspectrumcondition": "ASD", "downsyndrome": "DS", "downssyndrome": "DS",
    "other": "OTH", "otherdifficulty": "OTH", "otherdisability": "OTH",
    "otherdifficultydisability": "OTH", "otherdifficultyordisability": "OTH",
    "senwithnospecialistassessment": "NSA",
    "sensupportbutnospecialistassessmentoftypeofneed": "NSA",
    "sensupportnospecialistassessmentoftypeofneed": "NSA", "nospecialistassessment": "NSA",
    **{code.lower(): code for code in NEED_TYPES},
}  # fmt: skip
# Behaviour as a need of its own went out in 2014; what lies under it may be something else.
OLD_NEEDS = {
    "besd": "SEMH", "bes": "SEMH", "ebd": "SEMH",
    "behaviouralemotionalandsocialdifficulties": "SEMH",
}  # fmt: skip
EMPTY_NEEDS = {"none", "na", "n/a", "-", "no", "nosen", "0", "nil"}

YEARS = ("N1", "N2", "R", *(str(year) for year in range(1, 15)), "X")
YEAR_TITLES = {
    "N1": "Nursery 1",
    "N2": "Nursery 2",
    "R": "Reception",
    "X": "No year group",
    **{str(year): f"Year {year}" for year in range(1, 15)},
}
YEAR_WORDS = {
    "reception": "R", "rec": "R", "r": "R", "yr": "R", "eyfs": "R", "foundation": "R", "0": "R",
    "foundation2": "R", "f2": "R", "foundation1": "N2", "f1": "N2",
    "nursery": "N2", "nursery1": "N1", "nursery2": "N2", "n": "N2", "n1": "N1", "n2": "N2",
    "-1": "N2", "-2": "N1", "x": "X", "notapplicable": "X", "ungraded": "X",
}  # fmt: skip
YEAR_NUMBER = re.compile(r"^(?:national curriculum |nc )?(?:years?|yr|y)?[ .:-]*0?(\d{1,2})$")

SEXES = {
    "m": "M", "male": "M", "boy": "M", "f": "F", "female": "F", "girl": "F",
    "u": "U", "unknown": "U", "notknown": "U", "x": "U", "notspecified": "U",
}  # fmt: skip
SEX_TITLES = {"M": "Male", "F": "Female", "U": "Not recorded"}

YES = frozenset({"y", "yes", "true", "t", "1", "x", "✓", "✔", "pp", "eal", "fsm", "lac", "cla"})
NO = frozenset({"n", "no", "false", "f", "0", "-", "none", "n/a", "na"})


def letters_of(text: str) -> str:
    """Text without case, spaces and marks: how words from different systems are compared."""
    return "".join(c for c in text.casefold() if c.isalnum() or c == "+")


def read_provision(text: str) -> Code:
    word = letters_of(text)
    if not word:
        return Code()
    if word in PROVISION_WORDS:
        return Code(PROVISION_WORDS[word])
    if word in OLD_PROVISION:
        code, old = OLD_PROVISION[word]
        return Code(
            code,
            warning=f"The old SEN code “{text}” ({old}) was read as {code} "
            f"({PROVISION_TITLES[Provision(code)]}).",
        )
    return Code(
        problem=f"The SEN status “{text}” is not known. "
        "Use N (none), K (SEN support) or E (EHC plan)."
    )


def read_need(text: str) -> tuple[tuple[str, ...], str]:
    """The types of need a cell names, in its order, and a warning ("" if it is plain)."""
    whole, warning = need_of(text)
    if whole or is_no_need(text):
        return ((whole,) if whole else ()), warning
    found: list[str] = []
    for part in re.split(r"[,;/|&\n]| and ", text):
        code, warned = need_of(part)
        warning = warning or warned
        if code and code not in found:
            found.append(code)
        elif not code and part.strip():
            return tuple(found), (
                f"The need “{text}” is not a DfE type of need. "
                "Use a code such as SLCN or ASD, or add the need on the pupil’s page."
            )
    return tuple(found), warning


def need_of(text: str) -> tuple[str, str]:
    """One need: by its code, by its name, or as "ASD - Autistic spectrum disorder"."""
    for form in (text, text.split(" - ", maxsplit=1)[0], text.split(":", maxsplit=1)[0],
                 text.split("(", maxsplit=1)[0], text.rpartition("(")[2]):  # fmt: skip
        word = letters_of(form)
        if word in NEED_WORDS:
            return NEED_WORDS[word], ""
        if word in OLD_NEEDS:
            code = OLD_NEEDS[word]
            return code, f"The old type of need “{text.strip()}” was read as {code}."
    return "", ""


def is_no_need(text: str) -> bool:
    return not text.strip() or text.strip().casefold() in EMPTY_NEEDS


def read_year(text: str) -> Code:
    word = text.strip().casefold()
    if not word:
        return Code()
    if match := YEAR_NUMBER.match(word):
        number = int(match[1])
        if number == 0:
            return Code("R")
        if number <= 14:
            return Code(str(number))
    plain = re.sub(r"^(?:year|yr)(?=r|n|x)", "", re.sub(r"[^a-z0-9-]", "", word))
    if word == "yr" or plain in YEAR_WORDS:
        return Code("R" if word == "yr" else YEAR_WORDS[plain])
    return Code(
        warning=f"The year group “{text}” is not known, so it was left out. "
        "Use N1, N2, R, 1 to 14 or X."
    )


def read_sex(text: str) -> Code:
    word = letters_of(text)
    if not word or word in SEXES:
        return Code(SEXES.get(word, ""))
    return Code(warning=f"The sex “{text}” is not M, F or U, so it was left out.")


def read_flag(text: str) -> Code:
    """ "1" for yes, "0" for no, "" where the cell says nothing."""
    word = text.strip().casefold()
    if not word:
        return Code()
    if word in YES:
        return Code("1")
    if word in NO:
        return Code("0")
    # Free school meals and pupil premium often carry a reason or a date: any entry means yes.
    first = re.split(r"[^a-z]", word, maxsplit=1)[0]
    if first in {"yes", "eligible", "ever", "current", "currently", "deprivation", "service"}:
        return Code("1")
    if first in {"no", "not", "never", "ineligible"}:
        return Code("0")
    return Code(warning=f"“{text}” is not a yes or a no, so it was left out.")


def read_rank(text: str) -> Code:
    word = letters_of(text)
    ranks = {"primary": "1", "secondary": "2", "tertiary": "3", "first": "1", "second": "2"}
    if word in ranks:
        return Code(ranks[word])
    if not word or (word.isascii() and word.isdigit() and 0 < int(word) < 100):
        return Code(str(int(word)) if word else "")
    return Code(warning=f"The rank “{text}” is not a number, so the order of the file was used.")
