"""The small nation with marks in everything that is somebody's own: numbers, notes, reasons, names.

A mark that stands in an answer says whose it is, for it is found nowhere else; `owners` says by hand, and not by the
policy, who may see it.
"""

import re
import zipfile
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from sqlalchemy import Engine, insert, select, update
from sqlalchemy.orm import Session

from data import tables as t
from data.db import unit_of_work
from data.kinds import Role
from data.kinds import SubmissionStatus as Status
from data.rollups import rebuild
from tests import worlds as w
from tests.factories import a_small_world, an_account, end_every_role
from tests.world_catalogue import ELEMENTS, PLAN_ROWS
from tests.world_reports import put_report
from tests.worlds import NOW, Person

MINISTRY = frozenset({"ministry.reviewer", "ministry.viewer", "ministry.officer"})
MERGED = frozenset({"merged.head", "merged.deputy", "merged.leader"})
OFFICERS = frozenset({"merged.head", "merged.deputy"})
ASH = frozenset({"ash.officer", "ash.colleague"})


@dataclass(frozen=True, slots=True)
class Plant:
    """A report full of marks. `owners` may read it, `writers` may change it; nobody else, and nobody decides on it."""

    name: str
    unit: int
    form: str
    period: str
    status: Status
    by: Person
    owners: frozenset[str]
    writers: frozenset[str]
    reporter: int | None = None
    entered_for: bool = False

    @property
    def place(self) -> tuple[str, str, str]:
        """Unit, form and period as a browser names them."""
        return w.PLACES[self.unit].key, self.form, self.period


_DALE, _OTHER = frozenset({"dale.officer"}), frozenset({"other.head"})
PLANTS = (
    Plant("ash-draft", w.ASH, "quarterly", "2026Q3", Status.DRAFT, w.ASH_OFFICER, ASH, ASH),
    Plant("ash-reopened", w.ASH, "quarterly", "2026Q2", Status.DRAFT, w.ASH_OFFICER, ASH, ASH),
    Plant("bay-sent", w.BAY, "quarterly", "2026Q3", Status.SUBMITTED, w.BAY_OFFICER,
          MERGED | MINISTRY | {"bay.officer"}, frozenset()),
    Plant("cedar-returned", w.CEDAR, "quarterly", "2026Q3", Status.RETURNED, w.CEDAR_OFFICER,
          MERGED | MINISTRY | {"cedar.officer"}, frozenset({"cedar.officer"})),
    Plant("dale-draft", w.DALE, "quarterly", "2026Q3", Status.DRAFT, w.DALE_OFFICER, _DALE, _DALE),
    Plant("elm-entered-for", w.ELM, "quarterly", "2026Q3", Status.DRAFT, w.OTHER_HEAD, _OTHER, _OTHER,
          entered_for=True),
    Plant("merged-draft", w.MERGED, "yearly", "2025", Status.DRAFT, w.MERGED_HEAD, OFFICERS, OFFICERS),
    Plant("other-sent", w.OTHER, "yearly", "2025", Status.SUBMITTED, w.OTHER_HEAD, MINISTRY | _OTHER, frozenset()),
    Plant("north-draft", w.NORTH, "plan", "2025-11M", Status.DRAFT, w.MERGED_HEAD, OFFICERS, OFFICERS, w.MERGED),
    Plant("south-sent", w.SOUTH, "plan", "2025-11M", Status.SUBMITTED, w.MERGED_HEAD,
          MERGED | MINISTRY | {"south.head"}, frozenset(), w.MERGED),
    Plant("city-draft", w.NORTH_CITY, "plan", "2025-11M", Status.DRAFT, w.MERGED_HEAD, OFFICERS, OFFICERS, w.MERGED),
)  # fmt: skip

# Whose names may meet: people of one line of units, from the ministry down; never two communes, never two provinces.
_ABOVE = MINISTRY | {"ministry.admin"}
_LINES = (
    *(_ABOVE | MERGED | below for below in (ASH, {"bay.officer"}, {"cedar.officer"}, {"south.head"}, {"city.head"})),
    _ABOVE | _OTHER | _DALE,
)


