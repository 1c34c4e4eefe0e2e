"""What a page is: a row of the table in the outermost room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from dash.development.base_component import Component

from auth.policy import Permission
from data.scope import Scope

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

# Draws the page from the query part of its address.
View: TypeAlias = "Callable[[Session, Scope, Mapping[str, str]], Component]"
# Raises the refusal that the address deserves, where the view itself would say it in the page.
Check: TypeAlias = "Callable[[Session, Scope, Mapping[str, str]], object]"
# How many things wait behind the page's link.
Waiting: TypeAlias = "Callable[[Session, Scope], int]"

# Whether the reader finds anything there: who has nothing to look at gets no link.
Offered: TypeAlias = "Callable[[Session, Scope], bool]"


@dataclass(frozen=True, slots=True)
class Page:
    """An address, what it is called (marked, not translated), the permission it takes, and who draws it.

    `nav`: it has a link in the header, for those who have the permission and, where `offered` says so, something to
    find there; `waiting` counts what that link announces.
    Pages of one `section` (marked as well) share a link in the header and stand side by side below it.
    `check` says whether the query part of the address can be answered; left out, the view does.
    """

    path: str
    title: str
    permission: Permission
    view: View
    nav: bool = True
    waiting: Waiting | None = None
    check: Check | None = None
    section: str = ""
    offered: Offered | None = None
