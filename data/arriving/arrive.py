"""Would the whole arrive if each of its parts reached its own target? For one reader, in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from data.arriving.answering import answer_of, gap_of
from data.arriving.arithmetic import Input, natural_ends, value_of
from data.arriving.demands import Demand, demands_of
from data.arriving.model import Arrival, Inherited, Known, Line, NoWeight, Part, Weighing
from data.arriving.place import Place, find_place, wholes_within
from data.arriving.query import ArrivalQuery
from data.arriving.weighing import Results
from data.catalogue.model import Catalogue, Definition
from data.comparisons.place import definition_of
from data.kinds import UnitLevel
from data.measures import Measure
from data.periods import Period
from data.refusals import Invalid
from data.scope import Scope
from data.snapshot import Snapshot, get_snapshot
from data.targets.adding import Piece, add_targets
from data.targets.ends import Ends, Weight, ends_of
from data.targets.reach import sees
from data.targets.register import TargetInfo, rivals
from data.targets.registry import whose
from data.units.naming import titles
from data.wording import _


def get_arrival(session: Session, scope: Scope, query: ArrivalQuery, today: date) -> Arrival:
    """The answer to a query for the reader behind the scope, which is that of comparing.

    Raises NotFound for a unit out of reach; Invalid for one without parts, a year for which nothing is asked of it, and
    a programme or a definition that does not exist.
    """
    snapshot = get_snapshot(session)
    catalogue, tree = snapshot.catalogue, snapshot.tree
    place = find_place(snapshot, scope, query, today)
    asked = {
        one.id: demands
        for one in _in_order(catalogue)
        if (demands := demands_of(snapshot, scope, place.unit, one, place.year, today))
    }
    every = tuple(catalogue.definitions[one] for one in asked)
    shown = _chosen(catalogue, query, every)
    results = Results(session, snapshot, scope, place.parts, shown, min(place.year, today.year))
    maker = _Maker(snapshot, scope, place, results, today)
    lines = tuple(maker.line(one, asked[one.id]) for one in shown)
    opened = lines[0] if query.definition is not None and lines else None
    programmes = {one.programme for one in every if one.programme is not None}
    return Arrival(
        query,
        place,
        whose(tree, place.unit.id, place.day),
        lines,
        opened and maker.opened(opened),
        every,
        tuple(sorted(programmes, key=lambda one: one.position)),
        tuple(whose(tree, one, place.day) for one in wholes_within(snapshot, scope, place.day, today)),
        snapshot.illustrative,
    )


def _in_order(catalogue: Catalogue) -> list[Definition]:
    last = len(catalogue.programmes) + 1
    return sorted(catalogue.definitions.values(), key=lambda one: one.programme.position if one.programme else last)


def _chosen(catalogue: Catalogue, query: ArrivalQuery, every: Sequence[Definition]) -> tuple[Definition, ...]:
    if query.programme is not None and query.programme not in {one.key for one in catalogue.programmes.values()}:
        raise Invalid(_("There is no programme “{programme}”.").format(programme=query.programme))
    wanted = definition_of(catalogue, query.definition) if query.definition is not None else None
    return tuple(
        one
        for one in every
        if (wanted is None or one.id == wanted.id)
        and (query.programme is None or (one.programme is not None and one.programme.key == query.programme))
    )


class _Maker:
    """Makes the lines of one answer."""

    def __init__(self, snapshot: Snapshot, scope: Scope, place: Place, results: Results, today: date) -> None:
        self._snapshot = snapshot
        self._scope = scope
        self._place = place
        self._results = results
        self._today = today

    def line(self, definition: Definition, demands: Sequence[Demand]) -> Line:
        """Everything about one definition."""
        place, is_count = self._place, definition.measure.is_count
        targets = {one: self._targets(one, definition) for one in place.parts}
        ends = {one: _ends(found) for one, found in targets.items()}
        rest = tuple(one for one in place.parts if ends[one] is None)
        of_all = self._of_all(definition)
        last = self._last(definition, rest, of_all)
        weighing = self._known(definition, of_all, tuple(one for one in place.parts if ends[one] is not None))
        amounts = weighing.amounts if weighing else {}
        parts = tuple(self._part(one, targets[one], ends[one], amounts.get(one), last) for one in place.parts)
        inputs = [Input(part.whose.unit.id, part.ends, part.weight) for part in parts]
        # Of a part beyond reach nothing is known, not even what it weighs.
        inputs += [Input(0, None, None)] * place.beyond
        supposed = _supposed(inputs, last, is_count=is_count) if last else None
        natural, why = natural_ends(definition), of_all if isinstance(of_all, NoWeight) else None
        answers = tuple(answer_of(one, parts, inputs, natural, why, supposed, beyond=place.beyond) for one in demands)
        value = None if why is NoWeight.NO_MEAN else value_of(inputs, is_count=is_count)
        line = Line(definition, parts, value, supposed, last.year if last else None, weighing, answers, None)
        return replace(line, gap=gap_of(line, inputs))

    def opened(self, line: Line) -> Line:
        """The same line, with what was set for those that the parts were made of where they have no target."""
        parts = (
            part if part.targets else replace(part, inherited=self._inherited(part.whose.unit.id, line.definition))
            for part in line.parts
        )
        return replace(line, parts=tuple(parts))

    def _of_all(self, definition: Definition) -> Weighing | NoWeight:
        """What all parts weigh in one year, or why nobody can say."""
        if definition.measure is Measure.RANK:
            return NoWeight.NO_MEAN
        if self._place.beyond and not definition.measure.is_count:
            return NoWeight.BEYOND
        return self._results.weighing(definition, self._place.parts)

    def _known(self, definition: Definition, of_all: Weighing | NoWeight, setting: tuple[int, ...]) -> Weighing | None:
        """The weights of all; where some cannot be weighed, of those with a target among themselves."""
        if isinstance(of_all, Weighing):
            return of_all
        found = self._results.weighing(definition, setting) if setting and of_all is not NoWeight.NO_MEAN else None
        return found if isinstance(found, Weighing) else None

    def _last(self, definition: Definition, rest: tuple[int, ...], of_all: Weighing | NoWeight) -> Known | None:
        """Where those without a target stood, in the year of everybody's weights; None unless all parts are known."""
        if self._place.beyond or not isinstance(of_all, Weighing):
            return None
        return self._results.last(definition, rest, of_all)

    def _targets(self, unit_id: int, definition: Definition) -> tuple[TargetInfo, ...]:
        """What would judge the unit's result of the year; a target that the reader does not see is none."""
        year = self._place.year
        in_force = self._snapshot.targets.in_force(definition.id, unit_id, year, Period.of_year(year).last_day)
        return rivals(self._seen(in_force))

    def _seen(self, targets: Iterable[TargetInfo]) -> tuple[TargetInfo, ...]:
        return tuple(one for one in targets if sees(self._snapshot.tree, self._scope, one, self._today))

    def _part(
        self,
        unit_id: int,
        targets: tuple[TargetInfo, ...],
        ends: Ends | None,
        weight: Weight | None,
        last: Known | None,
    ) -> Part:
        tree, day = self._snapshot.tree, self._place.day
        stayed = last.of.get(unit_id) if last else None
        value = stayed.above / stayed.below if stayed and stayed.below else None
        is_whole = tree.units[unit_id].level is not UnitLevel.COMMUNE and bool(tree.children(unit_id, day))
        return Part(whose(tree, unit_id, day), targets, ends, weight, value, is_whole)

    def _inherited(self, unit_id: int, definition: Definition) -> Inherited | None:
        tree, register, year = self._snapshot.tree, self._snapshot.targets, self._place.year
        unit = tree.units[unit_id]
        day = unit.opened_on - timedelta(days=1)
        made_of = tree.composition(unit_id, day) if year >= unit.opened_on.year else None
        pieces = [
            Piece(one, share, self._seen(register.in_force(definition.id, one, year, day)))
            for one, share in made_of or ()
        ]
        if not any(piece.judging for piece in pieces):
            return None
        names = titles(tree, (piece.unit_id for piece in pieces), day)
        told = tuple(
            (name, piece.judging[0] if piece.judging else None) for name, piece in zip(names, pieces, strict=True)
        )
        return Inherited(told, add_targets(pieces, is_count=definition.measure.is_count))


def _ends(targets: tuple[TargetInfo, ...]) -> Ends | None:
    return ends_of(targets[0]) if len(targets) == 1 else None


def _supposed(inputs: Sequence[Input], last: Known | None, *, is_count: bool) -> Ends | None:
    """What all come to if those without a target stay where they were: sums over sums, never a mean of means."""
    staying = []
    if last is not None:
        above, below = (sum(one) for one in zip(*last.of.values(), strict=True))
        if is_count:
            staying = [Input(0, Ends(above, above), 1)]
        elif below:
            staying = [Input(0, Ends(above / below, above / below), below)]
    return value_of([*(one for one in inputs if one.ends is not None), *staying], is_count=is_count)
