"""Units are found by any name or code that they ever had, by those who may see them, and at once."""

import time
from datetime import date

import pytest
from sqlalchemy.orm import Session

from auth.policy import Permission, scope_for
from auth.principal import HeldRole, Principal
from callbacks import units
from data import clock
from data.kinds import Role
from data.scope import Scope
from data.snapshot import get_snapshot
from data.units.folding import folded, split_kind
from data.units.search import Search, find_units
from layouts.ids.unit import UnitId
from tests.drawn import part, words
from tests.worlds import NOW

TODAY = date(2026, 11, 21)
# What a search through fourteen thousand units may take at most; each is the best of several on a busy machine.
MOST_SECONDS = 0.005


def scope_at(session: Session, key: str, role: Role = Role.OFFICER) -> Scope:
    unit = get_snapshot(session).tree.find(key)
    assert unit is not None, key
    held = HeldRole(role, unit.id, unit.level, date(2023, 1, 1), None)
    return scope_for(Principal(1, "x", "X", "vi", (held,)), Permission.RESULT_COMPARE, TODAY)


def search(session: Session, typed: str, key: str = "vn", most: int = 50) -> Search:
    return find_units(get_snapshot(session).tree, scope_at(session, key), typed, TODAY, most)


def keys(found: Search) -> list[str]:
    return [span.unit.key for span in found.spans]


def test_a_code_says_whose_it_was_and_is(seeded_session: Session) -> None:
    found = search(seeded_session, "24")
    assert keys(found) == ["p24-2025", "p24"]
    new, old = found.spans
    assert (new.states[-1].name, new.since, new.until) == ("Bắc Ninh", date(2025, 7, 1), None)
    assert (old.states[-1].name, old.since, old.until) == ("Bắc Giang", None, date(2025, 6, 30))
    with clock.stopped_at(NOW):
        drawn = units.view(seeded_session, scope_at(seeded_session, "vn"), {"q": "24"})
    assert "24 → Bắc Giang (đến ngày 30/06/2025), Bắc Ninh (từ ngày 01/07/2025)" in words(drawn)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("xã Vân Trình", "c01807"),
        ("xa van trinh", "c01807"),
        ("tx Tu Son", "c09367-2025"),
        ("phường từ sơn", "c09367-2025"),
        ("TP Hồ Chí Minh", "p79-2025"),
        ("tp.hcm", "p79-2025"),
        ("Thừa Thiên Huế", "p46"),
        ("ba ria vung tau", "p77"),
        ("Bà Rịa-Vũng Tàu", "p77"),
        ("Đắk R’lấp", "d666"),
        ("quận 1", "d760"),
        ("q.1", "d760"),
        ("p24-2025", None),
    ],
)
def test_names_are_found_as_people_type_them(seeded_session: Session, typed: str, first: str | None) -> None:
    found = keys(search(seeded_session, typed))
    assert (found[0] if found else None) == first


def test_what_fits_best_stands_first_and_the_open_before_the_closed(seeded_session: Session) -> None:
    assert keys(search(seeded_session, "Bắc Ninh"))[:3] == ["p24-2025", "p27", "d256"]
    tree = get_snapshot(seeded_session).tree
    found = search(seeded_session, "ninh bình", most=500)
    exact = [span.text == "Ninh Bình" for span in found.spans]
    assert exact == sorted(exact, reverse=True)
    still_open = [span.unit.is_open(TODAY) for span, same in zip(found.spans, exact, strict=True) if same]
    assert still_open == sorted(still_open, reverse=True)
    assert tree.units[tree.ids["p37-2025"]] == found.spans[0].unit


def test_a_kind_narrows_the_search_and_an_unfitting_one_does_not_hide_the_name(seeded_session: Session) -> None:
    assert {span.states[-1].kind.value for span in search(seeded_session, "huyện Tân Yên").spans} == {"RURAL_DISTRICT"}
    assert keys(search(seeded_session, "tỉnh Huế"))[0] == "p46"


def test_an_old_name_leads_to_the_unit_and_says_what_it_is_called_now(seeded_session: Session) -> None:
    with clock.stopped_at(NOW):
        drawn = units.view(seeded_session, scope_at(seeded_session, "vn"), {"q": "thua thien hue"})
    (row,) = part(drawn, UnitId.LIST)["rowData"]
    assert (row["key"], row["name"], row["small"]) == ("p46", "Thừa Thiên Huế", "nay là Huế")
    assert (row["above"], row["dates"]) == ("Cả nước", "đến ngày 31/12/2024")


def test_a_province_finds_the_closed_units_below_it_and_below_its_predecessors(seeded_session: Session) -> None:
    for typed, key in (("huyện Lục Ngạn", "d219"), ("Quế Võ", "d259")):
        assert key in keys(search(seeded_session, typed, "p24-2025"))
    assert keys(search(seeded_session, "huyện Thạch An", "p04"))[:1] == ["d053"]


def test_nobody_finds_what_lies_beyond_reach(seeded_session: Session) -> None:
    assert "c01807" not in keys(search(seeded_session, "Vân Trình", "p24-2025"))
    assert search(seeded_session, "huyện Thạch An", "p24-2025").total == 0
    # A province closed for good looks at its own last day: nothing of its successor is its own.
    closed = search(seeded_session, "Thuận An", "p74")
    assert {span.unit.key for span in closed.spans} == {"d725"}


def test_every_unit_that_is_found_opens_its_page(seeded_session: Session) -> None:
    scope, tree = scope_at(seeded_session, "p24-2025"), get_snapshot(seeded_session).tree
    found = find_units(tree, scope, "an", TODAY, 5_000)
    assert found.total == len(found.spans) > 10
    assert all(scope.get(tree, span.unit.key, TODAY) is span.unit for span in found.spans)


def test_long_lists_are_cut_and_counted(seeded_session: Session) -> None:
    found = search(seeded_session, "tân", most=7)
    assert (len(found.spans), found.total > 500) == (7, True)


def test_a_search_through_all_units_takes_no_time(seeded_session: Session) -> None:
    tree, scope = get_snapshot(seeded_session).tree, scope_at(seeded_session, "vn")
    for typed in ("24", "xã Vân Trình", "bac ninh", "tân", "an", "phường 4"):
        taken = []
        for _turn in range(15):
            start = time.perf_counter()
            find_units(tree, scope, typed, TODAY, 200)
            taken.append(time.perf_counter() - start)
        assert min(taken) < MOST_SECONDS, f"{typed}: {min(taken) * 1000:.1f} ms"


@pytest.mark.parametrize(
    ("name", "plain"),
    [("Đắk R'Lấp", "dak rlap"), ("Bà Rịa - Vũng Tàu", "ba ria vung tau"), ("  TP. Hồ Chí Minh", "tp ho chi minh")],
)
def test_names_are_folded_to_plain_letters(name: str, plain: str) -> None:
    assert folded(name) == plain


def test_a_kind_alone_is_a_name_like_any_other() -> None:
    assert split_kind("xa") == ("", "xa")
    assert split_kind("xa dung") == ("xa", "dung")
    assert split_kind("p4") == ("p", "4")
    assert split_kind("quang ninh") == ("", "quang ninh")
