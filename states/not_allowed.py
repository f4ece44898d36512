"""Every way we say no: a type, and a sentence that the person reads."""

from __future__ import annotations

from typing import ClassVar


class NotAllowed(Exception):
    """The office says no. `str()` is a complete Chinese sentence; `facts` are its parts, for a machine."""

    says: ClassVar[str] = "不能办理。"

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.says.format(**facts))

    @property
    def code(self) -> str:
        return type(self).__name__


class WrongMoment(NotAllowed):
    says = "{what}现处于“{status}”状态，不能办理“{event}”。"


class AlreadyDecided(NotAllowed):
    says = "“{step}”环节已由{by}于{at}办结，请刷新后查看，不必重复办理。"


class NotAtThisStep(NotAllowed):
    says = "办件{case}现在“{now}”环节，不在“{step}”环节，请刷新后再办。"


class ChangedMeanwhile(NotAllowed):
    says = "您打开后，办件{case}已由{by}于{at}办理过，请刷新后再决定。"


class NotYourTask(NotAllowed):
    says = "“{step}”环节由{office}的{role}办理，您现任{post}，不能办理。"


class NotYourPost(NotAllowed):
    says = "{person}在{day}不担任{post}，不能以该岗位办理。"


class OutsideYourArea(NotAllowed):
    says = "{what}不在您的管辖范围内。"


class SamePerson(NotAllowed):
    says = "{person}已办理过本件的“{earlier}”（{part}），经办、审核、审批不得为同一人（含代办），请由他人办理。"


class VerdictNotOffered(NotAllowed):
    says = "“{step}”环节不能作“{verdict}”处理；可选：{offered}。"


class OpinionMissing(NotAllowed):
    says = "“{verdict}”须写明理由，请填写意见。"


class FieldMissing(NotAllowed):
    says = "“{step}”环节还须填写：{fields}。"


class FieldWrong(NotAllowed):
    says = "“{field}”填写有误：{why}"


class EvidenceMissing(NotAllowed):
    says = "“{step}”环节须附{needed}，请先上传。"


class MadeByMissing(NotAllowed):
    says = "“{step}”须由{who}本人作出，请记明姓名、身份并附签名材料。"


class CannotGoBack(NotAllowed):
    says = "不能从“{step}”退回到“{to}”，只能退回此前的环节：{offered}。"


class CannotTakeBack(NotAllowed):
    says = "下一环节“{next}”已由{by}办理，不能撤回。"


class NotTheApplicant(NotAllowed):
    says = "只有申请人或其代办社区可以撤销本办件。"


class OpenAlready(NotAllowed):
    says = "{subject}已有正在办理的“{procedure}”（办件{case}），不能重复发起。"


class NoSuch(NotAllowed):
    says = "没有找到{what}：{key}。"


class NotYetKnown(NotAllowed):
    says = "{what}还没有登记，登记后自动打印。"


class PackValueUnset(NotAllowed):
    says = "政策参数“{label}”（{key}）尚未设定，{needed_for}不能办理；请由区扶贫办在政策参数中填写数值和依据。"


class NoSuchPost(NotAllowed):
    says = "{office}没有设{role}岗位，请核对单位编码，或先增设单位、岗位。"


class QuorumNotMet(NotAllowed):
    says = "民主评议不符合法定人数：应到{due}人、实到{present}人，{rule}。"


class VotesDoNotAddUp(NotAllowed):
    says = "表决票数不符：同意{agree}、反对{oppose}、弃权{abstain}，合计应等于有表决权的到会人数{voting}。"


class VoteNotPassed(NotAllowed):
    says = "同意{agree}票，未超过到会人数{voting}人的规定比例（{rule}），不能通过。"


class PublicityRunning(NotAllowed):
    says = "公示期至{ends_on}止，期满次日起方可办理；今日为{today}。"


class ObjectionsOpen(NotAllowed):
    says = "本户有{count}件异议尚未办结（{cases}），异议办结前不能通过公示环节。"


class NoticeNotIssued(NotAllowed):
    says = "{paper}尚未签发，不能张贴公示。"


class ExitGateNotMet(NotAllowed):
    says = "{household}不符合退出条件：{reasons}。"


class HouseholdDoesNotAccept(NotAllowed):
    says = "户主未认可退出，任何人不得代为认可。"


