"""How a number that is handed down is to be read: the operators that have a single number, each with its good side."""

from fractions import Fraction
from typing import NamedTuple

from data.judging.operators import Direction, Operator
from data.measures import Measure
from data.refusals import Invalid
from data.targets.register import TargetInfo
from data.wording import _

_UP = (Operator.AT_LEAST, Operator.ABOVE)
_DOWN = (Operator.AT_MOST, Operator.BELOW)
_PERCENT = Fraction(100)


class Asks(NamedTuple):
    """What is asked of a number; `direction` is given where the operator itself does not say which side is good."""

    operator: Operator
    direction: Direction | None = None

    @property
    def code(self) -> str:
        """The word for it in a page: `AT_LEAST`, `REACH-DOWN`."""
        return self.operator.value + (f"-{self.direction.value}" if self.direction else "")

    @property
    def good(self) -> Direction | None:
        """Which side of the number is good; None where only the number itself is."""
        if self.operator in _UP:
            return Direction.UP
        return Direction.DOWN if self.operator in _DOWN else self.direction


AT_LEAST, AT_MOST = Asks(Operator.AT_LEAST), Asks(Operator.AT_MOST)
# What may be chosen, in this order.
CHOICES = (
    AT_LEAST,
    AT_MOST,
    Asks(Operator.ABOVE),
    Asks(Operator.BELOW),
    Asks(Operator.EXACTLY),
    Asks(Operator.ABOUT),
    Asks(Operator.REACH, Direction.UP),
    Asks(Operator.REACH, Direction.DOWN),
    Asks(Operator.REACH_AND_HOLD),
)
_BY_CODE = {one.code: one for one in CHOICES}


def asks_of_code(code: object) -> Asks:
    """The choice with that word; Invalid for anything else."""
    found = _BY_CODE.get(code) if isinstance(code, str) else None
    if found is None:
        raise Invalid(_("Choose how the numbers are to be read: at least, at most or exactly."))
    return found


def asks_of(target: TargetInfo) -> Asks | None:
    """How the target asks for its single number; None for a range, a change or words."""
    if target.low is None or target.low != target.high or target.ambiguous:
        return None
    plain = Asks(target.operator, target.direction if target.operator is Operator.REACH else None)
    return _BY_CODE.get(plain.code)


def most_of(measure: Measure) -> Fraction | None:
    """What no unit can exceed; None where nothing says so."""
    return _PERCENT if measure is Measure.PERCENT else None
