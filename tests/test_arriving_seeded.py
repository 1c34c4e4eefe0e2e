"""Whether the nation would arrive, by the plans of old units and by every instrument that the portal comes with."""

from fractions import Fraction

import pytest
from sqlalchemy.orm import Session

from data.arriving.arithmetic import Conclusion
from data.arriving.arrive import get_arrival
from data.arriving.model import Arrival, Line, Obstacle
from data.arriving.query import ArrivalQuery
from data.scope import Grant, Reach, Scope
from data.snapshot import get_snapshot
from data.targets.ends import Ends
from tests.worlds import TODAY


def arrived(session: Session, **args: str) -> Arrival:
    nation = get_snapshot(session).tree.nation_id
    scope = Scope(None, frozenset({Grant(nation, frozenset(Reach))}))
    return get_arrival(session, scope, ArrivalQuery.from_args(args), TODAY)


def line_of(session: Session, definition: str, **args: str) -> Line:
    opened = arrived(session, definition=definition, **args).opened
    assert opened is not None
    return opened


def test_resolution_21_and_the_frame_stand_side_by_side_for_2030_and_2035(seeded_session: Session) -> None:
    found = arrived(seeded_session)
    assert (found.place.unit.key, found.place.year, len(found.place.parts)) == ("vn", 2030, 34)
    asked = {
        line.definition.key: [
            (answer.demand.year, [step.target.document.key for step in answer.demand.steps]) for answer in line.answers
        ]
        for line in found.lines
    }
    frame = "262-2025-QH15"
    assert asked["srb"] == [(2030, ["21-NQ-TW-2017", frame]), (2035, [frame])]
    assert asked["premarital"] == [(2030, ["21-NQ-TW-2017", "1999-QD-TTg", frame]), (2035, [frame])]
    # What the two ask for differently has a row for each.
    assert [year for year, _documents in asked["life_expectancy"]] == [2030, 2030]
    assert found.place.years[-1] == 2035


def test_no_province_of_today_has_a_target_so_nothing_is_said(seeded_session: Session) -> None:
    for line in arrived(seeded_session).lines:
        assert line.with_target == 0
        assert all(answer.outcome.conclusion is Conclusion.UNSAID for answer in line.answers)
    inherited = {part.whose.unit.key: part.inherited for part in line_of(seeded_session, "srb").parts if part.inherited}
    assert set(inherited) == {"p24-2025"}
    assert [target and target.low for _name, target in inherited["p24-2025"].targets] == [None, 109]


def test_the_plans_of_2025_are_those_of_the_63(seeded_session: Session) -> None:
    line = line_of(seeded_session, "new_modern_contraceptive_users", year="2025")
    assert len(line.parts) == 63
    # Bắc Ninh 48 158, Hải Phòng 60 000, Bình Dương 90 000.
    assert (line.with_target, line.value) == (3, Ends(low=Fraction(198_158)))
    (answer,) = line.answers
    assert answer.unsaid is not None
    assert (answer.unsaid.why, answer.unsaid.many) == (Obstacle.MISSING, 60)


@pytest.mark.parametrize(
    ("definition", "why"),
    [
        ("cbr", Obstacle.CHANGE),
        ("hdi_rank", Obstacle.NO_MEAN),
        ("district_clinical_fp", Obstacle.NO_LEVEL),
        ("tfr", Obstacle.MISSING),
    ],
)
def test_what_cannot_be_said_says_why(seeded_session: Session, definition: str, why: Obstacle) -> None:
    unsaid = line_of(seeded_session, definition).answers[0].unsaid
    assert unsaid is not None
    assert unsaid.why is why


def test_an_old_province_and_its_districts(seeded_session: Session) -> None:
    found = arrived(seeded_session, unit="p04", year="2025", definition="srb")
    assert len(found.place.parts) == 10
    (line,) = found.lines
    (city,) = (part for part in line.parts if part.targets)
    assert city.whose.unit.key == "d040"
