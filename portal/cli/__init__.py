"""The command line: `portal serve`, `migrate`, `seed`, `account`, `units`, `demo`."""

import click

from data.refusals import Refusal
from data.wording import Language, set_language
from portal.cli.account import account
from portal.cli.database import migrate, seed
from portal.cli.demo import demo
from portal.cli.serve import serve
from portal.cli.units import units
from portal.settings import BadSettings


class Sentences(click.Group):
    """A group whose refusals are sentences, not stack traces."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (Refusal, BadSettings) as refusal:
            raise click.ClickException(str(refusal)) from refusal


@click.group(cls=Sentences, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Submit, review and compare the results of Vietnam's population work.

    Settings come from the environment: PORTAL_DATABASE_URL, PORTAL_SECRET_KEY, PORTAL_HOME, PORT.
    """
    # Whoever runs a server reads what the code says; readers of the pages choose for themselves.
    set_language(Language.EN)


for command in (serve, migrate, seed, account, units, demo):
    main.add_command(command)
