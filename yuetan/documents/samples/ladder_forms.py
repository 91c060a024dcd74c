"""呈批表 of what is laid by a 责任制, of a 商请函 and of a 复函, about nobody: among the samples that are looked at."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.office_forms import Opinion, Row
from yuetan.documents.samples.facts import MATTER, TOWN
from yuetan.documents.samples.restrictions import LISTED, ORGAN, WORDS
from yuetan.rules.text.official_text import citation
from yuetan.vocabulary import DocumentKind as Kind

VETO = citation(30, None)
DATED, CHECK = "2026年11月23日", "3F2A-9C01-77BD-E04A"
DRAFTED = Opinion("拟稿", ["拟稿，报核。"], "张一（市扫黑办承办人）", "2026年11月20日")
ANSWERED = (
    "市委组织部（干部监督科科长袁某，2026年11月25日）：同意实行一票否决权制。",
    "市公安局（指挥中心主任史某，2026年11月26日）：同意；建议限期补齐两起案件的报告。",
    "市应急管理局：尚未答复。",
)


def sample_ladder_forms(usual: list[str], hard: list[str]) -> Iterator[tuple[str, Kind, PaperFacts]]:
    """Name, kind and facts: each with usual facts and with hard ones, and a 复函 that waits to be signed."""
    for name, facts in (("normal", usual), ("hard", hard)):
        yield f"measure_form-{name}", Kind.MEASURE_FORM, _measure_form(facts)
        yield f"consultation_form-{name}", Kind.CONSULTATION_FORM, _consultation_form(facts)
    yield "reply_form-normal", Kind.REPLY_FORM, _reply_form(list(LISTED), is_issued=True)
    yield "reply_form-none", Kind.REPLY_FORM, _reply_form(["经核对登记，没有受限制的记录。"], is_issued=False)


def _measure_form(facts: list[str]) -> PaperFacts:
    answered = [f"第{number}项情节——没有，经核查，没有这一情节。" for number in "一二三四五六七"]
    rows = [
        Row("单位", [TOWN]),
        Row("责任措施", ["通报"]),
        Row("条件", ["具有所列情形的镇、单位。"]),
        Row("事由", [MATTER]),
        Row("情形", ["本地区治安秩序严重混乱的。"]),
        Row("存在的问题", facts),
        Row("整改要求", ["清退违规收取的费用，逐户登记签收。", "重新公开招标确定农贸市场管理方。"]),
        Row("整改期限", ["2026年12月31日"]),
        Row("从重从轻情节", answered),
        Row("内容校验", [CHECK]),
    ]
    opinions = [
        Opinion("审定", ["同意。"], "王三（市扫黑办主任）", DATED),
        Opinion("核稿", []),
        DRAFTED,
    ]
    pairs = _sample_head("江扫黑通〔2026〕1号", "送达日期", DATED)
    return {"title": "通报呈批表", "pairs": pairs, "opinions": opinions, "rows": rows}


def _consultation_form(facts: list[str]) -> PaperFacts:
    rows = [
        Row("单位", [TOWN]),
        Row("责任措施", [f"一票否决（{VETO}）"]),
        Row("条件", [f"{VETO}：具有所列情形且危害特别严重或者影响特别重大。", "两个月内连续发生三起恶性案件。"]),
        Row("事由", [MATTER]),
        Row("情形", [f"{citation(26, 2)}：在较短时间内连续发生重大刑事案件的。"]),
        Row("存在的问题", facts),
        Row("商请部门", ["市委组织部", "市公安局", "市应急管理局"]),
        Row("答复期限", ["2026年11月30日"]),
        Row("部门意见", list(ANSWERED)),
        Row("内容校验", [CHECK]),
    ]
    opinions = [
        Opinion("核稿", ["事实清楚，同意商有关部门后提请会议研究。"], "王三（市扫黑办主任）", "2026年11月22日"),
        Opinion("拟稿", ["拟稿，印发商请函。"], "张一（市扫黑办承办人）", DATED),
    ]
    pairs = _sample_head("江扫黑商〔2026〕1号", "印发日期", DATED)
    return {"title": "商请函呈批表", "pairs": pairs, "opinions": opinions, "rows": rows}


def _reply_form(listed: list[str], *, is_issued: bool) -> PaperFacts:
    rows = [
        Row("来函", [f"{ORGAN}{WORDS['来函文号']}，{WORDS['来函日期']}"]),
        Row("用途", [WORDS["用途"]]),
        Row("查询对象", [WORDS["查询对象"]]),
        Row("查询的日期", [WORDS["查询日期"]]),
        Row("查询结果", listed),
    ]
    issued = (
        Opinion("签发", ["核对登记，印发复函。"], "王三（市扫黑办主任）", DATED) if is_issued else Opinion("签发", [])
    )
    asked = Opinion("拟办", ["登记查询，拟照查询结果复函。"], "张一（市扫黑办承办人）", "2026年11月22日")
    pairs = _sample_head("江扫黑办复〔2026〕1号", "复函日期", DATED) if is_issued else _sample_head("", "复函日期", "")
    return {"title": "资格限制查询复函呈批表", "pairs": pairs, "opinions": [issued, asked], "rows": rows}


def _sample_head(number: str, day: str, on: str) -> list[tuple[str, str, str, str]]:
    return [("文号", number, day, on), ("密级", "", "缓急", ""), ("承办人", "张一", "联系电话", "0750-3270000")]
