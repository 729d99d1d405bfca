"""Different from the others, or only small? Intervals, funnels, spread, suppression."""

from pillars.measures.funnel.compare import FunnelComparison, Unit, Where, compare
from pillars.measures.funnel.dispersion import Dispersion, Kind, Method, Transform, overdispersion
from pillars.measures.funnel.limits import (
    Limits,
    binomial_limits,
    poisson_limits,
    proportion_limits,
    wilson,
)
from pillars.measures.funnel.suppression import Suppressed, suppress

__all__ = [
    "Dispersion",
    "FunnelComparison",
    "Kind",
    "Limits",
    "Method",
    "Suppressed",
    "Transform",
    "Unit",
    "Where",
    "binomial_limits",
    "compare",
    "overdispersion",
    "poisson_limits",
    "proportion_limits",
    "suppress",
    "wilson",
]
