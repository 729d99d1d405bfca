"""Standards ready to use on the first day. A trust or school may take them up and change them."""

from collections.abc import Mapping
from types import MappingProxyType

from pillars.consistency.paperwork.definition import Definition
from pillars.consistency.paperwork.shipped.pupil_passport import PUPIL_PASSPORT
from pillars.consistency.paperwork.shipped.support_plan import SUPPORT_PLAN

SHIPPED: Mapping[str, Definition] = MappingProxyType(
    {each.key: each for each in (PUPIL_PASSPORT, SUPPORT_PLAN)}
)
