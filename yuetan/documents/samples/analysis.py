"""分析报告 about nobody, among the samples that are looked at and measured."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import Paragraph, section
from yuetan.documents.content.report_analysis import ANNEX, paragraphs_of_figures, tables_of_figures
from yuetan.documents.samples.facts import GROUP, OFFICE, built_in
from yuetan.rules.reporting.analysis_figures import AnalysisFigures, Sum, UnitFigures
from yuetan.rules.text import variables
from yuetan.vocabulary import DocumentKind as Kind

KIND = Kind.REPORT_ANALYSIS
WORDS = {
    "领导小组": GROUP,
    "办公室": OFFICE,
    "事项": "线索摸排情况",
    "期": "2026年第3季度",
    "依据": "",
    "范围": "各报送单位",
}
FIELDS = (("摸排场所", "处"), ("移交线索", "条"))
PROBLEMS = "一些镇（街）摸排只看台账，不到现场；移交的线索偏少，两个镇连续两个季度为零。"
PROPOSALS = "（一）逐镇核对台账，补齐缺项。\n（二）对连续未报的单位发提醒函，仍不报的予以通报。"
COPIED = "市人民政府，省扫黑除恶专项斗争领导小组办公室"
AREAS = ("蓬江区", "江海区", "新会区", "台山市", "开平市", "鹤山市", "恩平市")


def sample_analysis() -> Iterator[tuple[str, Kind, PaperFacts]]:
    """Name, kind and facts."""
    yield "report_analysis-normal", KIND, _analysis_of_figures(_figures_of_areas(7))
    to_the_party: PaperFacts = {"addressee": "市委", "copied_to": COPIED}
    yield "report_analysis-hard", KIND, _analysis_of_figures(_figures_of_areas(60)) | to_the_party


def _analysis_of_figures(figures: AnalysisFigures) -> PaperFacts:
    reported, changes = paragraphs_of_figures(figures)
    body = [
        _paragraph_of_analysis("opening"),
        *section(1, "报送情况", "", *reported),
        *section(2, "总体情况", "第3季度各地按要求开展摸排，数字比上季度有所增加。", *changes),
        *section(3, "存在的问题", PROBLEMS),
        *section(4, "下一步工作", PROPOSALS),
        _paragraph_of_analysis("closing"),
    ]
    title = "2026年第3季度“线索摸排情况”季度分析报告"
    facts: PaperFacts = {"title": title, "addressee": GROUP, "organ": OFFICE, "mark": f"{OFFICE}文件", "body": body}
    more: PaperFacts = {"annex": ANNEX, "tables": tables_of_figures(figures), "signer": "李二"}
    return facts | more | {"number": "江扫黑办报〔2026〕1号", "dated_words": "2026年10月15日"}


def _figures_of_areas(units: int) -> AnalysisFigures:
    lines = tuple(_figures_of_area(AREAS[place % len(AREAS)], place) for place in range(units))
    standing = [sum(each) for each in zip(*(line.standing for line in lines), strict=True)]
    expected, handed_in, accepted, late, missed = standing
    sums = _sum_of_area(units * 30), _sum_of_area(units * 2)
    total = UnitFigures("合计", (expected, handed_in, accepted, late, missed), sums)
    return AnalysisFigures(FIELDS, lines, total, "2026年第2季度", "", ("蓬江区棠下镇", "新会区司前镇"), 0)


def _figures_of_area(label: str, place: int) -> UnitFigures:
    return UnitFigures(label, (10, 9, 9, place % 3, 1), (_sum_of_area(30 + place), _sum_of_area(place % 4)))


def _sum_of_area(number: int) -> Sum:
    return number, max(number - 2, 0), None


def _paragraph_of_analysis(key: str) -> Paragraph:
    return Paragraph(variables.filled(built_in()[KIND, key], WORDS), is_standard=True)
