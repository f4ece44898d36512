"""Where programs that want to be told may be: public addresses, and the inner networks that the installation names."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_network

from states.not_allowed import SettingsInvalid

NAME = "BANGFU_WEBHOOK_NETWORKS"


def read_networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Networks like 10.20.0.0/16, separated by commas. Raises SettingsInvalid."""
    try:
        return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError:
        why = "须是网段，如10.20.0.0/16，多个用逗号分开。"
        raise SettingsInvalid(name=NAME, value=text, why=why) from None
