"""Real HTTP servers on loopback, for whatever reaches outside: one that keeps what it is posted, or any handler."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Post(NamedTuple):
    """One request that came in."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class HttpReceiver:
    """A server that keeps what it is posted and answers as it is told, after a while."""

    url: str = ""
    posts: list[Post] = field(default_factory=list)
    status: int = 200
    seconds: float = 0
    location: str = ""
    answer: dict[str, Any] = field(default_factory=lambda: {"errcode": 0})

    def told(self) -> list[dict[str, object]]:
        return [json.loads(post.body) for post in self.posts]


class Quiet(BaseHTTPRequestHandler):
    """A handler that writes no log."""

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def on_loopback(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """A server with that handler for as long as this lasts; its address without a path."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@contextmanager
def receiving() -> Iterator[HttpReceiver]:
    """A receiver that listens for as long as this lasts."""
    kept = HttpReceiver()

    class Handler(Quiet):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.posts.append(Post(self.path, dict(self.headers), body))
            time.sleep(kept.seconds)
            answer = json.dumps(kept.answer).encode()
            self.send_response(kept.status)
            if kept.location:
                self.send_header("Location", kept.location)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

    with on_loopback(Handler) as address:
        kept.url = address
        yield kept
