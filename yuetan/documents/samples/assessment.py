"""考核结果通报 about nobody, among the samples that are looked at and measured."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.documents.content.assessment import ALL_ASSESSED, FAILED
from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import Paragraph, section
from yuetan.documents.samples.facts import GROUP, OFFICE, built_in
from yuetan.rules.text import variables
from yuetan.vocabulary import DocumentKind as Kind

KIND = Kind.ASSESSMENT_CIRCULAR
WORDS = {
    "领导小组": GROUP,
    "办公室": OFFICE,
    "年度": "2026",
    "统计期间": "2026年1月1日至2026年11月30日",
    "依据": "《江门市扫黑除恶专项斗争考核办法》",
    "不合格要求": FAILED,
    "单位": "蓬江区棠下镇",
    "原通报": "《关于2026年度考核结果的通报》（江扫黑办考〔2026〕1号）",
}
CORRECTED = "蓬江区棠下镇在镇（街）中的结果，由56.0分，第3名，不合格，更正为86.0分，第2名，合格。"
TOWNS = (
    "第1名：新会区司前镇，98.5分，优秀。\n第2名：新会区双水镇，81.0分，合格。\n第3名：蓬江区棠下镇，56.0分，不合格。"
)


def sample_assessment() -> Iterator[tuple[str, Kind, PaperFacts]]:
    """Name, kind and facts."""
    body = [_paragraph("opening"), *section(1, "镇（街）（共3个）", TOWNS), _paragraph("closing")]
    facts: PaperFacts = {"title": "关于2026年度考核结果的通报", "addressee": ALL_ASSESSED, "organ": OFFICE}
    more: PaperFacts = {"mark": f"{OFFICE}文件", "number": "江扫黑办考〔2026〕1号", "dated_words": "2026年12月14日"}
    yield "assessment_circular-normal", KIND, facts | more | {"body": body}
    corrected = [
        _paragraph("opening_corrected"),
        *section(1, "更正的结果", CORRECTED),
        *section(2, "更正的原因", "计入的一次逾期未回复系登记有误，原登记已撤销。"),
        *section(3, "镇（街）名次的变动", "第3名：新会区双水镇（原第2名）。"),
        _paragraph("closing_corrected"),
    ]
    facts = facts | {"title": "关于更正蓬江区棠下镇2026年度考核结果的通报"}
    yield "assessment_circular-corrected", KIND, facts | more | {"body": corrected, "number": "江扫黑办考〔2026〕2号"}


def _paragraph(key: str) -> Paragraph:
    return Paragraph(variables.filled(built_in()[KIND, key], WORDS), is_standard=True)
