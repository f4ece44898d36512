"""How the workspace is served: read once by its door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from config.settings import value_of


@dataclass(frozen=True, slots=True)
class WebSettings:
    """What differs between an office's server and a test."""

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


WEB_NAMES = (
    "BANGFU_PUBLIC_URL", "BANGFU_OIDC_ISSUER", "BANGFU_OIDC_CLIENT_ID", "BANGFU_OIDC_CLIENT_SECRET",
    "BANGFU_OIDC_TITLE",
)  # fmt: skip


def read_web_settings(env: Mapping[str, str]) -> WebSettings:
    """Settings from BANGFU_PUBLIC_URL and BANGFU_OIDC_*; a secret may stand in a file (NAME_FILE). Raises SettingsInvalid."""
    return WebSettings(
        public_url=(env.get("BANGFU_PUBLIC_URL") or "").rstrip("/"),
        max_upload_mb=int(env.get("BANGFU_MAX_UPLOAD_MB") or 50),
        oidc_issuer=(env.get("BANGFU_OIDC_ISSUER") or "").rstrip("/"),
        oidc_client_id=env.get("BANGFU_OIDC_CLIENT_ID") or "",
        oidc_client_secret=value_of(env, "BANGFU_OIDC_CLIENT_SECRET") or "",
        oidc_title=env.get("BANGFU_OIDC_TITLE") or "",
    )
