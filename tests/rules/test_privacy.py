"""What may be public (domain 5.4, truth 10): a whitelist of columns, masks, and a scan that finds what slipped in."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.privacy import (
    PUBLIC_COLUMNS,
    PublicRow,
    Roster,
    RosterColumn,
    for_board,
    for_web,
    is_id_number,
    mask_id,
    mask_name,
    mask_phone,
    scan,
)

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def an_id(first: str) -> str:
    """An invented number with the right check digit."""
    return first + "10X98765432"[sum(int(d) * w for d, w in zip(first, WEIGHTS, strict=True)) % 11]


def a_card(first: str) -> str:
    """An invented card number with the right check digit (Luhn)."""
    total = sum(sum(divmod(int(d) * (2 if n % 2 == 0 else 1), 10)) for n, d in enumerate(reversed(first)))
    return first + str(-total % 10)


ID = an_id("11010119800229001")
CARD = a_card("621700000000000123")
MOBILE = "13800000001"


def kinds(text: str, **more: object) -> list[str]:
    return [leak.kind for leak in scan(text, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        ID,
        ID.lower(),
        f"身份证{ID}，电话见上",
        f"{ID[:6]} {ID[6:14]} {ID[14:]}",
        "　".join(ID),
        ID.translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)}),
        f"{ID[:6]}\u200b{ID[6:]}",
        ID[:17] + ("1" if ID[17] != "1" else "2"),
        "110101800229001",
        f"0000{ID}9",
        f"{ID}1",
        f"9{ID[:6]} {ID[6:14]} {ID[14:]}",
        f"{ID[:6]}  –  {ID[6:]}",
        ID.translate({ord(str(d)): "〇一二三四五六七八九"[d] for d in range(10)}),
        ID.translate({ord(str(d)): chr(0x660 + d) for d in range(10)}),
        an_id("11010119800229005")[:17] + "Ｘ",
        an_id("11010119800229005")[:17] + "х",
    ],
)
def test_an_id_number_is_found_however_it_is_written(text: str) -> None:
    assert kinds(text) == ["身份证号码"]


@pytest.mark.parametrize("card", [CARD, CARD[:4] + " " + CARD[4:8] + " " + CARD[8:], a_card("622848000000000")])
def test_a_bank_card_is_found_by_issuer_and_check_digit(card: str) -> None:
    assert kinds(f"一卡通 {card}") == ["银行卡号"]


@pytest.mark.parametrize("number", [MOBILE, "138 0000 0001", "138-0000-0001", "+8613800000001", "0086 13800000001",
                                    "0754-87380001", "（0754）87380001", "(0754) 8738 0001", "一三八〇〇〇〇〇〇〇一",
                                    "8738 0001", "87380001"])  # fmt: skip
def test_a_telephone_number_is_found(number: str) -> None:
    assert kinds(f"联系电话：{number}。") == ["电话号码"]


@pytest.mark.parametrize(
    "text",
    [
        "户编号4405120010010001，人编号440512001001000101",
        "2017年11月6日至2017年11月13日，共7日",
        "人均7403.09元，合计1,234,567.00元，汕濠扶办〔2017〕35号",
        "监督电话：12317",
        "邮政编码515071",
        "2016 2017 2018 2019",
        "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14",
        CARD[:-1] + str((int(CARD[-1]) + 1) % 10),
    ],
)
def test_what_is_no_personal_number_raises_no_alarm(text: str) -> None:
    assert kinds(text) == []


@given(st.integers(1, 187), st.integers(1, 999), st.integers(1, 9999), st.integers(1, 20))
def test_register_numbers_of_the_district_never_raise_an_alarm(street: int, community: int, seq: int, n: int) -> None:
    household = f"440512{street:03}{community:03}{seq:04}"

    assert kinds(f"{household}\n{household}{n:02}") == []
    assert "银行卡号" not in kinds(household, areas=("440512",))


def test_a_household_number_in_a_district_whose_code_begins_like_a_card_is_no_card() -> None:
    number = a_card("620102001001000")

    assert kinds(number) == ["银行卡号"]
    assert kinds(number, areas=("620102",)) == []


def test_only_the_exact_contact_is_exempt_and_never_an_id() -> None:
    assert kinds(f"{MOBILE} 0754-87380001", exempt=(MOBILE, "0754-87380001")) == []
    assert kinds("13800000002", exempt=(MOBILE,)) == ["电话号码"]
    assert kinds(ID, exempt=(ID,)) == ["身份证号码"]


def test_a_leak_is_told_without_repeating_the_number() -> None:
    [leak] = scan(ID)

    assert ID not in leak.masked
    assert leak.masked.startswith("11")


def test_an_id_number_needs_province_date_and_check_digit() -> None:
    assert is_id_number(ID)
    assert not is_id_number("99" + ID[2:])
    assert not is_id_number(an_id("11010119800230001"))
    assert not is_id_number(ID[:-1])


def test_the_board_list_takes_whitelisted_columns_and_no_others() -> None:
    [row] = for_board([{"place": "第1居民小组", "head": "欧阳文海", "size": 3, "id_no": ID, "main_cause": "因病"}])

    assert row == PublicRow(serial=1, place="第1居民小组", head="欧阳文海", size=3)


def test_the_web_list_masks_the_head_and_keeps_the_rest() -> None:
    [row] = for_web((PublicRow(serial=1, place="东兴社区", head="欧阳文海", size=3),))

    assert (row.head, row.place, row.size) == ("欧阳*", "东兴社区", 3)


def test_masks_do_not_tell_how_long_a_name_is() -> None:
    assert mask_name("张三") == mask_name("张三丰") == "张*"
    assert mask_name("𠮷田") == "𠮷*"
    assert mask_name("欧阳") == "欧*"
    assert mask_id(ID) == "11" + "*" * 13 + ID[-3:]
    assert mask_phone(MOBILE) == "138****0001"


def test_seven_or_eight_digits_are_a_telephone_only_where_the_text_says_so() -> None:
    assert kinds("受理电话：87380001", exempt=("87380001",)) == []
    assert kinds("合计87380001元") == []


def test_two_numbers_in_one_contact_are_exempt_each_by_itself() -> None:
    assert kinds(f"{MOBILE}、0754-87380001", exempt=(f"{MOBILE}、0754-87380001",)) == []
    assert kinds(f"{MOBILE}、13800000002", exempt=(f"{MOBILE}、0754-87380001",)) == ["电话号码"]


PROVINCES = [
    "11",
    "12",
    "13",
    "14",
    "15",
    "21",
    "22",
    "23",
    "31",
    "32",
    "33",
    "34",
    "35",
    "36",
    "37",
    "41",
    "42",
    "43",
    "44",
    "45",
    "46",
    "50",
    "51",
    "52",
    "53",
    "54",
    "61",
    "62",
    "63",
    "64",
    "65",
]
STYLES = (
    *(
        {ord(str(d)): chr(zero + d) for d in range(10)}
        for zero in (0x30, 0xFF10, 0x660, 0x966, 0x1D7CE, 0x1D7D8, 0x1D7F6)
    ),
    {ord(str(d)): "〇一二三四五六七八九"[d] for d in range(10)},
    {ord(str(d)): "零壹贰叁肆伍陆柒捌玖"[d] for d in range(10)},
)
GAPS = st.sampled_from(
    ["", "", "", " ", "　", "\u00a0", "\u2009", "-", "–", "－", "\u200b", "\ufeff", "\t", " - ", "\u0332", "·"]
)
WORDS = st.text(st.sampled_from("身份证号码：，。（）陈树根abc\n"), max_size=8)


@st.composite
def id_numbers(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1900, 1, 1), date(2017, 12, 31)))
    return an_id(
        f"{draw(st.sampled_from(PROVINCES))}{draw(st.integers(100, 9999)):04}{born:%Y%m%d}{draw(st.integers(0, 999)):03}"
    )


@st.composite
def spelled(draw: st.DrawFn, number: str) -> str:
    """The number in another script of digits, broken at any places, among words."""
    style = draw(st.sampled_from(STYLES))
    inside = "".join(c.translate(style) + draw(GAPS) for c in number[:-1]) + number[-1].translate(style)
    last = draw(st.sampled_from("XxＸｘХх")) if inside.endswith("X") else inside[-1]
    return draw(WORDS) + inside[:-1] + last + draw(WORDS)


@given(st.data())
def test_any_id_in_any_spelling_is_found(data: st.DataObject) -> None:
    assert "身份证号码" in kinds(data.draw(spelled(data.draw(id_numbers()))))


@given(st.data(), st.integers(10**13, 10**17 - 1))
def test_any_bank_card_in_any_spelling_is_found(data: st.DataObject, middle: int) -> None:
    found = kinds(data.draw(spelled(a_card(f"6{middle}"[:15]))))

    assert found in (["银行卡号"], ["身份证号码"])  # a few cards have a birth date where an ID has one


@given(st.data(), st.integers(13_000_000_000, 19_999_999_999))
def test_any_mobile_number_in_any_spelling_is_found(data: st.DataObject, number: int) -> None:
    assert kinds(data.draw(spelled(str(number)))) == ["电话号码"]


@given(st.integers(1, 187), st.integers(1, 999), st.integers(1, 9999), st.integers(1, 20), st.data())
def test_no_register_number_is_an_alarm_however_people_write_it(
    street: int, community: int, seq: int, n: int, data: st.DataObject
) -> None:
    household = f"440512{street:03}{community:03}{seq:04}"

    style, gap = data.draw(st.sampled_from(STYLES)), data.draw(st.sampled_from(["", " ", "-", "　"]))
    for number in (household, f"{household}{n:02}"):
        for cuts in ((6, 9, 12, 16), (4, 8, 12, 16), ()):
            parts = [number[a:b] for a, b in zip((0, *cuts), (*cuts, None), strict=True)]
            text = data.draw(WORDS) + gap.join(filter(None, parts)).translate(style)
            assert kinds(text, areas=("440512",)) == []


def test_where_a_towns_code_looks_like_a_year_the_communitys_code_and_the_check_digit_decide() -> None:
    person = "440512200101120101"

    assert kinds(person) == ["身份证号码"]
    assert kinds(person, areas=("440512200101",)) == []
    assert kinds(an_id(person[:17]), areas=("440512200101",)) == ["身份证号码"]


def test_the_banks_copy_of_a_roster_has_the_accounts_and_the_publics_has_not() -> None:
    """Domain 5.4: one list, a set of columns for each audience."""
    columns = (*PUBLIC_COLUMNS, RosterColumn("account", "账号", frozenset({"bank", "file"})))
    row = {"serial": 1, "place": "东兴社区", "head": "欧阳文海", "size": 3, "account": CARD, "id_no": ID}
    roster = Roster("补助发放花名册", columns, (row,))

    assert roster.copy_for("bank") == (
        ("序号", "居民小组（社区）", "户主姓名", "家庭人口（人）", "账号"), ((1, "东兴社区", "欧阳文海", 3, CARD),)
    )  # fmt: skip
    assert roster.copy_for("board")[1] == ((1, "东兴社区", "欧阳文海", 3),)
    assert roster.copy_for("web")[1] == ((1, "东兴社区", "欧阳*", 3),)


@pytest.mark.parametrize("key", ["id_no", "account", "phone", "address", "health", "cause", "income"])
@pytest.mark.parametrize("audience", ["board", "web"])
def test_a_column_that_is_never_public_cannot_be_given_to_the_public(key: str, audience: str) -> None:
    with pytest.raises(ValueError, match="never public"):
        RosterColumn(key, "栏", frozenset({audience, "bank"}))  # type: ignore[arg-type]


@given(
    st.integers(1880, 2100), st.integers(1, 12), st.integers(1, 28), st.integers(0, 9999), st.integers(1, 99), st.data()
)
def test_a_persons_number_of_a_town_that_looks_like_a_year_is_no_id_once_its_community_is_known(
    year: int, month: int, day: int, more: int, n: int, data: st.DataObject
) -> None:
    """Town and community codes can read as a birth date: then only the community's own code says what the number is,
    and an ID of somebody born there stays one."""
    community = f"440512{year:04}{month:02}"
    number = f"{community}{day:02}{more:04}"[:16] + f"{n:02}"
    spelled_so = data.draw(spelled(number))

    if is_id_number(number):
        assert "身份证号码" in kinds(spelled_so, areas=("440512", community))
    else:
        assert "身份证号码" in kinds(number, areas=("440512",))
        assert kinds(spelled_so, areas=("440512", "440512001", community)) == []
