"""What a driver of one step of a measure is."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from yuetan.models import AccountabilityMeasure, User


class MeasureDriver(NamedTuple):
    """One step of a measure."""

    action: Callable[..., AccountabilityMeasure]
    who: Callable[[AccountabilityMeasure], User]
    keywords: Callable[[AccountabilityMeasure], dict[str, object]]
