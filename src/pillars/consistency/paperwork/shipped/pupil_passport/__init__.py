"""The Pupil Passport: one side of A4, in the pupil's own voice, for whoever meets them next."""

from pillars.consistency.paperwork.definition import CheckSetting, Definition
from pillars.consistency.paperwork.shipped.pupil_passport.about import ABOUT
from pillars.consistency.paperwork.shipped.pupil_passport.support import SUPPORT
from pillars.consistency.paperwork.shipped.pupil_passport.together import TOGETHER

PUPIL_PASSPORT = Definition(
    key="pupil-passport",
    title="Pupil Passport",
    description=(
        "What an adult who has never met the pupil needs in thirty seconds."
        " Made with the pupil and the family; renewed at each move."
    ),
    sections=(ABOUT, SUPPORT, TOGETHER),
    checks=(
        CheckSetting("complete"),
        CheckSetting("in_date", ("review_date",), {"months": 12}),
        CheckSetting(
            "pupil_voice",
            ("about_me", "important_to_me", "needs", "avoid", "my_part"),
            {"share": 0.5},
            required=False,
        ),
        CheckSetting("parent_view_dated", ("parent_view",), required=False),
        CheckSetting("strategies_count", ("strategies",), {"least": 3, "most": 7}, required=False),
        CheckSetting("strategies_specific", ("strategies",), required=False),
        CheckSetting(
            "vague_wording", ("needs", "strategies", "avoid", "access_arrangements"), required=False
        ),
        CheckSetting(
            "plain_english",
            ("about_me", "important_to_me", "needs", "strategies", "avoid", "my_part"),
            {"grade": 7, "words": 20},
            required=False,
        ),
    ),
)
