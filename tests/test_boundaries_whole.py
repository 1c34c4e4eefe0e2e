"""The real thing: what 10 035 old communes counted in 2024 is what today's 3 321 communes and 34 provinces hold.

Every counted definition has both parts, and each is read as the comparison reads it: on today's boundaries, along the
lineage, in exact fractions. No unit is lost anywhere, and nothing is counted twice.
"""

import time
from collections.abc import Iterable
from datetime import date

import pytest
from sqlalchemy import Engine, Integer, String, cast, func, insert, literal, null, select
from sqlalchemy.orm import Session, aliased

from data import tables as t
from data.catalogue.model import Definition
from data.comparisons.model import Amount
from data.comparisons.readings import Readings
from data.comparisons.sums import Reading
from data.db import unit_of_work
from data.kinds import LineageBasis, RollupSource, Standing, UnitLevel
from data.periods import Period
from data.snapshot import get_snapshot
from data.units.tree import UnitTree
from tests.counting import queries
from tests.worlds import NOW

YEAR, LAST_OLD_DAY, TODAY = Period.of_year(2024), date(2024, 12, 31), date(2026, 11, 21)
# Special zones that were island districts without communes: nothing below them was ever counted.
ISLANDS = {"c11948-2025", "c19742-2025", "c20333-2025", "c21548-2025", "c26732-2025"}
# By definition both parts, of one unit or of several together.
Parts = dict[int, tuple[Amount, Amount]]


def fill(session: Session) -> None:
    """A number for both parts of every counted definition of every old commune, and their sums for the provinces.

    The numbers follow from the ids, and differ from commune to commune and from column to column.
    """
    a, d, r, c = t.AdminUnit, t.Definition, t.Rollup, t.UnitClosure
    ratio = d.id.in_(select(t.DefinitionPart.definition_id).where(t.DefinitionPart.side == "DENOMINATOR"))
    counted = d.id.in_(select(t.DefinitionPart.definition_id))
    number = cast((a.id * 7919 + d.id * 104_729) % 9_973, Integer)
    fixed = [
        literal(1), literal(1), literal(RollupSource.OWN.value), literal(Standing.FINAL.value), literal(False),
        literal(NOW, type_=r.approved_at.type),
    ]  # fmt: skip
    columns = [
        "period", "level", "unit_id", "definition_id", "numerator", "denominator", "counted", "expected", "source",
        "standing", "illustrative", "approved_at",
    ]  # fmt: skip
    stood = (a.opened_on <= LAST_OLD_DAY) & (a.closed_on.is_(None) | (a.closed_on >= LAST_OLD_DAY))
    for condition, below in ((ratio, number + 7), (~ratio, null())):
        rows = (
            select(literal(YEAR.code), cast(a.level, String), a.id, d.id, number, below, *fixed)
            .join_from(a, d, counted & condition)
            .where(a.level == UnitLevel.COMMUNE, stood)
        )
        session.execute(insert(r).from_select(columns, rows))
    commune = aliased(r)
    sums = (
        select(
            literal(YEAR.code), literal(UnitLevel.PROVINCE.value), c.ancestor_id, commune.definition_id,
            func.sum(commune.numerator), func.sum(commune.denominator), *fixed,
        )
        .join(c, c.descendant_id == commune.unit_id)
        .join(a, a.id == c.ancestor_id)
        .where(
            a.level == UnitLevel.PROVINCE, commune.level == UnitLevel.COMMUNE, c.from_on <= LAST_OLD_DAY,
            c.to_on.is_(None) | (c.to_on >= LAST_OLD_DAY),
        )
        .group_by(c.ancestor_id, commune.definition_id)
    )  # fmt: skip
    session.execute(insert(r).from_select(columns, sums))


