"""Every document of the catalogue has its master."""

from __future__ import annotations

from templates.papers import PAPERS

CATALOGUE = [
    "D-01",
    "D-02",
    "D-03",
    "D-04",
    "D-05",
    "D-06",
    "D-07",
    "D-08",
    "D-09",
    "D-10",
    "D-11",
    "D-12",
    "D-13",
    "D-14",
    "D-15",
    "D-16",
    "D-17",
    "D-18",
    "D-19",
    "D-20",
    "D-21",
    "D-22",
    "D-23",
    "D-24",
    "D-25",
    "D-30",
    "D-31",
    "D-32",
    "D-33",
    "D-34",
    "D-35",
    "D-36",
    "D-37",
    "D-38",
    "D-39",
    "D-40",
    "D-41",
    "D-42",
    "D-43",
    "D-44",
    "D-50",
    "D-51",
    "D-52",
    "D-53",
    "D-54",
    "D-55",
    "D-56",
    "D-57",
    "D-58",
    "D-59",
    "D-5A",
    "D-5B",
    "D-5C",
    "D-5D",
    "D-60",
    "D-61",
    "D-62",
    "D-63",
    "D-64",
    "D-65",
    "D-66",
    "D-67",
    "D-68",
    "D-69",
    "D-70",
    "D-71",
    "D-72",
    "D-73",
    "D-74",
    "D-75",
    "D-76",
    "D-77",
    "D-78",
    "D-79",
    "D-7A",
    "D-7B",
    "D-7C",
    "D-80",
]


def test_every_document_of_the_catalogue_has_a_master() -> None:
    """D-codes with several papers (D-77: request, reply, letter …) have a letter or digit behind them."""
    made = {code for code in CATALOGUE if any(c == code or c[:4] == code for c in PAPERS)}

    assert sorted(set(CATALOGUE) - made) == []


def test_no_paper_stands_outside_the_catalogue() -> None:
    assert [code for code in PAPERS if code not in CATALOGUE and code[:4] not in CATALOGUE] == []
