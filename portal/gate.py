"""Checks a callback's call before Dash reads it: its type, its size, and that it has the shape of a bound callback."""

from typing import Any

from dash import Dash
from flask import Response, current_app, request
from werkzeug.exceptions import BadRequest, NotFound, RequestEntityTooLarge, UnsupportedMediaType

from callbacks import guard

CALLBACK_ENDPOINT = "/_dash-update-component"
# A refused body is read and thrown away up to this size: a connection cut in mid-sentence hides the answer.
MOST_DRAINED = 32 * 1024 * 1024
_CHUNK = 64 * 1024


def init_app(app: Dash) -> None:
    """Puts the check in front of Dash's callbacks."""

    def check() -> None:
        if request.content_length is not None and request.content_length > current_app.config["MAX_CONTENT_LENGTH"]:
            raise RequestEntityTooLarge
        if request.endpoint == CALLBACK_ENDPOINT:
            _check_call(app)

    app.server.before_request(check)
    app.server.after_request(_drain)


def _check_call(app: Dash) -> None:
    if not request.is_json:
        raise UnsupportedMediaType
    body = _read()
    key = body.get("output") if isinstance(body, dict) else None
    if not isinstance(key, str):
        raise BadRequest
    entry = guard.bound(app).get(key)
    if entry is None or entry.permission is None:
        raise NotFound
    spec = app.callback_map[key]
    fits = (
        _fits(body.get("inputs", []), spec["inputs"])
        and _fits(body.get("state", []), spec["state"])
        and _is_outputs(body.get("outputs", []), spec)
        and _is_words(body.get("changedPropIds", []))
    )
    if not fits or not _are_as_many(body, spec):
        raise BadRequest


def _read() -> Any:
    try:
        return request.get_json()
    except RecursionError:
        # Brackets in brackets, deeper than anybody's page.
        raise BadRequest from None


def _fits(given: Any, declared: list[dict[str, str]]) -> bool:
    """Whether the values are those of the declared components, in their order."""
    if not isinstance(given, list) or len(given) != len(declared):
        return False
    return all(_is_value(value, wanted) for value, wanted in zip(given, declared, strict=True))


def _is_value(value: Any, wanted: dict[str, str]) -> bool:
    # An id that matches many components comes as a list of values, its id written as JSON in the declaration.
    if '["ALL' in wanted["id"]:
        return isinstance(value, list) and all(_is_part(one, wanted["property"]) for one in value)
    if wanted["id"].startswith("{"):
        return _is_part(value, wanted["property"])
    return _is_part(value, wanted["property"]) and value["id"] == wanted["id"]


def _is_part(value: Any, prop: str) -> bool:
    return isinstance(value, dict) and isinstance(value.get("id"), str | dict) and value.get("property") == prop


def _is_outputs(given: Any, spec: dict[str, Any]) -> bool:
    declared = spec["output"]
    if not isinstance(declared, list):
        return _is_output(given, declared)
    if not isinstance(given, list) or len(given) != len(declared):
        return False
    return all(_is_output(one, wanted) for one, wanted in zip(given, declared, strict=True))


def _is_output(value: Any, wanted: Any) -> bool:
    # Whether the property is the right one Dash finds out itself: a browser writes a mark of its own behind some.
    if isinstance(wanted.component_id, str):
        return _names_property(value) and value.get("id") == wanted.component_id
    parts = value if isinstance(value, list) else [value]
    return all(_names_property(one) and isinstance(one.get("id"), dict) for one in parts)


def _names_property(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("property"), str)


def _are_as_many(body: dict[str, Any], spec: dict[str, Any]) -> bool:
    """Whether an output for many components names as many of them as the values from the same components do."""
    values = [*zip(body.get("inputs", []), spec["inputs"], strict=True)]
    values += zip(body.get("state", []), spec["state"], strict=True)
    counts = {wanted["id"]: len(value) for value, wanted in values if isinstance(value, list)}
    outputs = zip(body["outputs"], spec["output"], strict=True) if isinstance(spec["output"], list) else ()
    many = [(given, counts[name]) for given, wanted in outputs if (name := wanted.component_id_str()) in counts]
    return all(isinstance(given, list) and len(given) == count for given, count in many)


def _is_words(given: Any) -> bool:
    return isinstance(given, list) and all(isinstance(one, str) for one in given)


def _drain(response: Response) -> Response:
    if response.status_code < 400:
        return response
    stream, left = request.environ["wsgi.input"], min(request.content_length or 0, MOST_DRAINED)
    while left > 0 and (chunk := stream.read(min(_CHUNK, left))):
        left -= len(chunk)
    return response