def plant_all(engine: Engine) -> dict[str, int]:
    """Fills a migrated, empty database; the id of each plant's revision by its name."""
    a_small_world(engine)
    with unit_of_work(engine) as session:
        for account in session.scalars(select(t.Account)):
            account.display_name = f"MARK-name-{account.username}"
        for unit in (w.ASH, w.BAY, w.CEDAR, w.DALE, w.ELM):
            for period in ("2026Q1", "2026Q2"):
                put_report(session, unit, "quarterly", period)
        for unit in (w.NORTH, w.SOUTH, w.OTHER):
            put_report(session, unit, "yearly", "2024")
        ids = {plant.name: _put(session, place, plant) for place, plant in enumerate(PLANTS)}
        rebuild(session, NOW)
    an_account(engine, "no.role")
    ended = an_account(engine, "ended.role", (Role.OFFICER, w.ASH), (Role.REVIEWER, w.NATION))
    end_every_role(engine, ended, date(2026, 1, 1))
    return ids


def accounts(engine: Engine) -> dict[str, int]:
    """Every account's id by its username."""
    with unit_of_work(engine, writes=False) as session:
        return {account.username: account.id for account in session.scalars(select(t.Account))}


def numbers_of(place: int) -> dict[tuple[str, str], int]:
    """The numbers of the plant at that place of the list; none of them stands anywhere else."""
    plant = PLANTS[place]
    windows = (plant.period, "2025") if plant.form == "plan" else (plant.period,)
    cells = [(key, window) for window in windows for key in (PLAN_ROWS if plant.form == "plan" else ELEMENTS)]
    return {cell: 7_000_003 + place * 10_007 + line * 131 for line, cell in enumerate(cells)}


_OWNER_OF_NUMBER = {number: PLANTS[place] for place in range(len(PLANTS)) for number in numbers_of(place).values()}
_BY_NAME = {plant.name: plant for plant in PLANTS}
_NUMBER = re.compile(r"(?<![0-9])7[.,]?[01][0-9]{2}[.,]?[0-9]{3}(?![0-9])")
_TEXT = re.compile(r"MARK-(?:note|reason|digest)-([a-z-]+)")
_NAME = re.compile(r"MARK-name-([a-z.]+)", re.IGNORECASE)


def seen_in(text: str) -> set[str]:
    """The names of the plants that the text shows a number or a word of."""
    numbers = (int(re.sub("[.,]", "", found)) for found in _NUMBER.findall(text))
    seen = {_OWNER_OF_NUMBER[one].name for one in numbers if one in _OWNER_OF_NUMBER}
    return seen | {name for name in _TEXT.findall(text) if name in _BY_NAME}


def stolen(text: str, who: str) -> set[str]:
    """What of the text that reader must not see: plants and persons by name."""
    plants = {name for name in seen_in(text) if who not in _BY_NAME[name].owners}
    return plants | {name for name in _NAME.findall(text) if not may_know(who, name.rstrip("."))}


def may_know(who: str, name: str) -> bool:
    """Whether the reader may see the person's name: one's own, a colleague's, those above and below."""
    return who == name or any({who, name} <= line for line in _LINES)


def text_of(body: bytes) -> str:
    """What an answer says, whatever it is: a workbook is unpacked first, and escapes are read."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    return body.decode("utf-8", "replace")


def _put(session: Session, place: int, plant: Plant) -> int:
    revision_id = put_report(
        session, plant.unit, plant.form, plant.period, numbers_of(place), status=Status.DRAFT, by=plant.by,
        reporter_id=plant.reporter,
    )  # fmt: skip
    r = update(t.Revision).where(t.Revision.id == revision_id)
    session.execute(update(t.Result).where(t.Result.revision_id == revision_id).values(note=f"MARK-note-{plant.name}"))
    session.execute(r.values(entered_for=plant.entered_for))
    if plant.status is not Status.DRAFT:
        # Every reviewer has edited it, so that nobody can decide: what is approved would be no secret any more.
        reviewers = {w.MERGED_HEAD, w.MERGED_DEPUTY, w.OTHER_HEAD, w.MINISTRY_REVIEWER, w.MINISTRY_OFFICER} - {plant.by}
        rows = [{"revision_id": revision_id, "account_id": person.id} for person in reviewers]
        session.execute(insert(t.RevisionEditor), rows)
        digest = f"MARK-digest-{plant.name}"
        session.execute(r.values(status=Status.SUBMITTED, sent_at=NOW, sent_by_id=plant.by.id, digest=digest))
    if plant.status is Status.RETURNED:
        returned = {"status": Status.RETURNED, "reason": f"MARK-reason-{plant.name}", "decided_at": NOW}
        session.execute(r.values(**returned, decided_unit_id=w.PLACES[plant.unit].parent))
    session.expire_all()
    return revision_id
