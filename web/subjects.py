"""The pages of an area and its papers, of data and settings, and the public board: beside those of one's own work."""

from __future__ import annotations

from collections.abc import Sequence

from web import (
    administration,
    agreement_changes,
    agreements,
    archive,
    board,
    composing,
    corrections,
    district,
    households,
    imports,
    incoming,
    obligations,
    offices,
    papers,
    rounds,
    signing,
    supervision,
    trouble,
    webhooks,
)
from web.access import Pages

OF_THE_AREA: Sequence[Pages] = (
    rounds.pages, signing.pages, agreements.pages, agreement_changes.pages, obligations.pages, district.pages, corrections.pages, households.pages, offices.pages,
    supervision.pages, composing.pages, papers.pages, incoming.pages, archive.pages, imports.pages, trouble.pages,
    webhooks.pages, administration.pages, board.pages,
)  # fmt: skip
