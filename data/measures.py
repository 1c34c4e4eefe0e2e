"""What a value is measured in, and what follows for arithmetic; the words stand in `data.wording.measures`."""

from enum import StrEnum


class Measure(StrEnum):
    """What one of something is: a person, a percent, a boy per hundred girls."""

    PERSONS = "PERSONS"
    COUPLES = "COUPLES"
    CASES = "CASES"
    BIRTHS = "BIRTHS"
    PERCENT = "PERCENT"
    PER_MILLE = "PER_MILLE"
    BOYS_PER_100_GIRLS = "BOYS_PER_100_GIRLS"
    CHILDREN_PER_WOMAN = "CHILDREN_PER_WOMAN"
    YEARS = "YEARS"
    CM = "CM"
    COMMUNES = "COMMUNES"
    FACILITIES = "FACILITIES"
    CLASSES = "CLASSES"
    ROUNDS = "ROUNDS"
    HOUSEHOLDS = "HOUSEHOLDS"
    RANK = "RANK"
    POINTS = "POINTS"
    NONE = "NONE"

    @property
    def is_count(self) -> bool:
        """Whether it counts whole things, so that a flow of it can be prorated over the year."""
        return self in _COUNTS

    @property
    def decimals(self) -> int:
        """Decimals with which a value is shown."""
        return _DECIMALS[self]


_COUNTS = frozenset(
    {
        Measure.PERSONS,
        Measure.COUPLES,
        Measure.CASES,
        Measure.BIRTHS,
        Measure.COMMUNES,
        Measure.FACILITIES,
        Measure.CLASSES,
        Measure.ROUNDS,
        Measure.HOUSEHOLDS,
    }
)
_DECIMALS = {measure: 0 if measure in _COUNTS or measure is Measure.RANK else 1 for measure in Measure}
# Fertility moves in hundredths: 1,91 and 1,86 are different years.
_DECIMALS[Measure.CHILDREN_PER_WOMAN] = 2
# How far "about" reaches where the half point that serves rates does not: "about 2,1 children" means as printed, to the
# decimal; half a child would be a quarter of it.
TOLERANCES = {Measure.CHILDREN_PER_WOMAN: 0.05}
