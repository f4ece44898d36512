"""Rules of what a document says and how: G-05, G-06, G-08 to G-12, G-14, G-16 to G-20."""

from __future__ import annotations

import re

from rules.numbers import DOCUMENT_NUMBER
from rules.privacy import scan
from templates import standard
from templates.checker.departure import Context, Departure, place_of
from templates.checker.reading import Paragraph
from templates.master import text_of

_PENDING = "（待编号）"
_PADDED = re.compile(r"\d{4}年(?:0\d月\d{1,2}日|\d{1,2}月0\d日)")
_IN_WORDS = re.compile(r"[二一〇○零三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日")
_POINTS = re.compile(r"\d{4}[.\-/]\d{1,2}[.\-/]\d{1,2}日?")
_LEVELS = (
    (re.compile(r"^([一二三四五六七八九十]{1,3})、"), ("黑体", "SimHei", "方正黑体_GBK"), "一级标题", "黑体"),
    (
        re.compile(r"^（([一二三四五六七八九十]{1,3})）"),
        ("楷体_GB2312", "楷体", "KaiTi", "方正楷体_GBK"),
        "二级标题",
        "楷体",
    ),
)
_ASKS = ("请批示", "请予批准", "妥否", "请审批", "请予审批", "请予批复", "请批复", "当否")
_MORE = ("另请", "同时请示", "一并请示", "并请批准", "另，请", "此外，请")
_BELOW = re.compile(r"各?(?:社区|村|居民委员会|居委会|街道|镇)")
_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
_ORDER = "一二三四五六七八九十"


def document_number(c: Context) -> list[Departure]:
    if not c.official:
        return []
    if c.number is None:
        return [] if _PENDING in "".join(p.text for p in c.paragraphs) else [
            Departure("G-05", "版头", "没有发文字号", "请登记取号，写作“机关代字〔年份〕序号号”（7.2.5）")
        ]  # fmt: skip
    text = c.number.text.split("签发人")[0].strip(" 　\t")
    order = re.fullmatch(r"第[1-9]\d*号", text) and "命令" in "".join(p.text for p in c.word.red_marks)
    if order or DOCUMENT_NUMBER.match(text):
        return []
    return [Departure("G-05", place_of(c.number), f"发文字号写作“{text}”",
                      "请写作“机关代字〔年份〕序号号”：六角括号、年份写全、序号不编虚位、不加“第”字（7.2.5）")]  # fmt: skip


def days(c: Context) -> list[Departure]:
    found = []
    for p in c.word.paragraphs:
        for pattern, why in (
            (_PADDED, "月、日编了虚位"),
            (_IN_WORDS, "日期用了汉字数字"),
            (_POINTS, "日期没有写年月日"),
        ):
            if hit := pattern.search(p.text):
                found.append(Departure("G-06", f"“{hit.group()}”", why, "请写作2017年7月3日的样子（7.3.5.4）"))
    return found


def headings(c: Context) -> list[Departure]:
    if not c.official:
        return []
    found: list[Departure] = []
    counts = [0, 0]
    for p in c.after_title:
        if p.new_page:
            counts = [0, 0]
        for level, (pattern, names, called, name) in enumerate(_LEVELS):
            if hit := pattern.match(p.text):
                found += _heading(p, level, hit.group(1), counts, called)
                if p.font not in names and len(p.text) <= 25 and not p.text.rstrip().endswith(("。", "；")):
                    found.append(Departure("G-08", place_of(p), f"{called}字体为{p.font}", f"请改为{name}（7.3.3）"))
    return found


def _heading(p: Paragraph, level: int, mark: str, counts: list[int], called: str) -> list[Departure]:
    number = _value(mark)
    expected = counts[level] + 1
    skipped = level == 1 and counts[0] == 0
    counts[level] = number
    if level == 0:
        counts[1] = 0
    if skipped:
        return [Departure("G-08", place_of(p), "越过了一级标题“一、”", "请依次使用“一、”“（一）”“1.”“（1）”（7.3.3）")]
    if number not in (expected, 1):
        return [Departure("G-08", place_of(p), f"{called}序号不连续", f"应为第{expected}项，请核对（7.3.3）")]
    return []


def _value(mark: str) -> int:
    if "十" not in mark:
        return _ORDER.index(mark[0]) + 1
    tens, _, ones = mark.partition("十")
    return (_ORDER.index(tens) + 1 if tens else 1) * 10 + (_ORDER.index(ones) + 1 if ones else 0)


def upward(c: Context) -> list[Departure]:
    if not c.upward:
        return []
    found = []
    texts = [p.text for p in c.word.paragraphs]
    if not any("签发人：" in t for t in texts):
        found.append(Departure("G-09", "版头", "上行文没有签发人", "请在发文字号右侧标注“签发人：姓名”（7.2.6）"))
    if c.addressee is None:
        found.append(Departure("G-09", "主送机关", "没有主送机关", "上行文须有且只有一个主送机关"))
    elif re.search(r"[、，；]", c.addressee.text) and "党工委、办事处" not in c.addressee.text:
        found.append(
            Departure("G-09", place_of(c.addressee), "主送了多个机关", "上行文只主送一个上级机关，其他需要送的用抄送")
        )
    copies = next((t for t in texts if t.startswith("抄送：")), "")
    if _BELOW.search(copies):
        found.append(Departure("G-09", f"“{copies[:14]}”", "上行文抄送了下级机关", "请删去下级机关"))
    return found


