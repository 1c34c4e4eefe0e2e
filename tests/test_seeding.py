"""A seeded database holds every reference fact once, is sound, and stays as it is when it is seeded again."""

from datetime import date

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from data import tables as t
from data.judging.operators import Operator
from data.kinds import LineageBasis, SubmissionStatus, UnitKind
from data.reference import rows
from data.seeding import CATALOGUE_VERSION, REFERENCE_DIGEST, ReferenceMismatch, seed
from data.seeding.check import check_catalogue
from data.wording import Language, use_language

FILES = {
    "units": t.AdminUnit, "unit_versions": t.UnitVersion, "unit_lineage": t.UnitLineage, "unit_facts": t.UnitFact,
    "groups": t.UnitGroup, "group_members": t.UnitGroupMember, "documents": t.Document, "programmes": t.Programme,
    "elements": t.DataElement, "forms": t.Form, "form_levels": t.FormLevel, "form_elements": t.FormElement,
    "form_due_days": t.FormDueDay, "indicators": t.Indicator, "definitions": t.Definition,
    "definition_parts": t.DefinitionPart, "targets": t.Target, "published": t.PublishedResult,
}  # fmt: skip


def counts(session: Session) -> dict[str, int]:
    return {
        table.name: session.scalar(select(func.count()).select_from(table)) or 0
        for table in t.Base.metadata.sorted_tables
    }


def unit_id(session: Session, key: str) -> int:
    return session.scalars(select(t.AdminUnit.id).where(t.AdminUnit.key == key)).one()


def ancestors(session: Session, key: str, on: date) -> dict[str, int]:
    query = (
        select(t.AdminUnit.key, t.UnitClosure.depth)
        .join(t.UnitClosure, t.UnitClosure.ancestor_id == t.AdminUnit.id)
        .where(
            t.UnitClosure.descendant_id == unit_id(session, key),
            t.UnitClosure.from_on <= on,
            (t.UnitClosure.to_on >= on) | t.UnitClosure.to_on.is_(None),
        )
    )
    return dict(session.execute(query).all())


def test_every_row_of_the_files_is_a_row_of_the_database(seeded_session: Session) -> None:
    held = counts(seeded_session)
    assert {name: held[table.__tablename__] for name, table in FILES.items()} == {
        name: len(rows(name)) for name in FILES
    }


def test_a_seeded_database_holds_nobodys_results(seeded_session: Session) -> None:
    held = counts(seeded_session)
    empty = {"submission", "revision", "revision_editor", "result", "rollup", "account", "account_role", "audit_line"}
    assert {held[table] for table in empty} == {0}


def test_seeding_again_changes_nothing(seeded_session: Session) -> None:
    before = counts(seeded_session)
    seed(seeded_session)
    assert counts(seeded_session) == before


def test_other_facts_are_not_overwritten(seeded_session: Session) -> None:
    seeded_session.execute(update(t.Fact).where(t.Fact.name == REFERENCE_DIGEST).values(value="of another version"))
    before = counts(seeded_session)
    with pytest.raises(ReferenceMismatch):
        seed(seeded_session)
    assert counts(seeded_session) == before


def test_the_catalogue_has_a_version_for_caches(seeded_session: Session) -> None:
    assert seeded_session.get_one(t.Fact, CATALOGUE_VERSION).value == "1"


def test_a_revision_may_take_three_steps_and_no_other(seeded_session: Session) -> None:
    steps = {(row.from_status, row.to_status) for row in seeded_session.scalars(select(t.StatusTransition))}
    assert steps == {
        (SubmissionStatus.DRAFT, SubmissionStatus.SUBMITTED),
        (SubmissionStatus.SUBMITTED, SubmissionStatus.APPROVED),
        (SubmissionStatus.SUBMITTED, SubmissionStatus.RETURNED),
    }


def test_ancestors_are_those_of_the_day(seeded_session: Session) -> None:
    assert ancestors(seeded_session, "c04603", date(2025, 6, 30)) == {"c04603": 0, "d139": 1, "p15": 2, "vn": 3}
    assert ancestors(seeded_session, "c04603", date(2025, 7, 1)) == {"c04603": 0, "p15-2025": 1, "vn": 2}
    assert ancestors(seeded_session, "d040", date(2025, 7, 1)) == {}


def test_limits_and_fractions_arrive_as_they_are_meant(seeded_session: Session) -> None:
    screened = seeded_session.scalars(select(t.DataElement).where(t.DataElement.key == "pregnancies_screened_4")).one()
    assert screened.at_most_id is not None
    assert seeded_session.get_one(t.DataElement, screened.at_most_id).key == "pregnancies_screened"
    target = seeded_session.scalars(select(t.Target).where(t.Target.key == "S1-19")).one()
    assert target.operator is Operator.REDUCTION_FRACTION
    assert target.low == target.high == pytest.approx(2 / 3)


