"""The lists that go up the chain, drawn up by the decision that sends them (domain 3.1, 3.3; R4.3-02…06)."""

from __future__ import annotations

from datetime import date

from district import COMMUNITY, HEAD, MEETING, District, at, proof
from test_decide import _answer as answered
from test_identification import until_decision

from config.pack import Pack, parse_pack
from flows.apply import pair
from flows.drain import drain
from flows.office import Office
from flows.rounds import Act, Say, act
from flows.start import Start, start
from records import areas, packs, papers
from records.engine import reading, writing
from states.decision import MadeBy
from states.procedure import Verdict


def issued(district: District, code: str) -> list[object]:
    with reading(district.office.records) as conn:
        return [papers.paper(conn, p.id) for p in papers.listing(conn, code)]


def one(district: District, code: str) -> object:
    [paper] = issued(district, code)
    return paper


def test_a_list_of_an_identification_goes_up_with_a_letter_and_two_opinions(district: District) -> None:
    """D-09 at the community's sending, D-10 at the street's review, D-12 at the district's."""
    case, household = until_decision(district)
    drain(district.office, at(2017, 4, 11, 30))
    for signer in ("head", "leader", "director"):
        district.sign(signer, at(2017, 4, 11, 40))

    letter, street, above = (one(district, code) for code in ("D-09", "D-10", "D-12"))
    assert (letter.office_code, letter.number) == (f"{COMMUNITY}-office", "东兴居〔2017〕1号")
    assert letter.snapshot["to"] == "达濠街道办事处" and letter.snapshot["contact"] == "林记录"
    assert (
        "于2017年3月16日至2017年3月23日公示，公示期满无异议" in letter.snapshot["done"]
    )  # the days that hung on the board
    assert "于2017年3月30日至2017年4月6日公示" in above.snapshot["done"]  # the second notice, by then
    assert [row["head"] for row in street.snapshot["rows"]] == ["黄国梁"] and street.snapshot["rows"][0]["size"] == 2
    assert (
        street.snapshot["subject"] == "关于2017年拟认定相对贫困户名单的审核意见"
        and street.snapshot["to"] == above.snapshot["office"]
    )
    assert above.snapshot["to"] == district.office.pack.label("group")
    assert {p.household_id for p in (letter, street, above)} == {household}
    assert all(p.sha256 and p.case_id == case for p in (letter, street, above))


def test_the_reply_answers_what_the_street_sent_up(district: District) -> None:
    """D-38 names the paper that came in, D-36, not one that nobody wrote."""
    district.exit_until("announce", district.household())
    drain(district.office, at(2017, 11, 8, 30))

    assert one(district, "D-38").snapshot["request"] == one(district, "D-36").snapshot["subject"]


def test_the_handbook_is_given_out_when_a_household_is_registered(district: District) -> None:
    """D-16: before there is a plan, a line of each programme waits for it; afterwards the measures stand in it."""
    case, household = until_decision(district)
    district.say(case, "group_decision", "group", at(2017, 4, 12))
    district.post([case], "announce", "district_clerk", "director", at(2017, 4, 13))
    pair(district.office, household, "440512-unit-01", district.who["helper"].person_id, date(2017, 4, 14), "新纳入",
         district.who["district_clerk"], at(2017, 4, 14))  # fmt: skip
    district.say(case, "register", "district_clerk", at(2017, 4, 14, 10))
    drain(district.office, at(2017, 4, 14, 20))

    handbook = one(district, "D-16")
    programmes = district.office.pack.texts("measures.programmes", "测试")
    assert [m["content"] for m in handbook.snapshot["measures"]] == [f"{p}：" for p in programmes]
    assert handbook.snapshot["identified_on"] == "2017-04-14"
    assert [(h["name"], h["since"], h["until"]) for h in handbook.snapshot["helpers"]] == [
        ("方帮扶", "2017-04-14", None)
    ]
    assert len(handbook.snapshot["members"]) == 2 and handbook.signer_role == "district_director"


def test_the_candidates_of_one_act_stand_in_one_list_and_the_street_says_what_it_found(district: District) -> None:
    """D-31 for all candidates of the act, D-36 for those whom the street passed; who was sent back is not in it."""
    names = ("陈家强", "林木生", "黄海")
    homes = [district.household(name) for name in names]
    begun = [district.begin("exit", home, at(2017, 10, 10), title=f"{name}户").id
             for home, name in zip(homes, names, strict=True)]  # fmt: skip
    clerk = district.who["clerk"]
    act(district.office, Act("candidate", {c: Say() for c in begun}, clerk, at(2017, 10, 10, 5), COMMUNITY))
    drain(district.office, at(2017, 10, 10, 9), kinds=("draft_paper",))

    listed = one(district, "D-31")
    assert [row["head"] for row in listed.snapshot["rows"]] == list(names)
    assert listed.snapshot["rows"][0]["per_head"] == {"fen": 1_000_000}
    assert listed.snapshot["rows"][0]["reason"] == "列入2017年脱贫计划"
    assert listed.title == "2017年拟脱贫相对贫困户名单（东兴社区）" and not listed.public

    visit = {"visited_on": "2017-10-20", "surveyors": ["林记录", "工作组甲"], "stability": "工资收入稳定"}
    for case in begun:
        district.say(case, "review", "clerk", at(2017, 10, 16), fields=MEETING, evidence=proof("D-07"),
                     made_by=MadeBy("居民会议", "民主评议会"))  # fmt: skip
        district.say(case, "verify", "clerk", at(2017, 10, 20), fields=visit, evidence=proof("D-33", "D-32"))
        district.say(case, "accept", "clerk", at(2017, 10, 23), evidence=proof("D-34"), made_by=HEAD)
    district.post(begun, "pub_post", "clerk", "head", at(2017, 10, 24))
    for case in begun:
        district.say(case, "pub_close", "clerk", at(2017, 11, 1))
    said = {c: Say(opinion="抽查两户，情况属实", fields={"visited": "抽查2户"}) for c in begun[:2]}
    said[begun[2]] = Say(Verdict.SEND_BACK, "缺少照片", back_to="verify")
    act(district.office, Act("street_review", said, district.who["leader"], at(2017, 11, 3), "440512001"))
    drain(district.office, at(2017, 11, 3, 10), kinds=("draft_paper",))

    opinion = one(district, "D-36")
    assert [row["head"] for row in opinion.snapshot["rows"]] == list(names[:2])
    assert opinion.snapshot["opinion"] == "经审核，上述各户达到脱贫条件，同意上报。抽查两户，情况属实。"
    assert (
        opinion.snapshot["done"].endswith("；抽查2户")
        and "2017年10月24日至2017年10月31日公示" in opinion.snapshot["done"]
    )
    assert (opinion.signer_role, opinion.office_code) == ("street_leader", "440512001-office")


