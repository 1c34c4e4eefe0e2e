"""Counts that a plan also sets part by part: the parts must add up to the total that it prints."""

from data.judging.operators import CHANGES
from data.snapshot import Snapshot
from data.targets.register import TargetInfo


def planned_parts(snapshot: Snapshot, total: TargetInfo) -> tuple[float, ...]:
    """The numbers that the same plan sets for parts of the count, for the same unit and year; none where it sets none.

    A part is a definition that counts some of what the total adds up, as new users of one method are of all methods.
    """
    definitions = snapshot.catalogue.definitions
    whole = definitions[total.definition_id]
    if not whole.is_count or len(whole.numerator) < 2:
        return ()
    elements = set(whole.numerator)
    return tuple(
        target.low
        for target in snapshot.targets.of_unit(total.unit_id)
        if (target.year, target.document) == (total.year, total.document)
        and target.operator not in CHANGES
        and target.low is not None
        and definitions[target.definition_id].is_count
        and set(definitions[target.definition_id].numerator) < elements
    )
