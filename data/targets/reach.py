"""Which targets a reader sees, wherever they are shown."""

from datetime import date

from data.scope import Scope
from data.targets.register import TargetInfo
from data.units.tree import UnitTree


def sees(tree: UnitTree, scope: Scope, target: TargetInfo, today: date) -> bool:
    """Whether a target is within reach: its unit on the last day of its year, or today if that is still to come.

    The nation's targets are everybody's who may compare.
    """
    if target.unit_id == tree.nation_id:
        return bool(scope.grants)
    return scope.covers(tree, target.unit_id, min(date(target.year, 12, 31), today))
