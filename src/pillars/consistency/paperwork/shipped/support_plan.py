"""The support plan: assess, plan, do, review, once a term."""

from pillars.consistency.paperwork.definition import (
    CheckSetting,
    Column,
    Definition,
    Field,
    FieldType,
    Section,
)

_ASSESS = Section(
    "assess",
    "Assess",
    (
        Field(
            "pupil_name",
            "Name",
            FieldType.SHORT_TEXT,
            example="Theo Barnes",
            aliases=("pupil name", "student name", "child's name", "name of pupil"),
        ),
        Field(
            "class_group",
            "Class",
            FieldType.SHORT_TEXT,
            required=False,
            example="5 Elm",
            aliases=("form", "tutor group", "class group", "year group", "reg group"),
        ),
        Field(
            "strengths",
            "Strengths",
            FieldType.LONG_TEXT,
            guidance="What goes well, and what we can build on.",
            example="Reads maps for pleasure; explains routes to younger pupils with patience.",
            aliases=("my strengths", "strengths and interests", "what is going well"),
        ),
        Field(
            "needs",
            "Needs",
            FieldType.LIST,
            guidance="One a line. How it shows in class, with the evidence.",
            example="Loses the thread after two spoken steps (observed in maths, 4 November).",
            aliases=("areas of need", "barriers to learning", "difficulties", "needs identified"),
        ),
        Field(
            "what_works",
            "What works",
            FieldType.LONG_TEXT,
            guidance="Adjustments tried that made a difference.",
            example="Steps on a small whiteboard: finished 4 of 5 tasks, before 1 of 5.",
            aliases=("what has worked", "what helps", "successful strategies"),
        ),
        Field(
            "what_does_not",
            "What does not work",
            FieldType.LONG_TEXT,
            guidance="Tried and left, so that nobody tries it again.",
            example="A seat at the front: he watched the door instead.",
            aliases=("what has not worked", "what does not help", "unsuccessful strategies"),
        ),
        Field(
            "advice",
            "Advice from other professionals",
            FieldType.LONG_TEXT,
            required=False,
            guidance="Who said what, and on which date.",
            example="Speech therapist, 2 October 2026: pre-teach five words a topic.",
            aliases=(
                "outside agencies",
                "agencies' advice",
                "professional advice",
                "external agencies",
                "agency involvement",
            ),
        ),
    ),
)
_PLAN = Section(
    "plan",
    "Plan",
    (
        Field(
            "outcomes",
            "Outcomes",
            FieldType.TABLE,
            guidance="About three, at most four. What the pupil will be able to do, by when.",
            example=(
                "Carries out three spoken steps · Loses the thread after two spoken steps"
                " · 4 lessons of 5, in Mr Lee’s record · 26 March 2027"
            ),
            columns=(
                Column("outcome", "What the pupil will do", FieldType.LONG_TEXT),
                Column("need", "Which need it answers", FieldType.SHORT_TEXT),
                Column("measure", "How we will know", FieldType.SHORT_TEXT),
                Column("by", "By when", FieldType.DATE),
            ),
            aliases=("targets", "smart targets", "outcome", "smart outcomes", "objectives"),
        ),
    ),
)
_DO = Section(
    "do",
    "Do",
    (
        Field(
            "provision",
            "Provision",
            FieldType.TABLE,
            guidance="Who does what, where, how often, for how long, with how many pupils.",
            example=(
                "Listening games · Outcome 1 · Mrs Day · library · 3 times a week"
                " · 20 minutes · 4 pupils"
            ),
            columns=(
                Column("what", "What", FieldType.LONG_TEXT),
                Column("outcome", "Which outcome it serves", FieldType.SHORT_TEXT),
                Column("who", "Who leads", FieldType.SHORT_TEXT),
                Column("where", "Where", FieldType.SHORT_TEXT),
                Column("how_often", "How often", FieldType.SHORT_TEXT),
                Column("how_long", "How long", FieldType.SHORT_TEXT),
                Column("group_size", "Group size", FieldType.SHORT_TEXT),
            ),
            aliases=(
                "support",
                "interventions",
                "strategies",
                "support in place",
                "actions",
                "resources",
            ),
        ),
    ),
)
_REVIEW = Section(
    "review",
    "Review",
    (
        Field(
            "pupil_view",
            "What the pupil says",
            FieldType.LONG_TEXT,
            guidance="In their own words.",
            example="“I like the whiteboard. I don’t like leaving art.”",
            aliases=("pupil view", "pupil's views", "pupil voice", "my views", "child's views"),
        ),
        Field(
            "parent_view",
            "What the parents or carers say",
            FieldType.LONG_TEXT,
            guidance="In their words, with the date they said it.",
            example="“He talks about school again.” Dad, 6 November 2026",
            aliases=("parent view", "parents' views", "parent/carer views", "parental views"),
        ),
        Field(
            "impact",
            "What came of it",
            FieldType.TABLE,
            required=False,
            guidance="At the review: for each outcome, what the measure says now and what next.",
            example="Three spoken steps · 3 of 5 lessons (1 of 5 in October) · Go on",
            columns=(
                Column("outcome", "Outcome", FieldType.SHORT_TEXT),
                Column("result", "What the measure says", FieldType.LONG_TEXT),
                Column("next", "What next", FieldType.CHOICE, ("Met", "Go on", "Change", "Stop")),
            ),
            aliases=("review of outcomes", "progress", "evaluation", "review notes"),
        ),
        Field(
            "contributors",
            "Who made this",
            FieldType.LIST,
            guidance="Everybody who had a part.",
            example="Theo, his dad, Mr Lee (class), Mrs Day (assistant)",
            aliases=("contributed by", "completed by", "agreed by", "people involved"),
        ),
        Field(
            "owner",
            "Who to ask",
            FieldType.PERSON,
            guidance="The member of staff who keeps this up to date.",
            example="Mr Lee, class teacher",
            aliases=("key person", "class teacher", "person responsible", "lead adult"),
        ),
        Field(
            "review_date",
            "Review by",
            FieldType.DATE,
            guidance="Once a term: at most four months away.",
            example="26 March 2027",
            aliases=("review date", "date of review", "next review", "review due"),
        ),
    ),
)

SUPPORT_PLAN = Definition(
    key="support-plan",
    title="Support plan",
    description="What we found, what we want, what we do and what came of it. Once a term.",
    sections=(_ASSESS, _PLAN, _DO, _REVIEW),
    checks=(
        CheckSetting("complete"),
        CheckSetting("in_date", ("review_date",), {"months": 4}),
        CheckSetting("outcomes_count", ("outcomes",), {"most": 4}, required=False),
        CheckSetting("provision_quantified", ("provision",), required=False),
        CheckSetting(
            "golden_thread", ("needs", "outcomes", "provision", "review_date"), required=False
        ),
        CheckSetting("pupil_voice", ("pupil_view",), {"share": 0.5}, required=False),
        CheckSetting("parent_view_dated", ("parent_view",), required=False),
        CheckSetting(
            "vague_wording",
            ("needs", "what_works", "what_does_not", "outcomes", "provision"),
            required=False,
        ),
        CheckSetting(
            "plain_english",
            ("strengths", "needs", "outcomes"),
            {"grade": 9, "words": 25},
            required=False,
        ),
    ),
)
