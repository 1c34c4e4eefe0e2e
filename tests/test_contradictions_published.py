"""A base is held against what was published in the end, and not against what was preliminary or corrected."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from data.judging.operators import Operator
from tests import worlds
from tests.world_catalogue import DEFINITIONS
from tests.world_rollups import put_published, put_target
from tests.world_targets import keys
from tests.worlds import MINISTRY_VIEWER, NORTH

SRB: dict[str, Any] = {"definition_id": DEFINITIONS["srb"][0]}


@pytest.fixture
def world(session: Session) -> Session:
    """A plan that gives 119,6 for the year before."""
    worlds.build(session)
    fall: dict[str, Any] = {"operator": Operator.DELTA, "baseline_year": 2024, "baseline_value": 119.6}
    put_target(session, 801, NORTH, "srb", 2025, -1, **fall)
    return session


def contradicting(session: Session) -> list[str]:
    return keys(session, MINISTRY_VIEWER, contradictions="1")


def test_a_preliminary_value_counts_until_there_is_a_final_one(world: Session) -> None:
    put_published(world, NORTH, "2024", 117.0, **SRB, preliminary=True)
    assert contradicting(world) == ["T801"]
    put_published(world, NORTH, "2024", 119.6, **SRB)
    assert contradicting(world) == []


def test_a_final_value_that_says_something_else_is_told(world: Session) -> None:
    put_published(world, NORTH, "2024", 119.6, **SRB, preliminary=True)
    assert contradicting(world) == []
    put_published(world, NORTH, "2024", 117.0, **SRB)
    assert contradicting(world) == ["T801"]


def test_a_final_value_for_other_boundaries_replaces_none(world: Session) -> None:
    put_published(world, NORTH, "2024", 117.0, **SRB, preliminary=True)
    put_published(world, NORTH, "2024", 119.6, **SRB, geographic_basis="63")
    assert contradicting(world) == ["T801"]
