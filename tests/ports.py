"""A port that nobody listens on, for a server that a test starts."""

from __future__ import annotations

import os
import socket

WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))  # two workers never share a range
FIRST = 18400 + 200 * WORKER
_given = iter(range(FIRST, FIRST + 200))


def free_port() -> int:
    """A free port of the range that tests may use."""
    for port in _given:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise AssertionError("no free port")
