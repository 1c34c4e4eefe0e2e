"""Keeping groups: what a keeper may do, and what is refused and why."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from data import tables as t
from data.db import unit_of_work
from data.refusals import Conflict, Forbidden, Invalid, NotFound, Refusal
from data.snapshot import GROUPS_VERSION, get_snapshot
from data.units.keeping import Names, add_members, close_group, create_group, remove_members, rename_group
from data.units.kept import get_keeping, get_keeping_of
from tests import worlds
from tests.factories import a_small_world
from tests.world_groups import NEW_YEAR, dates, keeper, make
from tests.world_rollups import renew
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    BAY,
    MERGED_HEAD,
    MERGED_LEADER,
    MINISTRY_ADMIN,
    MINISTRY_REVIEWER,
    NOW,
    OTHER_HEAD,
    SOUTH_HEAD,
    TODAY,
    Person,
)  # fmt: skip

DAY = timedelta(days=1)


@pytest.fixture
def world(session: Session) -> Session:
    worlds.build(session)
    return session


def trail(session: Session) -> list[tuple[str, dict[str, Any]]]:
    """The lines of audit: what was done, and the details."""
    rows = session.scalars(select(t.AuditLine).order_by(t.AuditLine.id))
    return [(row.action, json.loads(row.detail or "{}")) for row in rows]


def test_a_province_keeps_groups_of_its_communes_and_the_ministry_of_its_provinces(world: Session) -> None:
    assert make(world, MERGED_HEAD, "Cụm đồng bằng", "ash", "bay") == "merged-cum-1"
    assert make(world, MERGED_HEAD, "Cụm núi", "cedar") == "merged-cum-2"
    assert make(world, MINISTRY_REVIEWER, "Cụm số 1", "merged", "other", at="vn") == "vn-cum-1"
    kept = get_keeping(world, keeper(MERGED_HEAD), "", TODAY)
    assert [one.name for one in kept.groups] == ["Cụm đồng bằng", "Cụm núi"]
    assert [one.unit.title for one in kept.get("merged-cum-1").present(TODAY)] == ["Xã An Bình", "Xã Bình Minh"]
    assert [(one.unit.key, one.group) for one in kept.candidates] == [
        ("ash", "Cụm đồng bằng"), ("bay", "Cụm đồng bằng"), ("cedar", "Cụm núi"),
    ]  # fmt: skip


@pytest.mark.parametrize("person", [MERGED_LEADER, ASH_OFFICER, MINISTRY_ADMIN], ids=lambda one: one.username)
def test_whoever_reviews_nothing_keeps_no_group(person: Person) -> None:
    with pytest.raises(Forbidden):
        keeper(person)


def deeds_on(session: Session, person: Person, key: str) -> list[Callable[[], object]]:
    """Everything that can be done to a group, as that person."""
    scope, day = keeper(person), TODAY + DAY
    return [
        lambda: rename_group(session, scope, key, Names("Khác", ""), NOW),
        lambda: add_members(session, scope, key, ["cedar"], day, NOW),
        lambda: remove_members(session, scope, key, ["ash"], day, NOW),
        lambda: close_group(session, scope, key, day, NOW),
        lambda: get_keeping_of(session, scope, key, TODAY),
    ]


@pytest.mark.parametrize("person", [OTHER_HEAD, MINISTRY_REVIEWER], ids=lambda one: one.username)
def test_somebody_elses_group_is_no_group(world: Session, person: Person) -> None:
    key = make(world, MERGED_HEAD, "Cụm đồng bằng", "ash", "bay")
    sentences = set()
    for wanted in (key, "merged-cum-9", "region34-dbsh", "", "x" * 500, "a\x00b"):
        for deed in deeds_on(world, person, wanted):
            with pytest.raises(NotFound) as refused:
                deed()
            sentences.add(str(refused.value))
    with pytest.raises(NotFound):
        create_group(world, keeper(person), "merged", Names("Của tôi", ""), [], "", NEW_YEAR, NOW)
    assert sentences == {"Không có cụm này trong các cụm bạn quản lý."}
    assert dates(world, key) == {"ash": [(NEW_YEAR, None)], "bay": [(NEW_YEAR, None)]}


@pytest.mark.parametrize("stranger", ["dale", "other", "merged", "vn", "nowhere"])
def test_only_a_child_of_the_keeper_comes_in(world: Session, stranger: str) -> None:
    key = make(world, MERGED_HEAD, "Cụm đồng bằng", "ash")
    with pytest.raises((NotFound, Invalid)) as refused:
        add_members(world, keeper(MERGED_HEAD), key, [stranger], TODAY, NOW)
    hidden = isinstance(refused.value, NotFound)
    assert hidden == (stranger != "merged")
    assert str(refused.value) == (
        "Không có đơn vị này trong phạm vi của bạn."
        if hidden
        else "Ngày 21/11/2026, Sông Bắc không trực thuộc đơn vị quản lý cụm."
    )


def test_a_unit_comes_in_only_on_days_on_which_it_is_below_the_keeper(world: Session) -> None:
    with pytest.raises(Invalid, match="Ngày 30/06/2025, Sông Bắc không trực thuộc"):
        make(world, MINISTRY_REVIEWER, "Cụm cũ", "merged", at="vn", from_on=date(2025, 6, 30))


def test_a_removal_ends_the_membership_the_day_before_and_keeps_it(world: Session) -> None:
    key, scope = make(world, MERGED_HEAD, "Cụm đồng bằng", "ash", "bay"), keeper(MERGED_HEAD)
    remove_members(world, scope, key, ["ash"], date(2026, 6, 1), NOW)
    add_members(world, scope, key, ["ash"], date(2026, 9, 1), NOW)
    assert dates(world, key)["ash"] == [(NEW_YEAR, date(2026, 5, 31)), (date(2026, 9, 1), None)]
    kept = get_keeping_of(world, scope, key, TODAY).get(key)
    assert [(one.unit.key, one.to_on) for one in kept.past(TODAY)] == [("ash", date(2026, 5, 31))]
    assert [one.unit.key for one in kept.present(TODAY)] == ["ash", "bay"]


def test_what_has_not_begun_is_taken_back_and_what_began_stays(world: Session) -> None:
    key, scope = make(world, MERGED_HEAD, "Cụm đồng bằng", "ash"), keeper(MERGED_HEAD)
    add_members(world, scope, key, ["bay"], TODAY + 30 * DAY, NOW)
    assert [one.unit.key for one in get_keeping_of(world, scope, key, TODAY).get(key).to_come(TODAY)] == ["bay"]
    remove_members(world, scope, key, ["bay"], TODAY, NOW)
    assert "bay" not in dates(world, key)
    with pytest.raises(Invalid, match="sớm nhất có thể ra kể từ ngày 02/01/2026"):
        remove_members(world, scope, key, ["ash"], NEW_YEAR, NOW)
    remove_members(world, scope, key, ["ash"], TODAY, NOW)
    with pytest.raises(Conflict, match="không còn trong cụm"):
        remove_members(world, scope, key, ["ash"], TODAY, NOW)


def test_a_unit_is_in_one_group_of_a_keeper_at_a_time(world: Session) -> None:
    first, scope = make(world, MERGED_HEAD, "Cụm một", "ash"), keeper(MERGED_HEAD)
    second = make(world, MERGED_HEAD, "Cụm hai")
    for key in (first, second):
        with pytest.raises(Conflict, match="An Bình ở trong cụm “Cụm một” từ ngày 01/01/2026"):
            add_members(world, scope, key, ["bay", "ash"], TODAY, NOW)
    assert dates(world, second) == {}
    remove_members(world, scope, first, ["ash"], TODAY, NOW)
    add_members(world, scope, second, ["ash"], TODAY, NOW)
    with pytest.raises(Conflict):
        add_members(world, scope, first, ["ash"], TODAY - DAY, NOW)


def test_a_closed_group_holds_nobody_later_and_stays_readable(world: Session) -> None:
    key, scope = make(world, MERGED_HEAD, "Cụm đồng bằng", "ash"), keeper(MERGED_HEAD)
    add_members(world, scope, key, ["bay"], TODAY + 30 * DAY, NOW)
    with pytest.raises(Invalid, match="sớm nhất có thể đóng kể từ ngày 02/01/2026"):
        close_group(world, scope, key, NEW_YEAR, NOW)
    close_group(world, scope, key, TODAY, NOW)
    assert dates(world, key) == {"ash": [(NEW_YEAR, TODAY - DAY)]}
    said = "Cụm đã đóng, ngày cuối là 20/11/2026"
    with pytest.raises(Conflict, match=said):
        close_group(world, scope, key, TODAY + DAY, NOW)
    with pytest.raises(Invalid, match=said):
        add_members(world, scope, key, ["cedar"], TODAY, NOW)
    add_members(world, scope, key, ["cedar"], date(2026, 5, 1), NOW)
    assert dates(world, key)["cedar"] == [(date(2026, 5, 1), TODAY - DAY)]
    with pytest.raises(Invalid, match="trước ngày đó chưa thể"):
        add_members(world, scope, key, ["bay"], NEW_YEAR - DAY, NOW)


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("  ", Invalid, "Hãy đặt tên cho cụm."),
        ("…–!", Invalid, "Hãy đặt tên cho cụm."),
        ("\u202e\x00", Invalid, "Hãy đặt tên cho cụm."),
        ("x" * 121, Invalid, "Tên dài nhất là 120 ký tự."),
        ("cụm  ĐỒNG bằng", Conflict, "Đã có cụm “Cụm đồng bằng”: hãy đặt tên khác."),
        ("Cu\u0323m đồng bằng", Conflict, "Đã có cụm “Cụm đồng bằng”: hãy đặt tên khác."),
    ],
)
def test_a_name_is_there_and_is_not_that_of_another_group(
    world: Session, name: str, kind: type[Refusal], said: str
) -> None:
    make(world, MERGED_HEAD, "Cụm đồng bằng")
    other = make(world, MERGED_HEAD, "Cụm núi")
    deeds: list[Callable[[], object]] = [
        lambda: make(world, MERGED_HEAD, name),
        lambda: rename_group(world, keeper(MERGED_HEAD), other, Names(name, ""), NOW),
    ]
    for deed in deeds:
        with pytest.raises(kind) as refused:
            deed()
        assert str(refused.value) == said
    rename_group(world, keeper(MERGED_HEAD), other, Names("CỤM NÚI", "Hills"), NOW)


def test_each_deed_leaves_its_line_and_shows_in_every_process(world: Session) -> None:
    def version() -> str | None:
        return world.scalars(select(t.Fact.value).where(t.Fact.name == GROUPS_VERSION)).one_or_none()

    before, scope = version(), keeper(MERGED_HEAD)
    key = make(world, MERGED_HEAD, "Cụm một", "ash")
    seen = {before, version()}
    deeds: list[Callable[[], object]] = [
        lambda: rename_group(world, scope, key, Names("Cụm hai", ""), NOW),
        lambda: add_members(world, scope, key, ["bay"], TODAY, NOW),
        lambda: remove_members(world, scope, key, ["ash"], TODAY, NOW),
        lambda: close_group(world, scope, key, TODAY + DAY, NOW),
    ]
    for deed in deeds:
        deed()
        seen.add(version())
    assert len(seen) == 6
    world.flush()
    lines = trail(world)
    assert [action for action, _ in lines] == [
        "group:create", "group:rename", "group:add", "group:remove", "group:close",
    ]  # fmt: skip
    assert all(detail["group"] == key for _, detail in lines)
    assert lines[0][1]["units"] == ["ash"]
    assert (lines[1][1]["before"], lines[1][1]["name"]) == ("Cụm một", "Cụm hai")
    world.info.pop("snapshot", None)
    assert get_snapshot(world).groups[key].group.name == "Cụm hai"


def test_a_change_of_groups_reads_nothing_else_anew(engine: Engine) -> None:
    a_small_world(engine)
    with unit_of_work(engine, writes=False) as session:
        before = get_snapshot(session)
    with unit_of_work(engine) as session:
        key = make(session, MERGED_HEAD, "Cụm một", "ash")
    with unit_of_work(engine, writes=False) as session:
        after = get_snapshot(session)
    assert (key in before.groups, key in after.groups) == (False, True)
    assert (after.tree, after.catalogue, after.targets) == (before.tree, before.catalogue, before.targets)
    assert after.tree is before.tree


def test_a_refused_deed_leaves_nothing(engine: Engine) -> None:
    a_small_world(engine)
    with pytest.raises(NotFound), unit_of_work(engine) as session:
        make(session, MERGED_HEAD, "Cụm một", "ash", "dale")
    with unit_of_work(engine, writes=False) as session:
        assert session.scalars(select(t.UnitGroup)).all() == []
        assert trail(session) == []


def test_whoever_worked_for_a_closed_unit_makes_no_group(world: Session) -> None:
    assert not get_keeping(world, keeper(SOUTH_HEAD), "", TODAY).standing
    with pytest.raises(Conflict, match="đã kết thúc"):
        make(world, SOUTH_HEAD, "Cụm cũ", at="south")


def test_a_unit_that_closes_leaves_its_group(world: Session) -> None:
    key, last = make(world, MERGED_HEAD, "Cụm đồng bằng", "ash", "bay"), date(2026, 10, 31)
    world.execute(update(t.AdminUnit).where(t.AdminUnit.id == ASH).values(closed_on=last))
    renew(world)
    kept = get_keeping_of(world, keeper(MERGED_HEAD), key, TODAY).get(key)
    assert [one.unit.key for one in kept.present(TODAY)] == ["bay"]
    assert [(one.unit.key, one.to_on) for one in kept.past(TODAY)] == [("ash", last)]
    known = get_snapshot(world)
    assert known.groups[key].members(known.tree, last) == (ASH, BAY)
    assert known.groups[key].members(known.tree, TODAY) == (BAY,)


def test_a_document_is_one_of_the_keepers_or_of_a_unit_above(world: Session) -> None:
    kept = get_keeping(world, keeper(MERGED_HEAD), "", TODAY)
    known = [one.key for one in kept.documents]
    assert "nq21" in known
    scope = keeper(MERGED_HEAD)
    key = create_group(world, scope, "merged", Names("Cụm một", ""), [], "nq21", NEW_YEAR, NOW)
    document = get_keeping_of(world, scope, key, TODAY).get(key).document
    assert document is not None
    assert document.key == "nq21"
    with pytest.raises(NotFound):
        create_group(world, scope, "merged", Names("Cụm hai", ""), [], "no such law", NEW_YEAR, NOW)
