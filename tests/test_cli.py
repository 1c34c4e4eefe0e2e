"""The command line, as whoever runs the server types it."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from auth import accounts
from data.accounts import read
from data.db import create_engine_for, unit_of_work
from data.kinds import Role
from data.migrations import upgrade
from data.units.changes.journal import to_json
from portal.cli import main
from portal.cli.demo import ACCOUNTS, keep_accounts, password_of
from portal.settings import BadSettings, from_environment
from tests.factories import a_small_world, make_passwords_cheap
from tests.world_changes import merger

PASSWORD = "vườn nhãn ven sông"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    make_passwords_cheap(monkeypatch)


def run(url: str, *words: str, typed: str = "") -> Result:
    return CliRunner(env={"PORTAL_DATABASE_URL": url}).invoke(main, words, input=typed)


@pytest.fixture
def world_url(database_url: str) -> str:
    """The address of a database that holds the small world."""
    engine = create_engine_for(database_url)
    a_small_world(engine)
    engine.dispose()
    return database_url


def test_the_first_administrator_is_made_from_the_command_line(world_url: str) -> None:
    assert run(world_url, "account", "add", "first.admin", "--name", "Lê Thị An", typed=f"{PASSWORD}\n").exit_code == 0
    assert run(world_url, "account", "role", "first.admin", "administrator", "vn").exit_code == 0
    engine = create_engine_for(world_url)
    account = accounts.sign_in(engine, "first.admin", PASSWORD, "here")
    assert [role.role for role in account.roles] == [Role.ADMINISTRATOR]
    assert account.display_name == "Lê Thị An"
    engine.dispose()


def test_a_password_is_changed_and_an_account_closed_from_the_command_line(world_url: str) -> None:
    assert run(world_url, "account", "password", "ash.officer", typed=f"{PASSWORD}\n").exit_code == 0
    engine = create_engine_for(world_url)
    accounts.sign_in(engine, "ash.officer", PASSWORD, "here")
    assert run(world_url, "account", "role", "ash.officer", "OFFICER", "ash", "--end").exit_code == 0
    assert run(world_url, "account", "close", "ash.officer").exit_code == 0
    with pytest.raises(accounts.WrongPassword):
        accounts.sign_in(engine, "ash.officer", PASSWORD, "here")
    engine.dispose()


@pytest.mark.parametrize(
    ("words", "typed", "sentence"),
    [
        (("account", "add", "Bad Name", "--name", "x"), PASSWORD, "A username holds letters"),
        (("account", "add", "ash.officer", "--name", "x"), PASSWORD, "is in use"),
        (("account", "add", "new.one", "--name", "x"), "short", "at least 10 characters"),
        (("account", "add", "new.one", "--name", "x"), "", "at least 10 characters"),
        (("account", "role", "nobody", "OFFICER", "ash"), "", "no such account"),
        (("account", "role", "ash.officer", "OFFICER", "nowhere"), "", "no such unit"),
        (("account", "role", "ash.officer", "KING", "ash"), "", "is not one of"),
        (("account", "close", "nobody"), "", "no such account"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    world_url: str, words: tuple[str, ...], typed: str, sentence: str
) -> None:
    result = run(world_url, *words, typed=f"{typed}\n")
    assert result.exit_code in {1, 2}
    assert sentence in result.output
    assert "Traceback" not in result.output


def test_a_password_is_never_an_argument(world_url: str) -> None:
    for command in ("add", "password"):
        shown = run(world_url, "account", command, "--help").output
        assert "--password" not in shown
    assert run(world_url, "account", "password", "ash.officer", PASSWORD).exit_code == 2


def test_migrate_and_seed_make_a_database_and_can_be_run_again(empty_database_url: str) -> None:
    for _time in range(2):
        for command in ("migrate", "seed"):
            done = run(empty_database_url, command)
            assert done.exit_code == 0, done.output
    counted = run(empty_database_url, "units", "--on", "2025-07-01").output
    levels, regions = (part.split() for part in counted.split("By region"))
    assert levels == [
        "Units", "on", "2025-07-01", "NATION", "1", "PROVINCE", "34", "PROVINCE", "28", "CITY", "6", "DISTRICT", "0",
        "COMMUNE", "3321", "COMMUNE", "2621", "WARD", "687", "SPECIAL_ZONE", "13",
    ]  # fmt: skip
    of_regions = [[int(word) for word in regions if word.isdigit()][place::3] for place in range(3)]
    assert [sum(counts) for counts in of_regions] == [34, 0, 3321]
    old = run(empty_database_url, "units", "--on", "2025-06-30").output.split("By region")[1]
    numbers = [int(word) for word in old.split() if word.isdigit()]
    assert [sum(numbers[place::3]) for place in range(3)] == [63, 696, 10_035]
    assert run(empty_database_url, "units", "check").exit_code == 0


def test_a_database_without_a_schema_is_named(empty_database_url: str) -> None:
    result = run(empty_database_url, "units")
    assert result.exit_code == 1
    assert "portal migrate" in result.output


def test_a_database_of_another_kind_is_refused() -> None:
    result = run("mysql://localhost/x", "units")
    assert result.exit_code == 1
    assert "SQLite or PostgreSQL" in result.output


def test_the_server_refuses_to_start_without_a_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started: list[tuple[str, list[str]]] = []
    monkeypatch.setattr("os.execv", lambda program, words: started.append((program, words)))
    environment = {"PORTAL_HOME": str(tmp_path), "PORTAL_SECRET_KEY": ""}
    refused = CliRunner(env=environment).invoke(main, ["serve"])
    assert (refused.exit_code, started) == (1, [])
    assert "PORTAL_SECRET_KEY must hold a secret" in refused.output
    assert CliRunner(env={**environment, "PORTAL_SECRET_KEY": "s" * 40}).invoke(main, ["serve"]).exit_code == 0
    program, words = started[0]
    assert program == sys.executable
    assert words[1:3] == ["-m", "gunicorn"]


@pytest.mark.parametrize(("name", "value"), [("PORT", "none"), ("PORT", "70000"), ("PORTAL_PROXIES", "-1")])
def test_an_impossible_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(BadSettings, match=name):
        from_environment({"PORTAL_SECRET_KEY": "s" * 40, "PORTAL_DATABASE_URL": "sqlite://", name: value})


def test_cookies_need_https_outside_the_demo() -> None:
    given = {"PORTAL_SECRET_KEY": "s" * 40, "PORTAL_DATABASE_URL": "sqlite://"}
    assert not from_environment(given).demo
    assert from_environment({**given, "PORTAL_DEMO": "1"}).demo


def test_the_password_of_the_demo_stays_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PORTAL_DEMO_PASSWORD", raising=False)
    first = password_of(tmp_path)
    assert len(first) >= 10
    assert password_of(tmp_path) == first
    assert (tmp_path / "demo-password").stat().st_mode & 0o077 == 0
    monkeypatch.setenv("PORTAL_DEMO_PASSWORD", "another password")
    assert password_of(tmp_path) == "another password"


def test_the_demo_accounts_can_sign_in_and_are_made_once(seeded_engine: Engine) -> None:
    keep_accounts(seeded_engine, PASSWORD)
    stamps = demo_stamps(seeded_engine)
    keep_accounts(seeded_engine, PASSWORD)
    assert demo_stamps(seeded_engine) == stamps
    for account in ACCOUNTS:
        signed_in = accounts.sign_in(seeded_engine, account.username, PASSWORD, "here")
        assert sorted(role.role for role in signed_in.roles) == sorted(account.roles)
    keep_accounts(seeded_engine, "another password")
    accounts.sign_in(seeded_engine, "ministry.viewer", "another password", "here")


def demo_stamps(engine: Engine) -> list[str]:
    with unit_of_work(engine, writes=False) as session:
        found = [read.find_account_named(session, account.username) for account in ACCOUNTS]
    return [account.session_stamp for account in found if account]


def test_upgrading_twice_changes_nothing(engine: Engine) -> None:
    upgrade(engine)


def test_units_change_by_a_file_and_only_by_the_ministrys_administrator(world_url: str, tmp_path: Path) -> None:
    source = tmp_path / "change.json"
    source.write_text(to_json(merger()), encoding="utf-8")
    words = ("units", "change", "--file", str(source), "--by")
    tried = run(world_url, *words, "ministry.admin", "--dry-run")
    assert "Would open: c00077-2026. Close: ash, bay." in tried.output
    assert run(world_url, *words, "merged.head").exit_code == 1
    assert run(world_url, *words, "nobody").exit_code == 1
    done = run(world_url, *words, "ministry.admin")
    assert "Opened: c00077-2026. Closed: ash, bay." in done.output
    again = run(world_url, *words, "ministry.admin")
    assert again.exit_code == 1
    assert "has its last day on 30/09/2026" in again.output
    source.write_text("{}", encoding="utf-8")
    assert run(world_url, *words, "ministry.admin").exit_code == 1
