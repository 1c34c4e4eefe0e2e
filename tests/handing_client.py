"""What the page for handing down sends and is told, in a small world whose communes have results of 2025."""

from typing import Any

from flask import Flask
from sqlalchemy import Engine, select

from data import tables as t
from data.db import unit_of_work
from data.kinds import PlanKind
from layouts.ids.handing import HandingId, check_id
from tests.dash_client import Many, Reader, answer_of, portal_on
from tests.factories import a_small_world
from tests.world_rollups import put_rollup
from tests.worlds import (
    ASH,
    BAY,
    CEDAR,
    MERGED_HEAD,
)  # fmt: skip

CHOOSE, WEIGH = "callbacks.handing.choose", "callbacks.handing.weigh"
GIVE, HISTORY = "callbacks.handing.hand_down", "callbacks.handing.open_history"
SCREENING, USERS = "prenatal_screening", "new_modern_contraceptive_users"
QUERY = {"unit": "merged", "year": "2026", "definitions": f"{SCREENING},{USERS}"}
DOCUMENT = {"key": "new document", "number": "5/QĐ-UBND", "day": "05/01/2026", "subject": "Giao chỉ tiêu năm 2026"}
LATER = {"key": "new document", "number": "88/QĐ-UBND", "day": "01/07/2026", "subject": "Điều chỉnh chỉ tiêu"}
CELLS = {f"merged|{SCREENING}": "70", f"ash|{SCREENING}": "75", f"bay|{SCREENING}": "90", f"cedar|{SCREENING}": "70,5"}


def head(app: Flask) -> Reader:
    """Who hands down in the name of the province."""
    return Reader(app, MERGED_HEAD.id)


def box(intent: str, cells: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
    """What the page's script sends."""
    typed = CELLS if cells is None else cells
    return {"number": 7, "intent": intent, "query": QUERY, "cells": typed, "asks": {}} | more


def weighed(reader: Reader, sent: Any) -> dict[str, Any]:
    """What the running check answers: the answer for the script, and what is drawn in each card."""
    ids = [check_id(SCREENING), check_id(USERS)]
    outputs = [{"id": HandingId.ANSWER.value, "property": "data"}, [{"id": one, "property": "children"} for one in ids]]
    checks = Many([(one, one) for one in ids])
    return answer_of(reader.call(WEIGH, sent, checks, outputs=outputs))


def given(reader: Reader, sent: Any) -> dict[str, Any]:
    """What an order to give answers."""
    return answer_of(reader.call(GIVE, sent))


def kept_targets(app: Flask) -> list[tuple[int, float | None, PlanKind]]:
    """What documents of the province have set, in the order in which it was kept: unit, number, kind of plan."""
    with unit_of_work(app.extensions["portal_engine"], writes=False) as session:
        target = t.Target
        rows = session.execute(
            select(target.unit_id, target.low, target.plan_kind)
            .join(t.Document, t.Document.id == target.document_id)
            .where(t.Document.key.like("merged-vb-%"))
            .order_by(target.id)
        )
        return [(row[0], row[1], row[2]) for row in rows]


def portal_with_results(engine: Engine) -> Flask:
    """The portal on the small world, whose communes have results of 2025."""
    a_small_world(engine)
    with unit_of_work(engine) as session:
        for unit, screened, managed, users in ((ASH, 30, 60, 90), (BAY, 95, 100, 60), (CEDAR, 8, 40, 30)):
            put_rollup(session, unit, SCREENING, "2025", screened, managed)
            put_rollup(session, unit, USERS, "2025", users)
    return portal_on(engine)
