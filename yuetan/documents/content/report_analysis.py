"""分析报告: the figures of a period in words and in a table, and between them what the office writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import Paragraph, section, sentence
from yuetan.documents.content.phrases import body_name, replacement, source_cited, standard
from yuetan.documents.content.statistics_sheet import CountedTable
from yuetan.models import ReportAnalysis
from yuetan.models.reporting.summary import Summary, SummaryLine
from yuetan.rules.reporting.analysis_figures import NOT_THERE, AnalysisFigures, Sum, UnitFigures, figures_from
from yuetan.rules.text.handling import BETWEEN_COPIED
from yuetan.rules.text.official_text import chinese_date, joined, names_in
from yuetan.vocabulary import DocumentKind, UnitKind

KIND = DocumentKind.REPORT_ANALYSIS
ANNEX = "报送情况和各项数字表"
REPORTED = ["应报", "已报", "已收", "逾期报送", "未报"]
COMPARED = ["本期", "上期", "比上期", "去年同期", "比去年"]


def figures_of(analysis: ReportAnalysis) -> AnalysisFigures:
    """Those that were printed; before it is issued those of when the row was read."""
    if analysis.figures:
        return figures_from(analysis.figures)
    return counted_figures(analysis.summary)


def counted_figures(summary: Summary) -> AnalysisFigures:
    """What 汇总 says, as plain data."""
    before, last_year = (each.label if each else "" for each in summary.others)

    return AnalysisFigures(
        fields=tuple(summary.heads),
        lines=tuple(_figures_of_line(summary, line) for line in summary.lines),
        total=_figures_of_line(summary, summary.total),
        before=before,
        last_year=last_year,
        missing=tuple(summary.missing),
        more_missing=summary.more_missing,
        marked=summary.marked,
        lacking=tuple(summary.lacking),
    )


def _figures_of_line(summary: Summary, line: SummaryLine) -> UnitFigures:
    sums = tuple((one.now, one.before, one.last_year) for one in summary.figures(line))
    counted = line.standing
    standing = counted.expected, counted.handed_in, counted.accepted, counted.late, counted.missed
    earlier = tuple((each.expected, each.handed_in, each.accepted) for each in line.standings[1:])
    return UnitFigures(line.label, standing, sums, earlier)


def report_analysis(
    analysis: ReportAnalysis,
    figures: AnalysisFigures,
    *,
    number: str,
    dated: date,
    replaced: str = "",
    signer: str = "",
) -> PaperFacts:
    """The facts of the paper, which goes up: to the leading group where nobody else is named. `signer` issues it,
    `replaced` is the number of the former edition."""
    office, group, words = body_name(UnitKind.OFFICE), body_name(UnitKind.LEADING_GROUP), _words_of_analysis(analysis)
    reported, changes = paragraphs_of_figures(figures)
    return {
        "title": analysis.title,
        "addressee": analysis.addressee or group,
        "organ": office,
        "mark": f"{office}文件",
        "body": [
            standard(KIND, "opening", words),
            *_edition_replaced(analysis, replaced),
            *section(1, "报送情况", "", *reported),
            *section(2, "总体情况", analysis.situation, *changes),
            *section(3, "存在的问题", analysis.problems),
            *section(4, "下一步工作", analysis.proposals),
            standard(KIND, "closing", words),
        ],
        "annex": ANNEX,
        "tables": tables_of_figures(figures),
        "copied_to": BETWEEN_COPIED.join(names_in(analysis.copied_to)),
        "number": number,
        "signer": signer,
        "dated_words": chinese_date(dated),
    }


def _words_of_analysis(analysis: ReportAnalysis) -> dict[str, str]:
    period = analysis.period
    return {
        "领导小组": body_name(UnitKind.LEADING_GROUP),
        "办公室": body_name(UnitKind.OFFICE),
        "事项": period.scheme.title,
        "期": period.label,
        "依据": source_cited(period.version.source),
        "范围": f"{analysis.under.full_name}及所属单位" if analysis.under else "各报送单位",
    }


def _edition_replaced(analysis: ReportAnalysis, replaced: str) -> list[Paragraph]:
    if not replaced:
        return []
    return [replacement(analysis.title, replaced, analysis.reason, "本报告")]


def paragraphs_of_figures(figures: AnalysisFigures) -> tuple[list[Paragraph], list[Paragraph]]:
    """What the figures say in words: who reported, and each sum beside earlier ones."""
    return list(_who_reported(figures)), list(_sums_compared(figures))


def tables_of_figures(figures: AnalysisFigures) -> list[CountedTable]:
    """The tables of the annex: who reported, and one a field."""
    return list(_tables_of_annex(figures))


def _who_reported(figures: AnalysisFigures) -> Iterator[Paragraph]:
    expected, handed_in, accepted, late, missed = figures.total.standing
    counts = (
        f"应报单位{expected}个，已报{handed_in}个（其中逾期报送{late}个），经审核收下{accepted}个，未报{missed}个。"
    )
    yield Paragraph(counts)
    if figures.marked:
        yield Paragraph(f"下列数字含已标记瞒报、谎报的报表{figures.marked}份。")
    if figures.missing:
        yield Paragraph(f"到期未报的单位：{joined(figures.missing)}{_others_missing(figures)}。")


def _others_missing(figures: AnalysisFigures) -> str:
    """How many more there are than are named, and where they stand."""
    if not figures.more_missing:
        return ""
    whole = len(figures.missing) + figures.more_missing
    return f"等{whole}个单位，其余{figures.more_missing}个见信息报送表中本期“未报”的单位"


def _sums_compared(figures: AnalysisFigures) -> Iterator[Paragraph]:
    """A sentence a field: the sum, beside the period before and last year, where there are such; and whom it lacks."""
    for (label, unit), numbers in zip(figures.fields, figures.total.sums, strict=True):
        yield Paragraph(sentence("，".join(_sum_compared(label, unit, numbers))))
    if figures.fields and figures.lacking:
        yield Paragraph(f"上述数字只计已收下的报表：{'；'.join(figures.lacking)}。")


def _sum_compared(label: str, unit: str, numbers: Sum) -> Iterator[str]:
    now, *others = numbers
    if now is None:
        yield f"{label}没有已收下的报表"
        return
    yield f"{label}{now}{unit}"
    for name, other in zip(("上期", "去年同期"), others, strict=True):
        if other is None:
            continue
        change = f"{'增加' if now > other else '减少'}{abs(now - other)}{unit}"
        yield f"与{name}（{other}{unit}）持平" if now == other else f"比{name}（{other}{unit}）{change}"


def _tables_of_annex(figures: AnalysisFigures) -> Iterator[CountedTable]:
    whole = [*figures.lines, figures.total]
    yield CountedTable("报送情况（个）", REPORTED, [[line.label, *map(str, line.standing)] for line in whole])
    for place, (label, unit) in enumerate(figures.fields):
        title = f"{label}（{unit}）" if unit else label
        yield CountedTable(title, COMPARED, [[line.label, *_cells_of_sum(line, place)] for line in whole])


def _cells_of_sum(line: UnitFigures, place: int) -> list[str]:
    now, *others = line.sums[place]
    cell, *words = line.cells(place)
    cells = [cell]
    for other, word in zip(others, words, strict=True):
        cells += [word, NOT_THERE if now is None or other is None else f"{now - other:+d}" if now != other else "0"]
    return cells
