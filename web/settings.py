"""How the workspace is served: read once by its door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from states.not_allowed import SettingsInvalid


@dataclass(frozen=True, slots=True)
class WebSettings:
    """What differs between an office's server and a test."""

    host: str = "127.0.0.1"
    port: int = 8440
    public_url: str = ""  # how people reach us, e.g. https://bangfu.example.cn; printed links start with it
    max_upload_mb: int = 50
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_title: str = ""

    @property
    def secure_cookies(self) -> bool:
        """Behind HTTPS cookies never travel in clear."""
        return self.public_url.startswith("https://")


def read_web_settings(env: Mapping[str, str]) -> WebSettings:
    """Settings from BANGFU_HOST, BANGFU_PORT, BANGFU_PUBLIC_URL and BANGFU_OIDC_*; a secret may stand in a file (NAME_FILE). Raises SettingsInvalid."""
    return WebSettings(
        host=env.get("BANGFU_HOST") or "127.0.0.1",
        port=_port(env.get("BANGFU_PORT") or "8440"),
        public_url=(env.get("BANGFU_PUBLIC_URL") or "").rstrip("/"),
        max_upload_mb=int(env.get("BANGFU_MAX_UPLOAD_MB") or 50),
        oidc_issuer=(env.get("BANGFU_OIDC_ISSUER") or "").rstrip("/"),
        oidc_client_id=env.get("BANGFU_OIDC_CLIENT_ID") or "",
        oidc_client_secret=_secret(env, "BANGFU_OIDC_CLIENT_SECRET"),
        oidc_title=env.get("BANGFU_OIDC_TITLE") or "",
    )


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) < 65536):
        raise SettingsInvalid(name="BANGFU_PORT", value=text, why="须是1至65535的整数。")
    return int(text)


def _secret(env: Mapping[str, str], name: str) -> str:
    file = env.get(f"{name}_FILE")
    if not file:
        return env.get(name) or ""
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as no:
        raise SettingsInvalid(name=f"{name}_FILE", value=file, why="文件不能读取。") from no