def test_a_list_says_that_objections_were_settled_where_there_were_any(district: District) -> None:
    mine = district.exit_until("pub_close", district.household("陈家强"))
    objection = start(district.office, Start("objection", "case", mine, "对陈家强户的异议", COMMUNITY, district.who["clerk"],
                                             at(2017, 10, 27)))  # fmt: skip
    answered(district, objection.id, "不成立")
    district.say(mine, "pub_close", "clerk", at(2017, 11, 2))
    district.say(mine, "street_review", "leader", at(2017, 11, 3))
    drain(district.office, at(2017, 11, 3, 10), kinds=("draft_paper",))

    assert "公示期间收到的异议均已按规定办结" in one(district, "D-36").snapshot["done"]
    reply = one(district, "D-7C")
    assert reply.snapshot["answer"].startswith("你反映的情况经查不属实，异议不成立。")
    assert reply.title == "对陈家强户的异议登记与答复书"


def test_a_household_whose_income_is_not_known_yet_stands_in_the_list_all_the_same(small: District) -> None:
    home = small.household()
    with writing(small.office.records) as conn:
        conn.exec_driver_sql("DELETE FROM income_sheets")
    case = small.begin("exit", home, at(2017, 10, 10)).id

    small.say(case, "candidate", "clerk", at(2017, 10, 10, 5), opinion="子女已就业")
    drain(small.office, at(2017, 10, 10, 9), kinds=("draft_paper",))

    [row] = one(small, "D-31").snapshot["rows"]
    assert (row["per_head"], row["reason"]) == (None, "子女已就业")


def test_a_pack_may_ask_for_a_second_notice_of_exits_by_the_street(small: District) -> None:
    """D-37: some provinces post a second notice; ours does not, unless its count is set to two."""
    _use(small, parse_pack(small.office.pack.text.replace('再张贴一次）", value = 1', '再张贴一次）", value = 2')))
    case = small.exit_until("district_check", small.household())
    assert small.see(case).step == "pub2_post"

    small.post([case], "pub2_post", "street_clerk", "leader", at(2017, 11, 6))

    notice = one(small, "D-37")
    assert notice.snapshot["office"] == "达濠街道办事处" and notice.public and notice.sha256
    small.say(case, "pub2_close", "street_clerk", at(2017, 11, 14))
    assert small.see(case).step == "district_check"


def _use(district: District, pack: Pack) -> None:
    with writing(district.office.records) as conn:
        packs.keep_pack(conn, pack.id, pack.sha256, pack.text, "管理员", at(2017, 1, 3))
    old = district.office
    district.office = Office(old.records, old.calendar, pack, {pack.id: pack}, old.files)


def test_the_notice_of_a_removal_speaks_of_a_removal(small: District) -> None:
    """R4.3-05: a wrong entry is no exit; the household accepts nothing, and the notice does not say so."""
    case = small.begin("removal", small.household(), at(2017, 10, 10)).id
    small.say(case, "review", "clerk", at(2017, 10, 16), fields=MEETING, evidence=proof("D-07"),
              made_by=MadeBy("居民会议", "民主评议会"))  # fmt: skip

    small.post([case], "pub_post", "clerk", "head", at(2017, 10, 24))

    notice = one(small, "D-35")
    assert notice.title.startswith("关于2017年拟剔除相对贫困户名单的公示")
    assert (notice.snapshot["leaving"], notice.snapshot["after"]) == ("剔除", "民主评议")


def test_what_the_registers_numbers_begin_with_is_known_also_of_an_area_that_ended(small: District) -> None:
    """The search of public papers is told every code, so that a person's number is no false alarm."""
    with writing(small.office.records) as conn:
        areas.add_areas(
            conn, [{"code": "440599", "kind": "district", "name": "邻区", "parent_code": None}], at(2016, 1, 4).date()
        )
        areas.move(conn, COMMUNITY, "440512002", date(2017, 6, 1))
        known = areas.all_codes(conn, f"/440512/440512001/{COMMUNITY}/")

    assert {"440512", "440512001", "440512002", COMMUNITY} <= known and "440599" not in known
    assert len(known) == 1 + 7 + 42
