"""Which of these two is better? Comparative judgement on the Bradley–Terry scale."""

from pillars.measures.judgement.plan import plan_pairs
from pillars.measures.judgement.scale import Scale, SplitHalf, fit, split_half

__all__ = ["Scale", "SplitHalf", "fit", "plan_pairs", "split_half"]