def report_asks_nothing(c: Context) -> list[Departure]:
    if not (c.official and c.kind == "报告"):
        return []
    return [
        Departure("G-10", place_of(p), f"报告中有请示用语“{word}”", "报告不得夹带请示事项，请另行请示")
        for p in c.after_title for word in _ASKS if word in p.text
    ]  # fmt: skip


def one_matter(c: Context) -> list[Departure]:
    if not (c.official and c.kind == "请示"):
        return []
    found = [
        Departure("G-11", place_of(p), f"另有请示事项“{word}”", "请示一文一事，请另文请示")
        for p in c.after_title for word in _MORE if word in p.text
    ]  # fmt: skip
    if c.title.count("关于") > 1 and "《关于" not in c.title:
        found.append(Departure("G-11", f"“{c.title}”", "标题有两项事由", "请示一文一事，请分开请示"))
    return found


def annexes(c: Context) -> list[Departure]:
    names = _annex_names(c)
    titles = _annex_titles(c)
    if not names and titles:
        return [Departure("G-12", "附件说明", "有附件而没有附件说明", "请在正文下空一行注明“附件：名称”（7.3.4）")]
    if not titles:
        return []  # annexes that are files of their own
    shown = "、".join(titles)
    return [
        Departure("G-12", f"“{name[:14]}”", "附件说明与附件标题不一致", f"附件标题为：{shown}（7.3.4）")
        for name in names if name not in titles
    ]  # fmt: skip


def _annex_names(c: Context) -> list[str]:
    found: list[str] = []
    inside = False
    for p in c.after_title:
        text = p.text.strip(" 　")
        if text.startswith("附件：") and not p.new_page:
            inside, text = True, text.removeprefix("附件：")
        elif inside and not re.match(r"^\d+\.", text):
            return found
        if inside:
            found.append(re.sub(r"^\d+\.\s*", "", text))
    return found


def _annex_titles(c: Context) -> list[str]:
    found: list[str] = []
    rest = list(c.after_title)
    for n, p in enumerate(rest):
        if re.fullmatch(r"附件\d*", p.text.strip(" 　")) and n + 1 < len(rest):
            title = ""
            for q in rest[n + 1 :]:
                if q.size < 20:
                    break
                title += q.text.strip(" 　")
            found.append(title)
    return found


def endings(c: Context) -> list[Departure]:
    if not c.official:
        return []
    found = []
    for p in c.word.paragraphs:
        text = p.text.strip(" 　")
        if text.startswith("抄送：") and not text.endswith("。"):
            found.append(Departure("G-14", place_of(p), "抄送机关后没有句号", "最后一个抄送机关后请标句号（7.4.2）"))
    a = c.addressee
    if a is not None and len(a.text) < 60 and not a.text.rstrip().endswith("：") and c.kind not in ("公告", "纪要", ""):
        found.append(
            Departure("G-14", place_of(a), "主送机关后没有全角冒号", "请在最后一个主送机关后标全角冒号（7.3.2）")
        )
    return found


def kind_of_document(c: Context) -> list[Departure]:
    if not c.official or c.kind or "命令" in "".join(p.text for p in c.word.red_marks):
        return []
    return [
        Departure(
            "G-16", f"“{c.title[-14:]}”", "标题没有文种或者文种不在十五种之内", f"文种须为：{'、'.join(standard.TYPES)}"
        )
    ]


def no_seal_in_a_draft(c: Context) -> list[Departure]:
    draft = any(_PENDING in p.text for p in c.paragraphs) or any("年　月　日" in p.text for p in c.after_title)
    if c.official and draft and c.word.pictures:
        return [Departure("G-17", "文稿", "没有签发的文稿中有图片（印章）", "请删去；用印在签发、编号之后")]
    return []


def title_punctuation(c: Context) -> list[Departure]:
    outside = re.sub(r"《[^》]*》", "", c.title)
    if c.official and (hit := re.search(r"[，。；：！？,.;:!?]", outside)):
        return [Departure("G-18", f"“{c.title}”", f"标题有标点“{hit.group()}”", "标题除书名号外一般不用标点（7.3.1）")]
    return []


def nothing_personal(c: Context) -> list[Departure]:
    public = c.public if c.public is not None else c.title.endswith(("公示", "公告", "通告"))
    if not public:
        return []
    exempt = {
        n for line in re.findall(r"(?:电话|热线)[：:]?\s*([0-9\-]+)", text_of(c.docx)) for n in (line,) if _landline(n)
    }
    leaks = scan(text_of(c.docx), exempt)
    return [Departure("G-19", leak.masked, f"公开文书中有{leak.kind}", "请删去后再公开") for leak in leaks]


def _landline(number: str) -> bool:
    """A number that stands after 电话 and is an office's: not a mobile."""
    return not re.fullmatch(r"1\d{10}", number)


def numerals(c: Context) -> list[Departure]:
    if c.expected is None:
        return []
    here, should = _numerals(c.word.tables), _numerals(c.expected.tables)
    if len(here) != len(should):
        return [
            Departure("G-20", "表格", f"表格有{len(here)}处数字，档案记录为{len(should)}处", "请按登记的数据重新生成")
        ]
    return [
        Departure("G-20", place, f"写作{value}", f"登记的数据为{wanted}，请更正")
        for (place, value), (_, wanted) in zip(here, should, strict=True) if value != wanted
    ]  # fmt: skip


def _numerals(tables: list[list[list[str]]]) -> list[tuple[str, str]]:
    return [
        (f"表{t}第{r}行第{n}格", value)
        for t, table in enumerate(tables, 1) for r, row in enumerate(table, 1) for n, cell in enumerate(row, 1)
        for value in _NUMERAL.findall(cell)
    ]  # fmt: skip
