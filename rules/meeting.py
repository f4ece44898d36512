"""Democratic review (民主评议): was the meeting quorate, do the votes add up, did enough agree (domain 3.1a)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class MeetingRule:
    """One of the rule sets a pack may choose. `strict` quorum and passing mean "more than", otherwise "at least"."""

    model: str
    title: str
    quorum: Fraction
    quorum_strict: bool
    passes: Fraction
    passes_strict: bool = True


@dataclass(frozen=True, slots=True)
class Ballot:
    """Attendance and votes about one household. Those who withdrew (回避) are present but have no vote."""

    due: int
    present: int
    withdrawn: int
    agree: int
    oppose: int
    abstain: int


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a meeting amounts to, with the two rules as phrases."""

    quorate: bool
    adds_up: bool
    passed: bool
    voting: int
    quorum_says: str
    pass_says: str


def check_meeting(rule: MeetingRule, ballot: Ballot) -> Meeting:
    """Judge a meeting by a rule. Votes must equal those present less those who withdrew."""
    voting = ballot.present - ballot.withdrawn
    votes = ballot.agree + ballot.oppose + ballot.abstain
    return Meeting(
        quorate=ballot.due >= ballot.present > 0
        and _reaches(ballot.present, ballot.due, rule.quorum, rule.quorum_strict),
        adds_up=votes == voting,
        passed=_reaches(ballot.agree, voting, rule.passes, rule.passes_strict),
        voting=voting,
        quorum_says=f"按{rule.title}，到会人数应{_words(rule.quorum, rule.quorum_strict)}",
        pass_says=f"按{rule.title}，应{_words(rule.passes, rule.passes_strict)}",
    )


def rule_says(rule: MeetingRule) -> str:
    """The rule in one sentence, as minutes print it."""
    return (
        f"按{rule.title}，到会人数{_words(rule.quorum, rule.quorum_strict)}方可开会，"
        f"同意票{_words(rule.passes, rule.passes_strict)}（以到会有表决权人数计）方为通过"
    )


def _reaches(part: int, whole: int, share: Fraction, strict: bool) -> bool:
    if whole <= 0:
        return False
    return Fraction(part, whole) > share if strict else Fraction(part, whole) >= share


def _words(share: Fraction, strict: bool) -> str:
    words = {Fraction(1, 2): "半数", Fraction(2, 3): "三分之二"}.get(share, f"{share.numerator}/{share.denominator}")
    return f"超过{words}" if strict else f"达到{words}"