class PairingWouldBreak(NotAllowed):
    says = "{household}尚未稳定脱贫，结对不得中断（不脱贫不脱钩）；请同时登记接续的帮扶责任人。"


class HeadWrong(NotAllowed):
    says = "{household}须有且只有一名户主，办理后将有{count}名。"


class PersonElsewhere(NotAllowed):
    says = "{person}已是{household}的成员，一人只能在一户。"


class PaperFixed(NotAllowed):
    says = "文书{number}已签发，不能更改；如有错误请另发更正文书。"


class PaperNotReady(NotAllowed):
    says = "文书“{title}”现为“{status}”，不能办理“{event}”。"


class BlankMissing(NotAllowed):
    says = "文书“{paper}”缺少“{blank}”，请先补全{record}。"


class PublicPaperLeaks(NotAllowed):
    says = "拟公开文书“{paper}”含有{what}（{where}），不得公开。"


class FileRefused(NotAllowed):
    says = "文件“{file}”不能导入：{why}"


class ImportHasErrors(NotAllowed):
    says = "导入报告中没有可以入库的户：{refused}户被退回，请按报告改正后重新上传。"


class ReportIsStale(NotAllowed):
    says = "上传后登记簿或所存文件已有变动，审核意见所依据的报告不再准确，请重新上传并核对报告。"


class BlankWrong(NotAllowed):
    says = "文书“{paper}”的“{blank}”{why}，请先更正{record}。"


class PackInvalidStep(NotAllowed):
    says = "政策包中事项“{procedure}”的环节“{step}”系统不认识，请检查政策包。"


class ObjectionUpheld(NotAllowed):
    says = "本户的异议（{cases}）已查证属实，应退回重新核实或不予通过，不能通过公示环节。"


class DecidedTheOtherCase(NotAllowed):
    says = "{person}办理过被异议的办件，应当回避，请由他人办理。"


class HelpRecordMissing(NotAllowed):
    says = "{household}还缺少：{missing}。"


class TooFewSurveyors(NotAllowed):
    says = "入户核查须由{least}人以上共同进行，现填{count}人。"


class ConsolidationRunning(NotAllowed):
    says = "{household}的巩固期至{until}，尚未期满。"


class RiskOpen(NotAllowed):
    says = "{household}有未消除的返贫风险，不能办理。"


class RevisitsOwed(NotAllowed):
    says = "{household}还有{count}次回访未完成。"


class ListEmpty(NotAllowed):
    says = "名单为空：没有处于“{step}”环节的办件。"


class NothingTicked(NotAllowed):
    says = "还没有勾选要{act}的，请先勾选，再按“{act}”。"


class NotOnTheList(NotAllowed):
    says = "办件{case}不在“{step}”环节的名单内。"


class SignerWrong(NotAllowed):
    says = "文书“{title}”应由{role}签发，您现任{post}，不能签发。"


class UnknownPaper(NotAllowed):
    says = "没有文种“{code}”的模板。"


class PackInvalid(NotAllowed):
    says = "政策包有{count}处错误：{problems}。"


class SettingsInvalid(NotAllowed):
    says = "环境变量{name}的值“{value}”不正确：{why}"


class DatabaseAway(NotAllowed):
    says = "数据库连接不上：{why}。请核对BANGFU_DATABASE_URL，确认数据库已启动、文件夹可读写。"


class NotSetUp(NotAllowed):
    says = "数据库尚未建立或版本较旧，请先运行 bangfu init。"


class FolderInUse(NotAllowed):
    says = "文件夹{folder}里有别的文件，示例会清空它，请另选一个文件夹。"


class IncomeNotBelow(NotAllowed):
    says = "{household}{year}年人均可支配收入{each}元，不低于认定标准{line}元，不能纳入。"


class NoticeNotHanging(NotAllowed):
    says = "这份公示已经期满撤下，或尚未张贴。如需申请复核或反映问题，请联系公示的单位。"


class TooManyObjections(NotAllowed):
    says = "今天从网上收到的对本公示的异议已达上限，请明天再提，或到{place}当面提出，电话{phone}。"


class ReceiptUnknown(NotAllowed):
    says = "没有这个回执号，请核对后再查（形如YY-XXXX-XXXX-XXXX-XXXX）。"


class AdministratorOnly(NotAllowed):
    says = "系统设置由现任系统管理员办理。"


class AnnouncedAlready(NotAllowed):
    says = "{year}年的年历已经公布；个别日子有变动的，请逐日调整。"


