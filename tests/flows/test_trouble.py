"""What is not well: tried again or settled with a word, by whoever's area it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from district import COMMUNITY, STREET, District, at

from flows.trouble import retry, settle
from records import alerts, duties, overview
from records.duties import Claim
from records.engine import reading, writing
from records.overview import Ask
from rules.days import day_of
from rules.jurisdiction import EVERYTHING, Scope
from states.not_allowed import FieldMissing, NoSuch, NotYourPost

NOW = at(2017, 6, 1)
ELSEWHERE = Scope(paths=frozenset(["/440512/440512002/"]))


def failed(district: District) -> int:
    """A duty out of tries, about a case of the first community."""
    case = district.exit_until("review", district.household())
    with writing(district.office.records) as conn:
        duties.owe(conn, [{"key": "x", "kind": "draft_paper", "case_id": case, "act_id": None, "owed_since": NOW,
                           "payload": {"code": "D-99", "step": "review"}}])  # fmt: skip
        duty = next(d for d in duties.claim(conn, Claim("me", duties.LONGEST_HOLD), NOW, 99) if d.key == "x")
        assert duties.put_back(conn, replace(duty, tries=duties.LAST_TRY - 1), "没有模板", NOW)
        alerts.raise_alert(conn, f"duty:{duty.id}", "duty_failed", "未办成", None, NOW)
    return duty.id


def test_a_failed_duty_is_tried_again_and_its_alert_closed(district: District) -> None:
    duty, director = failed(district), district.who["director"]
    with pytest.raises(NoSuch):
        retry(district.office, duty, director, ELSEWHERE, NOW)
    retry(district.office, duty, director, EVERYTHING, NOW)
    with reading(district.office.records) as conn:
        assert overview.failed_duties(Ask(EVERYTHING, day_of(NOW))).count(conn) == 0 == len(alerts.open_alerts(conn))
    with pytest.raises(NoSuch):
        retry(district.office, duty, director, EVERYTHING, NOW)


def test_an_alert_is_settled_with_a_word_by_whose_area_it_is(district: District) -> None:
    director, mine = district.who["director"], Scope(paths=frozenset([f"/440512/{STREET}/"]))
    with writing(district.office.records) as conn:
        alerts.raise_alert(conn, "k", "empty_post", "空岗", f"{COMMUNITY}-office", NOW)
        [alert] = alerts.open_alerts(conn)
    with pytest.raises(FieldMissing):
        settle(district.office, alert.id, " ", director, mine, NOW)
    with pytest.raises(NoSuch):
        settle(district.office, alert.id, "已补员", director, ELSEWHERE, NOW)
    with pytest.raises(NotYourPost):
        settle(district.office, alert.id, "已补员", director, mine, at(2010, 1, 1))
    settle(district.office, alert.id, "已补员", director, mine, NOW)
    with reading(district.office.records) as conn:
        assert alerts.open_alerts(conn) == []
