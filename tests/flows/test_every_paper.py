"""Who draws each paper of the catalogue up: a step of a procedure, a flow, a person's own words, or what is yet to come."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from flows.agreements.kinds import KINDS as AGREEMENTS
from flows.agreements.kinds import SUPPLEMENT
from flows.fills import FILLS
from flows.letters import KINDS as LETTERS
from flows.procedures import PROCEDURES
from states.procedure import Step
from templates.archive_index import ArchiveIndex
from templates.papers import PAPERS, paper_class

BY_FLOWS: Mapping[str, str] = {
    **{code: "flows.agreements" for code in (*AGREEMENTS, SUPPLEMENT)},
    **{code: "flows.letters" for code in LETTERS},
    ArchiveIndex.code: "flows.archive_household",
}
WORDED: Mapping[str, str] = {  # a person words it with `bangfu papers compose`; no decision of a case brings it about
    "D-23": "the annex of a notice that a person words; the pairings themselves are imported or made with the case",
    "D-30": "the leading group decides the year's plan in a sitting of its own, not upon a case",
    "D-70": "a bulletin is written",
    "D-76A": "a meeting is called by a person", "D-76B": "minutes are written by who was there",
    **{f"D-77{letter}": "the generic documents are there to be worded" for letter in "ABCDEFGHJ"},
    "D-78": "printed for a visit; the visit itself is an obligation with its report",
    "D-79A": "a plan of the poverty day is written", "D-79B": "and so is what came of it",
    "D-7A1": "a sheet for whoever comes to a training", "D-7A2": "a certificate for who took part",
}  # fmt: skip
LATER: Mapping[str, str] = {  # the master and its typed blanks are there; the procedure that owes the paper comes later
    **dict.fromkeys(("D-50", "D-51", "D-52A", "D-52B", "D-53", "D-54", "D-55A", "D-55B", "D-56A", "D-56B"), "projects and payments"),
    **dict.fromkeys(("D-57A", "D-57B", "D-57C"), "funds"),
    **dict.fromkeys(("D-58A", "D-58B", "D-58C"), "dangerous houses"),
    **dict.fromkeys(("D-59A", "D-59B", "D-59C"), "loans"),
    "D-5A": "school benefits", "D-5B": "medical assistance", "D-5C": "the hand-over to 低保",
    **dict.fromkeys(("D-5D1", "D-5D2", "D-5D3"), "asset income"),
    "D-71": "indicators and reports", "D-72": "indicators and reports",
    **dict.fromkeys(("D-73A", "D-73B", "D-73C", "D-74A", "D-74B", "D-75"), "the yearly assessment"),
}  # fmt: skip


def steps() -> list[Step]:
    """Every step that a pack may name, also those that our pack leaves out."""
    modules = {f.__module__ for f in PROCEDURES.values()}
    tables = [v for m in modules for name, v in vars(import_module(m)).items() if name.endswith("STEPS")]
    return [step for table in tables for step in table.values()]


def owed_by(step: Step) -> set[str]:
    notice = (step.notice,) if step.notice else ()
    return {*step.prints, *step.issues, *step.refusal_issues, *step.act_issues, *notice}


def test_every_paper_that_the_records_can_fill_is_owed_by_a_step_and_the_other_way_round() -> None:
    assert {code for step in steps() for code in owed_by(step)} == set(FILLS)


def test_every_paper_of_the_catalogue_is_drawn_up_by_something_or_says_what_it_waits_for() -> None:
    groups = (set(FILLS), set(BY_FLOWS), set(WORDED), set(LATER))

    assert set().union(*groups) == set(PAPERS)
    assert sum(len(group) for group in groups) == len(PAPERS)  # each in one of them


def test_a_step_asks_for_no_signed_form_that_nothing_prints() -> None:
    """A form that must come back signed is printed by the step that asks for it, or drawn up with its decision."""
    asked = {code for step in steps() for code in step.evidence if code.startswith("D-")}

    assert asked <= set(FILLS)
    for step in steps():
        for code in step.evidence:
            if code.startswith("D-"):
                assert code in owed_by(step) or code in ("D-7C",), (step.key, code)


def test_what_nobody_signs_by_hand_is_never_printed_as_a_form() -> None:
    for step in steps():
        for code in step.prints:
            assert paper_class(code).hand_signed, (step.key, code)
