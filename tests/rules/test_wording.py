"""What somebody typed stands in a paper with one full stop, and labels break between words."""

from __future__ import annotations

import pytest

from rules.titles import broken
from rules.wording import in_lines, phrase, sentence


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("人均可支配收入高于认定标准", "人均可支配收入高于认定标准。"),
        ("经查属实。", "经查属实。"),
        ("经查属实；", "经查属实。"),
        ("情况如下：", "情况如下："),
        ("（逐项填写）", "（逐项填写）"),
    ],
)
def test_a_sentence_ends_with_one_full_stop(typed: str, printed: str) -> None:
    assert sentence(typed) == printed


def test_a_part_of_a_sentence_ends_with_no_mark() -> None:
    assert phrase("逾期事项全部办结。") == "逾期事项全部办结"
    assert phrase("各街道主要负责人") == "各街道主要负责人"


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("社区意见", "社区意见"),
        ("街道审核意见", "街道审核\n意见"),
        ("领导小组审定意见", "领导小组\n审定意见"),
        ("区扶贫办复核意见", "区扶贫办\n复核意见"),
        ("数据截至日期", "数据截至\n日期"),
        ("本次申请金额（元）", "本次申请\n金额（元）"),
        ("被考核单位负责人签名", "被考核单位\n负责人签名"),
        ("生产生活与收入变化", "生产生活与\n收入变化"),
        ("监票人、计票人姓名", "监票人、计票人姓名"),
    ],
)
def test_the_label_of_a_narrow_cell_breaks_between_words(label: str, lines: str) -> None:
    assert in_lines(label) == lines


def test_no_word_of_a_long_title_is_torn() -> None:
    assert broken("关于2017年拟认定相对贫困户名单的审核意见") == "关于2017年拟认定\n相对贫困户名单的审核意见"
    assert broken("关于报送2017年返贫再纳入相对贫困户名单的函") == "关于报送2017年返贫再纳入\n相对贫困户名单的函"
