"""Where to go next, as a browser says it: only ever to a page of our own."""

from urllib.parse import urlsplit


def local_path(asked: str | None) -> str:
    """The path and query that were asked for, or home where they would lead to another host or to a door."""
    if not asked or not asked.startswith("/") or len(asked) > 2000:
        return "/"
    # Browsers read a backslash as a slash and drop control characters, so "/\t/host" names another host.
    if asked.startswith("//") or "\\" in asked or not asked.isprintable():
        return "/"
    parts = urlsplit(asked)
    if parts.scheme or parts.netloc or parts.path in ("/login", "/logout"):
        return "/"
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