def added(lines: Iterable[dict[int, Reading]]) -> Parts:
    """The values of several units, added up by definition."""
    found: dict[int, tuple[Amount, Amount]] = {}
    for line in lines:
        for definition, reading in line.items():
            above, below = found.get(definition, (0, 0))
            found[definition] = above + reading.numerator, below + (reading.denominator or 0)
    return found


def read(session: Session, units: Iterable[int], definitions: tuple[Definition, ...]) -> dict[int, dict[int, Reading]]:
    """The year's values of the units as the comparison reads them; a unit without one would break every sum."""
    readings = Readings(session, get_snapshot(session).tree)
    units = tuple(units)
    readings.load(units, {YEAR: definitions})
    lines = {unit: readings.line(unit, definitions, YEAR) for unit in units}
    there = {
        unit: {one: value for one, value in line.items() if isinstance(value, Reading)} for unit, line in lines.items()
    }
    assert all(len(line) == len(definitions) for line in there.values())
    return there


def counted_by_communes(session: Session) -> Parts:
    """What was put in, added up by the database and not by the code that is tested."""
    r = t.Rollup
    sums = select(r.definition_id, func.sum(r.numerator), func.coalesce(func.sum(r.denominator), 0))
    rows = session.execute(sums.where(r.level == UnitLevel.COMMUNE).group_by(r.definition_id))
    return {definition: (int(above or 0), int(below or 0)) for definition, above, below in rows}


# The arithmetic is the same on both kinds of database, and provinces are compared on both elsewhere.
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_number_of_every_old_commune_is_read_on_the_boundaries_of_today(seeded_engine: Engine) -> None:
    with unit_of_work(seeded_engine) as session:
        fill(session)
        expected = counted_by_communes(session)
    with unit_of_work(seeded_engine, writes=False) as session:
        snapshot = get_snapshot(session)
        definitions = tuple(one for one in snapshot.catalogue.definitions.values() if one.numerator)
        assert len(expected) == len(definitions) > 30
        start = time.perf_counter()
        with queries(seeded_engine) as seen:
            check(session, snapshot.tree, definitions, expected)
        taken = time.perf_counter() - start
    # The roll-ups of the old communes and, twice, of the old provinces: one query however many units are shown.
    assert len(seen) == 3
    print(f"{len(definitions)} definitions of 10 035 communes on today's boundaries: {taken:.1f} s")  # noqa: T201


def check(session: Session, tree: UnitTree, definitions: tuple[Definition, ...], expected: Parts) -> None:
    old, new = (tree.at_level(UnitLevel.COMMUNE, day) for day in (LAST_OLD_DAY, TODAY))
    before, after = (tree.at_level(UnitLevel.PROVINCE, day) for day in (LAST_OLD_DAY, TODAY))
    assert (len(old), len(new), len(before), len(after)) == (10_035, 3_321, 63, 34)
    made_of_communes = [one for one in new if tree.composition(one, LAST_OLD_DAY)]
    assert {tree.units[one].key for one in set(new).difference(made_of_communes)} == ISLANDS
    communes, then, now = (read(session, units, definitions) for units in (made_of_communes, before, after))
    assert added(then.values()) == added(now.values()) == expected

    by_province = {
        province: added(communes[one] for one in tree.children(province, TODAY) if one in communes)
        for province in after
    }
    for province in after:
        predecessors = [one for one, _share in tree.composition(province, LAST_OLD_DAY) or ()]
        assert added([now[province]]) == added(then[one] for one in predecessors)
        # Its communes of today hold exactly as much: no share of a commune leaves its province, and none is lost.
        assert by_province[province] == added([now[province]])

    split = {one for one in old if any(line.basis is LineageBasis.AREA for line in tree.descents_out_of(one))}
    touched = {line.successor_id for one in split for line in tree.descents_out_of(one)}
    marked = {unit for unit, line in communes.items() if any(reading.converted for reading in line.values())}
    assert len(split) == 442
    assert marked == touched
    assert not any(reading.converted for line in (*then.values(), *now.values()) for reading in line.values())
