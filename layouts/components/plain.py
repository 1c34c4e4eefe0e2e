"""What is the same for many readers, as the plain values that travel: turned from components once and kept."""

import json
from typing import Any

from dash.development.base_component import Component
from plotly.io.json import to_json_plotly


def plain(component: Component) -> Any:
    """The component as it stands in an answer. It can be a child of any component; nobody may change it."""
    return json.loads(to_json_plotly(component))
