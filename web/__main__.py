"""The door of the workspace: reads the environment, opens the office, serves."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import uvicorn

from config.settings import read_settings
from flows.office import open_office
from web.app import create_app
from web.settings import read_web_settings


def main() -> None:
    """Serve on BANGFU_HOST and BANGFU_PORT (127.0.0.1:8440)."""
    settings, web = read_settings(os.environ), read_web_settings(os.environ)
    app = create_app(open_office(settings), lambda: datetime.now(UTC), web)
    uvicorn.run(app, host=web.host, port=web.port, log_level="warning", server_header=False)


if __name__ == "__main__":
    main()
