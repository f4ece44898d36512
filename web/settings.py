"""How the workspace is served: read once by its door."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WebSettings:
    """What differs between an office's server and a test."""

    secure_cookies: bool = False  # True behind HTTPS: cookies then never travel in clear
    max_upload_mb: int = 50
    public_url: str = ""  # how people reach us, e.g. https://bangfu.example.cn; printed links start with it
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_title: str = ""
