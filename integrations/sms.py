"""Short messages by an HTTP gateway, signed as docs/messages.md describes."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import dataclass, field

import httpx

from integrations.outgoing import Outgoing
from integrations.unreachable import Unreachable

TIMEOUT = 15.0
_MOBILE = re.compile(r"1[3-9]\d{9}")


@dataclass(frozen=True, slots=True)
class Sms:
    """A gateway and the secret shared with it."""

    url: str
    secret: str = field(repr=False)

    def reaches(self, to: str) -> bool:
        return bool(_MOBILE.fullmatch(to))

    def send(self, message: Outgoing) -> None:
        """Hand the text to the gateway; it answers 2xx once it has taken it, and 409 for an id it has taken before."""
        body = json.dumps({"id": message.id, "to": message.to, "text": message.text}, ensure_ascii=False).encode()
        moment = str(int(message.at.timestamp()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "X-Bangfu-Timestamp": moment,
            "X-Bangfu-Signature": f"sha256={signature(self.secret, moment, body)}",
        }
        try:
            answer = httpx.post(self.url, content=body, headers=headers, timeout=TIMEOUT)
        except httpx.HTTPError as no:
            raise Unreachable(f"短信网关不可用：{type(no).__name__}") from None
        if answer.is_success or answer.status_code == httpx.codes.CONFLICT:
            return
        refused = answer.status_code in (400, 404, 410, 422)  # this number or text, not this moment
        raise Unreachable(f"短信网关答复{answer.status_code}", permanent=refused)


def signature(secret: str, moment: str, body: bytes) -> str:
    """HMAC-SHA256 under the shared secret over the timestamp, a full stop and the body, in lower-case hex."""
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
