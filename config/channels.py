"""Settings of the ways out of the house: the mail server, the group robots, the gateway for short messages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Literal, cast

from states.not_allowed import SettingsInvalid

Security = Literal["none", "starttls", "tls"]
Value = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class ChannelSettings:
    """What is not set is not used: without any of it people find their messages in the inbox alone."""

    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: Security = "starttls"
    smtp_user: str | None = None
    smtp_password: str | None = field(default=None, repr=False)
    mail_from: str = ""
    wecom_url: str = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send"
    wecom_keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    sms_url: str = ""
    sms_secret: str = field(default="", repr=False)
    sign_in: str = ""


NO_CHANNELS = ChannelSettings()
CHANNEL_NAMES = (
    "BANGFU_SMTP_HOST", "BANGFU_SMTP_PORT", "BANGFU_SMTP_SECURITY", "BANGFU_SMTP_USER", "BANGFU_SMTP_PASSWORD",
    "BANGFU_MAIL_FROM", "BANGFU_WECOM_URL", "BANGFU_WECOM_KEYS", "BANGFU_SMS_URL", "BANGFU_SMS_SECRET",
    "BANGFU_SIGN_IN_URL",
)  # fmt: skip
PORTS: Mapping[str, int] = {"none": 25, "starttls": 587, "tls": 465}
LEAST_SECRET = 16


def read_channels(value: Value) -> ChannelSettings:
    """The channels' settings, each asked for by its name. Raises SettingsInvalid naming the one that is wrong."""
    host = value("BANGFU_SMTP_HOST") or ""
    security = (value("BANGFU_SMTP_SECURITY") or "starttls").lower()
    if security not in PORTS:
        raise SettingsInvalid(name="BANGFU_SMTP_SECURITY", value=security, why="只能是starttls、tls或none。")
    sms = _url("BANGFU_SMS_URL", value("BANGFU_SMS_URL") or "")
    return ChannelSettings(
        smtp_host=host,
        smtp_port=_port(value("BANGFU_SMTP_PORT"), security),
        smtp_security=cast("Security", security),
        smtp_user=value("BANGFU_SMTP_USER"),
        smtp_password=value("BANGFU_SMTP_PASSWORD"),
        mail_from=_sender(value("BANGFU_MAIL_FROM") or "", bool(host)),
        wecom_url=_url("BANGFU_WECOM_URL", value("BANGFU_WECOM_URL") or NO_CHANNELS.wecom_url),
        wecom_keys=_keys(value("BANGFU_WECOM_KEYS") or ""),
        sms_url=sms,
        sms_secret=_secret(value("BANGFU_SMS_SECRET") or "", bool(sms)),
        sign_in=_url("BANGFU_SIGN_IN_URL", value("BANGFU_SIGN_IN_URL") or ""),
    )


def _port(text: str | None, security: str) -> int:
    if text is None:
        return PORTS[security]
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 1 <= int(text) <= 65535):
        raise SettingsInvalid(name="BANGFU_SMTP_PORT", value=text, why="须是1至65535的整数（端口）。")
    return int(text)


def _sender(text: str, needed: bool) -> str:
    address = parseaddr(text)[1]
    if text and not re.fullmatch(r"[^@\s]+@[^@\s]+", address):
        raise SettingsInvalid(
            name="BANGFU_MAIL_FROM", value=text, why="须是邮件地址，如“区扶贫办 <bangfu@example.gov.cn>”。"
        )
    if needed and not text:
        raise SettingsInvalid(name="BANGFU_MAIL_FROM", value="", why="设置了邮件服务器，须填写发件人地址。")
    return text


def _url(name: str, text: str) -> str:
    if text and not re.fullmatch(r"https?://[^\s/]+\S*", text):
        raise SettingsInvalid(name=name, value=text, why="须以http://或https://开头。")
    return text


def _keys(text: str) -> dict[str, str]:
    """单位代码=机器人密钥, by commas or lines."""
    pairs = [pair.strip() for pair in re.split(r"[,\n]", text) if pair.strip()]
    if wrong := [pair.split("=")[0] for pair in pairs if not re.fullmatch(r"[\w.-]+=[\w-]+", pair)]:
        raise SettingsInvalid(
            name="BANGFU_WECOM_KEYS", value="、".join(wrong), why="须写成“单位代码=密钥”，用逗号或换行分开。"
        )
    return dict(pair.split("=", 1) for pair in pairs)


def _secret(text: str, needed: bool) -> str:
    if needed and len(text) < LEAST_SECRET:
        raise SettingsInvalid(
            name="BANGFU_SMS_SECRET", value="…", why=f"设置了短信网关，密钥须不少于{LEAST_SECRET}个字符。"
        )
    return text
