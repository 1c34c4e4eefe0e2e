"""What is installed is what was reviewed: pinned with hashes, from no named host, and with every file of the rooms."""

import re
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.source_tree import ROOMS, ROOT, files, verdict

PINNED = ("requirements.txt", "requirements-dev.txt")
PIN = re.compile(r"([a-z0-9][a-z0-9.-]*)==([^ ;]+)(?: ; [^\\:/]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")
COMPILE = "Change pyproject.toml and run `make requirements`:"


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def pins(name: str) -> dict[str, list[str]]:
    """Package to pinned versions; more than one where they differ by Python."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / name).read_text("utf-8").splitlines():
        pin = PIN.fullmatch(line)
        if pin:
            found.setdefault(pin[1], []).append(pin[2])
    return found


def unmet(wanted: list[str], pinned: dict[str, list[str]]) -> list[str]:
    """The requirements that no pin meets."""
    requirements = [Requirement(text) for text in wanted]
    return [
        str(requirement)
        for requirement in requirements
        if not any(requirement.specifier.contains(v) for v in pinned.get(canonicalize_name(requirement.name), []))
    ]


@pytest.mark.parametrize("name", PINNED)
def test_a_pinned_file_holds_versions_and_hashes_and_nothing_else(name: str) -> None:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    strangers = [
        f"{name}:{n} {line}" for n, line in enumerate(lines, 1) if not (PIN.fullmatch(line) or HASH.fullmatch(line))
    ]
    assert not strangers, verdict(strangers, f"No address, option or unpinned package belongs here. {COMPILE}")


@pytest.mark.parametrize("name", PINNED)
def test_every_pin_has_a_hash(name: str) -> None:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    bare = [
        line
        for line, after in zip(lines, [*lines[1:], ""], strict=True)
        if PIN.fullmatch(line) and not HASH.fullmatch(after)
    ]
    assert lines
    assert not bare, verdict(bare, f"A pin without a hash takes whatever a host gives. {COMPILE}")


def test_every_direct_dependency_is_pinned(project: dict[str, Any]) -> None:
    groups = project["dependency-groups"]
    runtime = [*project["project"]["dependencies"], *groups["build"]]
    development = [*runtime, *(entry for entry in groups["dev"] if isinstance(entry, str))]
    missing = [f"requirements.txt: {text}" for text in unmet(runtime, pins("requirements.txt"))]
    missing += [f"requirements-dev.txt: {text}" for text in unmet(development, pins("requirements-dev.txt"))]
    assert not missing, verdict(missing, COMPILE)


def test_the_tests_run_on_the_versions_that_ship() -> None:
    shipped, tested = (pins(name) for name in PINNED)
    differing = [f"{name} {versions}" for name, versions in shipped.items() if tested.get(name) != versions]
    assert not differing, verdict(differing, COMPILE)


def test_an_unmet_requirement_is_found() -> None:
    assert unmet(["Flask>=3,<4", "flask_login>=1", "pandas"], {"flask": ["3.1"], "flask-login": ["0.6"]}) == [
        "flask_login>=1",
        "pandas",
    ]


def test_the_wheel_holds_every_file_of_the_rooms(tmp_path: Path) -> None:
    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"]))
    packed = set(zipfile.ZipFile(wheel).namelist())
    missing = [str(path.relative_to(ROOT)) for path in files(parts=ROOMS) if str(path.relative_to(ROOT)) not in packed]
    assert not missing, verdict(
        missing, "The build back end leaves out what .gitignore names: look for a pattern there."
    )
    outside = sorted(name for name in packed if name.split("/")[0] not in ROOMS and ".dist-info/" not in name)
    assert not outside, verdict(outside, "Only the rooms are installed; see [tool.hatch.build.targets.wheel].")