class UnprintableText(NotAllowed):
    says = "内容“{text}”含有不能印出的字符（{code}），请先更正。"


class PaperBroken(NotAllowed):
    says = "按这份母版印出的文件有误（{part}：{why}），没有出文。请更正母版。"


class MasterUnfit(NotAllowed):
    says = "这份母版不能使用：{why}"


class MasterTooCostly(NotAllowed):
    says = "按母版“{name}”印出一份文书超过了{limit}的限度，没有出文。请检查母版里的循环。"


class WishNotPossible(NotAllowed):
    says = "消息设置不能这样填：{why}。"


class WishNotYours(NotAllowed):
    says = "{office}的消息设置由本单位负责人或系统管理员办理。"


class NotAWordFile(NotAllowed):
    says = "文件不是可以读取的Word文档（.docx），请用Word或者WPS另存为.docx后再试。"


class NoPublicList(NotAllowed):
    says = "“{paper}”不是已签发的公开名单，不能导出公示表。"


class AskedWrongly(NotAllowed):
    says = "流程{flow}的参数{names}不正确，请用 bangfu flow list 查看各流程的参数。"


class NotSignedIn(NotAllowed):
    says = "请先登录。"


class PageNotYours(NotAllowed):
    says = "“{page}”由{who}使用，您现以{post}办理，不能打开；如您另有岗位，请在页面上方换岗。"


class FormExpired(NotAllowed):
    says = "页面已过期或不是从本系统提交的，没有办理；请返回上一页刷新后再提交。"


class SignInWrong(NotAllowed):
    says = "登录名或密码不正确，请核对后再试；连续五次不对，账号将暂停登录十五分钟。"


class AccountLocked(NotAllowed):
    says = "密码连续输错，账号暂停登录至{until}；如非本人所为，请告知系统管理员。"


class CodeWrong(NotAllowed):
    says = "动态码不正确或已用过，请填手机上现在显示的六位数字。"


class LinkUsedUp(NotAllowed):
    says = "链接已用过或已过期，请向系统管理员另要一个。"


class PasswordWeak(NotAllowed):
    says = "密码至少{least}个字符，不能与登录名相同，也不能由少数几个字符重复组成，请另设一个。"


class AccountExists(NotAllowed):
    says = "登录名{login}已有人使用，请另取一个。"


class UploadRefused(NotAllowed):
    says = "文件“{file}”不能上传：{why}"


class RequestTooLarge(NotAllowed):
    says = "提交的内容超过{limit}兆字节，没有收下；请压缩图片或分次上传。"


class NothingToRetry(NotAllowed):
    says = "异常件{id}（{kind}）不能重新办理，请{mend}。"


class RouteWrong(NotAllowed):
    says = "{kind}不能这样行文：{why}。"


class PaperDeparts(NotAllowed):
    says = "文稿“{title}”不符合公文格式：{faults}。"


class NotComposed(NotAllowed):
    says = "“{title}”（{code}）由办理程序自动拟制，不能另行起草。"


class SameHandOnPaper(NotAllowed):
    says = "{person}已办理过文稿“{title}”的{act}，请由他人{event}。"


class NotReviewed(NotAllowed):
    says = "文稿“{title}”尚未核稿，核稿后方可签发。"


class CountersignMissing(NotAllowed):
    says = "文稿“{title}”还缺少{offices}的会签。"


class NotAsked(NotAllowed):
    says = "文稿“{title}”不需要{office}会签。"


class CorrectionUnnamed(NotAllowed):
    says = "更正文书须在正文中写明原文书的字号{number}。"


class NothingToCorrect(NotAllowed):
    says = "文书“{title}”尚未签发，不需要更正，请直接修改文稿。"


class IncomingClosed(NotAllowed):
    says = "收文“{title}”已于{on}办结。"


class NothingToArchive(NotAllowed):
    says = "{household}没有可以归档的文书。"


class MasterNotAccepted(NotAllowed):
    says = "“{title}”的新母版有{count}处须更正，没有启用：{faults}。"


class MasterKeeperOnly(NotAllowed):
    says = "母版由系统管理员或区扶贫办经办人更换，您现任{post}，不能办理。"


class TaskNotOpen(NotAllowed):
    says = "这件待办现为“{status}”，不能{act}，请刷新后查看。"


