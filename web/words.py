"""What the pages' code says to people. Longer text stands in web/pages, refusals in states/not_allowed.py."""

from __future__ import annotations

from states.household import HouseholdPath
from states.table import state_names

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
OUR_FAULT, FAULT = (
    "系统出错",
    "这一页没有显示出来，错误已记入日志。请先到“我的办件”核对刚才是否已经办成，再重试；仍不行请告知系统管理员。",
)
BAD_REQUEST = "请求有误，没有办理。"
NOT_THE_SAME = "两次填写的密码不一致，请重填。"

TODO_ORDERS = {"due": "期限近的在前", "-due": "期限远的在前", "newest": "新到的在前", "title": "按户主姓名"}

PROGRAMME, MEASURE_KIND, RESOURCE, MEASURE = "工程", "类别", "资源", "措施"
OWNER, STARTS, ENDS = "责任单位", "开始", "结束"
MEASURE_KINDS = {"capacity": "造血", "relief": "输血"}
RESOURCES = {"money": "资金", "project": "项目", "skill": "技术"}
CHANGE_KIND, WHO, ITEM, NEW_VALUE = "变更类型", "成员", "改哪一项", "改为"
NAME, ID_NO, RELATION = "姓名（新增）", "证件号码（新增）", "与户主关系（新增）"
CHANGE_KINDS = {"join": "新增成员", "leave": "成员减少", "head": "变更户主", "person": "改成员信息", "household": "改户信息",
                "close": "销户"}  # fmt: skip

PHRASES = ("同意。", "情况属实，同意。", "材料齐全，同意上报。", "经核实，符合条件，同意。", "请补充材料后重新上报。",
           "情况不实，请重新核实。", "不符合条件，不予通过。")  # fmt: skip
DECIDED = "{number} {title}：“{step}”已{verdict}，现在“{now}”。"
CLOSED = "{number} {title}：“{step}”已{verdict}，办件{now}。"
REPEATED = "刚才已经提交过，没有重复办理。"
DECIDED_BY = "“{step}”环节已由{by}于{at}办理（{verdict}），没有重复办理。"
KEPT_SIGN_IN = "登录已过期，刚才没有提交。您填写的内容已保留，请登录后继续。"
KEPT_TASK = "刚才没有提交。您填写的内容已保留，回到表单核对后再办理。"
KEPT_FORM = "刚才没有提交。您填写的内容已保留，请核对后继续提交。"
KEPT_FILES = "选择的文件不能保留，需要重新选择：{files}。"
TYPED_AGAIN = "刚才没有提交：页面放得太久，或者浏览器不保存Cookie。您填写的内容还在，请核对后再提交一次。"
NOT_SIGNED_IN_YET = "还没有登录。"
KEPT_OTHERS = "刚才填写的内容属于另一个账号，没有带入。"
SAVED = "已存入草稿，没有办理。"
NOT_SAVED = "没有办理：{why}"
EVIDENCE_OTHER = "其他佐证材料"
POSTING = "张贴照片"
EMPTY_PARTS = {"maker": "经办", "checker": "审核", "approver": "审批", "none": "办理"}
AGREED = "同意。"
NOT_YOURS_NOW = "该办件现在没有需要您以此岗位办理的事项，可能已由他人办理。"
EVIDENCE_TITLES: dict[str, str] = {}
YES, NO, SEMICOLON, COMMA, AND, MONEY = "是", "否", "；", "，", "、", "{yuan}元"
BECOMES, TAKEN_OFF = "{item}改为“{new}”", "{line}的文字（已抹去）"
ITEMS_BESIDES = {"name": "姓名", "sex": "性别", "born_on": "出生日期", "id_no": "证件号码", "phone": "联系电话"}
FINDING_VERDICTS = {"met": "达标", "not_met": "不达标", "not_applicable": "不适用"}
STEP_STATES = {"done": "已过", "here": "现在这里", "ahead": "还没到", "ended": "止于此", "never": "没有进行"}
TAKEN_BACK = "{number}已撤回到“{step}”。"
WITHDRAWN = "{number}已撤销。"


def path_state(state: str | None) -> str:
    """A state of the household's path as people read it."""
    return state_names(HouseholdPath).get(state or "", state or "未纳入")


EVIDENCE = "佐证材料"
NAME_OF = "第{row}行成员的姓名"
AGREEMENT_SIGNED = "已以{capacity}身份签订，责任书现为“{now}”。"
AGREEMENT_KEPT = "{what}已存档。"
AGREEMENT_CLOSED = "已结案。"
OBLIGATION_DONE = "“{title}”已登记办结，不再提醒。"
TAKING_BACK = "撤回重办"

