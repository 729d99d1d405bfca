"""More than time and chance would give? Gains, effects, reliable change, small groups."""

from pillars.measures.effect.change import (
    ReliableChange,
    goal_attainment,
    ratio_gain,
    regression_to_mean,
    reliable_change,
)
from pillars.measures.effect.shrinkage import Shrunk, shrink
from pillars.measures.effect.sizes import (
    FEWEST,
    Effect,
    Group,
    independent_effect,
    paired_effect,
    pre_post_control,
    standardised_gain,
)

__all__ = [
    "FEWEST",
    "Effect",
    "Group",
    "ReliableChange",
    "Shrunk",
    "goal_attainment",
    "independent_effect",
    "paired_effect",
    "pre_post_control",
    "ratio_gain",
    "regression_to_mean",
    "reliable_change",
    "shrink",
    "standardised_gain",
]
