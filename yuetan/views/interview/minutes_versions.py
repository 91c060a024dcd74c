"""What changed in the minutes: every text they ever had, side by side with another, for the inner side."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from uuid import UUID

from django.http import Http404, HttpResponse

from yuetan.actions.interview.minutes_versions import current_version, whole_text
from yuetan.models import Case, MinutesVersion
from yuetan.models.interview.measure_words import measure_words
from yuetan.models.interview.minutes_version import WholeText
from yuetan.templatetags.official import moment
from yuetan.views.case.lookup import visible_case
from yuetan.views.frame.request import Request
from yuetan.views.frame.version_comparison import Line, Version, chosen_versions, compared_line, comparison_page

KeptText = tuple[WholeText, dict[str, str]]
STANDING = {"confirmed": "约谈人确认", "returned": "约谈人退回", "sent": "送被约谈方", "answered": "被约谈方意见"}


def minutes_versions(request: Request, pk: UUID) -> HttpResponse:
    """Any two texts, the last two by default. Raises Http404 for the unit, or if there was only one text ever."""
    case = visible_case(request.user, pk)
    if not case.is_inner_to(request.user) or not case.minutes_versions.exists():
        raise Http404
    versions = list(_versions(case))
    before, after = chosen = chosen_versions(request, versions)
    return comparison_page(request, case, "纪要各稿对比", versions, chosen, list(_lines(before.text, after.text)))


def _versions(case: Case) -> Iterator[Version[KeptText]]:
    kept = list(case.minutes_versions.select_related("replaced_by"))
    for one in kept:
        yield Version(str(one.number), one.name, _written(one), (one.text, one.standing))
    written_by, written_at = current_version(case)
    described = f"{written_by}于{moment(written_at)}写成，现行"
    number = len(kept) + 1
    yield Version(str(number), f"第 {number} 稿", described, (whole_text(case), case.minutes.standing_words))


def _written(version: MinutesVersion) -> str:
    replaced = f"{version.replaced_by.name}于{moment(version.replaced_at)}改写"
    return f"{version.written_by}于{moment(version.written_at)}写成，{replaced}"


def _lines(before: KeptText, after: KeptText) -> Iterator[Line]:
    (old, old_standing), (new, new_standing) = before, after
    yield compared_line("通报的问题", old["problems"], new["problems"])
    yield compared_line("陈述说明", old["statement"], new["statement"])
    yield compared_line("讨论分析", old["discussion"], new["discussion"])
    for number, measures in enumerate(zip_longest(old["measures"], new["measures"]), start=1):
        yield compared_line(f"整改措施 {number}", *(measure_words(one) for one in measures))
    yield compared_line("抄送", old["copied_to"], new["copied_to"])
    if "attendance" in old and "attendance" in new:
        yield compared_line("到会情况", *("\n".join(one["attendance"]) for one in (old, new)))
    for key, label in STANDING.items():
        yield compared_line(label, old_standing[key], new_standing[key])
