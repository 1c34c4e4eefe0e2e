"""The pages on which groups are kept, and the page of the comparison with a group: over HTTP, as a browser asks."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select

from data import clock
from data import tables as t
from data.db import unit_of_work
from data.kinds import GroupKind, Role
from layouts.ids.comparison import ComparisonId
from layouts.ids.groups import GroupsId
from tests.counting import queries
from tests.dash_client import Reader, answer_of, portal_on
from tests.factories import a_small_world, an_account
from tests.page_tree import components, content_of, find, links, said
from tests.test_forged_races import at_once
from tests.world_groups import make, put_group
from tests.world_rollups import put_rollup
from tests.worlds import (
    ASH,
    ASH_OFFICER,
    DALE_OFFICER,
    LAST_OLD_DAY,
    LONG_AGO,
    MERGED,
    MERGED_DEPUTY,
    MERGED_HEAD,
    MERGED_LEADER,
    MINISTRY_ADMIN,
    MINISTRY_REVIEWER,
    NORTH,
    NOW,
    OTHER,
    OTHER_HEAD,
    SOUTH_HEAD,
    Person,
)  # fmt: skip

CREATE, RENAME = "callbacks.groups.create", "callbacks.groups.rename"
ADD, REMOVE, CLOSE = "callbacks.groups.add", "callbacks.groups.remove", "callbacks.groups.close"
CHOOSE = "callbacks.comparison.choose"
KEY = "merged-cum-1"


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def app(engine: Engine) -> Flask:
    """The small world with a group of two communes and a region of a province that is gone."""
    a_small_world(engine)
    with unit_of_work(engine) as session:
        make(session, MERGED_HEAD, "Cụm đồng bằng", "ash", "bay")
        put_group(session, 901, "old-region", GroupKind.REGION, (NORTH, LONG_AGO, LAST_OLD_DAY))
        put_rollup(session, ASH, "srb", "2026Q3", 100, 90)
    return portal_on(engine)


def reader(app: Flask, person: Person) -> Reader:
    return Reader(app, person.id)


def kept(app: Flask) -> list[str]:
    """The names of all kept groups."""
    with unit_of_work(app.extensions["portal_engine"], writes=False) as session:
        where = t.UnitGroup.keeper_id.is_not(None)
        return list(session.scalars(select(t.UnitGroup.name_vi).where(where).order_by(t.UnitGroup.id)))


def body_of(answer: Any) -> Any:
    return answer_of(answer)[GroupsId.BODY]["children"]


def test_a_group_is_made_and_leads_to_its_page(app: Flask) -> None:
    head = reader(app, MERGED_HEAD)
    made = head.call(CREATE, 1, "merged", "Cụm núi", "Hills", "1/1/2026", ["cedar"], "no document")
    search = answer_of(made)[GroupsId.ADDRESS]["search"]
    assert search == "?group=merged-cum-2&said=made"
    page = content_of(head, "/groups", group="merged-cum-2", said="made")
    assert said(page).startswith("Cụm núi")
    assert "Đã lập cụm." in said(page)
    assert "Xã Cẩm Sơn · từ ngày 01/01/2026" in said_of_ticks(page, GroupsId.LEAVERS)
    assert "/compare?peers=merged-cum-2&boundaries=today" in links(page)


def said_of_ticks(page: Any, field: str) -> list[str]:
    return [said(one["label"]) for one in find(page, field)["options"]]


def test_the_list_names_groups_and_members_and_offers_every_commune(app: Flask) -> None:
    page = content_of(reader(app, MERGED_HEAD), "/groups")
    assert "Cụm đồng bằng" in said(page)
    assert "2: Xã An Bình, Xã Bình Minh" in said(page)
    assert [one["value"] for one in find(page, GroupsId.UNITS)["options"]] == ["ash", "bay", "cedar"]
    assert find(page, GroupsId.FROM)["value"] == "01/01/2026"


def test_each_deed_draws_the_page_anew_and_says_what_was_done(app: Flask) -> None:
    head = reader(app, MERGED_HEAD)
    drawn = body_of(head.call(ADD, 1, KEY, ["cedar"], "21/11/2026"))
    assert "Đã thêm 1 đơn vị." in said(drawn)
    assert "Đơn vị hiện nay: 3" in said(drawn)
    drawn = body_of(head.call(REMOVE, 1, KEY, ["ash"], "01/11/2026"))
    assert "Đơn vị đã ra khỏi cụmĐơn vịTừ ngàyĐến hết ngàyXã An Bình01/01/202631/10/2026" in said(drawn)
    drawn = body_of(head.call(RENAME, 1, KEY, "Cụm ven sông", ""))
    assert said(drawn).startswith("Cụm ven sông")
    drawn = body_of(head.call(CLOSE, 1, KEY, "22/11/2026"))
    assert "Đã đóng cụm." in said(drawn)
    with clock.stopped_at(NOW.replace(month=12)):
        page = content_of(reader(app, MERGED_HEAD), "/groups", group=KEY)
    assert "Hiện không có đơn vị nào trong cụm." in said(page)
    assert GroupsId.ADD not in [one.get("id") for one in components(page)]


@pytest.mark.parametrize(
    ("handler", "values", "status", "sentence"),
    [
        (ADD, (["cedar"], "hôm nay"), 422, "“hôm nay” không phải là một ngày: hãy ghi như 05/12/2025."),
        (ADD, (["cedar"], "31/02/2026"), 422, "“31/02/2026” không phải là một ngày"),
        (ADD, ([], "21/11/2026"), 422, "Hãy chọn ít nhất một đơn vị."),
        (ADD, (["ash"], "21/11/2026"), 409, "An Bình ở trong cụm “Cụm đồng bằng” từ ngày 01/01/2026"),
        (ADD, (["dale"], "21/11/2026"), 404, "Không có đơn vị này trong phạm vi của bạn."),
        (ADD, ("cedar", "21/11/2026"), 422, "Hãy chọn ít nhất một đơn vị."),
        (ADD, ([["cedar"]], "21/11/2026"), 422, "Trang gửi lên nội dung không đọc được"),
        (REMOVE, (["cedar"], "21/11/2026"), 404, "Trong cụm này không có đơn vị đó."),
        (REMOVE, (["ash"], "01/01/2026"), 422, "sớm nhất có thể ra kể từ ngày 02/01/2026"),
        (CLOSE, ("01/01/2026",), 422, "sớm nhất có thể đóng kể từ ngày 02/01/2026"),
        (RENAME, ("", ""), 422, "Hãy đặt tên cho cụm."),
        (RENAME, (7, None), 422, "Hãy đặt tên cho cụm."),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason_and_changes_nothing(
    app: Flask, handler: str, values: tuple[Any, ...], status: int, sentence: str
) -> None:
    head = reader(app, MERGED_HEAD)
    before = said(content_of(head, "/groups", group=KEY))
    refused = head.call(handler, 1, KEY, *values)
    assert refused.status_code == status
    assert sentence in refused.get_json()["message"]
    assert said(content_of(head, "/groups", group=KEY)) == before


DEEDS = {
    RENAME: ("Của tôi", ""),
    ADD: (["cedar"], "21/11/2026"),
    REMOVE: (["ash"], "21/11/2026"),
    CLOSE: ("22/11/2026",),
}


@pytest.mark.parametrize("person", [OTHER_HEAD, MINISTRY_REVIEWER, SOUTH_HEAD], ids=lambda one: one.username)
def test_another_keeper_finds_no_such_group(app: Flask, person: Person) -> None:
    stranger = reader(app, person)
    assert [stranger.call(deed, 1, KEY, *values).status_code for deed, values in DEEDS.items()] == [404] * 4
    assert stranger.call(CREATE, 1, "merged", "Của tôi", "", "21/11/2026", [], "").status_code == 404
    for address in (f"/groups?group={KEY}", "/groups?keeper=merged", "/groups?group=old-region"):
        assert stranger.get(address).status_code == 404
    assert "Cụm đồng bằng" not in said(content_of(stranger, "/groups"))
    assert kept(app) == ["Cụm đồng bằng"]


@pytest.mark.parametrize("person", [MERGED_LEADER, ASH_OFFICER, MINISTRY_ADMIN], ids=lambda one: one.username)
def test_who_reviews_nothing_is_turned_away(app: Flask, person: Person) -> None:
    stranger = reader(app, person)
    assert stranger.get("/groups").status_code == 403
    assert [stranger.call(deed, 1, KEY, *values).status_code for deed, values in DEEDS.items()] == [403] * 4
    header = answer_of(stranger.call("callbacks.shell.show", "/help", ""))["shell-header"]["children"]
    assert "/groups" not in links(header)


def test_who_keeps_groups_at_two_units_has_a_list_for_each(app: Flask) -> None:
    engine: Engine = app.extensions["portal_engine"]
    both = Reader(app, an_account(engine, "both", (Role.REVIEWER, MERGED), (Role.REVIEWER, OTHER)))
    assert "/groups?keeper=other" in links(content_of(both, "/groups"))
    assert find(content_of(both, "/groups", keeper="other"), GroupsId.OF)["data"] == "other"


def test_who_worked_for_a_closed_unit_reads_and_makes_nothing(app: Flask) -> None:
    page = content_of(reader(app, SOUTH_HEAD), "/groups")
    assert "không lập cụm mới" in said(page)
    assert GroupsId.CREATE not in [one.get("id") for one in components(page)]


def test_more_groups_cost_no_more_queries(app: Flask) -> None:
    engine: Engine = app.extensions["portal_engine"]
    head = reader(app, MERGED_HEAD)
    asked = []
    for name in ("Cụm hai", "Cụm ba"):
        for address in ("/groups", f"/groups?group={KEY}"):
            content_of(head, "/groups", **({"group": KEY} if "?" in address else {}))
            with queries(engine) as seen:
                content_of(head, "/groups", **({"group": KEY} if "?" in address else {}))
            asked.append(len([one for one in seen if "unit_group" in one]))
        with unit_of_work(engine) as session:
            make(session, MERGED_HEAD, name)
    assert asked == [2, 2, 2, 2]


def within(app: Flask, person: Person, **query: str) -> dict[str, Any]:
    found: dict[str, Any] = find(content_of(reader(app, person), "/compare", **query), ComparisonId.WITHIN)
    return found


def test_the_comparison_offers_the_groups_of_the_level_and_keeps_the_chosen_one(app: Flask) -> None:
    shown = within(app, ASH_OFFICER, peers=KEY)
    assert shown["value"] == f"peers:{KEY}"
    assert {"value": f"peers:{KEY}", "label": "Nhóm: Cụm đồng bằng"} in shown["options"]
    assert KEY not in json.dumps(within(app, DALE_OFFICER))
    chosen = reader(app, ASH_OFFICER).call(CHOOSE, "2026Q3", "end", "commune", f"peers:{KEY}", "main", "")
    assert answer_of(chosen)[ComparisonId.ADDRESS]["search"] == f"?period=2026Q3&level=commune&peers={KEY}"
    other = reader(app, ASH_OFFICER).call(CHOOSE, "2026Q3", "end", "province", f"peers:{KEY}", "main", "")
    assert answer_of(other)[ComparisonId.ADDRESS]["search"] == "?period=2026Q3&level=province"


def test_a_group_of_the_past_leads_to_the_day_on_which_it_held(app: Flask) -> None:
    ministry = reader(app, MINISTRY_REVIEWER)
    assert ministry.get("/compare?peers=old-region&boundaries=today").status_code == 422
    page = content_of(ministry, "/compare", peers="old-region", boundaries="today", definitions="srb")
    assert "nên trống trên địa giới ngày 21/11/2026." in said(page)
    assert "/compare?peers=old-region&definitions=srb&boundaries=2025-06-30" in links(page)


def test_the_files_hold_the_rows_of_the_group_and_say_so(app: Flask) -> None:
    head = reader(app, MERGED_HEAD)
    taken = head.get(f"/export/comparison.csv?peers={KEY}&period=2026Q3&definitions=srb")
    text = taken.get_data(as_text=True)
    assert [line.split(";")[0] for line in text.splitlines() if line.startswith(("ash", "bay", "cedar"))] == [
        "ash", "bay",
    ]  # fmt: skip
    assert f"Nhóm đơn vị;Cụm đồng bằng ({KEY})" in text
    assert "So sánh: Cấp xã, Cụm đồng bằng, Quý III/2026" in text
    assert KEY in taken.headers["Content-Disposition"]
    assert head.get(f"/export/comparison.xlsx?peers={KEY}").status_code == 200
    stranger = reader(app, OTHER_HEAD)
    for key in (KEY, "no-such-group"):
        assert stranger.get(f"/export/comparison.csv?peers={key}").status_code == 404


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_of_two_deeds_at_once_on_one_unit_one_is_done(app: Flask) -> None:
    with unit_of_work(app.extensions["portal_engine"]) as session:
        make(session, MERGED_HEAD, "Cụm hai")
    calls = []
    for person, key in ((MERGED_HEAD, KEY), (MERGED_DEPUTY, "merged-cum-2")) * 2:
        one = reader(app, person)
        one.get("/help")
        calls.append(lambda one=one, key=key: one.call(ADD, 1, key, ["cedar"], "21/11/2026").status_code)
    assert sorted(at_once(*calls)) == [200, 409, 409, 409]
    made = []
    for person in (MERGED_HEAD, MERGED_DEPUTY):
        one = reader(app, person)
        one.get("/help")
        made.append(lambda one=one: one.call(CREATE, 1, "merged", "Cụm mới", "", "21/11/2026", [], "").status_code)
    assert sorted(at_once(*made)) == [200, 409]
    with unit_of_work(app.extensions["portal_engine"], writes=False) as session:
        m = t.UnitGroupMember
        assert session.scalar(select(func.count()).select_from(m).where(m.keeper_id == MERGED)) == 3
