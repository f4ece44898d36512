"""The blanks of a document that people word, as fields of a form: what is shown of a paper, sent as it stands, is that paper."""

from __future__ import annotations

import pytest
from samples import samples

from flows.compose import composable
from templates.paper import Paper
from web.manuscripts import entries_of, shown, values_of

WORDED = [paper for paper in samples() if paper.code in composable()]


@pytest.mark.parametrize("paper", WORDED, ids=lambda paper: paper.code)
def test_a_paper_shown_as_a_form_and_sent_as_it_stands_is_the_same(paper: Paper) -> None:
    entries, snapshot = entries_of(type(paper)), paper.to_snapshot()
    again = snapshot | values_of(entries, shown(entries, snapshot))
    assert type(paper).from_snapshot(again) == paper


def test_there_is_an_example_of_every_kind() -> None:
    assert {paper.code for paper in WORDED} == set(composable())
