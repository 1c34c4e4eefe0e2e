"""What the router draws at an address, as it travels to the browser: its texts, its links, its components."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from tests.dash_client import Reader, answer_of
from tests.drawn import parts

ROUTER = "callbacks.shell.show"


def content_of(reader: Reader, path: str, **query: str) -> Any:
    """What stands between header and foot of a page."""
    search = f"?{urlencode(query)}" if query else ""
    return answer_of(reader.call(ROUTER, path, search))["shell-content"]["children"]


def components(tree: Any) -> Iterator[dict[str, Any]]:
    """The properties of every component, in the order in which they are read."""
    return (one["props"] for one in parts(tree))


def find(tree: Any, component_id: str | Mapping[str, str]) -> dict[str, Any]:
    """The component with that id; there must be one."""
    wanted = component_id if isinstance(component_id, str) else dict(component_id)
    found = [one for one in components(tree) if one.get("id") == wanted]
    assert len(found) == 1, f"{wanted} stands on the page {len(found)} times"
    return found[0]


def ids_of(tree: Any, kind: str) -> list[dict[str, str]]:
    """The ids of every component of a kind that stands many times on the page."""
    ids = [one.get("id") for one in components(tree)]
    return [one for one in ids if isinstance(one, dict) and one["type"] == kind]


def classed(tree: Any, name: str) -> list[dict[str, Any]]:
    """The components that carry that class."""
    return [one for one in components(tree) if name in str(one.get("className") or "").split()]


def said(tree: Any) -> str:
    """All texts as they stand, one after the other; also of what an answer changes of one component."""
    return "".join(_texts(tree))


def _texts(tree: Any) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, list):
        for one in tree:
            yield from _texts(one)
    elif isinstance(tree, dict):
        yield from _texts(tree.get("props", tree).get("children"))


def links(tree: Any) -> list[str]:
    """Every address that the page leads to."""
    return [one["href"] for one in components(tree) if "href" in one]


def key_of_id(component_id: Mapping[str, str]) -> str:
    """The id as an answer names it."""
    return json.dumps(dict(sorted(component_id.items())), separators=(",", ":"))
