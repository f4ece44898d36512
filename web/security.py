"""What every answer carries and no request may exceed: headers that keep strangers out, and a limit of size."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "frame-src 'self'", "frame-ancestors 'none'", "base-uri 'none'",
))  # fmt: skip
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
ASSETS = ("/vendor/", "/assets/")


class TooLarge(Exception):
    """The request's body goes beyond the limit."""


class Guarded:
    """The application behind its headers: pages are never cached, assets are for an hour."""

    def __init__(self, inner: Asgi, max_bytes: int, secure: bool) -> None:
        self.inner, self.max_bytes, self.secure = inner, max_bytes, secure

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        scope["too_large"] = not declared.isdigit() or int(declared[:16]) > self.max_bytes
        taken = 0

        async def limited() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.max_bytes:
                raise TooLarge()
            return message

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *self._headers(scope["path"], message)]
            await send(message)

        await self.inner(scope, limited, guarded)

    def _headers(self, path: str, message: Message) -> list[tuple[bytes, bytes]]:
        present = {bytes(name).lower() for name, _ in message.get("headers", ())}
        wanted = dict(HEADERS)
        wanted["cache-control"] = "public, max-age=3600" if path.startswith(ASSETS) else "no-store"
        if self.secure:
            wanted["strict-transport-security"] = "max-age=31536000"
        return [(k.encode(), v.encode()) for k, v in wanted.items() if k.encode() not in present]