class WaitsForAnother(NotAllowed):
    says = "“{step}”环节正由{person}{doing}，请等候，或先{undo}。"


class CannotHand(NotAllowed):
    says = "“{step}”环节不能{act}：{why}"


class HandedWrong(NotAllowed):
    says = "不能{act}给{person}：{why}"


class UrgedAlready(NotAllowed):
    says = "“{step}”环节已由{by}于{at}催办，{next}起方可再次催办。"


class NotYoursToUrge(NotAllowed):
    says = "只有办件的发起人、已办理人、本单位负责人和上一级单位可以催办，您不能催办本件。"


class CannotSupervise(NotAllowed):
    says = "不能办理督查问责：{why}"


class DelegationWrong(NotAllowed):
    says = "不能离岗委托：{why}"


class NotOneLevelDown(NotAllowed):
    says = "{office}不是{own}的直接下级，不能越级布置；请由其上一级单位布置。"


class NotYourObligation(NotAllowed):
    says = "责任事项“{title}”由{office}办理和登记。"


class ObligationOver(NotAllowed):
    says = "责任事项“{title}”{why}。"


class DoneByItsCase(NotAllowed):
    says = "责任事项“{title}”不能直接登记办结，请办理{how}。"


class DoneOutOfTime(NotAllowed):
    says = "办理日期{day}{why}，请核对。"


class BackupBroken(NotAllowed):
    says = "备份不能使用：{what}。"


class TargetInUse(NotAllowed):
    says = "不能恢复到这里：{why}。请指定空的数据库和文件夹（BANGFU_DATA_DIR、BANGFU_DATABASE_URL）。"


class TokenWrong(NotAllowed):
    says = "没有允许“{may}”的有效令牌，请在“我的账号”中生成令牌，并放在 Authorization: Bearer 中。"


class TargetsDoNotAddUp(NotAllowed):
    says = "目标合计与上级不符：{gaps}。请一并调整后重新提交，各级合计须与上级目标一致。"


class MeasureUnknown(NotAllowed):
    says = "政策包没有责任书指标“{measure}”，可用的指标是：{known}。"


class AgreementNumbered(NotAllowed):
    says = "“{title}”（{number}）已经编号印发，目标不能再改。请用补充协议调整。"


class AgreementNotIssued(NotAllowed):
    says = "“{title}”尚未编号印发，不能签订。请先运行 bangfu agreements issue。"


class NothingToSign(NotAllowed):
    says = "“{title}”没有等待{who}签订的位置。{open}"


class SignsInPerson(NotAllowed):
    says = "责任书须由责任人本人签订，不能代签。"


class SignedTwice(NotAllowed):
    says = "{person}已在“{title}”上签过字，同一份责任书的各签订人须是不同的人。"


class ScanOnly(NotAllowed):
    says = "“{title}”的{capacity}没有账号，请把签字件扫描后录入。"


class NotTheSigner(NotAllowed):
    says = "“{title}”的{capacity}应由{name}签订，不是{person}。"


class NotYourAgreement(NotAllowed):
    says = "“{title}”由{office}办理，您现任{post}，不能办理“{event}”。"


class SupplementPending(NotAllowed):
    says = "“{title}”已有一份补充协议{number}等待签订，请先签订或撤回。"


class NothingChanges(NotAllowed):
    says = "“{title}”的{measure}本来就是{amount}，不需要补充协议。"


class ReportMissing(NotAllowed):
    says = "“{title}”还没有年中进展报告，请先报告，再作年度考核。"


class StillSigned(NotAllowed):
    says = "“{title}”的{capacity}{person}仍在任，不需要由接任者重新签订。"


class WhichCapacity(NotAllowed):
    says = "“{title}”有{capacities}两个以上的签订位置，请写明您以哪个身份签订。"


class NotYourIncoming(NotAllowed):
    says = "“{title}”已交{handler}承办，由承办人或单位负责人办结。"


class FolderMissing(NotAllowed):
    says = "没有文件夹{folder}，请先建立，或改正路径。"


class WebhookAddressWrong(NotAllowed):
    says = "推送的接收地址{why}"


class UnifiedRefused(NotAllowed):
    says = "统一身份认证没有成功：{why}；请重新登录，或改用密码登录。"


class NotBound(NotAllowed):
    says = "您的统一身份还没有绑定账号，请先用密码登录，在“我的账号”中绑定。"
