"""A group robot of WeCom (企业微信群机器人): one group per office, told by webhook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

from integrations.outgoing import Outgoing
from integrations.unreachable import Unreachable

ADDRESS = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send"
TIMEOUT = 15.0
LONGEST = 2048  # bytes of UTF-8 that the robot takes


@dataclass(frozen=True, slots=True)
class WeCom:
    """The robots' keys by office code. An office without a robot of its own is told by no other's."""

    keys: Mapping[str, str] = field(repr=False)
    address: str = ADDRESS

    def reaches(self, to: str) -> bool:
        return to in self.keys

    def send(self, message: Outgoing) -> None:
        """Post the text into the office's group."""
        said = {"msgtype": "text", "text": {"content": _within(message.text, LONGEST)}}
        try:
            answer = httpx.post(self.address, params={"key": self.keys[message.to]}, json=said, timeout=TIMEOUT)
            answer.raise_for_status()
            result = answer.json()
        except httpx.HTTPStatusError as no:
            raise Unreachable(f"企业微信答复{no.response.status_code}") from None  # its text would name the key
        except (httpx.HTTPError, ValueError) as no:
            raise Unreachable(f"企业微信不可用：{type(no).__name__}") from None
        if result.get("errcode") != 0:
            raise Unreachable(f"企业微信未接受：{result.get('errcode')} {str(result.get('errmsg', ''))[:80]}")


def _within(text: str, size: int) -> str:
    """As much of the text as fits, whole characters only."""
    raw = text.encode()
    return text if len(raw) <= size else raw[: size - 3].decode(errors="ignore") + "…"
