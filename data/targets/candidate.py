"""What a target would be if it were entered: its place among what is set, whether it judges, what it contradicts.

It is worked out by the code that judges, on a register that holds the target and everything that it could meet.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from data.catalogue.model import Definition
from data.judging import Reason
from data.scope import Scope
from data.snapshot import Snapshot
from data.targets.admitting import Ready
from data.targets.arithmetic import against_known, within_documents
from data.targets.chain import Step, steps_of, why_unjudged
from data.targets.contradictions import Contradiction, between_targets
from data.targets.entering import info_of_draft
from data.targets.findings import published_values
from data.targets.reach import sees
from data.targets.register import DocumentInfo, TargetInfo, TargetRegister
from data.targets.registry import Whose, whose

# Ids of what is not in the database yet; those that are there count from 1.
CANDIDATE_ID = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A target before it is entered, as it would stand on the last day of its year.

    `unjudged` is why what is then in force for the unit judges nothing. `step` and `contradictions` name only targets
    that the reader sees; `owners` are the units of those.
    """

    target: TargetInfo
    definition: Definition
    step: Step
    unjudged: Reason | None
    contradictions: tuple[Contradiction, ...]
    owners: dict[int, Whose]


def candidate_of(
    session: Session,
    snapshot: Snapshot,
    seeing: Scope,
    ready: Ready,
    document: DocumentInfo,
    today: date,
    instead_of: TargetInfo | None = None,
) -> Candidate:
    """What would become of the draft. `seeing` is the reader's scope of comparing; `instead_of` is what it corrects.

    No query but for published values, which are read once per process.
    """
    tree, definition = snapshot.tree, ready.definition
    target = info_of_draft(ready, CANDIDATE_ID, "", document)
    met = (one for one in _met(snapshot, target) if one is not instead_of)
    register = TargetRegister([*met, target], snapshot.targets.documents)
    visible = {one.id for one in register.targets.values() if one is target or sees(tree, seeing, one, today)}
    step = next(one for one in steps_of(register, definition.id, target.unit_id, target.year) if one.target is target)
    found = [
        one
        for one in _contradictions(session, snapshot, register)
        if target in one.targets and all(each.id in visible for each in one.targets)
    ]
    day = date(target.year, 12, 31)
    units = {each.unit_id for one in found for each in one.targets} | {target.unit_id}
    units |= {one.document.issuer_id for one in step.others if one.document.issuer_id is not None}
    units |= {each.document.issuer_id for one in found for each in one.targets if each.document.issuer_id is not None}
    return Candidate(
        target,
        definition,
        step._replace(others=tuple(one for one in step.others if one.id in visible)),
        why_unjudged(register, definition, target.unit_id, target.year),
        tuple(dict.fromkeys(found)),
        {one: whose(tree, one, day) for one in units},
    )


def _met(snapshot: Snapshot, target: TargetInfo) -> Iterator[TargetInfo]:
    """Whatever can replace, contradict or add up with it: all of its unit, and of the units around it what is set for
    the same definition and year.
    """
    tree, register = snapshot.tree, snapshot.targets
    day = tree.units[target.unit_id].within_life(date(target.year, 12, 31))
    above = tree.ancestors(target.unit_id, day)
    around = {*above, *tree.children(target.unit_id, day), *(tree.children(above[0], day) if above else ())}
    yield from register.of_unit(target.unit_id)
    for unit_id in sorted(around - {target.unit_id}):
        yield from register.about(target.definition_id, unit_id, target.year)


def _contradictions(session: Session, snapshot: Snapshot, register: TargetRegister) -> Iterator[Contradiction]:
    tree, definitions = snapshot.tree, snapshot.catalogue.definitions
    yield from between_targets(register, tree, definitions)
    yield from within_documents(register, tree, definitions)
    yield from against_known(register, definitions, published_values(session, snapshot))
