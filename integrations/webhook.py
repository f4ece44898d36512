"""Telling a program elsewhere: one signed request, to no address but those that the installation allows."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import socket
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

import httpx

from integrations.unreachable import Unreachable
from states.not_allowed import WebhookAddressWrong

Network = IPv4Network | IPv6Network
LONGEST = 255
SECONDS = 10  # for the whole of it, from looking the name up to the answer's first line
EMBEDDING = (IPv6Network("64:ff9b::/96"), IPv6Network("2002::/16"), IPv6Network("2001::/32"))  # hide an IPv4 address
INWARD = "指向本机或内部网络，未经设置（BANGFU_WEBHOOK_NETWORKS）不得使用。"


@dataclass(frozen=True, slots=True)
class Webhooks:
    """The way to receivers. Inside the networks named here they may be reached, also without TLS; elsewhere only
    public addresses and only by https."""

    networks: Sequence[Network] = ()

    def look_up(self, url: str) -> str:
        """The address that the receiver has now. Raises WebhookAddressWrong, or Unreachable for a name nobody knows."""
        parts = _parts(url)
        found = _addresses(parts)
        inside = all(self._inside(address) for address in found)
        if not inside and not all(_public(address) or self._inside(address) for address in found):
            raise WebhookAddressWrong(why=INWARD)
        if not inside and parts.scheme != "https":
            raise WebhookAddressWrong(why="须以https://开头；只有设置中列明的内部网络可以用http。")
        return str(found[0])

    def _inside(self, address: IPv4Address | IPv6Address) -> bool:
        return any(address.version == network.version and address in network for network in self.networks)

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Hand a message over: any 2xx is yes. Raises Unreachable; no redirect is followed, and the answer is not read."""
        try:
            address = self.look_up(url)
        except WebhookAddressWrong as no:
            raise Unreachable(str(no), permanent=True) from None
        try:
            with ThreadPoolExecutor(1) as aside:  # the caller's own thread may have a loop that is running
                status = aside.submit(lambda: asyncio.run(_post(url, address, body, headers))).result()
        except TimeoutError:
            raise Unreachable(f"接收方{SECONDS}秒内没有应答") from None
        except httpx.HTTPError as no:
            raise Unreachable(f"接收方连接不上：{type(no).__name__}") from None
        if not 200 <= status < 300:
            raise Unreachable(f"接收方答复{status}", permanent=status == httpx.codes.GONE)


async def _post(url: str, address: str, body: bytes, headers: Mapping[str, str]) -> int:
    """The status of the answer of the very address that was looked at: a name may not lead elsewhere meanwhile."""
    parts = urlsplit(url)
    there = httpx.URL(url).copy_with(host=address)
    async with (
        asyncio.timeout(SECONDS),
        httpx.AsyncClient(verify=httpx.create_ssl_context(), trust_env=False, timeout=SECONDS) as client,
        client.stream("POST", there, content=body, headers={**headers, "Host": parts.netloc},
                      extensions={"sni_hostname": parts.hostname}) as answer,
    ):  # fmt: skip
        return answer.status_code


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise WebhookAddressWrong(why="不是正确的网址。") from None
    if len(url) > LONGEST or not url.isascii() or any(c.isspace() or ord(c) < 33 for c in url):
        raise WebhookAddressWrong(why=f"须是不超过{LONGEST}个字符、不含空格和中文的网址。")
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise WebhookAddressWrong(why="须以https://开头，并写明主机。")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise WebhookAddressWrong(why="不能带用户名、密码和“#”。")
    return parts


def _addresses(parts: SplitResult) -> list[IPv4Address | IPv6Address]:
    assert parts.hostname is not None
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or parts.scheme, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable(f"接收方的主机名“{parts.hostname}”查不到地址") from None
    return [_plain(ip_address(str(entry[4][0]).partition("%")[0])) for entry in found]


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address


def _public(address: IPv4Address | IPv6Address) -> bool:
    hidden = isinstance(address, IPv6Address) and any(address in network for network in EMBEDDING)
    return address.is_global and not (address.is_multicast or address.is_reserved or hidden)


def signed(secret: str, moment: str, body: bytes) -> str:
    """HMAC-SHA256 under the subscription's secret over the timestamp, a full stop and the body, in lower-case hex."""
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
