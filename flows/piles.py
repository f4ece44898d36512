"""Filing many papers at once: one stored zip for each community, and one wait for the disk for each zip."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from integrations.filing import INSIDE, ZIP, Filed, FilingStore

PILE = 25  # papers that are drawn up or signed, and filed, together


@dataclass(slots=True)
class Piles:
    """Papers that are filed together. `mark` is in the name of every zip: nobody else may file under it."""

    folder: str
    mark: str
    held: dict[str, dict[str, bytes]] = field(default_factory=dict)
    known: dict[Any, Any] = field(default_factory=dict)  # what was read for one of them and holds for all

    def add(self, area_path: str, name: str, data: bytes) -> Filed:
        """Where the paper will be once `write` has run, which must be before any row that names it is kept."""
        key = f"{self.folder}/{area_path.strip('/').split('/')[-1]}-{self.mark}{ZIP}"
        self.held.setdefault(key, {})[name] = data
        return Filed(f"{key}{INSIDE}{name}", hashlib.sha256(data).hexdigest())

    def write(self, files: FilingStore) -> None:
        for key, those in self.held.items():
            files.put_pile(key, those)
