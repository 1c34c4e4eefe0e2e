"""Looking at the catalogue of units from the command line."""

from datetime import datetime

import click

from data import clock
from data.db import unit_of_work
from data.kinds import UnitLevel
from data.seeding.check import check_catalogue
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
def check() -> None:
    """Say what is wrong with units, their tree and their lineage."""
    with opened() as engine, unit_of_work(engine, writes=False) as session:
        faults = check_catalogue(session)
    for fault in faults:
        click.echo(fault)
    if faults:
        raise SystemExit(1)
    click.echo("The catalogue of units is sound.")
