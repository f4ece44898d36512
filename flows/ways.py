"""The ways out of the house that an office has, from its settings."""

from __future__ import annotations

from config.channels import ChannelSettings
from integrations.mail import Mail
from integrations.outgoing import Channel
from integrations.sms import Sms
from integrations.wecom import WeCom


def open_channels(settings: ChannelSettings) -> dict[str, Channel]:
    """Every channel that is set, by its name; one that is not set is not there."""
    ways: dict[str, Channel] = {}
    if settings.smtp_host:
        ways["email"] = Mail(settings.smtp_host, settings.smtp_port, settings.mail_from, settings.smtp_security,
                             settings.smtp_user, settings.smtp_password)  # fmt: skip
    if settings.wecom_keys:
        ways["wecom"] = WeCom(settings.wecom_keys, settings.wecom_url)
    if settings.sms_url:
        ways["sms"] = Sms(settings.sms_url, settings.sms_secret)
    return ways
