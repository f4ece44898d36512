"""Breaking a long title into lines as a 文秘 does: no word is torn, the upper line is not shorter (GB/T 9704 7.3.1)."""

from __future__ import annotations

import re

WIDTH = 20  # characters of 2号 in a line of 156 mm

# What must stay together: words that stand in titles of this work. A number keeps its unit, a bracket its text.
_WHOLE = re.compile(
    r"的(?:审核意见|复核意见|实施意见|通知|意见|公告|报告|请示|批复|函|通报|决定|通告)$"
    r"|[0-9A-Za-z]+(?:年度|年|月|日|户|人|号|万元|%)?|《[^》]*》|（[^）]*）|“[^”]*”"
    r"|相对贫困户|相对贫困人口|监测对象|返贫再纳入|拟认定|拟脱贫|拟退出|拟剔除|报送|精准扶贫|精准脱贫|扶贫开发|领导小组|建档立卡|动态调整|贫困户|贫困人口|贫困|帮扶责任人|帮扶单位|帮扶|办公室|人民政府|街道办事处"
    r"|社区居民委员会|居民委员会|实施方案|实施意见|名单|认定|退出|公示|公告|通知|通报|报告|请示|批复|意见|纪要|会议|学生|生活费|补助"
    r"|发放|工作|情况|项目|资金|产业|基地|选址|审批|核定|核查|整改|攻坚|三年|考核|结果|方案|安排|责任|督查|落实|做好|开展|提供|对象"
    r"|信息|推进会|推进|新时期|监督|举报|方式|公布|商请|商|召开|全区|上半年|下半年|第[一二三四]季度"
)
_NOT_FIRST = "的、，。；：》）”和与及"
_NOT_LAST = "《（“第关于对将"


def broken(title: str, width: int = WIDTH) -> str:
    """The title with line breaks where it is longer than a line; one that has breaks already stays as its author set it."""
    if "\n" in title or width_of(title) <= width:
        return title
    lines = -(-width_of(title) // width)
    at = _break(title, width_of(title) / lines, width)
    return title[:at] + "\n" + broken(title[at:], width)


def width_of(text: str) -> float:
    """How many characters wide: letters and digits are half a character."""
    return sum(0.55 if c.isascii() else 1 for c in text)


def _break(title: str, ideal: float, width: int) -> int:
    inside = {n for m in _WHOLE.finditer(title) for n in range(m.start() + 1, m.end())}
    fits = [n for n in range(1, len(title)) if width_of(title[:n]) <= width]
    good = [n for n in fits if n not in inside and title[n] not in _NOT_FIRST and title[n - 1] not in _NOT_LAST]

    def cost(n: int) -> float:
        over = width_of(title[:n]) - ideal
        return over if over >= 0 else -1.5 * over  # a longer upper line looks better than a shorter one

    return min(good or fits, key=cost)
