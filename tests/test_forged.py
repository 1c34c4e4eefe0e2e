"""Five thousand forged requests, and nothing of another unit's in any answer, nor in the database.

Everybody sends everything everywhere. The world is full of marks (`tests.forged_world`), so that an answer which holds
one of somebody else's says so. Where a request is allowed it works: the marks' owners see them, which is tested too.
"""

from collections import Counter
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine, or_, select

from data import clock
from data import tables as t
from data.db import unit_of_work
from tests.dash_client import CALLBACKS, Reader, portal_on
from tests.forged_requests import ROUTER, Forger, Request
from tests.forged_world import PLANTS, accounts, may_know, plant_all, seen_in, stolen, text_of
from tests.worlds import NATION, NOW, PLACES

# On which database, from which seed, how many: more than five thousand together.
STORMS = [
    pytest.param("sqlite", 1, 1100, id="sqlite-1"),
    pytest.param("sqlite", 2, 1100, id="sqlite-2"),
    pytest.param("sqlite", 3, 1100, id="sqlite-3"),
    pytest.param("sqlite", 4, 1100, id="sqlite-4"),
    pytest.param("postgresql", 5, 900, id="postgresql-5", marks=pytest.mark.postgres),
]
NOBODY = "nobody"


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    """The third quarter of 2026 is over, whatever the day."""
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def revisions(engine: Engine) -> dict[str, int]:
    """The world with its marks; each plant's revision."""
    return plant_all(engine)


@pytest.fixture
def app(engine: Engine, revisions: dict[str, int]) -> Flask:
    """The portal on it."""
    assert len(revisions) == len(PLANTS)
    return portal_on(engine)


@pytest.fixture
def readers(app: Flask, engine: Engine) -> dict[str, Reader]:
    """Every account with a browser, those without any role and nobody included."""
    return {NOBODY: Reader(app), **{name: Reader(app, number) for name, number in accounts(engine).items()}}


def ask(reader: Reader, request: Request) -> tuple[int, str]:
    if request.body is not None:
        answer = reader.http.post(CALLBACKS, json=request.body, headers={"X-CSRFToken": reader.token()})
    else:
        form = {"csrf_token": reader.token(), **(request.form or {})} if request.method == "POST" else None
        answer = reader.http.open(request.path, method=request.method, data=form)
    with answer:
        return answer.status_code, text_of(answer.get_data())


def show(reader: Reader, path: str, search: str) -> str:
    return reader.call(ROUTER, path, search).get_data(as_text=True)


def search_of(plant_place: tuple[str, str, str]) -> str:
    return "?unit={}&form={}&period={}".format(*plant_place)


def test_the_marks_are_seen_by_those_who_work_on_them(readers: dict[str, Reader], revisions: dict[str, int]) -> None:
    seen: Counter[str] = Counter()
    for plant in PLANTS:
        for name in plant.owners:
            pages = show(readers[name], "/submit", search_of(plant.place))
            pages += show(readers[name], "/review", f"?revision={revisions[plant.name]}")
            seen[plant.name] += plant.name in seen_in(pages)
            assert stolen(pages, name) == set()
    assert set(seen) == {plant.name for plant in PLANTS}
    assert min(seen.values()) >= 1


def test_the_marks_of_others_are_told_apart() -> None:
    assert stolen("7.000.003 và MARK-note-dale-draft, MARK-name-bay.officer", "ash.officer") == {
        "dale-draft",
        "bay.officer",
    }
    assert stolen("7000003, MARK-name-merged.head", "ash.officer") == set()
    assert not may_know("merged.head", "other.head")


