"""Looking at the catalogue of units from the command line."""

from datetime import datetime

import click

from data import clock
from data.db import unit_of_work
from data.kinds import UnitLevel
from data.seeding.check import check_catalogue
from data.snapshot import get_snapshot
from portal.cli.database import opened


@click.group(invoke_without_command=True)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day to count on (today).")
@click.pass_context
def units(context: click.Context, on: datetime | None) -> None:
    """Count the units of each level on a day."""
    if context.invoked_subcommand is not None:
        return
    day = on.date() if on else clock.today()
    with opened() as engine, unit_of_work(engine, writes=False) as session:
        tree = get_snapshot(session).tree
    click.echo(f"Units on {day.isoformat()}")
    for level in UnitLevel:
        click.echo(f"  {level.value:<10}{len(tree.at_level(level, day)):>7}")


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
