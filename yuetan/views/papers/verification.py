"""文书查验: anybody may ask whether a paper is the issued one, and is shown by what to compare what they hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from yuetan.actions.papers.verification import wait_before_asking
from yuetan.forms.papers.verification import MAX_PAPER_BYTES, MEGABYTE, VerificationForm
from yuetan.models import DestroyedPaper, Document
from yuetan.rules import check_code
from yuetan.templatetags.official import day
from yuetan.views.frame.errors import too_many_attempts
from yuetan.views.frame.source_address import source_address
from yuetan.vocabulary import DocumentStatus

UNKNOWN = "—"
NO_DIGEST = "没有（印发时文书上还不印内容校验）"
DESTROYED = "曾经印发，档案已按保管期限销毁"
LIGHTS = {DocumentStatus.VALID: "green", DocumentStatus.REPLACED: "yellow", DocumentStatus.VOIDED: "red"}


# Nothing here depends on who is logged in, so there is nothing a forged request could borrow; without the check of
# the token the size of a request is judged, and the request counted, before its body is read.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The form, filled in by the QR code; the answer."""
    if request.method != "POST":
        form = VerificationForm(initial={"code": request.GET.get("code", "")[:60]})
        return render(request, "verification.html", {"form": form})
    wait = wait_before_asking(source_address(request))
    if wait is not None:
        return too_many_attempts(request, "429.html", wait)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_PAPER_BYTES + MEGABYTE:
        form = VerificationForm(data={})
        form.full_clean()
        form.errors.clear()
        form.add_error("paper", "文件超过10 MB，不会是本系统印发的文书。")
        return render(request, "verification.html", {"form": form}, status=413)
    form = VerificationForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "verification.html", {"form": form}, status=422)
    return render(request, "verification.html", {"form": VerificationForm(), "answer": _answer(form)})


def _answer(form: VerificationForm) -> dict[str, object]:
    """What is answered, in as many lines whether the paper is known or not."""
    question = form.question
    document = Document.objects.for_verification().filter(**question).first()
    code = question.get("check_code")
    asked = (check_code.grouped(code) or form.cleaned_data["code"]) if code is not None else "PDF文件"
    destroyed = _destroyed(question)  # asked of a known paper too, so that no answer takes longer than another
    if document is None and destroyed is not None:
        return {
            "light": "yellow",
            "words": _destroyed_words(destroyed),
            "asked": asked,
            "lines": _destroyed_lines(destroyed),
        }
    if document is None:
        return {"light": "red", "words": "查无此件", "asked": asked, "lines": dict.fromkeys(_LINES, UNKNOWN)}
    status = DocumentStatus(document.status)
    lines = {label: line(document) for label, line in _LINES.items()}
    return {"light": LIGHTS[status], "words": status.label, "asked": asked, "lines": lines}


def _destroyed(question: Mapping[str, object]) -> DestroyedPaper | None:
    """The paper, where its file was destroyed after its 保管期限: it was issued all the same."""
    return DestroyedPaper.objects.filter(**question).select_related("number_entry").first()


def _destroyed_words(paper: DestroyedPaper) -> str:
    if paper.number_entry.voided_at is not None:
        return f"{DESTROYED}（销毁前已作废）"
    return f"{DESTROYED}（销毁前已被替代）" if paper.is_replaced else DESTROYED


def _destroyed_lines(paper: DestroyedPaper) -> dict[str, str]:
    return {
        "发文字号": paper.number_entry.number,
        "印发日期": day(paper.issued_at),
        "内容校验": check_code.shortened(paper.wording_sha256) or NO_DIGEST,
        "标题字数": f"{paper.title_length}字（含标点）",
        "页数": f"{paper.page_count}页（含未编页码的）" if paper.page_count else "印发时没有登记",
    }


def _wording_digest(document: Document) -> str:
    return check_code.shortened(document.wording_sha256) or NO_DIGEST


def _title_length(document: Document) -> str:
    return f"{document.title_length}字（含标点）"


def _pages(document: Document) -> str:
    if document.page_count:
        return f"{document.page_count}页（含未编页码的）"
    return "印发时没有登记" if document.pdf_sha256 else "还没有印出"


_LINES: dict[str, Callable[[Document], str]] = {
    "发文字号": lambda document: document.number,
    "印发日期": lambda document: day(document.issued_at),
    "内容校验": _wording_digest,
    "标题字数": _title_length,
    "页数": _pages,
}