@pytest.mark.parametrize(("database", "seed", "count"), STORMS, indirect=["database"])
def test_no_forged_request_shows_or_changes_what_is_anothers(
    app: Flask, engine: Engine, readers: dict[str, Reader], revisions: dict[str, int], seed: int, count: int
) -> None:
    forger = Forger(seed, app, readers[NOBODY].dash, [*revisions.values(), *range(1, 30)])
    statuses: Counter[int] = Counter()
    mistakes, thefts, own = [], [], set()
    for _ in range(count):
        name, request = forger.random.choice(sorted(readers)), forger.request()
        status, said = ask(readers[name], request)
        statuses[status] += 1
        own |= seen_in(said)
        if status >= 500:
            mistakes.append((name, request))
        if taken := stolen(said, name):
            thefts.append((name, taken, request))
    assert mistakes == []
    assert thefts == []
    # A storm that is refused everywhere would prove nothing.
    assert {200, 401, 403, 404, 422} <= set(statuses)
    assert statuses[200] > count / 5
    assert len(own) > 3
    assert strangers_deeds(engine, revisions) == []


def strangers_deeds(engine: Engine, revisions: dict[str, int]) -> list[tuple[str, str]]:
    """What somebody did to what is not theirs: from the audit trail, and from who edited reports last."""
    plants = {revisions[plant.name]: plant for plant in PLANTS}
    names: dict[int | None, str] = {number: name for name, number in accounts(engine).items()}
    a, r = t.AuditLine, t.Revision
    with unit_of_work(engine, writes=False) as session:
        lines = session.execute(select(a.action, a.account_id, a.unit_id).where(a.action.like("submission.%"))).all()
        kept = session.execute(select(a.action, a.account_id, a.unit_id).where(a.action.like("group:%"))).all()
        of_targets = or_(a.action.like("target.%"), a.action == "document.enter")
        entered = session.execute(select(a.action, a.account_id, a.unit_id).where(of_targets)).all()
        published = session.execute(select(a.action, a.account_id).where(a.action.like("published.%"))).all()
        edited = session.execute(select(r.id, r.edited_by_id).where(r.id.in_(plants))).all()
    found = [(action, names[account]) for action, account, unit in lines if names[account] not in writers_of(unit)]
    found += [(action, names[account]) for action, account, unit in kept if names[account] not in keepers_of(unit)]
    found += [(action, names[account]) for action, account, unit in entered if names[account] not in setters_of(unit)]
    found += [(action, names[account]) for action, account in published if names[account] not in keepers_of(NATION)]
    return found + [
        (plants[revision].name, names[account])
        for revision, account in edited
        if names[account] not in plants[revision].writers | {plants[revision].by.username}
    ]


def keepers_of(unit: int | None) -> set[str]:
    """Who may keep groups of the units below that one."""
    return {
        "vn": {"ministry.reviewer", "ministry.officer"},
        "merged": {"merged.head", "merged.deputy"},
        "other": {"other.head"},
    }.get(PLACES[unit or 0].key, set())


def setters_of(unit: int | None) -> set[str]:
    """Who may set targets for the unit: its own reviewers, and those directly above."""
    ministry, merged = {"ministry.reviewer", "ministry.officer"}, {"merged.head", "merged.deputy"}
    provinces = {"vn": ministry, "merged": ministry | merged, "other": ministry | {"other.head"}}
    communes = {"ash": merged, "bay": merged, "cedar": merged, "dale": {"other.head"}, "elm": {"other.head"}}
    return (provinces | communes).get(PLACES[unit or 0].key, set())


def writers_of(unit: int | None) -> set[str]:
    """Who may open, save and send reports of the unit, or decide on them: its own, and those directly above."""
    above = {
        "ash": {"ash.officer", "ash.colleague", "merged.head", "merged.deputy"},
        "bay": {"bay.officer", "merged.head", "merged.deputy"},
        "cedar": {"cedar.officer", "merged.head", "merged.deputy"},
        "dale": {"dale.officer", "other.head"},
        "elm": {"other.head"},
        "merged": {"merged.head", "merged.deputy", "ministry.officer", "ministry.reviewer"},
        "other": {"other.head", "ministry.officer", "ministry.reviewer"},
    }
    old = {"merged.head", "merged.deputy", "ministry.officer", "ministry.reviewer"}
    closed = dict.fromkeys(("north", "south", "north-city", "north-hills", "south-coast"), old)
    return {**above, **closed, "other-town": above["other"]}.get(PLACES[unit or 0].key, set())
