"""Rules a machine applies to a document. Pure: the same answers give the same findings."""

from __future__ import annotations

from datetime import date

from pillars.consistency.paperwork.checks import presence, provision, voice
from pillars.consistency.paperwork.checks.model import Answers, Case, Check, Finding, Severity
from pillars.consistency.paperwork.definition import Definition

__all__ = ["CHECKS", "Check", "Finding", "Severity", "run_checks"]

CHECKS: dict[str, Check] = {
    check.key: check
    for check in (
        Check("complete", "Complete", "Every required field is filled in.", presence.complete, {}),
        Check(
            "in_date",
            "In date",
            "There is a review date, it has not gone by and is not too far away.",
            presence.in_date,
            {"months": (12, "At most this many months away")},
            of_one=True,
        ),
        Check(
            "pupil_voice",
            "The pupil’s own voice",
            "Sentences speak as the pupil, with “I” and “my”.",
            voice.pupil_voice,
            {"share": (0.5, "At least this share of sentences, from 0 to 1")},
        ),
        Check(
            "parent_view_dated",
            "Parents’ view has a date",
            "It says when the parents or carers said it.",
            presence.parent_view_dated,
            {},
            of_one=True,
        ),
        Check(
            "strategies_specific",
            "Strategies are specific",
            "Each strategy says who does what, and when.",
            provision.strategies_specific,
            {},
            of_one=True,
        ),
        Check(
            "provision_quantified",
            "Provision is quantified",
            "Provision says who leads, how often, how long and with how many.",
            provision.provision_quantified,
            {},
            of_one=True,
        ),
        Check(
            "strategies_count",
            "Not too few, not too many strategies",
            "Enough to help, few enough to remember.",
            presence.strategies_count,
            {"least": (3, "At least this many"), "most": (7, "At most this many")},
            of_one=True,
        ),
        Check(
            "outcomes_count",
            "Not too many outcomes",
            "Few enough to work on at once.",
            presence.outcomes_count,
            {"most": (4, "At most this many")},
            of_one=True,
        ),
        Check(
            "vague_wording",
            "No vague wording",
            "Nothing that nobody can be held to, such as “regular” or “access to”.",
            provision.vague_wording,
            {},
        ),
        Check(
            "plain_english",
            "Plain English",
            "Short sentences, everyday words, easy to read.",
            voice.plain_english,
            {
                "grade": (7, "Reading grade at most (a reading age is five more)"),
                "words": (20, "Words in a sentence at most"),
            },
        ),
        Check(
            "golden_thread",
            "A golden thread",
            "Need leads to outcome, outcome to provision, provision to review.",
            provision.golden_thread,
            {},
            keys=("needs", "outcomes", "provision"),
        ),
    )
}


def run_checks(
    definition: Definition, answers: Answers, *, today: date, forename: str = ""
) -> list[Finding]:
    """What the checks of a standard say about one document.

    answers: by field key, in the shapes of the field types; unknown keys are left alone. today:
    the day to judge dates by. forename: so that a sentence about the pupil is told from one by
    the pupil. What must be mended comes first, what is good last. A check this version of the
    product does not know is passed over.
    """
    found: list[Finding] = []
    for setting in definition.checks:
        check = CHECKS.get(setting.check)
        if check is not None:
            found.extend(check.run(Case(definition, answers, setting, today, forename)))
    order = list(Severity)
    return sorted(found, key=lambda finding: order.index(finding.severity))
