"""What a correction of a 督导意见书 changes, in lines of before and after; and the corrections a visit has had."""

from __future__ import annotations

from datetime import date

from yuetan.documents.content.corrected_minutes import ChangedLine, IssuedCorrection, each_with_its_papers
from yuetan.models import OpinionCorrection, RoundVisit
from yuetan.models.rounds.followed import outcome_words
from yuetan.models.rounds.opinion_correction import ConcludedText, FindingText, OpinionText
from yuetan.rules.text.official_text import chinese_date, joined
from yuetan.vocabulary import DocumentKind


def changed_in_opinion(before: OpinionText, after: OpinionText, *, inner: bool) -> list[ChangedLine]:
    """What was seen and concluded, each as it was and as it shall be; to the unit no more than its paper says."""
    stated = [{one["number"]: _finding_words(one, inner=inner) for one in text["findings"]} for text in (before, after)]
    numbers = sorted(stated[0].keys() | stated[1].keys())
    lines = [(f"第{number}项督导情况", *(each.get(number, "") for each in stated)) for number in numbers]
    concluded = [concluded_words(text, inner=inner) for text in (before, after)]
    lines += [(label, concluded[0][label], concluded[1][label]) for label in concluded[0]]
    return [ChangedLine(label, old or "（无）", new or "（无）") for label, old, new in lines if old != new]


def corrections_of(visit: RoundVisit, *, inner: bool) -> list[IssuedCorrection[OpinionCorrection]]:
    """Each with its papers, the first one first."""
    papers = visit.documents.filter(kind=DocumentKind.ROUND_OPINION).defer("html", "facts")
    made = OpinionCorrection.objects.issued().filter(visit=visit).prefetch_related("files")
    lines = [(one, changed_in_opinion(one.stood, one.text, inner=inner)) for one in made]
    return each_with_its_papers(lines, papers.order_by("issued_at", "pk"))


def concluded_words(text: OpinionText, *, inner: bool) -> dict[str, str]:
    """The 集体结论 by its labels; to the unit no more than its paper says."""
    stated = text["visit"]
    words = {"督导结论": stated["conclusion"], "整改要求": stated["demands"]}
    if inner:
        words |= {
            "讨论过程": stated["discussion"],
            "集体研究日期": chinese_date(date.fromisoformat(stated["concluded_on"])),
            "参加集体研究的人员": joined([f"{name}（{title}）" for _, name, title in _in_one_order(stated)]),
        }
    return words


def _in_one_order(stated: ConcludedText) -> list[list[object]]:
    """Who stands for it, in whatever order they were ticked; those of other departments, without a key, last."""
    return sorted(stated["concluded_by"], key=lambda row: (row[0] is None, row))


def _finding_words(one: FindingText, *, inner: bool) -> str:
    where = f"\n{chinese_date(date.fromisoformat(one['seen_on']))}{'，' if one['place'] else ''}{one['place']}"
    mark = "（发现的问题）" if one["is_problem"] else ""
    if one.get("answers"):
        mark = f"（{outcome_words(is_problem=one['is_problem'])}）"
    return f"{one['words']}{mark}{where if inner else ''}"