DONE, STARTED, COPIED, DRAFTS, ASKED = "已办", "我发起", "抄送我", "草稿", "征求我的意见"
NOTHING = {"done": "还没有办理过。", "started": "没有发起过办件。", "copied": "没有抄送给您的办件。", "drafts": "没有草稿。",
           "asked": "没有等您提出意见的办件。"}  # fmt: skip
ALL_READ = "{count}条消息已设为已读。"
MESSAGE, TASK, HANDING, VERDICT = "消息", "待办", "流转方式", "处理方式"
DELEGATION, DELEGATION_FIELDS = "离岗委托", "受托人、起止日期"
DELEGATED, DELEGATION_ENDED = "已委托，双方都会收到消息。", "委托已结束。"
HANDED = "{number} {title}：已{act}。"
HANDS = {
    "transfer": ("转办", "由他人办理，不再回到我"), "ask": ("委派", "请他人提出意见，回来由我决定"),
    "add_before": ("前加签", "先由他人签署，再由我办理"), "add_after": ("后加签", "我办理后再由他人签署"),
    "copy": ("抄送", "请有关人员阅知"), "recall": ("收回委派", "不再等待对方的意见"), "remove": ("减签", "不再请对方签署"),
}  # fmt: skip
NOTHING_TICKED = "没有勾选办件。"
ONE_BY_ONE = "本环节须填写内容或附材料，请逐件办理。"
BATCH_DONE = "“{step}”已{verdict}。"
CASE = "办件"
APPLICATION, MEMBERS, INCOME, INCOME_FIELDS = "受理申请", "家庭成员", "收入核算", "人数和至少一项收入"
OF_HOUSEHOLD = {"attribute": "户属性", "main_cause": "主要致贫原因"}
OF_PERSON = {"labour": "劳动能力", "health": "健康状况"}
APPLIED = "已登记申请，办件{number}。请上传材料，办理受理环节。"
INCOME_KEPT = "{year}年收入核算已登记。"
NONE_DONE = "没有一户能办成，所以没有办理，也没有留下记录；您填写的内容还在，请照下面的原因改正后再办。"
NOT_MONEY = "须填金额（元），不能为负，最多两位小数。"
PAIRING, HELPER, PAIRED = "结对安排", "帮扶责任人", "已与{unit}{helper}结对。"
NOT_UNDERSTOOD = "内容有误"
TOKEN_MADE = "令牌已生成，只显示这一次，请立即保存。"
TOKEN_ENDED = "令牌已停用。"
FILE, STATED = "督查件", "陈述申辩已提交，督查单位会看到。"
FILE_OPENED, RUNG_OPENED = "已立项，请提出措施。", "已提出“{rung}”，请填写后办理。"
MANUSCRIPT, DRAFTED, REWORDED, STAGED = "文稿", "已拟稿，请送他人核稿。", "已修改，须重新核稿。", "已{act}。"
NOT_NUMBER, NOT_A_DAY = "须填整数。", "须填日期。"
INCOMING, REGISTERED, HANDED_TO, INCOMING_KEPT = (
    "收文",
    "已登记，收文第{seq}号。",
    "已交办，承办人会收到消息。",
    "已记录。",
)
ARCHIVED = "已归档{count}件。"
PHRASE_KEPT = "已加上。"
WEBHOOK_MADE = "已订阅。核验签名的密钥只显示这一次，请立即保存。"
WEBHOOK_ENDED, TEST_TAKEN, TEST_FAILED = "订阅已停用，未推送的不再推送。", "接收方已收到试发。", "试发未成：{why}。"
UNIFIED, NOT_SET, UNIFIED_AWAY = "统一身份认证", "未设置", "统一身份认证平台没有应答，请稍后再试或用密码登录"
OTHER_ISSUER, NOT_BEGUN_HERE, NOT_RECOGNISED = (
    "平台名称与设置不符",
    "不是从本系统发起的，或已超时",
    "平台的答复不能核验",
)
BOUND = "已绑定统一身份，以后可用它登录。"
AGREEMENTS_ORDERED = "{year}年责任书{count}份已交办，系统正在编号、生成文书，稍后刷新查看。"
NONE_TO_ISSUE = "{year}年的责任书都已印发。"
TARGETS_CHANGED = "已调整{count}份责任书的目标。"
TARGETS_SAME = "分解表与现在的目标一致，没有调整。"
SUPPLEMENTED = "已订立补充协议{numbers}，待各方签订后一并生效。"
SUPPLEMENT_BACK = "已撤回补充协议{numbers}。"
AGREEMENT_VOID = "已废止；编号留存不再使用，再次印发时补订一份。"
HANDED_OVER = "已列入期限，待接任者重新签订。"
