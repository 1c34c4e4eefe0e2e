"""The portal as people run it, for the browser: the command line, gunicorn, and a filled demo of its own."""

import fcntl
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

# The command that the environment of the tests holds, as a reader of the manual would call it.
COMMAND = Path(sys.executable).with_name("portal")
DATABASE = "portal.sqlite"
# A machine with other work to do is slow; one that has not answered by then never will.
LONGEST_START = 90
LONGEST_FILL = 300


class ServerError(Exception):
    """The portal did not start, or the demo could not be filled; says what it printed."""


@dataclass
class Server:
    """A portal that runs. `kept` holds what a browser keeps of each person who has signed in."""

    address: str
    password: str
    home: Path
    template: Path
    log: Path
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def database(self) -> Path:
        """The file that the server works on."""
        return self.home / DATABASE

    def reset(self) -> None:
        """Every row as the demo made it, under the running server. Whoever is signed in stays so."""
        with closing(sqlite3.connect(self.template)) as made, closing(sqlite3.connect(self.database)) as used:
            used.execute("PRAGMA synchronous = OFF")
            signed_in = used.execute("SELECT key, begun_at, account_id FROM sign_in").fetchall()
            made.backup(used)
            # Not those of an account that goes with the reset.
            back = "INSERT INTO sign_in (key, account_id, begun_at) SELECT ?, id, ? FROM account WHERE id = ?"
            used.executemany(back, signed_in)
            used.commit()

    def speak_as_before(self) -> None:
        """Every account in the language in which the demo made it: all that a click on a language changes."""
        with closing(sqlite3.connect(self.template)) as made:
            languages = made.execute("SELECT language, username FROM account").fetchall()
        with closing(sqlite3.connect(self.database)) as connection, connection:
            connection.executemany("UPDATE account SET language = ? WHERE username = ?", languages)

    def add_colleague(self, username: str, colleague: str, name: str) -> None:
        """One more account with the roles and the password of another; gone at the next reset."""
        with closing(sqlite3.connect(self.database)) as connection, connection:
            new = connection.execute(
                "INSERT INTO account (username, display_name, password_hash, session_stamp, language, created_at)"
                " SELECT ?, ?, password_hash, session_stamp, language, created_at FROM account WHERE username = ?",
                (colleague, name, username),
            )
            connection.execute(
                "INSERT INTO account_role SELECT ?, unit_id, role, from_on, to_on FROM account_role"
                " JOIN account ON account.id = account_id WHERE username = ?",
                (new.lastrowid, username),
            )

    def ask(self, statement: str, *values: object) -> list[Any]:
        """The rows that the server's database holds, for what no page shows."""
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(statement, values).fetchall()


def filled_demo(shared: Path) -> Path:
    """The folder of a filled demo, made once however many workers ask for it."""
    home = shared / "demo"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "filled").exists():
            _fill(home)
            (home / "filled").touch()
    return home


def _fill(home: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)
    told = subprocess.run(
        [COMMAND, "demo", "--fill-only"],
        env=_environment(home),
        capture_output=True,
        text=True,
        timeout=LONGEST_FILL,
        check=False,
    )
    if told.returncode:
        raise ServerError(f"the demo could not be filled:\n{told.stdout}\n{told.stderr}")


@contextmanager
def running_demo(filled: Path, home: Path) -> Iterator[Server]:
    """`portal demo` on a copy of the filled demo and a free port, until the block ends."""
    shutil.copytree(filled, home)
    port, log = free_port(), home / "server.log"
    with log.open("w") as printed:
        process = subprocess.Popen(
            [COMMAND, "demo", "--port", str(port)], env=_environment(home), stdout=printed, stderr=subprocess.STDOUT
        )
    server = Server(
        f"http://127.0.0.1:{port}", (home / "demo-password").read_text("utf-8").strip(), home, filled / DATABASE, log
    )
    try:
        _wait(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(30)
        server.database.unlink(missing_ok=True)


def free_port() -> int:
    """A port on which nothing listens at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    last = time.monotonic() + LONGEST_START
    while process.poll() is None and time.monotonic() < last:
        if _answers(server.address):
            return
        time.sleep(0.1)
    raise ServerError(f"the portal did not start:\n{server.log.read_text('utf-8')}")


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/healthz", timeout=5) as answer:  # noqa: S310  (our own address)
            return bool(answer.status == 200)
    except OSError:
        # Not there yet, or there and too busy to answer in time.
        return False


def _environment(home: Path) -> dict[str, str]:
    """That of the tests without any setting of the portal; one process, since two would share two processors."""
    kept = {name: value for name, value in os.environ.items() if name != "PORT" and not name.startswith("PORTAL_")}
    return {**kept, "PORTAL_HOME": str(home), "PORTAL_WORKERS": "1", "PORTAL_THREADS": "4"}
