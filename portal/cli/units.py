"""Looking at the catalogue of units, and changing it, from the command line."""

from collections.abc import Sequence
from datetime import datetime
from typing import TextIO

import click

from auth.accounts import principal_of
from auth.policy import Permission, scope_for
from data import clock
from data.accounts.read import find_account_named
from data.db import unit_of_work
from data.kinds import UnitLevel
from data.seeding.check import check_catalogue
from data.units.changes.apply import Refused, apply_change
from data.units.changes.journal import from_json
from data.units.changes.preview import Preview, preview
from data.units.counts import count_units
from portal.cli.database import opened

_BELOW_THE_NATION = (UnitLevel.PROVINCE, UnitLevel.DISTRICT, UnitLevel.COMMUNE)


@click.group(invoke_without_command=True)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day to count on (today).")
@click.pass_context
def units(context: click.Context, on: datetime | None) -> None:
    """Count the units of a day: of each level and its kinds, and in each region."""
    if context.invoked_subcommand is not None:
        return
    day = on.date() if on else clock.today()
    with opened() as engine, unit_of_work(engine, writes=False) as session:
        counts = count_units(session, day)
    click.echo(f"Units on {day.isoformat()}")
    for level, count in counts.levels.items():
        click.echo(f"  {level.value:<10}{count:>7}")
        if len(counts.kinds[level]) > 1:
            for kind, number in counts.kinds[level].items():
                click.echo(f"    {kind.value:<16}{number:>6}")
    click.echo("By region")
    lines = [*counts.regions.items(), *([("(no region)", counts.beyond)] if counts.beyond else [])]
    for name, found in lines:
        said = "".join(f"{found.get(level, 0):>7} {level.value}" for level in _BELOW_THE_NATION)
        click.echo(f"  {name:<44}{said}")


@units.command()
@click.option("--file", "source", type=click.File(encoding="utf-8"), required=True, help="The change, as JSON.")
@click.option("--by", "username", required=True, help="The account that makes it: an administrator at the nation.")
@click.option("--dry-run", is_flag=True, help="Say what it would do, and do nothing.")
def change(source: TextIO, username: str, dry_run: bool) -> None:
    """Change units as a file says: what closes, what opens, which shares go where, what is called another name.

    The file is what the journal keeps: {"on": "2026-10-01", "document": KEY, "changes": [{"restate": {"unit": KEY,
    "name": …}}, {"closes": [KEY, …], "opens": [{"ref": …, "level": …, "kind": …, "name": …, "code": …, "parent": KEY}],
    "passages": [{"predecessor": KEY, "successor": REF, "share": "1/3", "basis": "POPULATION"}]}]}.
    """
    change_set = from_json(source.read())
    with opened() as engine, unit_of_work(engine, writes=not dry_run) as session:
        account = find_account_named(session, username)
        if account is None:
            raise click.ClickException(f"There is no account {username}.")
        scope = scope_for(principal_of(account), Permission.UNIT_CHANGE, clock.today())
        if dry_run:
            _say(preview(session, scope, change_set))
            return
        done = apply_change(session, scope, change_set, clock.now())
    click.echo(f"Change {done.id} is made. Opened: {_listed(done.opened)}. Closed: {_listed(done.closed)}.")


def _say(found: Preview) -> None:
    if found.refusals:
        raise Refused(found.refusals)
    keys = [[unit.key for unit in units] for units in (found.opened, found.closed, found.restated)]
    click.echo(f"Would open: {_listed(keys[0])}. Close: {_listed(keys[1])}. Restate: {_listed(keys[2])}.")
    for level, before, after in found.levels:
        click.echo(f"  {level.value:<10}{before:>7} → {after}")
    click.echo(f"Open reports: {len(found.open_reports)}. Roles to follow: {len(found.people)}. Nothing was changed.")


def _listed(keys: Sequence[str]) -> str:
    return ", ".join(keys) or "none"


@units.command()
def check() -> None:
    """Say what is wrong with units, their tree and their lineage."""
    with opened() as engine, unit_of_work(engine, writes=False) as session:
        faults = check_catalogue(session)
    for fault in faults:
        click.echo(fault)
    if faults:
        raise SystemExit(1)
    click.echo("The catalogue of units is sound.")
