"""Settings from the environment: read once, by a door; a secret may stand in a file (NAME_FILE)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from config.channels import CHANNEL_NAMES, NO_CHANNELS, ChannelSettings, read_channels
from config.webhooks import NAME as WEBHOOK_NETWORKS
from config.webhooks import read_networks
from states.not_allowed import SettingsInvalid


@dataclass(frozen=True, slots=True)
class Settings:
    """Where an office keeps what it keeps."""

    database_url: str
    data_dir: Path
    files_dir: Path
    seals_dir: Path
    pack: str
    extra_packs: tuple[str, ...]
    log_level: str
    max_upload_mb: int
    hold_seconds: int = 30
    channels: ChannelSettings = NO_CHANNELS
    webhook_networks: tuple[IPv4Network | IPv6Network, ...] = ()


NAMES = (
    "BANGFU_DATABASE_URL", "BANGFU_DATA_DIR", "BANGFU_FILES_DIR", "BANGFU_SEALS_DIR", "BANGFU_PACK",
    "BANGFU_EXTRA_PACKS", "BANGFU_LOG_LEVEL", "BANGFU_MAX_UPLOAD_MB", "BANGFU_HOLD_SECONDS",
    WEBHOOK_NETWORKS, *CHANNEL_NAMES,
)  # fmt: skip
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


def read_settings(env: Mapping[str, str]) -> Settings:
    """Settings from BANGFU_* variables. Raises SettingsInvalid naming the variable and what is wrong with it."""
    data = Path(value_of(env, "BANGFU_DATA_DIR") or "bangfu-data")
    url = value_of(env, "BANGFU_DATABASE_URL") or f"sqlite:///{data / 'bangfu.sqlite3'}"
    if not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise SettingsInvalid(name="BANGFU_DATABASE_URL", value=_hidden(url), why="只能是sqlite:///或postgresql://。")
    level = (value_of(env, "BANGFU_LOG_LEVEL") or "INFO").upper()
    if level not in LOG_LEVELS:
        raise SettingsInvalid(name="BANGFU_LOG_LEVEL", value=level, why=f"只能是{'、'.join(LOG_LEVELS)}。")
    extra = value_of(env, "BANGFU_EXTRA_PACKS") or "monitoring-2021"
    return Settings(
        database_url=url,
        data_dir=data,
        files_dir=Path(value_of(env, "BANGFU_FILES_DIR") or data / "files"),
        seals_dir=Path(value_of(env, "BANGFU_SEALS_DIR") or data / "seals"),
        pack=value_of(env, "BANGFU_PACK") or "haojiang-2017",
        extra_packs=tuple(name.strip() for name in extra.split(",") if name.strip()),
        log_level=level,
        max_upload_mb=_megabytes(value_of(env, "BANGFU_MAX_UPLOAD_MB") or "50"),
        hold_seconds=whole(env, "BANGFU_HOLD_SECONDS", 30, range(1, 61), "秒"),
        channels=read_channels(partial(value_of, env)),
        webhook_networks=read_networks(value_of(env, WEBHOOK_NETWORKS) or ""),
    )


def _megabytes(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:6]) >= 1 and len(text) <= 5):
        raise SettingsInvalid(name="BANGFU_MAX_UPLOAD_MB", value=text, why="须是1至99999的整数（兆字节）。")
    return int(text)


def whole(env: Mapping[str, str], name: str, default: int, allowed: range, unit: str) -> int:
    """A whole number within a range. Raises SettingsInvalid."""
    text = value_of(env, name) or str(default)
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and int(text) in allowed):
        why = f"须是{allowed.start}至{allowed.stop - 1}的整数（{unit}）。"
        raise SettingsInvalid(name=name, value=text, why=why)
    return int(text)


def value_of(env: Mapping[str, str], name: str) -> str | None:
    file = env.get(f"{name}_FILE")
    if file is None:
        return env.get(name) or None
    if env.get(name):
        raise SettingsInvalid(name=f"{name}_FILE", value=file, why=f"不能与{name}同时设置。")
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as no:
        raise SettingsInvalid(name=f"{name}_FILE", value=file, why="文件不能读取。") from no


def _hidden(url: str) -> str:
    return url.split("://", 1)[0] + "://…"
