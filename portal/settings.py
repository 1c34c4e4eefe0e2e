"""How this portal runs, from the environment, read once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_PORT = 8050
LARGEST_REQUEST = 2 * 1024 * 1024


class BadSettings(Exception):
    """The environment does not say enough, or says something impossible; the sentence tells what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the facts are kept, with which secret sessions are signed, and where the portal listens.

    `demo` allows plain HTTP; everywhere else cookies travel over HTTPS only. `proxies` is how many trusted proxies
    stand in front, each of which adds itself to the forwarding headers.
    """

    database_url: str
    secret_key: str
    home: Path
    port: int = DEFAULT_PORT
    demo: bool = False
    proxies: int = 0


def home_of(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder that holds what the portal keeps outside a database server."""
    return Path(environ.get("PORTAL_HOME") or "var").absolute()


def database_url_of(environ: Mapping[str, str] = os.environ) -> str:
    """The database's address: the one given, else SQLite in the portal's folder (which is made)."""
    given = environ.get("PORTAL_DATABASE_URL")
    if given:
        return given
    home = home_of(environ)
    home.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{home / 'portal.sqlite'}"


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of a server. Raises BadSettings with a sentence that says what is missing."""
    secret = environ.get("PORTAL_SECRET_KEY", "")
    if len(secret) < 32:
        raise BadSettings(
            "PORTAL_SECRET_KEY must hold a secret of at least 32 characters, the same at every start; "
            "make one with: python -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    return Settings(
        database_url=database_url_of(environ),
        secret_key=secret,
        home=home_of(environ),
        port=_number(environ, "PORT", DEFAULT_PORT),
        demo=environ.get("PORTAL_DEMO", "") == "1",
        proxies=_number(environ, "PORTAL_PROXIES", 0),
    )


def _number(environ: Mapping[str, str], name: str, otherwise: int) -> int:
    given = environ.get(name, "")
    if not given:
        return otherwise
    if not given.isdecimal() or int(given) > 65535:
        raise BadSettings(f"{name} must be a whole number from 0 to 65535, not {given!r}.")
    return int(given)
