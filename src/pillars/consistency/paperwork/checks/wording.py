"""Words that make provision hard to hold anybody to, and words a new assistant would not know.

LISTED: phrases publicly listed as making provision hard to enforce, with their inflections.
PROPOSED: our own, of the same kind. Each as people know it, and as it is found.
"""

from __future__ import annotations

import re

LISTED = {
    "regular": r"regular(?:ly)?",
    "access to": r"access to",
    "opportunities for": r"opportunit(?:y|ies) (?:for|to)",
    "would benefit from": r"(?:would|will|may|might|could|should) benefit from",
    "as appropriate": r"as (?:and when )?appropriate",
    "is recommended": r"(?:is|are) recommended",
    "a high level of": r"(?:a high level|high levels) of",
}
PROPOSED = {
    "where possible": r"where(?:ver)? (?:possible|appropriate|necessary)",
    "when possible": r"when(?:ever)? (?:possible|appropriate)",
    "as required": r"as (?:and when )?(?:required|needed|necessary)",
    "support as needed": r"(?:support|help) (?:as|when|if) needed",
    "if needed": r"if (?:needed|required|necessary|appropriate)",
    "some support": r"some support",
    "additional support": r"additional support",
    "extra support": r"extra support",
    "ongoing support": r"ongoing support",
}
VAGUE = re.compile(rf"\b(?:{'|'.join([*LISTED.values(), *PROPOSED.values()])})\b", re.IGNORECASE)

JARGON = {
    "differentiation": "what is changed in the task",
    "differentiated": "what is changed in the task",
    "scaffolding": "what help is given",
    "kinaesthetic": "moving and doing",
    "multi-sensory": "seeing, hearing and doing",
    "dysregulated": "upset and not able to calm down",
    "dysregulation": "being upset and not able to calm down",
    "self-regulate": "calm down by himself or herself",
    "co-regulation": "calming down with an adult",
    "processing difficulties": "needing longer to take words in",
    "working memory": "holding things in mind",
    "executive function": "starting, planning and finishing",
    "hypersensitive": "bothered by sounds, light or touch",
    "metacognition": "thinking about how I learn",
    "proprioceptive": "pushing, pulling and heavy work",
    "expressive language": "putting thoughts into words",
    "receptive language": "understanding what people say",
    "semh": "feelings and friendships",
    "slcn": "speech and language",
    "spld": "reading, spelling or number",
    "ehcp": "EHC plan",
}
JARGON_FOUND = re.compile(
    rf"\b(?:{'|'.join(re.escape(word) for word in sorted(JARGON, key=len, reverse=True))})\b",
    re.IGNORECASE,
)
_END = re.compile(r"(?<=[.!?])\s+|(?<=[.!?][”’\"')])\s+")
_TITLE = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Mx|St|e\.g|i\.e|approx|vs|no))\.$", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")


def sentences(text: str) -> list[str]:
    """The sentences of a text, lines and points taken apart; “Mr. Lee” ends none."""
    found: list[str] = []
    for line in text.splitlines():
        start = len(found)
        for part in _END.split(line.strip()):
            if len(found) > start and _TITLE.search(found[-1]):
                found[-1] = f"{found[-1]} {part}"
            elif part:
                found.append(part)
    return found


def words(text: str) -> list[str]:
    return _WORD.findall(text)


def vague_in(text: str) -> list[tuple[str, str]]:
    """Each vague phrase with the sentence it stands in, once a sentence."""
    found = []
    for sentence in sentences(text):
        match = VAGUE.search(sentence)
        if match:
            found.append((match.group(), sentence.rstrip(".")))
    return found


def shortened(text: str, most: int = 70) -> str:
    """A quotation that fits a line, cut at a word."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0].rstrip(",;: ") + " …"
