"""Writes docs/transitions.md from the machines in states/: `make transitions`. A test says when it was forgotten."""

from __future__ import annotations

from pathlib import Path

from statemachine import StateMachine

from states.agreement import AgreementLife
from states.case import CaseLife, TaskLife
from states.household import HouseholdPath
from states.paper import PaperLife
from states.supervision import SupervisionLife

PAGE = Path(__file__).parent / "transitions.md"
MACHINES: tuple[tuple[str, str, type[StateMachine]], ...] = (
    ("The household's path (户路径)", "`states/household.py`: the state of an enrolment.", HouseholdPath),
    ("The life of a case (办件)", "`states/case.py`: one run of a procedure.", CaseLife),
    ("The life of a task (待办)", "`states/case.py`: what one post must act on.", TaskLife),
    ("The life of a paper (文书)", "`states/paper.py`: numbered only by a person's signing.", PaperLife),
    ("The life of a supervision file (督查件)", "`states/supervision.py`: each rung by people.", SupervisionLife),
    ("The life of an agreement (责任书)", "`states/agreement.py`: binds when all have signed.", AgreementLife),
)
HEAD = """# What may happen next

Written by `make transitions` from the machines in `states/`; a test compares. What is not in a table is refused
with a sentence, and nothing moves.
"""


def page() -> str:
    """The whole page, as the machines are now."""
    return HEAD + "".join(_section(*machine) for machine in MACHINES)


def _section(title: str, what: str, machine: type[StateMachine]) -> str:
    words = "\n".join(f"| `{state.value}` | {state.name} |" for state in machine.states)
    return (
        f"\n## {title}\n\n{what}\n\n```mermaid\n{f'{machine:mermaid}'.rstrip()}\n```\n\n"
        f"{f'{machine:md}'.rstrip()}\n\n| Stored word | Shown as |\n| --- | --- |\n{words}\n"
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
