"""Published values once they are kept: the database lets nobody alter them, and every process reads them anew."""

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from data import tables as t
from data.comparisons.model import Absence
from data.comparisons.published import PublishedValue
from data.db import unit_of_work
from data.published.entering import enter_values, withdraw_value
from data.snapshot import get_snapshot
from tests import worlds
from tests.factories import a_small_world
from tests.test_published_entering import TFR, enter, exactly, keeper
from tests.worlds import MERGED, MINISTRY_OFFICER, NOW


def test_the_database_alters_no_published_value(session: Session) -> None:
    worlds.build(session)
    (made,) = enter(session, TFR)
    p = t.PublishedResult
    for change in ({"value": 1.0}, {"preliminary": True}, {"source": "khác"}, {"unit_id": MERGED}, {"note": "khác"}):
        with pytest.raises(DatabaseError, match="never altered"), session.begin_nested():
            session.execute(update(p).where(p.id == made).values(change))
    with pytest.raises(DatabaseError, match="never deleted"), session.begin_nested():
        session.execute(p.__table__.delete())  # type: ignore[attr-defined]
    withdraw_value(session, keeper(), made, "Nhầm", NOW)
    with pytest.raises(DatabaseError, match="stays withdrawn"), session.begin_nested():
        session.execute(update(p).where(p.id == made).values(withdrawn_at=None))


def test_every_process_reads_them_anew_once_the_change_is_committed(engine: Engine) -> None:
    a_small_world(engine)
    with unit_of_work(engine, writes=False) as session:
        before = get_snapshot(session)
        assert isinstance(exactly(session), Absence)
    with unit_of_work(engine) as session:
        enter(session, TFR)
        assert isinstance(exactly(session), PublishedValue)
        session.rollback()
    with unit_of_work(engine, writes=False) as session:
        assert get_snapshot(session) is before
    with unit_of_work(engine) as session:
        enter_values(session, keeper(MINISTRY_OFFICER), [TFR], NOW)
    with unit_of_work(engine, writes=False) as session:
        after = get_snapshot(session)
        assert after is not before
        assert after.tree is before.tree
        assert isinstance(exactly(session), PublishedValue)
