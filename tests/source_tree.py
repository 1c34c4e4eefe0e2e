"""The project's own files, as the house rules read them."""

from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("portal", "callbacks", "layouts", "auth", "data")
PARTS = (*ROOMS, "tests")
ROOT_FILES = {"pyproject.toml", "README.md", "Makefile", "requirements.txt", "requirements-dev.txt"}
# What running, building and testing leave behind; git ignores it too.
LEFT_BEHIND = {"var", "dist", "build"}


def files(*suffixes: str, parts: Iterable[str] = PARTS) -> Iterator[Path]:
    """Every file of `parts` with one of the suffixes; every file at all where none is named."""
    for part in parts:
        for path in sorted((ROOT / part).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and (not suffixes or path.suffix in suffixes):
                yield path


def root_files() -> Iterator[Path]:
    """The files at the top, and those of the continuous integration."""
    yield from sorted(path for path in ROOT.iterdir() if path.is_file() and path.name != ".git")
    yield from sorted(path for path in (ROOT / ".ci").rglob("*") if path.is_file())


def place(path: Path, line: int) -> str:
    """Where an offence stands, as an editor opens it."""
    return f"{path.relative_to(ROOT)}:{line}"


def verdict(offences: Iterable[str], why: str) -> str:
    """What a broken rule tells the offender: the reason, what to do, and every place."""
    return "\n".join([why, *(f"  {offence}" for offence in offences)])
