"""What a message may say of people: no ID, card or telephone number, and nothing of anybody's health.

A message leaves the house by mail, robot or short message; who wants to know more signs in."""

from __future__ import annotations

import re

from rules.privacy import scan

HIDDEN = "（涉及个人信息，请登录系统查看）"
_HEALTH = re.compile(
    r"病|癌|瘤|残疾|致残|伤残|艾滋|HIV|透析|化疗|放疗|手术|住院|诊断|确诊|尿毒|瘫|怀孕|孕妇|流产|脑梗|偏瘫|智力障碍|精神障碍"
    r"|精神分裂|抑郁|肝炎|结核|白内障|糖尿|高血压|心脏|肾衰|失明|聋哑|卧床|服药"
)
_SENTENCE = re.compile(r"[^；。！？;!?\n]*[；。！？;!?]?")


def discreet(text: str) -> str:
    """The text without what may not travel: a clause that says something of health is hidden whole, and so is one that
    carries an ID, card or telephone number. The rest stays as it is."""
    return "\n".join(_line(line) for line in text.split("\n"))


def is_discreet(text: str) -> bool:
    """May this text leave the house?"""
    return not scan(text) and not _HEALTH.search(text)


def _line(line: str) -> str:
    if is_discreet(line):
        return line
    kept = "".join(part if is_discreet(part) else HIDDEN for part in _SENTENCE.findall(line))
    return kept if is_discreet(kept) else HIDDEN  # a number that runs across two clauses
