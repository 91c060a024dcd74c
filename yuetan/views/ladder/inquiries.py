"""资格限制查询: the ledger of what was asked, the asking, its answer, and the 复函."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from yuetan.actions.ladder.inquiries import REGISTERING, REPLYING, ask_restrictions, digest_of_answer, reply_to_inquiry
from yuetan.actions.step import dry_run
from yuetan.documents.content.content import body_of
from yuetan.documents.office_form_pdf import render_internal
from yuetan.forms.ladder.inquiry import InquiryForm, ReplyForm
from yuetan.ledgers.ladder.inquiries import InquiryLedger
from yuetan.ledgers.ladder.restrictions import RestrictionLedger
from yuetan.models import RestrictionInquiry, User
from yuetan.models.ladder.inquiry import SEE_INQUIRIES
from yuetan.rules.text.official_text import chinese_date
from yuetan.templatetags.official import moment
from yuetan.views.files.files import pdf_answer
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request
from yuetan.views.frame.room_step_page import PAGE_METHODS, RoomStepPage
from yuetan.views.frame.section import SummaryRow, row
from yuetan.vocabulary import DocumentKind

NEW_INQUIRY = RoomStepPage[None](
    "ask_register",
    REGISTERING,
    "登记资格限制查询",
    "凭组织人事等部门的书面来函登记，一次查一个单位或者一个人；查询人员的，姓名和职务都要写，同名的凭职务分清。登记以后不能修改、删除。",
    "查询已登记，请由登记人以外的人核对、印发复函。",
    InquiryForm,
    ask_restrictions,
    button="登记并查询",
)


@require_safe
def inquiry_list(request: Request) -> HttpResponse:
    """What was asked of the register. Raises NotYours for units."""
    require_permission(request, SEE_INQUIRIES)
    facts = ledger_page(request, InquiryLedger())
    rows = [line | {"url": f"{line['row'].pk}/"} for line in facts["rows"]]  # relative to the list
    context = {**facts, "rows": rows, "may_ask": REGISTERING.is_offered(None, request.user)}
    return render(request, "restrictions/inquiries.html", context)


@require_http_methods(PAGE_METHODS)
def ask_register(request: Request) -> HttpResponse:
    """登记查询. Raises NotYours for who does not answer for the register."""
    form, made = NEW_INQUIRY.take(request, None)
    if not isinstance(made, RestrictionInquiry):
        shown = {"back": reverse("inquiry_list"), "about": "查询"}
        return NEW_INQUIRY.answer(request, "restrictions/ask.html", form, None, **shown)
    NEW_INQUIRY.finish(request, made)
    return redirect("inquiry", pk=made.pk)


@require_safe
def inquiry_page(request: Request, pk: UUID) -> HttpResponse:
    """One asking and what the register says of it now."""
    one = _visible_inquiry(request.user, pk)
    everything = list(one.restrictions())
    in_force = [each for each in everything if each.first_day <= one.day <= each.until]
    others = [each for each in everything if each not in in_force]
    ledger = RestrictionLedger()
    context = {
        "one": one,
        "document": one.document_or_none,
        "facts": _facts_of_inquiry(one),
        "in_force": ledger.lines(in_force, request.user),
        "others": ledger.lines(others, request.user),
        "may_reply": REPLYING.is_offered(one, request.user),
        "is_own": one.replied_at is None and one.asked_by_id == request.user.pk,
    }
    return render(request, "restrictions/inquiry.html", context)


@require_safe
def inquiry_form(request: Request, pk: UUID) -> HttpResponse:
    """复函呈批表: the answer as the register stands now. Raises Http404 for who does not know all of the register."""
    one, kind = _visible_inquiry(request.user, pk), DocumentKind.REPLY_FORM
    return pdf_answer(render_internal(kind, one), f"{kind.label}（{one.whom}）.pdf")


@require_http_methods(PAGE_METHODS)
def reply_inquiry(request: Request, pk: UUID) -> HttpResponse:
    """印发复函: shows the paper, then issues it. Raises NotYours for who does not answer for the register."""
    one = _visible_inquiry(request.user, pk)
    REPLYING.require(one, request.user)
    if request.method != "POST":
        return redirect("inquiry", pk=pk)
    form = ReplyForm(request.POST, seen=digest_of_answer(one))
    if "confirmed" not in request.POST:
        return _previewed(request, one)
    document = run_action(form, partial(reply_to_inquiry, one), by=request.user)
    if document is None:
        return render(request, "restrictions/reply.html", {"form": form, "one": one}, status=422)
    messages.success(request, f"复函已印发：{document.number}。")
    return redirect("inquiry", pk=pk)


def _previewed(request: Request, one: RestrictionInquiry) -> HttpResponse:
    """The paper as it would be issued now, and the button that issues it."""
    seen = digest_of_answer(one)
    form = ReplyForm({"seen": seen}, seen=seen)
    with dry_run():
        document = run_action(form, partial(reply_to_inquiry, one), by=request.user)
        html = str(document.html) if document else ""
    # out of our own template, which has escaped all that was typed
    preview = SafeString(body_of(html)) if html else ""  # nosec B703
    context = {"form": form, "one": one, "preview": preview}
    return render(request, "restrictions/reply.html", context, status=200 if html else 422)


def _visible_inquiry(user: User, pk: UUID) -> RestrictionInquiry:
    visible = RestrictionInquiry.objects.visible_to(user).with_relations().select_related("replied_by")
    return get_object_or_404(visible, pk=pk)


def _facts_of_inquiry(one: RestrictionInquiry) -> list[SummaryRow]:
    known = "记录中没有这个人" if one.is_unknown else one.person_title
    if one.person is not None:
        titles = (post.full_title for post in one.person.posts.select_related("unit__parent").order_by("began_on"))
        known = "、".join(dict.fromkeys(titles))
    replied = f"{one.replied_by.name}，{moment(one.replied_at)}" if one.replied_by else ""
    rows = [
        row("来函", f"{one.organ}{one.letter_number}，{chinese_date(one.letter_on)}"),
        row("用途", one.purpose),
        row("查询对象", one.whom),
        row("记录中的职务", known),
        row("查询的日期", chinese_date(one.day)),
        row("登记", f"{one.asked_by.name}，{moment(one.asked_at)}"),
        row("复函", replied),
    ]
    return [each for each in rows if each["value"]]
