"""What is to be compared, as it stands in an address: one query for the page, the file, and whatever comes later."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from data.kinds import UnitLevel
from data.numbers import parse_day
from data.periods import BadPeriod, Frequency, Period
from data.refusals import Invalid, NotFound
from data.wording import _

LEVELS = {level.value.lower(): level for level in (UnitLevel.PROVINCE, UnitLevel.DISTRICT, UnitLevel.COMMUNE)}
MOST_DEFINITIONS = 100
