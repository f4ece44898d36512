"""What the pages' code says to people. Longer text stands in web/pages, refusals in states/not_allowed.py."""

from __future__ import annotations

PRODUCT = "帮扶工作台"

NO_LIMIT = "不限期"
LATE = "逾期{days}天"
DUE_TODAY = "今日到期"
DAYS_LEFT = "还有{days}天"

SIGNED_OUT = "已退出登录。"
PASSWORD_SET = "密码已设好，请登录。"
PASSWORD_CHANGED = "密码已更改，其他设备上的登录已失效。"
SESSION_ENDED = "该登录已失效。"
POST_CHOSEN = "现以{post}办理。"
FAILURES = "上次登录成功以来，有人{count}次输错您的密码；如非本人所为，请更改密码并告知系统管理员。"
CODE_ON = "动态码已开启，下次登录须填写。"
CODE_OFF = "动态码已关闭。"

NOT_YOURS = "不能打开"
NOT_FOUND = "没有找到"
NOT_NOW = "不能办理"
TOO_LARGE = "内容太大"
NO_PAGE = "没有这个页面。"
BAD_REQUEST = "请求有误，没有办理。"
NOT_THE_SAME = "两次填写的密码不一致，请重填。"

TODO_ORDERS = {"due": "期限近的在前", "-due": "期限远的在前", "newest": "新到的在前", "title": "按户主姓名"}
