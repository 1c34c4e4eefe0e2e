"""Running the server."""

import os
import sys
from pathlib import Path

import click

import portal.deploy
from portal.settings import from_environment

CONFIGURATION = Path(portal.deploy.__file__).parent / "gunicorn_conf.py"
APPLICATION = "portal.deploy.wsgi:make_app()"


@click.command()
def serve() -> None:
    """Run the portal under gunicorn. PORTAL_HOST, PORT, PORTAL_WORKERS and PORTAL_THREADS say how."""
    from_environment()
    run_gunicorn()


def run_gunicorn() -> None:
    """Becomes gunicorn: this process is replaced, so that signals reach it."""
    sys.stdout.flush()
    # The interpreter that runs us, with a configuration of our own; nothing that a person typed.
    os.execv(  # noqa: S606
        sys.executable, [sys.executable, "-m", "gunicorn", "--config", str(CONFIGURATION), APPLICATION]
    )