def test_the_database_goes_on_numbering_after_the_seed(seeded_session: Session) -> None:
    seeded_session.add(t.Document(key="new", title_vi="Văn bản mới"))
    seeded_session.flush()
    assert seeded_session.scalar(select(func.count()).select_from(t.Document)) == len(rows("documents")) + 1


def test_the_seeded_catalogue_is_sound(seeded_session: Session) -> None:
    assert check_catalogue(seeded_session) == []


def test_a_version_that_is_missing_is_found(seeded_session: Session) -> None:
    closed = unit_id(seeded_session, "c04603")
    seeded_session.execute(
        delete(t.UnitVersion).where(t.UnitVersion.unit_id == closed, t.UnitVersion.from_on == date(2025, 7, 1))
    )
    with use_language(Language.EN):
        faults = check_catalogue(seeded_session)
    assert "The versions of c04603 do not begin and end with its life." in faults
    assert "The stored tree of units is not the one that follows from their versions." in faults


def test_versions_that_overlap_are_found(seeded_session: Session) -> None:
    moved = unit_id(seeded_session, "c04603")
    seeded_session.execute(
        update(t.UnitVersion)
        .where(t.UnitVersion.unit_id == moved, t.UnitVersion.to_on == date(2025, 6, 30))
        .values(to_on=date(2025, 7, 5))
    )
    with use_language(Language.EN):
        faults = check_catalogue(seeded_session)
    assert any(fault.startswith("The versions of c04603 leave a gap or overlap") for fault in faults)
    assert any(fault.startswith("c04603 stands under d139 on days") for fault in faults)


def test_a_circle_in_the_tree_is_found(seeded_session: Session) -> None:
    province, commune = unit_id(seeded_session, "p15-2025"), unit_id(seeded_session, "c04603")
    seeded_session.execute(update(t.UnitVersion).where(t.UnitVersion.unit_id == province).values(parent_id=commune))
    with use_language(Language.EN):
        assert "The tree of units runs in a circle." in check_catalogue(seeded_session)


def change_version(session: Session, key: str, **changes: object) -> None:
    """Another fact in the unit's version of 01/07/2025."""
    where = (t.UnitVersion.unit_id == unit_id(session, key), t.UnitVersion.from_on == date(2025, 7, 1))
    session.execute(update(t.UnitVersion).where(*where).values(**changes))


def test_namesakes_under_one_parent_and_a_code_with_two_owners_are_found(seeded_session: Session) -> None:
    change_version(seeded_session, "p79-2025", name="Bắc Ninh", kind=UnitKind.PROVINCE)
    change_version(seeded_session, "p75-2025", code="24")
    with use_language(Language.EN):
        faults = check_catalogue(seeded_session)
    assert any("carry one name and kind under one parent on 01/07/2025: Bắc Ninh" in fault for fault in faults)
    assert any("carry one code on 01/07/2025: 24" in fault for fault in faults)


def test_a_parent_of_the_wrong_level_and_kinds_that_the_law_does_not_count_are_found(seeded_session: Session) -> None:
    change_version(seeded_session, "c01273-2025", parent_id=unit_id(seeded_session, "vn"), kind=UnitKind.TOWNSHIP)
    with use_language(Language.EN):
        faults = check_catalogue(seeded_session)
    assert "c01273-2025 stands under vn, which is not a level above it." in faults
    assert any("1 units of kind township; there should be 0" in fault for fault in faults)


def test_shares_that_do_not_add_up_are_found(seeded_session: Session) -> None:
    split = seeded_session.scalars(
        select(t.UnitLineage).where(t.UnitLineage.basis == LineageBasis.AREA).order_by(t.UnitLineage.predecessor_id)
    ).first()
    assert split is not None
    key = seeded_session.get_one(t.AdminUnit, split.predecessor_id).key
    split.share_numerator, split.share_denominator = 1, 1
    seeded_session.flush()
    with use_language(Language.EN):
        fault, _follows = check_catalogue(seeded_session)
    assert fault.startswith(f"The shares of {key} add up to ")


def test_a_closed_unit_without_successor_and_a_wrong_count_are_found(seeded_session: Session) -> None:
    closed, open_ = unit_id(seeded_session, "p27"), unit_id(seeded_session, "c01273-2025")
    seeded_session.execute(delete(t.UnitLineage).where(t.UnitLineage.predecessor_id == closed))
    seeded_session.execute(update(t.AdminUnit).where(t.AdminUnit.id == open_).values(opened_on=date(2025, 8, 1)))
    with use_language(Language.EN):
        faults = check_catalogue(seeded_session)
    assert "p27 is closed and has no successor." in faults
    assert any("3320 units" in fault and "3321" in fault for fault in faults)
