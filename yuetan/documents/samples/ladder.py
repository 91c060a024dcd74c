"""What the samples of papers of a 责任制 say."""

from __future__ import annotations

from yuetan.documents.content.office_forms import Row
from yuetan.documents.content.paragraphs import Paragraph, section
from yuetan.documents.content.phrases import closed_with
from yuetan.documents.samples.facts import ACCOUNTABILITY_LAW, CONTACT, FACTS, GROUP, TITLES, WORDS, sample_standard
from yuetan.rules.text.official_text import citations
from yuetan.vocabulary import DocumentKind as Kind

GRAVITY = f"具有本办法{citations([(26, None)])}所列情形且危害特别严重或者影响特别重大"
SEVERAL = ("新会区会城街道", "蓬江区棠下镇", "台山市台城街道", "开平市三埠街道", "市公安局")
SEVERAL_ORGANS = (
    "新会区会城街道党工委、办事处，蓬江区棠下镇党委、镇政府，台山市台城街道党工委、办事处，"
    "开平市三埠街道党工委、办事处，市公安局"
)


def circular_body(whom: str = "") -> list[Paragraph]:
    """通报; of several units it names each of them."""
    basis = {"依据": f"根据{ACCOUNTABILITY_LAW}{citations([(28, None)])}规定"}
    return [
        sample_standard(Kind.CIRCULAR, "opening", basis | ({"你单位": whom} if whom else {})),
        *section(1, "存在的问题", FACTS),
        *section(2, "整改要求", "（一）清退违规收取的费用，逐户登记签收。\n（二）重新公开招标确定农贸市场管理方。"),
        sample_standard(Kind.CIRCULAR, "closing"),
        CONTACT,
    ]


def several_body() -> list[Paragraph]:
    """通报 to several units."""
    return circular_body("、".join(SEVERAL))


def gravity_row() -> Row:
    """What the 呈批表 of an interview that came by gravity says of it."""
    reasons = f"具有{citations([(26, 1)])}所列情形，举报线索逾期期间又发生两起聚众斗殴，被媒体连续报道，影响重大。"
    return Row("经由", [f"{WORDS['约谈条件']}。", reasons])


def veto_body() -> list[Paragraph]:
    """一票否决决定书."""
    closed = "（一）自本文书印发之日起一年内，取消你镇综合性评选的资格。"
    leaders = "主要领导干部、主管领导干部、分管领导干部评先受奖、晋职晋级的资格"
    basis = f"根据{ACCOUNTABILITY_LAW}{citations([(30, None), (31, None)])}规定"
    return [
        sample_standard(Kind.VETO_DECISION, "opening", {"依据": basis}),
        *section(1, "存在的问题", FACTS),
        *section(2, "决定事项", f"{closed}\n（二）自本文书印发之日起一年内，取消你镇{leaders}。"),
        sample_standard(Kind.VETO_DECISION, "closing"),
        CONTACT,
    ]


def listing_body() -> list[Paragraph]:
    """挂牌督办通知书."""
    kind = Kind.LISTED_SUPERVISION
    veto = f"依据{ACCOUNTABILITY_LAW}{citations([(30, None)])}规定，提请{GROUP}商有关部门共同研究实行一票否决权制"
    given = {
        "依据": f"根据{ACCOUNTABILITY_LAW}{citations([(28, None)])}规定",
        "未按期后果": f"逾期仍未完成整改目标的，将{veto}。",
    }
    return [
        sample_standard(kind, "opening", given),
        *section(1, "存在的问题", FACTS),
        *section(2, "整改要求", "（一）清退违规收取的费用，逐户登记签收。\n（二）重新公开招标确定农贸市场管理方。"),
        *section(3, "资格限制", "", sample_standard(kind, "effect")),
        *section(4, "工作组", "", sample_standard(kind, "team")),
        sample_standard(kind, "closing", given),
        CONTACT,
    ]


def delisting_body() -> list[Paragraph]:
    """摘牌通知书."""
    kind = Kind.DELISTING
    given = {"原通知": f"《{TITLES[Kind.LISTED_SUPERVISION]}》（江扫黑挂〔2026〕1号）"}
    return [
        sample_standard(kind, "opening", given),
        sample_standard(kind, "effect"),
        *closed_with(sample_standard(kind, "closing"), [CONTACT]),
    ]


def plea_answer_body() -> list[Paragraph]:
    """申述答复."""
    kind = Kind.PLEA_ANSWER
    given = {"原文书": f"《{TITLES[Kind.LISTED_SUPERVISION]}》（江扫黑挂〔2026〕1号）", "申述日期": "2026年11月9日"}
    words = "镇专项整治方案已于10月组织实施，通知书所列的两次反映已经办结，有办理回执。"
    grounds = "经核对办理回执，所列反映办结在印发通知书之前，存在的问题已经纠正。"
    return [
        sample_standard(kind, "opening", given),
        *section(1, "申述意见", words),
        *section(2, "答复意见", grounds),
        sample_standard(kind, "revoked", given),
        sample_standard(kind, "restored", given),
        *closed_with(sample_standard(kind, "closing"), [CONTACT]),
    ]


def proposal_body() -> list[Paragraph]:
    """书面建议 to the superior of a 驻 unit."""
    return _to_others(Kind.VETO_PROPOSAL, 32, "建议", "建议对该局实行一票否决权制，并责令限期整改。")


def referral_body() -> list[Paragraph]:
    """移送函."""
    reason = "该镇主要领导长期不研究、不部署整治工作，建议追究责任。"
    return _to_others(Kind.REFERRAL_LETTER, 31, "移送事由", reason)


def consultation_body() -> list[Paragraph]:
    """商请函 to departments."""
    kind = Kind.CONSULTATION_LETTER
    basis = f"根据{ACCOUNTABILITY_LAW}{citations([(30, None)])}规定"
    return [
        sample_standard(kind, "opening", {"依据": basis, "适用条件": GRAVITY}),
        *section(1, "存在的问题", FACTS),
        *section(2, "危害和影响", "两个月内连续发生三起恶性案件，造成特别重大影响。"),
        sample_standard(kind, "closing", {"答复期限": "2026年11月30日"}),
        CONTACT,
    ]


def _to_others(kind: Kind, article: int, asked: str, reason: str) -> list[Paragraph]:
    return [
        sample_standard(kind, "opening", {"依据": f"根据{ACCOUNTABILITY_LAW}{citations([(article, None)])}规定"}),
        *section(1, "存在的问题", FACTS),
        *section(2, asked, reason),
        sample_standard(kind, "closing"),
        CONTACT,
    ]
