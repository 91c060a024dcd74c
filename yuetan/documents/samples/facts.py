"""What the samples are about: a made-up case, in the words of the built-in standard paragraphs."""

from __future__ import annotations

import json
from functools import cache

from django.conf import settings

from yuetan.documents.content.paragraphs import Paragraph
from yuetan.documents.content.phrases import Place
from yuetan.rules.text import variables
from yuetan.rules.text.official_text import citations
from yuetan.vocabulary import DocumentKind as Kind

GROUP = "江门市扫黑除恶专项斗争领导小组"
OFFICE = f"{GROUP}办公室"
LAW = "《江门市扫黑除恶专项斗争约谈办法》"
ACCOUNTABILITY_LAW = "《某某县健全落实社会治安综合治理领导责任制实施办法》"
SHORT = {GROUP: "市领导小组", OFFICE: "市扫黑办", LAW: "《办法》"}
TOWN, ORGANS, MATTER = "新会区司前镇", "新会区司前镇党委、镇政府", "打击整治农贸市场欺行霸市问题不力"
HEADS, DEPUTY = "新会区司前镇党委书记沈十五、镇长韩十六", "市领导小组副组长钱五"
CONTACT = Paragraph("联系人：综合组，联系电话：0750-3270000。")
FACTS = "农贸市场强占摊位、强收费用问题被群众连续三次反映，镇专项整治方案印发后没有组织实施。"
MEASURES = (
    (
        "清退违规收取的费用，逐户登记签收。",
        "镇长韩十六",
        "2026年11月13日",
        "清退明细表和签收单",
        "清退到户率100%，抽查十户属实",
    ),
    (
        "重新公开招标确定农贸市场管理方。",
        "党委书记沈十五",
        "2026年12月1日",
        "招标公告、中标通知书和合同",
        "新管理方进场，收费公示上墙",
    ),
)
TITLES = {
    Kind.INTERVIEW_NOTICE: f"关于{MATTER}的约谈通知书",
    Kind.RESCHEDULE_NOTICE: f"关于{MATTER}的约谈改期通知",
    Kind.CANCELLATION: f"关于取消{MATTER}约谈的通知",
    Kind.MINUTES: f"关于{MATTER}的约谈纪要",
    Kind.REMINDER_LETTER: "关于农贸市场管理方重新招标逾期未完成的提醒函",
    Kind.CIRCULAR: f"关于{MATTER}的通报",
    Kind.VETO_DECISION: f"关于{MATTER}的一票否决决定书",
    Kind.LISTED_SUPERVISION: f"关于{MATTER}的挂牌督办通知书",
    Kind.DELISTING: f"关于{MATTER}的摘牌通知书",
    Kind.PLEA_ANSWER: f"关于{MATTER}有关申述的答复",
    Kind.VETO_PROPOSAL: "关于对市某某局实行一票否决权制的建议",
    Kind.REFERRAL_LETTER: f"关于{MATTER}的移送函",
    Kind.CONSULTATION_LETTER: f"关于商请对{TOWN}实行一票否决权制提出意见的函",
    Kind.SUPERVISION_LETTER: f"关于落实{MATTER}约谈整改任务的督办通知（黄色）",
}
NOTICE = f"《{TITLES[Kind.INTERVIEW_NOTICE]}》（江扫黑办〔2026〕10号）"
WORDS = {
    "领导小组": GROUP,
    "办公室": OFFICE,
    "单位": TOWN,
    "主送机关": ORGANS,
    "你单位": "你镇",
    "约谈人": f"{GROUP}副组长钱五同志",
    "约谈对象": f"{HEADS}同志",
    "被约谈人": f"{HEADS}同志",
    "事由": MATTER,
    "情形": f"{LAW}{citations([(5, 3)])}所列情形：打击整治不力的。",
    "约谈条件": f"{ACCOUNTABILITY_LAW}{citations([(28, None)])}“具有所列情形且危害严重或者影响重大”的规定",
    "书面材料依据": f"按照{LAW}{citations([(8, None)])}规定",
    "提交期限": "2026年11月2日",
    "原通知": NOTICE,
    "日期": "2026年11月3日",
    "地点": "市扫黑办会议室",
    "报告依据": f"按照{LAW}{citations([(10, 1)])}规定",
    "逾期后果": f"；逾期未报或者整改不力的，按照{LAW}{citations([(10, None)])}规定处理",
    "存在问题": f"{MATTER}的问题",
    "办理方式": "依纪依法处理",
    "责任制": ACCOUNTABILITY_LAW,
    "督办事项": "整改任务",
    "逾期说明": "，并说明逾期的原因",
    "发函对象": "农贸市场欺行霸市重点打击问题牵头单位",
    "提醒问题": "农贸市场管理方重新招标逾期未完成的问题",
    "答复期限": "于2026年12月9日前",
    "原纪要": f"《{TITLES[Kind.MINUTES]}》（江扫黑办纪〔2026〕4号）",
    "项数": "1",
    "逾期项数": "1",
    "回复期限": "于2026年12月9日前",
    "通报情形": f"{ACCOUNTABILITY_LAW}{citations([(26, 1)])}所列情形：本地区基层基础工作薄弱的",
    "通报条件": "具有所列情形的镇、单位",
    "否决情形": f"{ACCOUNTABILITY_LAW}{citations([(26, 1)])}所列情形：本地区基层基础工作薄弱的",
    "否决条件": "具有所列情形且危害特别严重或者影响特别重大",
    "所列情形": f"{ACCOUNTABILITY_LAW}{citations([(26, 1)])}所列情形：本地区基层基础工作薄弱的",
    "责任措施": "一票否决",
    "原文书": f"《关于{MATTER}的一票否决决定书》（江扫黑否〔2026〕1号）",
    "受理机关": "市纪委监委机关",
    "会议": "领导小组2026年第3次会议",
    "督办情形": f"{ACCOUNTABILITY_LAW}{citations([(26, 1)])}所列情形：本地区基层基础工作薄弱的",
    "督办条件": f"{citations([(28, None)])}“具有所列情形且危害特别严重”的规定",
    "前一档": "约谈",
    "前次文书": f"《关于{MATTER}的约谈纪要》（江扫黑办纪〔2026〕4号）",
    "核查日期": "2027年1月8日",
    "工作组": "组长：市公安局副局长赵某；成员：市司法局科长钱某、市市场监管局科长孙某",
    "限制依据": f"根据{ACCOUNTABILITY_LAW}{citations([(29, None)])}规定",
    "资格限制": "在半年内取消你镇综合性评选的资格和你镇主要领导干部、分管领导干部评先受奖、晋职晋级的资格",
    "整改期限": "于2026年12月31日前",
    "未按期后果": f"逾期仍未完成整改目标的，将依据{ACCOUNTABILITY_LAW}{citations([(28, None)])}规定予以约谈。",
}
BASES: dict[Kind, list[Place]] = {
    Kind.INTERVIEW_NOTICE: [(5, 3), (6, None), (7, None)],
    Kind.RESCHEDULE_NOTICE: [(7, None)],
    Kind.MINUTES: [(9, 4)],
    Kind.REMINDER_LETTER: [(10, 3)],
    Kind.SUPERVISION_LETTER: [(10, 1), (10, 2)],
}


def sample_standard(kind: Kind, key: str, words: dict[str, str] | None = None) -> Paragraph:
    """A standard paragraph as it is built in, filled with the facts of the samples, and with other `words`."""
    basis = citations(BASES.get(kind, []))
    filled = WORDS | {"依据": f"根据{LAW}{basis}规定" if basis else ""} | (words or {})
    return Paragraph(variables.filled(built_in()[kind, key], filled), is_standard=True)


@cache
def built_in() -> dict[tuple[str, str], str]:
    """The built-in standard paragraphs, by the kind of paper and their key."""
    rows = json.loads((settings.FIXTURES / "wording.json").read_text())
    return {(row["kind"], row["key"]): row["text"] for row in rows}


@cache
def built_in_setting(key: str) -> str:
    """An office setting as it is built in."""
    rows = json.loads((settings.FIXTURES / "office_settings.json").read_text())
    return next(str(row["value"]) for row in rows if row["key"] == key)
