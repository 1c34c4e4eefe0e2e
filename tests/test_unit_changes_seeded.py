"""The arrangement of 2025 is a change like any other, and leaves exactly what the reference files say."""

from datetime import date
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from data import tables as t
from data.kinds import UnitLevel
from data.reference import rows
from data.seeding.changes import changes_of_the_files
from data.seeding.check import check_catalogue
from data.units.changes.journal import from_json
from data.units.closure import Link, closure


def held(session: Session) -> dict[int, str]:
    return {number: key for number, key in session.execute(select(t.AdminUnit.id, t.AdminUnit.key))}  # noqa: C416


def day(value: date | None) -> str:
    return "" if value is None else value.isoformat()


def test_every_unit_is_as_the_files_say(seeded_session: Session) -> None:
    units = {
        (unit.key, unit.level.value, day(unit.opened_on), str(int(unit.opening_known)), day(unit.closed_on))
        for unit in seeded_session.scalars(select(t.AdminUnit))
    }
    columns = ("key", "level", "opened_on", "opening_known", "closed_on")
    assert units == {tuple(row[name] for name in columns) for row in rows("units")}
    assert not seeded_session.scalars(select(t.AdminUnit.id).where(t.AdminUnit.never_in_force)).all()


def test_every_version_is_as_the_files_say(seeded_session: Session) -> None:
    v, unit, parent = t.UnitVersion, aliased(t.AdminUnit), aliased(t.AdminUnit)
    found = seeded_session.execute(
        select(unit.key, v.from_on, v.to_on, v.name, v.kind, v.code, parent.key, v.confidence, t.Document.key)
        .join(unit, unit.id == v.unit_id)
        .outerjoin(parent, parent.id == v.parent_id)
        .outerjoin(t.Document, t.Document.id == v.document_id)
    )
    versions = {
        (row[0], day(row[1]), day(row[2]), row[3], row[4].value, row[5] or "", row[6] or "", row[7].value, row[8] or "")
        for row in found
    }
    columns = ("unit", "from_on", "to_on", "name", "kind", "code", "parent", "confidence", "document")
    assert versions == {tuple(row[name] for name in columns) for row in rows("unit_versions")}


def test_every_row_of_lineage_is_as_the_files_say(seeded_session: Session) -> None:
    names, line = held(seeded_session), t.UnitLineage
    documents = {number: key for number, key in seeded_session.execute(select(t.Document.id, t.Document.key))}  # noqa: C416
    lineage = {
        (names[row.predecessor_id], names[row.successor_id], day(row.on), str(row.share_numerator),
         str(row.share_denominator), row.basis.value, documents[row.document_id or 0])
        for row in seeded_session.scalars(select(line))
    }  # fmt: skip
    columns = ("predecessor", "successor", "on", "share_numerator", "share_denominator", "basis", "document")
    assert lineage == {tuple(row[name] for name in columns) for row in rows("unit_lineage")}


def test_the_closure_follows_from_the_files_versions(seeded_session: Session) -> None:
    names, c = held(seeded_session), t.UnitClosure
    links = [
        Link(
            row["unit"],
            row["parent"] or None,
            date.fromisoformat(row["from_on"]),
            date.fromisoformat(row["to_on"]) if row["to_on"] else None,
        )
        for row in rows("unit_versions")
    ]
    spans = {(one.ancestor, one.descendant, one.from_on, one.to_on, one.depth) for one in closure(links)}
    assert spans == {
        (names[row[0]], names[row[1]], row[2], row[3], row[4])
        for row in seeded_session.execute(select(c.ancestor_id, c.descendant_id, c.from_on, c.to_on, c.depth))
    }


def test_the_closure_of_the_lineage_is_the_lineage_while_there_was_one_arrangement(seeded_session: Session) -> None:
    c, line = t.UnitLineageClosure, t.UnitLineage
    kept = {tuple(row) for row in seeded_session.execute(select(c.predecessor_id, c.descendant_id, c.on, c.share))}
    assert kept == {
        (row.predecessor_id, row.successor_id, row.on, Fraction(row.share_numerator, row.share_denominator))
        for row in seeded_session.scalars(select(line))
    }


def test_the_journal_holds_each_change_of_the_files_as_it_was_applied(seeded_session: Session) -> None:
    entries = seeded_session.scalars(select(t.UnitChangeSet).order_by(t.UnitChangeSet.id)).all()
    assert [from_json(entry.what) for entry in entries] == list(changes_of_the_files())
    assert [entry.on for entry in entries][:2] == [date(2025, 1, 1), date(2025, 7, 1)]
    (reorganisation,) = changes_of_the_files()[1].reshapes
    opened = [one.level for one in reorganisation.opens]
    assert opened.count(UnitLevel.PROVINCE) == 23
    assert len(reorganisation.closes) == 52 + 696 + 9_903


def test_the_seeded_catalogue_with_its_closures_is_sound(seeded_session: Session) -> None:
    assert check_catalogue(seeded_session) == []
    row = seeded_session.scalars(select(t.UnitLineageClosure)).first()
    assert row is not None
    row.share = row.share / 2
    seeded_session.flush()
    assert len(check_catalogue(seeded_session)) == 1
