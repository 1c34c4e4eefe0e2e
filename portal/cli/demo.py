"""The demo: one command from nothing to a portal with illustrative results and accounts to sign in with."""

import os
import secrets
import socket
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from auth import passwords
from data import clock
from data.accounts import keep, read
from data.db import unit_of_work
from data.kinds import Role
from data.migrations import upgrade
from data.snapshot import get_snapshot
from portal.cli.account import operator
from portal.cli.database import opened, seed_database
from portal.cli.serve import run_gunicorn
from portal.settings import DEFAULT_PORT, home_of

SINCE = date(2023, 1, 1)
OFFICER, REVIEWER, VIEWER = Role.OFFICER, Role.REVIEWER, Role.VIEWER


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A login of the demo. `unit` is a key."""

    username: str
    name: str
    unit: str
    roles: tuple[Role, ...]


ACCOUNTS = (
    DemoAccount("ministry.viewer", "Phạm Minh Châu", "vn", (VIEWER,)),
    DemoAccount("ministry.reviewer", "Trần Quốc Hưng", "vn", (REVIEWER,)),
    DemoAccount("ministry.admin", "Lê Thị Hồng Nhung", "vn", (Role.ADMINISTRATOR,)),
    DemoAccount("province.bacninh", "Nguyễn Thị Lan", "p24-2025", (OFFICER, REVIEWER)),
    DemoAccount("city.haiphong", "Vũ Đức Thắng", "p31-2025", (OFFICER, REVIEWER)),
    DemoAccount("province.caobang", "Nông Thị Hiền", "p04", (OFFICER, REVIEWER)),
    DemoAccount("province.hochiminh", "Huỳnh Thanh Tùng", "p79-2025", (OFFICER, REVIEWER)),
    DemoAccount("commune.caobang", "Hoàng Văn Dũng", "c01273-2025", (OFFICER,)),
    DemoAccount("leader.bacninh", "Đỗ Mạnh Cường", "p24-2025", (VIEWER,)),
    DemoAccount("province.binhduong", "Võ Thị Kim Ngân", "p74", (OFFICER, REVIEWER)),
    DemoAccount("city.caobang", "Bế Thị Tuyết", "d040", (OFFICER,)),
)


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Where to listen on 127.0.0.1 (PORT, else 8050).")
@click.option("--fill-only", is_flag=True, help="Prepare the database and print the logins, but serve nothing.")
def demo(port: int | None, fill_only: bool) -> None:
    """Prepare a database with illustrative results, print the logins, and serve. A second run loses nothing."""
    home, listening = home_of(), port or int(os.environ.get("PORT") or DEFAULT_PORT)
    if not fill_only:
        check_port(listening)
    home.mkdir(parents=True, exist_ok=True)
    with opened() as engine:
        fill_database(engine)
        password = password_of(home)
        keep_accounts(engine, password)
    print_logins(engine, password, listening)
    if not fill_only:
        serve_demo(home, listening)


def check_port(port: int) -> None:
    """Raises a sentence where something else listens there already, before a minute is spent on filling."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise click.ClickException(f"Something else listens on port {port}; choose another with --port.") from error


def fill_database(engine: Engine) -> None:
    """Schema, reference facts and illustrative results, each only where it is not there yet."""
    from data.demo import HoldsResultsError, fill

    upgrade(engine)
    seed_database(engine)
    try:
        fill(engine, clock.today())
    except HoldsResultsError as error:
        raise click.ClickException(f"{error}. Point PORTAL_HOME or PORTAL_DATABASE_URL elsewhere.") from error


def password_of(home: Path) -> str:
    """The password of every demo account: the one given, else the one of the run before, else a new one."""
    kept = home / "demo-password"
    given = os.environ.get("PORTAL_DEMO_PASSWORD")
    password = given or (kept.read_text("utf-8").strip() if kept.exists() else "") or secrets.token_urlsafe(9)
    write_private(kept, password)
    return password


def keep_accounts(engine: Engine, password: str) -> None:
    """Every demo account exists, holds its roles, and signs in with that password. Others are left alone."""
    with unit_of_work(engine) as session:
        for wanted in ACCOUNTS:
            keep_account(session, wanted, password)


def keep_account(session: Session, wanted: DemoAccount, password: str) -> None:
    """One account of the demo, made where it is missing; its password set where it is another."""
    scope, now = operator(session), clock.now()
    found = read.find_account_named(session, wanted.username)
    if found is None:
        keep.add_account(session, scope, wanted.username, wanted.name, passwords.hash_password(password), now)
        tree = get_snapshot(session).tree
        since = max(SINCE, tree.units[tree.ids[wanted.unit]].opened_on)
        for role in wanted.roles:
            keep.give_role(session, scope, wanted.username, role, wanted.unit, since, now)
    elif not passwords.password_matches(found.password_hash, password):
        hashed = passwords.hash_password(password)
        keep.reset_password(session, scope, wanted.username, hashed, clock.today(), now)


def print_logins(engine: Engine, password: str, port: int) -> None:
    """Who can sign in, with what."""
    with unit_of_work(engine, writes=False) as session:
        tree = get_snapshot(session).tree
    click.echo("\nThe demo's logins. The results are illustrative: made up, and marked so on every page.\n")
    for account in ACCOUNTS:
        unit = tree.units[tree.ids[account.unit]]
        roles = ", ".join(role.value for role in account.roles)
        closed = f", closed on {unit.closed_on}" if unit.closed_on else ""
        click.echo(f"  {account.username:<20}{roles} at {unit.state(clock.today()).name}{closed}")
    click.echo(f"\n  password of each:   {password}\n  open                http://127.0.0.1:{port}\n")


def serve_demo(home: Path, port: int) -> None:
    """Serves on this machine alone, over plain HTTP."""
    os.environ.update(
        PORTAL_DEMO="1",
        PORTAL_SECRET_KEY=os.environ.get("PORTAL_SECRET_KEY") or secret_of(home),
        PORTAL_HOST="127.0.0.1",
        PORT=str(port),
        PORTAL_WORKERS=os.environ.get("PORTAL_WORKERS") or "2",
        PORTAL_THREADS=os.environ.get("PORTAL_THREADS") or "2",
    )
    run_gunicorn()


def secret_of(home: Path) -> str:
    """The key that signs the demo's sessions, kept so that a second run signs nobody out."""
    kept = home / "demo-secret"
    if not kept.exists():
        write_private(kept, secrets.token_urlsafe(48))
    return kept.read_text("utf-8").strip()


def write_private(path: Path, text: str) -> None:
    """A file that only its owner can read."""
    path.touch(mode=0o600, exist_ok=True)
    path.chmod(0o600)
    path.write_text(f"{text}\n", "utf-8")
