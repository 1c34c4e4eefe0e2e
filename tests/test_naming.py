"""Old and new units of one name are told apart by their days, and the nation acts as the ministry."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from data.snapshot import get_snapshot
from data.submissions.places import unit_ref
from data.units.naming import told_apart
from data.wording import Language, use_language
from data.wording.units import acting_name


@pytest.mark.parametrize(
    ("key", "vietnamese", "english"),
    [
        ("p27", "Bắc Ninh (đến 30/06/2025)", "Bắc Ninh (until 30/06/2025)"),
        ("p24-2025", "Bắc Ninh (từ 01/07/2025)", "Bắc Ninh (from 01/07/2025)"),
        ("p74", "Bình Dương (đến 30/06/2025)", "Bình Dương (until 30/06/2025)"),
        ("p04", "Cao Bằng", "Cao Bằng"),
        ("p01", "Hà Nội", "Hà Nội"),
    ],
)
def test_a_name_carries_a_day_only_where_another_unit_has_it(
    seeded_session: Session, key: str, vietnamese: str, english: str
) -> None:
    tree = get_snapshot(seeded_session).tree
    unit = tree.units[tree.ids[key]]
    name = unit.state(date(2026, 9, 30)).name
    assert told_apart(tree, unit, name) == vietnamese
    with use_language(Language.EN):
        assert told_apart(tree, unit, name) == english


def test_the_two_never_look_alike_in_what_a_reader_finds(seeded_session: Session) -> None:
    snapshot = get_snapshot(seeded_session)
    tree = snapshot.tree
    for unit in tree.units.values():
        for descent in tree.descents_into(unit.id):
            older = tree.units[descent.predecessor_id]
            if older.level is unit.level:
                mine, theirs = (told_apart(tree, one, one.states[-1].name) for one in (unit, older))
                assert mine != theirs


def test_a_report_on_an_old_area_names_it_with_its_last_day(seeded_session: Session) -> None:
    tree = get_snapshot(seeded_session).tree
    assert unit_ref(tree, tree.ids["p27"], date(2025, 11, 30)).title == "Tỉnh Bắc Ninh (đến 30/06/2025)"
    assert unit_ref(tree, tree.ids["p24-2025"], date(2025, 12, 31)).title == "Tỉnh Bắc Ninh"


def test_the_nation_acts_as_the_ministry_and_every_other_unit_as_itself() -> None:
    assert acting_name("NATION", "Việt Nam") == "Bộ Y tế"
    assert acting_name("PROVINCE", "Cao Bằng") == "Cao Bằng"
    with use_language(Language.EN):
        assert acting_name("NATION", "Việt Nam") == "Ministry of Health"
