"""The codes that a judgement ends in; their words stand in `data.wording.judging`."""

from enum import StrEnum


class Verdict(StrEnum):
    """How a result stands to a target."""

    MET = "MET"
    NOT_MET = "NOT_MET"
    ON_TRACK = "ON_TRACK"
    BEHIND = "BEHIND"
    EXPECTED = "EXPECTED"
    UNCERTAIN = "UNCERTAIN"
    NO_DATA = "NO_DATA"
    NOT_JUDGED = "NOT_JUDGED"


class Reason(StrEnum):
    """Why a result is not judged, or why its verdict is uncertain."""

    LATER_YEAR = "LATER_YEAR"
    OTHER_YEAR = "OTHER_YEAR"
    NO_BASELINE = "NO_BASELINE"  # of the base year there is no value, or no base year is named
    ZERO_BASE = "ZERO_BASE"  # a share of nothing is nothing
    NO_EARLIER_YEARS = "NO_EARLIER_YEARS"  # a level to hold, and no earlier year to see it held in
    NOT_HELD = "NOT_HELD"  # the level was reached and lost again
    AMBIGUOUS_UNIT = "AMBIGUOUS_UNIT"  # the text does not say points or percent
    OTHER_DEFINITION = "OTHER_DEFINITION"
    NO_LONGER_POLICY = "NO_LONGER_POLICY"
    NO_DIRECTION = "NO_DIRECTION"  # a level to reach, and nothing says from which side
    PART_OF_YEAR = "PART_OF_YEAR"  # a DISTINCT count inside the year cannot be added up
    RATE_OF_YEAR = "RATE_OF_YEAR"  # births of part of a year per thousand people are no yearly rate
    NOT_ALL_UNITS = "NOT_ALL_UNITS"  # a count that some units are still missing from, so that it may yet grow
    NO_SUM_TO_DATE = "NO_SUM_TO_DATE"  # an earlier part of the year is missing from the count since January
    SMALL_NUMBERS = "SMALL_NUMBERS"  # the interval holds acceptable and unacceptable values
    NO_PARTS = "NO_PARTS"  # a statistic that chance moves, without the numbers it rests on
    MIXED_ZONE = "MIXED_ZONE"  # the unit's area lies in several fertility zones
    NO_ZONE = "NO_ZONE"  # it lies in none
    NO_ZONE_LEVEL = "NO_ZONE_LEVEL"  # nothing says what the unit's zone is to reach
    TWO_IN_FORCE = "TWO_IN_FORCE"
    WORDS_ONLY = "WORDS_ONLY"
    TOO_FEW_YEARS = "TOO_FEW_YEARS"  # a pace takes three complete years
    PACE_UNCERTAIN = "PACE_UNCERTAIN"  # the interval of the pace holds both arriving in time and arriving too late
    UNIT_CLOSED = "UNIT_CLOSED"  # nobody reports for the unit any more
