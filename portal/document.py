"""The one document in which every page is drawn."""

from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import dash
import dash_ag_grid  # noqa: F401  (registers its scripts before the first document is written)
import dash_bootstrap_components  # noqa: F401  (likewise)
from dash import dcc, html  # noqa: F401  (likewise)
from flask import Blueprint, Flask, g, render_template, request
from markupsafe import Markup

import layouts
from auth import login
from callbacks.page import Page
from data.wording import _, current_language
from layouts.shell import frame

ASSETS = Path(__file__).parent / "assets"
TEMPLATES = Path(layouts.__file__).parent / "templates"
# Loaded at the top of the document, before anything is painted.
FIRST_SCRIPT = "00-theme.js"


class Portal(dash.Dash):
    """Dash with a document of our own around it: the reader's language, and a place for refusals that React leaves."""

    pages: dict[str, Page]

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]
        page = self.pages.get(request.path)
        safe = {name: Markup(part) for name, part in parts.items()}  # noqa: S704  (Dash's own markup)
        refusal = str(g.get("refusal", ""))
        return render_template("index.html", **safe, heading=_(page.title) if page else "", refusal=refusal)


def make_dash(server: Flask, pages: dict[str, Page]) -> Portal:
    """Dash on that server. Nothing is bound to it yet."""
    app = Portal(
        "portal",
        server=server,  # type: ignore[arg-type]
        assets_folder=str(ASSETS),
        assets_ignore=FIRST_SCRIPT,
        use_pages=False,
        suppress_callback_exceptions=True,
        csrf_token_name="csrf_token",  # noqa: S106  (a name, not a token)
        title="",
        update_title="",
        add_log_handler=False,
    )
    app.pages = pages
    app.layout = frame()
    return app


def make_server() -> Flask:
    """A Flask application that draws our templates and serves the style sheet of the installed Bootstrap."""
    server = Flask("portal", static_folder=None, template_folder=str(TEMPLATES))
    server.jinja_env.globals.update(
        _=_,
        language=current_language,
        signed_in=login.is_known,
        asset=asset_address,
        bootstrap=f"/bootstrap/bootstrap.min.css?v={version('bootstrap-flask')}",
    )
    server.register_blueprint(
        Blueprint("bootstrap", __name__, static_folder=str(_bootstrap()), static_url_path="/bootstrap")
    )
    return server


def asset_address(name: str) -> str:
    """The address of one of our own files, which changes with the file."""
    return f"/assets/{name}?m={int((ASSETS / name).stat().st_mtime)}"


def _bootstrap() -> Path:
    spec = find_spec("flask_bootstrap")
    if spec is None or spec.origin is None:
        raise RuntimeError("the package Bootstrap-Flask, whose style sheet the portal serves, is not installed")
    return Path(spec.origin).parent / "static" / "bootstrap5" / "css"
