"""A paper read on the screen says what its Word file says, in order, and is only text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from samples import samples

from templates.paper import Paper
from templates.preview import pages_of


@pytest.mark.parametrize("paper", samples(), ids=lambda p: p.code)
def test_every_paper_reads_as_pages(paper: Paper) -> None:
    sheets = pages_of(paper.render())
    texts = [b.text for s in sheets for b in s.blocks] + [
        c.text for s in sheets for b in s.blocks for r in b.rows for c in r
    ]
    said = "".join(texts).replace("\n", "").replace("　", "").replace(" ", "")
    assert sheets and all(s.blocks for s in sheets)
    assert len(said) > 20 and "{{" not in said
    assert all(before is not after for before, after in pairwise(sheets))
