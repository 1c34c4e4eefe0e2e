"""What the portal answers besides pages: the door, language, health, one's own password, files."""

from flask import Flask

from portal.routes import (
    assign,
    documents,
    export,
    export_arrival,
    export_paths,
    export_targets,
    export_unit,
    health,
    language,
    password,
    published,
    sign_in,
)
from portal.routes.bind import audit_routes

# Every module that answers at addresses of its own, explicitly: what is not named here does not run.
MODULES = (
    sign_in, language, health, password, export, export_targets, export_unit, export_arrival, export_paths, published,
    documents, assign,
)  # fmt: skip


def init_app(app: Flask) -> None:
    """Adds every address, and makes sure that each has a permission or is open on purpose."""
    for module in MODULES:
        module.init_app(app)
    audit_routes(app)
