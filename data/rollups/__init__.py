"""Roll-ups: what approvals leave behind for comparison, stored up to the province; the nation sums its provinces.

A row holds both parts of one definition for a unit and a period. It is the unit's OWN approved result, or else the sum
of its CHILDREN, never both. `counted` of `expected` units stand behind it: a unit that reports itself is one of one; a
child that is itself a sum counts as the units behind it; a silent child that must report is one more that is expected.
So a row is complete exactly when every row beneath it is, and both parts of a ratio rest on the same units.
"""

from data.rollups.rebuilding import rebuild
from data.rollups.replacing import replace_rollups

__all__ = ["rebuild", "replace_rollups"]
