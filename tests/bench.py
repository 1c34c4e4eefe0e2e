"""How fast the national comparison is: `make bench`.

On a PostgreSQL of its own it fills 34 provinces × 20 definitions for several years, then asks in turns, over HTTP and
on one connection each, for

- the floor: a bare Flask route that runs one SELECT on the same roll-ups and dumps the rows as JSON; no door, no scope,
  no targets, no words;
- the rows: what lies between the database and the grid, the comparison and its rows in words, without any HTTP;
- the page: the callback that draws `/compare` for the ministry, from the signed-in session to the first rows;
- today: the page for the year 2024, when there were 63 provinces, on the boundaries of today;
- the file: the same comparison as CSV, with its line in the audit trail.

It prints medians and their ratio to the floor. The aim is a page within twice the floor.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http.client import HTTPConnection
from threading import Thread
from typing import Any

from flask import Flask, Response
from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session
from werkzeug.serving import WSGIRequestHandler, make_server

from auth.policy import Permission, scope_for
from auth.principal import HeldRole, Principal
from data import tables as t
from data.comparisons.compare import compare
from data.comparisons.display import pinned_for_grid, rows_for_grid
from data.comparisons.query import ComparisonQuery
from data.db import create_engine_for, unit_of_work
from data.kinds import Role, RollupSource, Standing, UnitLevel
from data.migrations import upgrade
from data.seeding import seed
from data.snapshot import Snapshot, get_snapshot
from portal.app import settle_memory
from tests.dash_client import CALLBACKS, Reader, body_of, key_of, portal_on
from tests.databases import PostgresDatabases
from tests.factories import an_account
from tests.postgres_server import start_server

YEARS = range(2021, 2027)
COLUMNS = 20
YEAR = 2025
# The last whole year before provinces were merged.
MERGED_YEAR = 2024
ROUNDS, WARM_UP = 150, 15
APPROVED = datetime(2026, 1, 31, 2, 0, tzinfo=UTC)


class KeptAlive(WSGIRequestHandler):
    """Keeps connections open, as a server in earnest does, and says nothing."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:
        """Nobody reads a line for each of thousands of requests."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What the database was filled with."""

    definition_ids: list[int]
    definition_keys: list[str]
    nation_id: int
    rows: int


def fill(session: Session, snapshot: Snapshot) -> Filled:
    """Both parts of twenty definitions for every province and for every year and quarter."""
    counted = [one for one in snapshot.catalogue.definitions.values() if one.numerator]
    headline = [one for one in snapshot.catalogue.headline() if one.numerator]
    chosen = (headline + [one for one in counted if one not in headline])[:COLUMNS]
    chance, rows = random.Random(21), []
    for year in YEARS:
        for code, day in [
            (str(year), date(year, 12, 31)),
            *((f"{year}Q{n}", date(year, 3 * n, 28)) for n in range(1, 5)),
        ]:
            for unit in snapshot.tree.at_level(UnitLevel.PROVINCE, day):
                for one in chosen:
                    below = chance.randint(5_000, 60_000)
                    rows.append({
                        "period": code, "level": UnitLevel.PROVINCE, "unit_id": unit, "definition_id": one.id,
                        "numerator": int(below * chance.uniform(0.3, 1.2)),
                        "denominator": below if one.denominator else None, "counted": 99, "expected": 99,
                        "source": RollupSource.CHILDREN, "standing": Standing.FINAL, "illustrative": True,
                        "approved_at": APPROVED,
                    })  # fmt: skip
    session.execute(insert(t.Rollup), rows)
    return Filled([one.id for one in chosen], [one.key for one in chosen], snapshot.tree.nation_id, len(rows))


def bare_route(engine: Engine, filled: Filled) -> Flask:
    """The floor: what nobody can answer faster with this database, driver and framework."""
    app, r = Flask("floor"), t.Rollup
    columns = (
        r.unit_id, r.definition_id, r.numerator, r.denominator, r.counted, r.expected, r.source, r.standing,
        r.approved_at,
    )  # fmt: skip
    statement = select(*columns).where(
        r.period == str(YEAR), r.level == UnitLevel.PROVINCE, r.definition_id.in_(filled.definition_ids)
    )

    @app.get("/floor")
    def floor() -> Response:
        with Session(engine) as session:
            rows = [[*row[:-1], row[-1].isoformat()] for row in session.execute(statement)]
        return Response(json.dumps(rows), mimetype="application/json")

    return app


