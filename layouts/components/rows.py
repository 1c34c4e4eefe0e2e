"""A plain table whose rows turn into blocks on a telephone, and which stays a table for who does not see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from dash import html
from dash.development.base_component import Component

from layouts.components.aria import aria

Content: TypeAlias = str | Component | list[Component | str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and the class of its cells (`n` for numbers)."""

    heading: str
    kind: str = ""


def rows_table(columns: Sequence[Column], rows: Sequence[Sequence[Content]], label: str, kind: str) -> Component:
    """The table in its sheet; the first cell of a row is the row's heading. `label` says what it lists.

    Roles stand by name, because a browser forgets them where the style sheet lays rows out as blocks.
    """
    heads = [html.Th(one.heading, scope="col", role="columnheader", className=one.kind) for one in columns]
    body = [_row(columns, row) for row in rows]
    table = html.Table(
        [html.Thead(html.Tr(heads, role="row"), role="rowgroup"), html.Tbody(body, role="rowgroup")],
        className=f"rows {kind}",
        role="table",
        **aria(label=label),
    )
    return html.Div(table, className="sheet")


def _row(columns: Sequence[Column], row: Sequence[Content]) -> Component:
    first, *others = row
    cells = [
        html.Td(content, role="cell", className=column.kind)
        for content, column in zip(others, columns[1:], strict=True)
    ]
    return html.Tr([html.Th(first, scope="row", role="rowheader"), *cells], role="row")
