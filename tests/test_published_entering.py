"""Published values are entered all or none by the ministry, and are corrected without being altered."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from auth.policy import NotPermitted, Permission
from data import tables as t
from data.comparisons.model import Absence
from data.comparisons.published import PublishedValue, get_published
from data.kinds import Confidence, GroupKind, Standing
from data.periods import Period
from data.published.bases import Basis
from data.published.drafts import PublishedDraft, PublishedField, RefusedValues
from data.published.entering import correct_value, enter_values, withdraw_value
from data.published.versions import list_value_versions
from data.refusals import Conflict, Invalid, NotFound
from data.snapshot import get_snapshot
from tests import worlds
from tests.world_catalogue import SURVEYED
from tests.world_groups import put_group
from tests.world_rollups import cell_of, compared, comparer
from tests.worlds import (
    LAST_OLD_DAY,
    LONG_AGO,
    MERGED_HEAD,
    MINISTRY_ADMIN,
    MINISTRY_REVIEWER,
    MINISTRY_VIEWER,
    NATION,
    NORTH,
    NOW,
    OTHER,
    Person,
    scope_of,
)  # fmt: skip

FINAL, PRELIMINARY = Standing.FINAL, Standing.PRELIMINARY
TFR = PublishedDraft(
    "tfr", "other", "", "2025", 2.31, FINAL, Basis.PROVINCE_34, "Cục Thống kê, thông cáo 06/01/2026", Confidence.HIGH
)


@pytest.fixture
def world(session: Session) -> Session:
    """The small nation with a region of before the merger."""
    worlds.build(session)
    put_group(session, 901, "old-region", GroupKind.REGION, (NORTH, LONG_AGO, LAST_OLD_DAY))
    put_group(session, 902, "rivals", GroupKind.SEX_RATIO_GROUP, (OTHER, LONG_AGO, None))
    session.execute(update(t.UnitGroup).where(t.UnitGroup.id == 901).values(to_on=LAST_OLD_DAY))
    return session


def keeper(person: Person = MINISTRY_REVIEWER) -> Any:
    return scope_of(person, Permission.PUBLISHED_ENTER)


def enter(session: Session, *drafts: PublishedDraft) -> tuple[int, ...]:
    return enter_values(session, keeper(), drafts, NOW).ids


def exactly(session: Session, unit_id: int = OTHER, period: str = "2025") -> PublishedValue | Absence:
    published = get_published(session, get_snapshot(session).targets)
    return published.exactly(unit_id, SURVEYED, Period(period))


def standing(session: Session) -> list[tuple[float, str]]:
    p = t.PublishedResult
    return [(row[0], row[1]) for row in session.execute(select(p.value, p.source).where(p.withdrawn_at.is_(None)))]


def problems(refused: pytest.ExceptionInfo[RefusedValues]) -> list[tuple[int, PublishedField]]:
    return [(one.place, one.field) for one in refused.value.problems]


def test_what_the_ministry_enters_is_compared_for_exactly_its_year_with_its_source(world: Session) -> None:
    (made,) = enter(world, TFR)
    found = exactly(world)
    assert isinstance(found, PublishedValue)
    assert (found.value, found.source, found.basis) == (2.31, TFR.source, "PROVINCE_34")
    comparison = compared(world, MERGED_HEAD, period="2025", level="province", within="vn")
    assert cell_of(comparison, OTHER, "tfr").value == 2.31
    assert isinstance(exactly(world, period="2024"), Absence)
    line = world.scalars(select(t.AuditLine)).one()
    assert (line.action, line.unit_id, line.account_id) == ("published.enter", OTHER, MINISTRY_REVIEWER.id)
    assert json.loads(line.detail or "") == {"published": made, "definition": "tfr", "period": "2025", "value": 2.31}


@pytest.mark.parametrize("person", [MERGED_HEAD, MINISTRY_VIEWER, MINISTRY_ADMIN])
def test_nobody_but_the_ministrys_reviewer_enters_anything(person: Person) -> None:
    with pytest.raises(NotPermitted):
        keeper(person)


def test_a_scope_of_something_else_finds_no_published_value(world: Session) -> None:
    (made,) = enter(world, TFR)
    for scope in (comparer(MERGED_HEAD), comparer(MINISTRY_VIEWER)):
        with pytest.raises(NotFound):
            enter_values(world, scope, [TFR], NOW)
        with pytest.raises(NotFound):
            withdraw_value(world, scope, made, "Nhầm", NOW)
        with pytest.raises(NotFound):
            list_value_versions(world, scope, get_snapshot(world), made)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"unit": ""}, PublishedField.UNIT),
        ({"group": "old-region"}, PublishedField.GROUP),
        ({"unit": "nowhere"}, PublishedField.UNIT),
        ({"unit": "", "group": "nowhere"}, PublishedField.GROUP),
        ({"unit": "", "group": "rivals"}, PublishedField.GROUP),  # no region
        ({"definition": ""}, PublishedField.DEFINITION),
        ({"definition": "nothing"}, PublishedField.DEFINITION),
        ({"definition": "third_birth_share", "period": "2026", "standing": PRELIMINARY}, PublishedField.DEFINITION),
        ({"period": ""}, PublishedField.PERIOD),
        ({"period": "2025Q3"}, PublishedField.PERIOD),
        ({"period": "2027"}, PublishedField.PERIOD),
        ({"period": "2026-11M", "standing": PRELIMINARY}, PublishedField.PERIOD),
        ({"period": "2026"}, PublishedField.STANDING),  # the year still goes on
        ({"unit": "north", "basis": Basis.PROVINCE_63, "period": "2026-6M"}, PublishedField.PERIOD),
        ({"value": None}, PublishedField.VALUE),
        ({"value": float("nan")}, PublishedField.VALUE),
        ({"value": float("inf")}, PublishedField.VALUE),
        ({"value": -0.1}, PublishedField.VALUE),
        ({"value": 15.1}, PublishedField.VALUE),
        ({"standing": None}, PublishedField.STANDING),
        ({"standing": Standing.ESTIMATE}, PublishedField.STANDING),
        ({"basis": None}, PublishedField.BASIS),
        ({"basis": Basis.NATION}, PublishedField.BASIS),
        ({"basis": Basis.COMMUNE_34}, PublishedField.BASIS),
        ({"unit": "merged", "basis": Basis.PROVINCE_63}, PublishedField.BASIS),
        ({"unit": "north", "basis": Basis.PROVINCE_34}, PublishedField.BASIS),
        ({"unit": "", "group": "old-region", "basis": Basis.REGION_34}, PublishedField.BASIS),
        ({"basis": Basis.PROVINCE_63, "period": "2026", "standing": PRELIMINARY}, PublishedField.BASIS),
        ({"source": " … "}, PublishedField.SOURCE),
        ({"source": "x" * 301}, PublishedField.SOURCE),
        ({"confidence": None}, PublishedField.CONFIDENCE),
        ({"note": "x" * 501}, PublishedField.NOTE),
    ],
)  # fmt: skip
def test_each_mistake_is_refused_at_its_field_and_nothing_is_kept(
    world: Session, changes: dict[str, Any], field: PublishedField
) -> None:
    right = replace(TFR, unit="merged", period="2024")
    with pytest.raises(RefusedValues, match="Chưa lưu gì") as refused:
        enter(world, right, replace(TFR, **changes))
    assert (1, field) in problems(refused)
    assert {place for place, _field in problems(refused)} == {1}
    assert standing(world) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"unit": "merged", "period": "2019"},  # published back in time, for who opened in 2025
        {"unit": "north", "basis": Basis.PROVINCE_63},  # the year in which it closed
        {"basis": Basis.PROVINCE_63, "period": "2024"},  # stood under both arrangements
        {"unit": "", "group": "old-region", "basis": Basis.REGION_63, "period": "2024-9M"},
        {"unit": "vn", "basis": Basis.NATION, "period": "2026", "standing": PRELIMINARY},
        {"unit": "ash", "basis": Basis.COMMUNE_34},
        {"unit": "north-city", "basis": Basis.DISTRICT_63},
        {"definition": "srb", "value": 112.6},  # counted too: published beside what was reported
        {"definition": "third_birth_share", "value": 12.0},
    ],
)
def test_what_can_be_published_is_kept(world: Session, changes: dict[str, Any]) -> None:
    assert len(enter(world, replace(TFR, **changes))) == 1


def test_one_value_is_not_entered_twice_but_other_sources_and_standings_are(world: Session) -> None:
    with pytest.raises(RefusedValues, match="hai lần"):
        enter(world, TFR, replace(TFR, value=2.4))
    enter(world, TFR)
    same = replace(TFR, value=2.4, source=TFR.source.upper())
    with pytest.raises(RefusedValues, match="sửa giá trị đang có") as refused:
        enter(world, same)
    assert problems(refused) == [(0, PublishedField.VALUE)]
    enter(world, replace(TFR, source="Báo chí", confidence=Confidence.LOW), replace(TFR, standing=PRELIMINARY))
    assert len(standing(world)) == 3


def test_a_final_value_stands_beside_the_preliminary_one_and_goes_first(world: Session) -> None:
    enter(world, replace(TFR, value=2.2, standing=PRELIMINARY))
    found = exactly(world)
    assert isinstance(found, PublishedValue)
    assert (found.value, found.preliminary) == (2.2, True)
    enter(world, TFR)
    found = exactly(world)
    assert isinstance(found, PublishedValue)
    assert (found.value, found.preliminary) == (2.31, False)
    published = get_published(world, get_snapshot(world).targets)
    assert sorted(one.value for one in published.of_unit(OTHER, SURVEYED)) == [2.2, 2.31]


def test_a_correction_leaves_both_to_be_read_with_who_and_why(world: Session) -> None:
    (first,) = enter(world, TFR)
    second = correct_value(world, keeper(), first, replace(TFR, value=2.13), "Gõ nhầm 2,31", NOW)
    found = exactly(world)
    assert isinstance(found, PublishedValue)
    assert found.value == 2.13
    old, new = list_value_versions(world, keeper(), get_snapshot(world), second)
    assert (old.value.value, old.value.withdrawn_at, new.value.value, new.value.corrects_id) == (2.31, NOW, 2.13, first)
    name = MINISTRY_REVIEWER.username.title()
    assert [(one.action, one.account, one.reason) for one in old.deeds] == [
        ("published.enter", name, None),
        ("published.correct", name, "Gõ nhầm 2,31"),
    ]
    with pytest.raises(Conflict):
        correct_value(world, keeper(), first, replace(TFR, value=2.0), "Lần nữa", NOW)
    with pytest.raises(Conflict):
        withdraw_value(world, keeper(), first, "Lần nữa", NOW)


def test_a_corrected_value_keeps_its_place_among_those_that_are_trusted_as_much(world: Session) -> None:
    first, _second = enter(world, TFR, replace(TFR, value=2.5, source="Niên giám thống kê"))
    third = correct_value(world, keeper(), first, replace(TFR, value=2.13), "Gõ nhầm 2,31", NOW)
    correct_value(world, keeper(), third, replace(TFR, value=2.14), "Vẫn nhầm", NOW)
    found = exactly(world)
    assert isinstance(found, PublishedValue)
    assert found.value == 2.14
    versions = list_value_versions(world, keeper(), get_snapshot(world), first)
    assert [one.value.value for one in versions if one.first] == [2.14]


def test_a_correction_is_checked_as_an_entry_is_and_keeps_what_it_is_about(world: Session) -> None:
    (made,) = enter(world, TFR)
    for draft in (replace(TFR, unit="merged"), replace(TFR, period="2024"), replace(TFR, definition="srb"), TFR):
        with pytest.raises(Invalid):
            correct_value(world, keeper(), made, draft, "Nhầm", NOW)
    with pytest.raises(RefusedValues):
        correct_value(world, keeper(), made, replace(TFR, value=99.0), "Nhầm", NOW)
    with pytest.raises(Invalid, match="lý do"):
        correct_value(world, keeper(), made, replace(TFR, value=2.0), " . ", NOW)
    with pytest.raises(NotFound):
        correct_value(world, keeper(), 10**12, replace(TFR, value=2.0), "Nhầm", NOW)
    assert standing(world) == [(2.31, TFR.source)]


def test_a_withdrawn_value_compares_with_nothing_and_stays_readable(world: Session) -> None:
    (made,) = enter(world, TFR)
    withdraw_value(world, keeper(), made, "Nhầm tỉnh", NOW)
    assert isinstance(exactly(world), Absence)
    (version,) = list_value_versions(world, keeper(), get_snapshot(world), made)
    assert (version.value.withdrawn_at, version.deeds[-1].reason) == (NOW, "Nhầm tỉnh")
    enter(world, TFR)


def test_what_is_done_with_a_regions_value_stands_with_the_country(world: Session) -> None:
    (made,) = enter(world, replace(TFR, unit="", group="old-region", basis=Basis.REGION_63, period="2023"))
    line = world.scalars(select(t.AuditLine)).one()
    assert (line.unit_id, json.loads(line.detail or "")["group"]) == (NATION, "old-region")
    (version,) = list_value_versions(world, keeper(), get_snapshot(world), made)
    assert version.value.place_name == "Vùng Old-Region (đến 30/06/2025)"


def test_a_published_value_of_the_current_year_is_preliminary_until_the_year_is_over(world: Session) -> None:
    draft = replace(TFR, period="2026", standing=PRELIMINARY)
    enter(world, draft)
    with pytest.raises(RefusedValues, match="sơ bộ"):
        enter(world, replace(draft, standing=FINAL))
    later = NOW.replace(year=2027, month=1, day=date(2027, 1, 6).day)
    enter_values(world, keeper(), [replace(draft, standing=FINAL)], later)
