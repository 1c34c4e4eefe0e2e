"""Assembles the portal."""

import gc

import dash
from flask import Flask
from flask_compress import Compress
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

import callbacks
from auth import login
from callbacks import guard
from data.db import create_engine_for
from portal import document, errors, gate, headers, pages, routes
from portal.settings import LARGEST_REQUEST, Settings

DASH = "portal_dash"


def create_app(settings: Settings, engine: Engine | None = None) -> Flask:
    """The portal as a WSGI application. It asks the database nothing before the first request."""
    server = document.make_server()
    server.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="portal",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=not settings.demo,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session
    )
    server.extensions[login.ENGINE] = engine or create_engine_for(settings.database_url)
    # Dash comes before the door: what it prepares at the first request must not wait for someone to sign in.
    app = document.make_dash(server, {page.path: page for page in pages.PAGES})
    server.extensions[DASH] = app
    errors.init_app(server)
    login.init_app(server)
    pages.init_app(server)
    gate.init_app(app)
    CSRFProtect(server)
    routes.init_app(server)
    callbacks.bind_all(app, pages.PAGES)
    guard.audit_callbacks(app)
    # What is added last sees an answer first: headers, then compression.
    Compress(server)
    headers.init_app(app, secure=not settings.demo)
    if settings.proxies:
        server.wsgi_app = ProxyFix(server.wsgi_app, settings.proxies, settings.proxies, settings.proxies)  # type: ignore[method-assign]
    warm_up(server)
    headers.settle(app)
    return server


def dash_of(server: Flask) -> dash.Dash:
    """The Dash application that runs on the server."""
    app: dash.Dash = server.extensions[DASH]
    return app


def warm_up(server: Flask) -> None:
    """Lets Dash prepare itself in one thread; two first requests at once would find it half ready."""
    server.test_client().get("/_dash-dependencies")


def settle_memory() -> None:
    """Tells the garbage collector to leave alone what is there now: code, catalogue, units.

    They live as long as the process, and looking through them again and again would cost every request its share.
    """
    gc.collect()
    gc.freeze()
