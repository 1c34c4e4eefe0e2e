"""Where rights, facts and views meet: authorise, ask, draw."""

from collections.abc import Sequence

from dash import Dash

from callbacks import (
    arrival,
    carrying,
    changes,
    comparison,
    groups,
    handing,
    proposals,
    published,
    review,
    set_target,
    shell,
    submission,
    targets,
    units,
)
from callbacks.page import Page

# Every module that binds callbacks of its own, explicitly: what is not named here does not run.
MODULES = (
    submission, review, comparison, targets, set_target, arrival, handing, published, units, groups, changes,
    proposals, carrying,
)  # fmt: skip


def bind_all(app: Dash, pages: Sequence[Page]) -> None:
    """Binds every callback of the portal."""
    shell.bind_all(app, pages)
    for module in MODULES:
        module.bind_all(app)
