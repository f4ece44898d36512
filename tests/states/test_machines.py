"""The machines: what may happen next, for any sequence of events, and never anything else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statemachine.exceptions import TransitionNotAllowed

from states import household, paper
from states.agreement import AgreementLife
from states.case import CaseLife, CaseState, TaskLife, apply
from states.household import HouseholdPath
from states.not_allowed import NotAllowed, PaperNotReady, WrongMoment
from states.paper import PaperLife
from states.procedure import Procedure, Step, Verdict, thaw
from states.supervision import SupervisionLife
from states.table import transitions

PATH = {
    "register": {"applicant": "identified"}, "decline": {"applicant": "declined"},
    "assist": {"identified": "assisted"}, "announce_exit": {"assisted": "exited"},
    "start_monitoring": {"exited": "monitored"}, "settle": {"monitored": "stable"},
    "relapse": {"exited": "assisted", "monitored": "assisted"},
    "remove": {s: "removed" for s in ("identified", "assisted", "exited", "monitored")},
    "close": {s: "closed" for s in ("identified", "assisted", "exited", "monitored")},
}  # fmt: skip


@dataclass
class OnPath:
    state: str


@given(st.lists(st.sampled_from(sorted(PATH)), max_size=30))
def test_no_sequence_of_events_leaves_the_path(events: list[str]) -> None:
    home = OnPath("applicant")
    for event in events:
        before = home.state
        expected = PATH[event].get(before)
        if expected is None:
            with pytest.raises(WrongMoment) as no:
                household.move(home, event, "陈家强户")
            assert home.state == before and "陈家强户现处于" in str(no.value)
        else:
            assert household.move(home, event, "陈家强户") == expected


STEPS = tuple(Step(key, key, "community", "clerk") for key in "abcde")
PROCEDURE = Procedure("p", "事项", "household", STEPS)
VERDICTS = st.tuples(st.sampled_from(list(Verdict)), st.sampled_from("abcdex"), st.booleans())


@given(st.lists(VERDICTS, max_size=25))
def test_no_sequence_of_verdicts_leaves_a_case_nowhere(verdicts: list[tuple[Verdict, str, bool]]) -> None:
    case = CaseState("BJ1", "running", "a", None)
    for verdict, back_to, straight in verdicts:
        before = (case.status, case.step, case.return_to)
        try:
            outcome = apply(PROCEDURE, case, verdict, back_to, straight)
        except NotAllowed as no:
            assert str(no) and (case.status, case.step, case.return_to) == before
            continue
        over = case.status in ("done", "refused", "withdrawn")
        assert (outcome.opens is None) == over
        assert case.return_to is None or (case.status == "returned" and case.return_to > case.step)
    if case.status == "done":
        assert case.step == "e"


@given(st.sampled_from(["draft", "printed", "signed", "registered", "sealed", "delivered", "archived", "discarded"]),
       st.sampled_from(["redraft", "sign", "register", "seal", "deliver", "bring_back", "archive", "discard"]))  # fmt: skip
def test_a_signed_paper_is_never_redrafted_or_discarded(status: str, event: str) -> None:
    @dataclass
    class P:
        title: str
        status: str

    one = P("公示", status)
    if status not in ("draft", "printed") and event in ("redraft", "discard", "sign"):
        with pytest.raises(PaperNotReady):
            paper.move(one, event)
        assert one.status == status


MACHINES = [HouseholdPath, CaseLife, TaskLife, PaperLife, AgreementLife, SupervisionLife]


@pytest.mark.parametrize("machine", MACHINES)
def test_the_table_says_what_the_machine_itself_does(machine: Any) -> None:
    table = transitions(machine)
    for state in machine.states:
        for event in machine.events:
            model = OnPath(str(state.value))
            running = machine(model, state_field="state")
            try:
                running.send(event.id)
            except TransitionNotAllowed:
                assert (state.value, event.id) not in table and model.state == state.value
            else:
                assert table[state.value, event.id] == model.state


@pytest.mark.parametrize("machine", MACHINES)
def test_every_state_and_event_has_a_chinese_name(machine: type) -> None:
    names = [s.name for s in machine.states] + [e.name for e in machine.events]  # type: ignore[attr-defined]
    assert all("\u4e00" <= name[0] <= "\u9fff" for name in names), names


def test_a_frozen_procedure_thaws_to_itself() -> None:
    text, sha256 = PROCEDURE.frozen()
    assert thaw(text) == PROCEDURE and thaw(text).frozen() == (text, sha256)
