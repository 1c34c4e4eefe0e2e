"""Keeping accounts from the server's own command line, the first administrator included."""

import sys
from datetime import date, datetime

import click
from sqlalchemy.orm import Session

from auth import passwords
from data import clock
from data.accounts import keep
from data.db import unit_of_work
from data.kinds import Role
from data.scope import Grant, Reach, Scope
from data.snapshot import get_snapshot
from portal.cli.database import opened

ROLES = click.Choice([role.value for role in Role], case_sensitive=False)
DAY = click.DateTime(["%Y-%m-%d"])


def operator(session: Session) -> Scope:
    """The scope of whoever can run commands on the server: everything, and no account of their own."""
    return Scope(None, frozenset({Grant(get_snapshot(session).tree.nation_id, frozenset({Reach.NATION}))}))


@click.group()
def account() -> None:
    """Add accounts, give them roles, close them, set their passwords."""


@account.command()
@click.argument("username")
@click.option("--name", required=True, help="The person's name, as it is shown.")
def add(username: str, name: str) -> None:
    """Add an account without any role. The password is asked for, or read from a pipe."""
    password = ask_password(username)
    with opened() as engine, unit_of_work(engine) as session:
        keep.add_account(session, operator(session), username, name, passwords.hash_password(password), clock.now())
    click.echo(f"Added {username}. Give it a role: portal account role {username} VIEWER vn")


@account.command("role")
@click.argument("username")
@click.argument("role", type=ROLES)
@click.argument("unit")
@click.option("--from", "start", type=DAY, help="First day of the role (today).")
@click.option("--end", is_flag=True, help="End the role instead, from today on.")
def give(username: str, role: str, unit: str, start: datetime | None, end: bool) -> None:
    """Give an account a role at a unit, by the unit's key: vn, p04, p24-2025."""
    today, held = clock.today(), Role(role.upper())
    day: date = start.date() if start else today
    with opened() as engine, unit_of_work(engine) as session:
        if end:
            keep.end_role(session, operator(session), username, held, unit, today, clock.now())
        else:
            keep.give_role(session, operator(session), username, held, unit, day, clock.now())
    click.echo(f"{username} {'no longer holds' if end else 'holds'} {held.value} at {unit}.")


@account.command()
@click.argument("username")
def close(username: str) -> None:
    """Close an account: nobody signs in with it any more, and its sessions end."""
    with opened() as engine, unit_of_work(engine) as session:
        keep.close_account(session, operator(session), username, clock.today(), clock.now())
    click.echo(f"Closed {username}.")


@account.command("password")
@click.argument("username")
def set_password(username: str) -> None:
    """Set an account's password: asked for, or read from a pipe. Its sessions end."""
    hashed = passwords.hash_password(ask_password(username))
    with opened() as engine, unit_of_work(engine) as session:
        keep.reset_password(session, operator(session), username, hashed, clock.today(), clock.now())
    click.echo(f"Set the password of {username}.")


def ask_password(username: str) -> str:
    """A new password: typed twice unseen, or the first line of a pipe. Never an argument, which others can see."""
    if sys.stdin.isatty():
        asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        asked = sys.stdin.readline().rstrip("\r\n")
    passwords.check_new_password(asked, username)
    return asked
