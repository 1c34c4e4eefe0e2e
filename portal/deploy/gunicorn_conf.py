"""Gunicorn's configuration, from the environment.

PORTAL_HOST and PORT: where to listen. PORTAL_WORKERS: processes, each some 200 MB. PORTAL_THREADS: requests that one
process answers at a time. PORTAL_ACCESS_LOG: a file for one line per request, or - for the terminal.
"""

import os
from pathlib import Path
from typing import Any

from portal.app import settle_memory, warm_up
from portal.settings import DEFAULT_PORT

bind = f"{os.environ.get('PORTAL_HOST') or '127.0.0.1'}:{os.environ.get('PORT') or DEFAULT_PORT}"
workers = int(os.environ.get("PORTAL_WORKERS") or 2)
threads = int(os.environ.get("PORTAL_THREADS") or 4)
worker_class = "gthread"
# The first start loads every fact; a request that takes a minute is lost anyway.
timeout = 60
graceful_timeout = 20
keepalive = 5
accesslog = os.environ.get("PORTAL_ACCESS_LOG") or None
errorlog = "-"
loglevel = "info"
# A heartbeat file on a slow disk makes a healthy worker look dead.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  (gunicorn makes its own file in it)

# Whoever runs the service manages it by signals; a socket in somebody's home is one door more.
control_socket_disable = True


def post_worker_init(worker: Any) -> None:
    """Dash prepares itself at its first request; two at once would find it half ready."""
    warm_up(worker.wsgi)
    settle_memory()
