"""Where the registry leads on: past an empty table to what is set above, and past what only concerns neighbours."""

import pytest
from sqlalchemy.orm import Session

from data import tables as t
from data.targets.panel import get_target_panel
from layouts.ids.targets import TargetsId
from tests import worlds
from tests.drawn import part, words
from tests.world_rollups import comparer, put_document, put_target
from tests.world_targets import SCREENING, drawn, fill, links
from tests.worlds import ASH, BAY, MERGED, MERGED_HEAD, TODAY


@pytest.fixture
def world(session: Session) -> Session:
    worlds.build(session)
    fill(session)
    return session


def test_who_has_no_target_of_its_own_is_named_and_led_to_what_is_set_above(world: Session) -> None:
    empty = drawn(world, MERGED_HEAD, unit="merged", year="2025")
    assert "Sông Bắc (từ 01/07/2025) chưa có chỉ tiêu riêng" in words(empty)
    assert {"/targets?unit=vn&year=2025", "/paths?unit=merged"} <= links(empty)
    units = part(empty, TargetsId.UNIT)["options"]
    assert ("merged", "Sông Bắc (từ 01/07/2025)") in [(one["value"], one["label"]) for one in units]
    nothing_above = drawn(world, MERGED_HEAD, unit="merged", year="1999")
    assert "/targets?unit=vn&year=1999" not in links(nothing_above)
    assert {"/targets", "/paths?unit=merged"} <= links(nothing_above)


def test_a_panel_says_nothing_of_what_only_a_neighbours_number_contradicts(world: Session) -> None:
    put_document(world, 405, None)
    world.execute(t.Document.__table__.update().where(t.Document.id == 405).values(issuer_id=MERGED))  # type: ignore[attr-defined]
    for number, unit, asked in ((716, MERGED, 60), (717, ASH, 50), (718, BAY, 70)):
        put_target(world, number, unit, SCREENING, 2026, asked, document_id=405)
    panels = [get_target_panel(world, comparer(MERGED_HEAD), f"T{number}", TODAY) for number in (716, 717, 718)]
    whole, low, enough = (one.contradictions for one in panels)
    assert low
    assert whole == low
    assert enough == ()