@contextmanager
def served(app: Flask) -> Iterator[HTTPConnection]:
    """A connection to the application, served by a thread of its own."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=KeptAlive)
    Thread(target=server.serve_forever, daemon=True).start()
    connection = HTTPConnection("127.0.0.1", server.server_port)
    try:
        yield connection
    finally:
        connection.close()
        server.shutdown()
        server.server_close()


def asker(
    connection: HTTPConnection, method: str, path: str, body: bytes | None = None, **headers: str
) -> Callable[[], int]:
    """A function that asks once and says how many bytes came back."""

    def ask() -> int:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        answered = response.read()
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status}: {answered[:300]!r}")
        return len(answered)

    return ask


def page_asker(
    connection: HTTPConnection, reader: Reader, filled: Filled, year: int = YEAR, boundaries: str = ""
) -> Callable[[], int]:
    """Asks for the page of the comparison as a browser does that is signed in."""
    search = f"?year={year}&definitions={','.join(filled.definition_keys)}&boundaries={boundaries}"
    body = json.dumps(body_of(reader.dash, key_of(reader.dash, "callbacks.shell.show"), ("/compare", search))).encode()
    headers = {"Content-Type": "application/json", "X-CSRFToken": reader.token(), "Cookie": cookies_of(reader)}
    return asker(connection, "POST", CALLBACKS, body, **headers)


def rows_asker(engine: Engine, filled: Filled) -> Callable[[], int]:
    """The comparison and its rows as JSON, in this very process."""
    query = ComparisonQuery.from_args({"year": str(YEAR), "definitions": ",".join(filled.definition_keys)})
    held = HeldRole(Role.VIEWER, filled.nation_id, UnitLevel.NATION, date(YEAR, 1, 1), None)
    scope = scope_for(Principal(1, "x", "X", "vi", (held,)), Permission.RESULT_COMPARE, date(YEAR, 12, 31))

    def ask() -> int:
        with unit_of_work(engine, writes=False) as session:
            comparison = compare(session, scope, query, date(YEAR, 12, 31))
        return len(json.dumps([pinned_for_grid(comparison.target_rows, comparison.columns), rows_for_grid(comparison)]))

    return ask


def cookies_of(reader: Reader) -> str:
    """The reader's cookies as a browser sends them."""
    reader.get("/account")
    kept = (reader.http.get_cookie(name) for name in ("portal", "csrf_token"))
    return "; ".join(f"{one.key}={one.value}" for one in kept if one is not None)


def alternately(asked: dict[str, Callable[[], int]]) -> dict[str, tuple[float, int]]:
    """Median milliseconds and bytes of each, asked in turns so that whatever else the machine does hits all alike."""
    times: dict[str, list[float]] = {name: [] for name in asked}
    sizes: dict[str, int] = {}
    for turn in range(WARM_UP + ROUNDS):
        for name, ask in asked.items():
            start = time.perf_counter()
            sizes[name] = ask()
            if turn >= WARM_UP:
                times[name].append((time.perf_counter() - start) * 1000)
    return {name: (statistics.median(taken), sizes[name]) for name, taken in times.items()}


def run(engine: Engine) -> None:
    """Fills the database, asks, prints."""
    upgrade(engine)
    with unit_of_work(engine) as session:
        seed(session)
    with unit_of_work(engine) as session:
        filled = fill(session, get_snapshot(session))
    reader = Reader(portal_on(engine), an_account(engine, "ministry.viewer", (Role.VIEWER, filled.nation_id)))
    file = f"/export/comparison.csv?year={YEAR}&definitions={','.join(filled.definition_keys)}"
    with served(bare_route(engine, filled)) as floor, served(reader.app) as portal:
        asked = {
            "floor": asker(floor, "GET", "/floor"),
            "rows": rows_asker(engine, filled),
            "page": page_asker(portal, reader, filled),
            "today": page_asker(portal, reader, filled, MERGED_YEAR, "today"),
            "file": asker(portal, "GET", file, Cookie=cookies_of(reader)),
        }
        for ask in asked.values():
            ask()
        settle_memory()
        found = alternately(asked)
    least = found["floor"][0]
    print(f"34 provinces × {COLUMNS} definitions, {filled.rows} roll-ups, medians of {ROUNDS} on PostgreSQL")  # noqa: T201
    for name, (taken, size) in found.items():
        print(f"{name:6s} {taken:7.2f} ms {size:8d} bytes {taken / least:6.2f} × floor")  # noqa: T201


def main() -> int:
    """On a server of its own, gone afterwards."""
    server = start_server()
    databases = PostgresDatabases(server)
    url = databases.create()
    engine = create_engine_for(url)
    try:
        run(engine)
    finally:
        engine.dispose()
        databases.drop(url)
        databases.close()
        server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
