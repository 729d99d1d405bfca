"""What a label that nobody has listed most likely means, by the words that give it away.

Schools find new wordings every year ("What others value in me", "We will look at this again on").
A cue is weaker than a known wording: it says what a label means once the way it is set has shown
that it is a label; it never makes a label of a sentence. Proposed here, from the headings that
the field's own templates use (domain facts, section 2).
"""

from __future__ import annotations

import re
from collections.abc import Collection

_WHO = re.compile(
    r"\b(?:the )?(?:pupil|child|student|learner|young person|he|she|they|him|her|them|his|their)"
    r"(?:'s)?\b"
)
_HOME = r"(?:parents?|carers?|mums?|dads?|famil(?:y|ies)|home|guardians?)(?:'s|s')?"
_SAYS = (
    r"(?:says?|said|views?|voice|comments?|thinks?|thoughts?|feels?|feedback|contributions?|"
    r"opinions?|wishes|like you to know|would like|wants? you to know|concerns?)"
)
_TESTS = r"(?:exams?|tests?|assessments?|examinations?|sats)"
_GIVEN = r"(?:arrangements?|concessions?|adjustments?|support|help|needs?)"
_MADE = (
    r"(?:written|completed|made|created|prepared|produced|drawn up|agreed|compiled|filled in|"
    r"put together|devised|developed)"
)

# In order: the first that fits is taken, so what turns a meaning round comes first.
_CUES: tuple[tuple[str, str], ...] = (
    (
        "pupil_name",
        r"^(?:my |me )?(?:full |preferred |first |last )?names?$|^(?:i am|who (?:i am|am i)|"
        r"this is)$|^(?:i like|prefer) to be (?:called|known as)|^names? of me$",
    ),
    (
        "class_group",
        r"^(?:my )?(?:current )?(?:year|class|form|tutor|registration|reg)"
        r"(?: (?:and )?(?:group|year|class|form|tutor))*$",
    ),
    (
        "avoid",
        r"\b(?:avoid|triggers?|unhelpful|upsets?|worse|dislikes?|hinders?)\b"
        r"|\b(?:not|never|don't|doesn't|didn't|isn't|won't)\b.*\b(?:help\w*|work\w*|like|do|want|need)\b"
        r"|\bshould not\b|^(?:please )?(?:do not|don't|never|try not to)\b"
        r"|\bmakes? (?:me|it|things) (?:\w+ )?"
        r"(?:anxious|angry|worried|sad|upset|stressed|hard\w*)\b"
        r"|\b(?:bad|difficult|hard) days?\b|\bless likely to\b",
    ),
    (
        "parent_view",
        rf"\b{_HOME}\b.*\b{_SAYS}\b|\b{_SAYS}\b.*\b(?:of|from|by|at)\b.*\b{_HOME}\b",
    ),
    (
        "review_date",
        r"^(?!.*\b(?:notes?|outcomes?|progress|comments?|actions?|minutes|last|previous)\b)"
        r".*(?:\breview\w*\b|\blook(?:ed)? (?:at (?:this|it) )?again\b|\brevisit\w*\b|"
        r"\bvalid until\b|\bexpir(?:y|es)\b|\bupdate due\b)",
    ),
    (
        "access_arrangements",
        rf"\baccess arrangements?\b|\b{_TESTS}\b.*\b{_GIVEN}\b|\b{_GIVEN}\b.*\b{_TESTS}\b"
        r"|\bnormal way of working\b",
    ),
    (
        "my_part",
        r"\b(?:myself|me self|himself|herself|themself|themselves)\b"
        r"|\b(?:my|me) (?:own )?(?:part|job|responsibilit\w+|promises?|side|role)\b"
        r"|\bwhat (?:i|me) (?:will|can|could|should) do\b|^(?:i|me) will\b",
    ),
    (
        "aspirations",
        r"\b(?:aspirations?|ambitions?|dreams?|hopes?|hopeful|future|grow(?:n)? up|older)\b"
        r"|\b(?:my|me) goals?\b|\bwants? to (?:be|do|achieve)\b",
    ),
    (
        "contributors",
        rf"\b{_MADE}\b.*\b(?:by|with|together)\b|\bcontribut\w+\b"
        r"|\bwho (?:helped|wrote|made|took part|was involved|gave)\b"
        r"|\bpeople (?:involved|who (?:helped|wrote|made))\b|\b(?:discussion|consultation) with\b",
    ),
    (
        "owner",
        r"\b(?:senco|sendco|sen co|key (?:person|worker|adult|contact|staff)|keyworker|"
        r"lead (?:adult|person|staff)|named (?:person|adult)|responsible|(?:kept|held|owned|"
        r"maintained|looked after|managed) by|owner|who to (?:ask|contact|speak to))\b",
    ),
    (
        "important_to_me",
        r"\b(?:important|matters?|cares? about|favourites?|enjoys?|loves?|in (?:my|me) life|happy|"
        r"interests?|hobbies|likes|good day)\b",
    ),
    (
        "about_me",
        r"\b(?:strengths?|good at|proud|admires?|appreciates?|likes? about|superpowers?|talents?|"
        r"special about|great about|shines?|positives?|qualities|does? well|best things? about)\b"
        r"|\bvalues?\b.*\b(?:in|about) me\b|\bachievements?\b",
    ),
    (
        "needs",
        r"\b(?:difficult\w*|hard|tricky|struggl\w+|challeng\w+|barriers?|stuck|diagnos\w+|"
        r"needs? help|like you to know|need to know)\b|\bneeds\b|\bareas? (?:of|for) need\b",
    ),
    (
        "strategies",
        r"^(?!.*\b(?:staff list|level|plan|profile|agenc\w+|external|hours|funding)\b)"
        r".*\b(?:strateg\w+|supports?|supporting|supported|help\w*|work(?:s|ing)?|adjustments?|"
        r"scaffold\w*|provision|what i need|top tips?|remember|learn best|calms?)\b"
        r"|^(?:staff|adults?|teachers?|you) (?:should|can|could|need to)\b|\bneeds? you to\b",
    ),
)
_COMPILED = tuple((key, re.compile(pattern)) for key, pattern in _CUES)
_MOST_WORDS = 14
_JUST_WHO = frozenset({"pupil", "child", "student", "learner", "pupil's", "child's", "student's"})
_NOT = re.compile(r"\b(?:not|never|no|don't|doesn't|didn't|isn't|won't)\b")
_FRIENDLY = frozenset({"about_me", "important_to_me", "strategies", "aspirations"})


def cued_field(plain: str, keys: Collection[str], names: frozenset[str]) -> str | None:
    """The field whose giveaway words a plain label holds, of those the standard has."""
    if len(plain.split()) > _MOST_WORDS:
        return None
    if plain in _JUST_WHO and "pupil_name" in keys:
        return "pupil_name"
    text = _WHO.sub("me", plain)
    for name in sorted(names):
        text = re.sub(rf"\b{re.escape(name)}(?:'s)?\b", "me", text)
    for key, pattern in _COMPILED:
        if key in keys and pattern.search(text) and not (key in _FRIENDLY and _NOT.search(text)):
            return key
    return None
