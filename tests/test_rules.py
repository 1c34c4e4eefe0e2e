"""The house rules. Each says why it stands and what to do instead; ruff, mypy and import-linter hold the others."""

import ast
import re
from collections.abc import Callable, Iterator

import pytest

from tests.offences import (
    LEFT_FOR_LATER,
    MACHINE_PATH,
    REGISTRY_HOST,
    SILENCED,
    foreign_hosts,
    imported_markup,
    lines_with,
    parsed,
    shadowed_rooms,
    silenced_lines,
    swallowed_errors,
    unexplained_skips,
)
from tests.source_tree import LEFT_BEHIND, PARTS, ROOT, ROOT_FILES, files, place, root_files, verdict

MOST_LINES = 299
TEXTS = (".py", ".js", ".css", ".html", ".json", ".csv", ".po", ".mako", ".md", ".txt")


def test_every_python_file_is_short() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in files(".py")}
    long = [f"{path.relative_to(ROOT)}: {length} lines" for path, length in lengths.items() if length > MOST_LINES]
    assert not long, verdict(long, "A file of 300 lines holds a second idea: find it and give it a file of its own.")


def test_the_root_holds_the_rooms_and_nothing_else() -> None:
    visible = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")} - LEFT_BEHIND
    strangers = sorted(visible - set(PARTS) - ROOT_FILES)
    why = "The house has five rooms and tests; no contract sees a sixth. Put each piece into the room where it belongs:"
    assert not strangers, verdict(strangers, why)


def test_the_tests_stay_flat() -> None:
    nested = [str(path.relative_to(ROOT)) for path in files(".py", parts=["tests"]) if path.parent.name != "tests"]
    assert not nested, verdict(nested, "A folder tests/auth would shadow the room auth: keep the tests flat.")


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (MACHINE_PATH, "A path of one machine means nothing on another: take it from PORTAL_HOME or from the package."),
        (REGISTRY_HOST, "Which registry serves a package is the reader's choice: name the package, not the host."),
    ],
    ids=["paths", "registries"],
)
def test_nothing_names_one_machine_or_registry(pattern: re.Pattern[str], why: str) -> None:
    offences = [
        place(path, number)
        for path in [*files(*TEXTS), *root_files()]
        for number in lines_with(pattern, path.read_text("utf-8"))
    ]
    assert not offences, verdict(offences, why)


def test_nothing_is_left_for_later() -> None:
    offences = [
        place(path, number)
        for path in [*files(".py", ".js", ".css", ".html", ".mako"), *root_files()]
        for number in lines_with(LEFT_FOR_LATER, path.read_text("utf-8"))
    ]
    assert not offences, verdict(offences, "Nobody reads a note for later: do it, or plan it where work is planned.")


def test_silenced_checks_name_what_they_silence() -> None:
    offences = [place(path, number) for path in files(".py") for number in silenced_lines(path.read_text("utf-8"))]
    why = "A bare silence hides the next mistake as well: name the rule, as in `noqa: S608`, and say why."
    assert not offences, verdict(offences, why)


def test_no_error_is_swallowed() -> None:
    offences = [place(path, line) for path in files(".py") for line in swallowed_errors(parsed(path))]
    why = "An error that nobody hears of comes back as wrong numbers: catch the one you expect and say what follows."
    assert not offences, verdict(offences, why)


def test_every_skip_says_why() -> None:
    offences = [place(path, line) for path in files(".py", parts=["tests"]) for line in unexplained_skips(parsed(path))]
    why = "A silent skip is a promise that nobody keeps: give reason=…, and fail where a part is merely missing."
    assert not offences, verdict(offences, why)


def test_no_variable_takes_the_name_of_a_room() -> None:
    offences = [place(path, line) for path in files(".py") for line in shadowed_rooms(parsed(path))]
    assert not offences, verdict(offences, "A variable called data or auth hides the room: call it what it holds.")


def test_callbacks_hold_no_markup() -> None:
    paths = files(".py", parts=["callbacks"])
    offences = [place(path, line) for path in paths for line in imported_markup(parsed(path))]
    assert not offences, verdict(offences, "A callback draws by calling layouts: move the components there.")


def test_pages_load_nothing_from_another_host() -> None:
    offences = [
        f"{place(path, number)} {host}"
        for path in files(".py", ".js", ".css", ".html")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for host in foreign_hosts(line)
    ]
    why = "The portal works where it reaches no other host: serve it from a package; a source stands in data/reference."
    assert not offences, verdict(offences, why)


@pytest.mark.parametrize(
    ("find", "bad", "good"),
    [
        (swallowed_errors, "try:\n  f()\nexcept Exception:\n  pass", "try:\n  f()\nexcept ValueError:\n  pass"),
        (swallowed_errors, "try:\n  f()\nexcept:\n  ...", "try:\n  f()\nexcept Exception:\n  log()\n  raise"),
        (swallowed_errors, "with contextlib.suppress(Exception):\n  f()", "with suppress(FileNotFoundError):\n  f()"),
        (unexplained_skips, "pytest.skip()", "pytest.skip('the system has no such call')"),
        (unexplained_skips, "@pytest.mark.skip\ndef f(): ...", "@pytest.mark.skip(reason='why')\ndef f(): ..."),
        (unexplained_skips, "@pytest.mark.skipif(old)\ndef f(): ...", "@pytest.mark.xfail(reason='why')\ndef f(): ..."),
        (shadowed_rooms, "data = 1", "from data import db"),
        (shadowed_rooms, "def f(auth): ...", "f(data=1)"),
        (imported_markup, "from dash import Input, html", "from dash import Input"),
        (imported_markup, "import dash\ndash.dcc.Graph()", "import dash\ndash.no_update"),
    ],
)
def test_the_rules_tell_bad_from_good(find: Callable[[ast.AST], Iterator[int]], bad: str, good: str) -> None:
    assert (len(list(find(ast.parse(bad)))), list(find(ast.parse(good)))) == (1, [])


@pytest.mark.parametrize(
    ("pattern", "bad", "good"),
    [
        (MACHINE_PATH, "open('/ro\x6ft/x')", "open('/usr/lib/x')"),
        (REGISTRY_HOST, "see pypi\x2eorg", "see the registry"),
        (LEFT_FOR_LATER, "# TO\x44O later", "todos = []"),
        (SILENCED, "f()  # no\x71a", "f()  # noqa: S608"),
        (SILENCED, "f()  # type: ig\x6eore", "f()  # type: ignore[arg-type]"),
    ],
)
def test_the_words_tell_bad_from_good(pattern: re.Pattern[str], bad: str, good: str) -> None:
    assert (bool(pattern.search(bad)), bool(pattern.search(good))) == (True, False)


def test_only_foreign_hosts_are_foreign() -> None:
    lines = [
        "https:\x2f/cdn.example.net/x",
        "http://127.0.0.1:8050",
        "http://www.w3.org/2000/svg",
        "https://example.org",
    ]
    assert [foreign_hosts(line) for line in lines] == [["cdn.example.net"], [], [], []]
