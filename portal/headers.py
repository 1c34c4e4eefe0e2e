"""What every answer says about itself to the browser: where scripts may come from, and how long to keep it."""

from dash import Dash
from flask import Response, request
from flask_wtf.csrf import generate_csrf

from auth import login
from portal.gate import CALLBACK_ENDPOINT

CSRF_COOKIE = "csrf_token"
POLICY = "CONTENT_SECURITY_POLICY"
YEAR = 365 * 24 * 3600
_FILES = frozenset(
    {
        "bootstrap.static",
        "_dash_assets.static",
        "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
        "/_favicon.ico",
    }
)
_FIXED = {
    "X-Content-Type-Options": "nosniff",
    # A form posted over HTTPS is checked against the address it comes from, so our own pages must name it.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def init_app(app: Dash, *, secure: bool) -> None:
    """Adds the headers to every answer; `settle` completes them before the first reader comes."""

    def add(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = app.server.config.get(POLICY, "default-src 'none'")
        for name, value in _FIXED.items():
            response.headers.setdefault(name, value)
        if secure:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={YEAR}")
        _keep(response)
        _make_whole(response)
        if login.is_known() and request.endpoint != CALLBACK_ENDPOINT:
            # Dash sends this cookie back as a header with every callback; a script must be able to read it.
            response.set_cookie(CSRF_COOKIE, generate_csrf(), secure=secure, httponly=False, samesite="Lax")
        return response

    app.server.after_request(add)


def settle(app: Dash) -> None:
    """Fixes the content security policy. Call it when Dash is warm: the policy names the scripts that it inlines."""
    app.server.config[POLICY] = content_security_policy(app)


def content_security_policy(app: Dash) -> str:
    """Scripts only from here, but for the few that Dash writes into the document, which are named by their hashes."""
    scripts = " ".join(["'self'", *app.csp_hashes()])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )


def _keep(response: Response) -> None:
    """Files whose address changes with their content may be kept for a year; what is somebody's is not kept at all."""
    if request.endpoint not in _FILES:
        response.cache_control.no_store = True
    elif response.status_code == 200 and (request.args or response.cache_control.max_age):
        response.cache_control.no_cache = None
        response.cache_control.public = True
        response.cache_control.max_age = YEAR


def _make_whole(response: Response) -> None:
    """Reads a file that would be streamed: streams are not compressed for every browser, nor closed when they are."""
    if request.endpoint in _FILES and response.status_code == 200 and response.is_streamed:
        response.direct_passthrough = False
        response.make_sequence()
