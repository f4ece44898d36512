"""A port that nobody listens on, for a server that a test starts."""

from __future__ import annotations

import os
import socket

FIRST, LAST = 18400, 18499
_given = iter(range(FIRST + os.getpid() % 60, LAST))


def free_port() -> int:
    """A free port of the range that tests may use."""
    for port in _given:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise AssertionError("no free port")
