"""记录查验: what the last verifications of the record found, the anchors, and the sheet of one to be signed."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from yuetan.actions.record.anchor_record import anchor_file
from yuetan.actions.record.checks.check_files import PARTS as FILE_PARTS
from yuetan.actions.record.checks.check_files import WHOLE_UP_TO as FILES_WHOLE_UP_TO
from yuetan.actions.record.checks.check_files import last_reading
from yuetan.actions.record.verified_part import WHOLE_UP_TO
from yuetan.loading.privileges import privilege_warnings
from yuetan.models import Anchor, RecordVerification
from yuetan.models.record.seal import VERIFIED_PARTS
from yuetan.templatetags.official import moment
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.pagination import paginate
from yuetan.views.frame.request import Request

LATEST = 10  # verifications shown


@require_safe
def record_page(request: Request) -> HttpResponse:
    """The last verifications, and every anchor, the newest first."""
    require_permission(request, "see_log")
    verifications = list(RecordVerification.objects.newest_first()[:LATEST])
    facts = {"verifications": verifications, "warnings": list(privilege_warnings()), "round_words": _round_words()}
    return render(request, "office/record.html", {**paginate(request, Anchor.objects.newest_first()), **facts})


def _round_words() -> str:
    """How far the rounds are: within how many days everything is looked at, and how many files were read last."""
    words = (
        f"封存不超过 {WHOLE_UP_TO // 10000} 万条的，每天全部查验；超过的，每天查验新增的和原有的一份，"
        f"{VERIFIED_PARTS} 天查完一遍，发现不符后每天全部查验。文件每天都核对是否在原处、大小是否相符；内容超过 "
        f"{FILES_WHOLE_UP_TO // 10000} 万个的，每天读新增的和原有的一份，{FILE_PARTS} 天读完一遍。"
    )
    last = last_reading()
    if last is None:
        return words
    return f"{words}{moment(last.began_at)}开始的核对，读过内容的文件 {last.read} 个，共 {last.known} 个。"


@require_safe
def anchor_sheet(request: Request, number: int) -> HttpResponse:
    """存证单: one anchor on a sheet, to be printed, compared and signed."""
    require_permission(request, "see_log")
    anchor = get_object_or_404(Anchor, number=number)
    file = anchor_file(anchor).relative_to(settings.ANCHORS.parent)
    verified = RecordVerification.objects.newest_first().filter(ended_at__gte=anchor.made_at).last()
    return render(request, "office/anchor.html", {"anchor": anchor, "file": file, "verified": verified})
