"""Finders of what the house rules forbid: each yields the lines of a text or of a tree that offend."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

# Written so that this file does not break the rules that it serves.
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|farm|home/\w+)/")
REGISTRY_HOST = re.compile(r"pypi[.]org|pythonhoste[d]|npmjs[.](?:org|com)|deb[.]debian|docker[.]io", re.IGNORECASE)
LEFT_FOR_LATER = re.compile(r"\b(?:TO[D]O|FIX[M]E|X{3})\b")
SILENCED = re.compile(r"#\s*(?:type:\s*ignore(?!\[)|noqa(?!:\s*[A-Z]))", re.IGNORECASE)
HOST = re.compile(r"https?[:]//([a-z0-9.-]+)", re.IGNORECASE)
HARMLESS_HOST = re.compile(r"127\.0\.0\.1|localhost|(?:www\.)?w3\.org|schemas\..*|(?:.*\.)?example(?:\.(?:org|com))?")
BROAD = {"Exception", "BaseException"}
SKIPS = {f"pytest.{mark}{name}" for mark in ("", "mark.") for name in ("skip", "skipif", "xfail")}


def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def dotted(node: ast.AST) -> str:
    """`a.b.c` for a chain of names, else nothing."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def lines_with(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    """Numbers of the lines that the pattern finds."""
    return (number for number, line in enumerate(text.splitlines(), 1) if pattern.search(line))


def foreign_hosts(line: str) -> list[str]:
    """Hosts that a line addresses, but for this machine, names of schemas and examples."""
    return [host for host in HOST.findall(line) if not HARMLESS_HOST.fullmatch(host.lower().rstrip("."))]


def silenced_lines(text: str) -> Iterator[int]:
    """Lines whose comment silences a check without naming it."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and SILENCED.search(token.string):
            yield token.start[0]


def swallowed_errors(tree: ast.AST) -> Iterator[int]:
    """Lines of handlers that catch everything and do nothing, and of suppress(Exception)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            names = {dotted(name) for name in ast.walk(node.type)} if node.type else BROAD
            idle = all(isinstance(step, ast.Pass | ast.Continue) or is_bare_value(step) for step in node.body)
            if idle and names & BROAD:
                yield node.lineno
        elif isinstance(node, ast.Call) and dotted(node.func) in {"suppress", "contextlib.suppress"}:
            yield from (argument.lineno for argument in node.args if dotted(argument) in BROAD)


def is_bare_value(step: ast.stmt) -> bool:
    return isinstance(step, ast.Expr) and isinstance(step.value, ast.Constant)


def unexplained_skips(tree: ast.AST) -> Iterator[int]:
    """Lines of skip, skipif and xfail, called or as marks, that give no reason."""
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and dotted(node.func) in SKIPS:
            reasoned = any(word.arg in {"reason", "msg"} for word in node.keywords)
            positional = bool(node.args) and dotted(node.func) in {"pytest.skip", "pytest.xfail"}
            if not (reasoned or positional):
                yield node.lineno
        elif isinstance(node, ast.Attribute) and dotted(node) in SKIPS and id(node) not in called:
            yield node.lineno


def shadowed_rooms(tree: ast.AST) -> Iterator[int]:
    """Lines that give the name of a room, `data` or `auth`, to a variable or an argument."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.Name) and named_by(node) in {"data", "auth"}:
            yield node.lineno


def named_by(node: ast.arg | ast.Name) -> str | None:
    """The name that an argument or an assignment gives; None where a name is merely read."""
    if isinstance(node, ast.arg):
        return node.arg
    return node.id if isinstance(node.ctx, ast.Store) else None


def imported_markup(tree: ast.AST) -> Iterator[int]:
    """Lines that take components from Dash."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "dash":
            yield from (node.lineno for name in node.names if name.name in {"html", "dcc", "dash_table"})
        elif isinstance(node, ast.Attribute) and dotted(node) in {"dash.html", "dash.dcc", "dash.dash_table"}:
            yield node.lineno
