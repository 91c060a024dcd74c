"""The one view through which every step of a measure is taken: its form, what will come of it, and the step."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from yuetan.actions.ladder import delisting, work_team
from yuetan.actions.ladder import measure as actions
from yuetan.actions.ladder.open_interview import open_interview
from yuetan.actions.step import blocking_reasons, dry_run, required_step
from yuetan.documents.content.content import body_of
from yuetan.documents.pdf import render_pdf
from yuetan.documents.watermark import watermark
from yuetan.errors import Reason, Refused
from yuetan.forms.ladder import listing as listing_forms
from yuetan.forms.ladder import measure as forms
from yuetan.models import AccountabilityMeasure, Document
from yuetan.models.flow.step import Step
from yuetan.rules.text.official_text import chinese_date
from yuetan.views.case.page_context import answers
from yuetan.views.case.provisional_limits import provisional_sentence
from yuetan.views.case.step_config import CONFIRM_HERE, IRREVERSIBLE
from yuetan.views.files.files import pdf_answer
from yuetan.views.frame.pagination import run_action, show_refusal
from yuetan.views.frame.reauthentication import require_recent_authentication
from yuetan.views.frame.request import Request
from yuetan.views.ladder.joint_decision import articles_of, joint_rows
from yuetan.views.ladder.listing_sections import delisting_rows
from yuetan.views.ladder.measure_page import MeasurePage
from yuetan.views.ladder.measures import inner_rows, text_rows, visible_measure
from yuetan.views.ladder.meeting_pages import MEETING_PAGES
from yuetan.views.ladder.plea_pages import PLEA_PAGES, plea_rows
from yuetan.views.ladder.referral_pages import REFERRAL_PAGES
from yuetan.vocabulary import Verb

MEASURE_PAGES: dict[str, MeasurePage] = {
    Verb.SUBMIT_MEASURE: MeasurePage(
        forms.MeasureStepForm,
        actions.submit_measure,
        "已报核，等待办公室主任核稿。",
        intro="报核后不能直接修改；退回后可以修改、重新报核。",
    ),
    Verb.ENDORSE_MEASURE: MeasurePage(forms.EndorseMeasureForm, actions.endorse_measure, "已核稿，报领导审定。"),
    Verb.DECIDE_MEASURE: MeasurePage(
        forms.DecideMeasureForm,
        actions.decide_measure,
        "已审定，可以印发送达。",
        consequences=("审定的就是现在这份文本，从此不能改动；由承办人印发送达。", IRREVERSIBLE),
    ),
    Verb.DECLINE_MEASURE: MeasurePage(
        forms.DeclineMeasureForm,
        actions.decline_measure,
        "已决定不予实施。",
        consequences=("这项责任措施就此结束；以后需要实施的，另行起草。", IRREVERSIBLE),
        danger=True,
    ),
    Verb.RETURN_MEASURE: MeasurePage(
        forms.ReturnMeasureForm, actions.return_measure, "已退回，由拟稿人修改后重新报核。"
    ),
    Verb.WITHDRAW_MEASURE: MeasurePage(
        forms.WithdrawMeasureForm,
        actions.withdraw_measure,
        "已撤回，不再印发。",
        consequences=("这项责任措施就此结束；草稿和撤回原因保留，办公室看得到。", IRREVERSIBLE),
        danger=True,
    ),
    Verb.SERVE_MEASURE: MeasurePage(
        forms.ServeMeasureForm,
        actions.serve_measure,
        "已印发送达。",
        consequences=(
            "取发文字号印发，文字从此不能改动。",
            "单位的主要领导和联络员即可看到这份文书（不含条件的说明、从重从轻情节和内部办理情况），并可签收。",
            IRREVERSIBLE,
        ),
        prints=True,
    ),
    Verb.ACKNOWLEDGE_MEASURE: MeasurePage(
        forms.SignMeasureForm,
        actions.acknowledge_measure,
        "已签收。",
        consequences=("表示本单位已收到，系统记下您的姓名、职务和时间。", IRREVERSIBLE),
    ),
    Verb.CONCLUDE_MEASURE: MeasurePage(
        forms.ConcludeMeasureForm,
        actions.conclude_measure,
        "已认定整改完成。",
        consequences=("这项责任措施即告结束，不再据以约谈；单位收到消息。", IRREVERSIBLE),
    ),
    Verb.SET_WORK_TEAM: MeasurePage(
        listing_forms.WorkTeamForm,
        work_team.set_work_team,
        "工作组已设定。",
        intro="必要时可以派驻工作组检查督办。印发前设定的，印在挂牌督办通知书上；以后调整的，各人起止日期都保留。",
    ),
    Verb.RECORD_TEAM_REPORT: MeasurePage(
        listing_forms.TeamReportForm, work_team.record_team_report, "工作组报告已登记。"
    ),
    Verb.ASK_DELISTING: MeasurePage(
        listing_forms.DelistingRequestForm,
        delisting.ask_delisting,
        "已申请摘牌，等待核查、决定。",
        consequences=("申请送办公室核查、决定，结果在本页看得到。",),
    ),
    Verb.PROPOSE_DELISTING: MeasurePage(
        listing_forms.DelistingRequestForm,
        delisting.propose_delisting,
        "已提请摘牌，等待决定。",
        intro="提请和材料只供内部决定，单位看不到。",
    ),
    Verb.GRANT_DELISTING: MeasurePage(
        listing_forms.GrantDelistingForm,
        delisting.grant_delisting,
        "已摘牌，摘牌通知书已印发。",
        consequences=(
            "取发文字号印发摘牌通知书，单位即可看到、签收；这次挂牌督办就此结束。",
            "挂牌时取消的资格，期限自挂牌之日起照常计算，不因摘牌缩短。",
            IRREVERSIBLE,
        ),
        prints=True,
    ),
    Verb.REFUSE_DELISTING: MeasurePage(
        listing_forms.RefuseDelistingForm,
        delisting.refuse_delisting,
        "已答复不同意摘牌。",
        consequences=("单位申请过的，看得到这次决定和理由，补齐后可以再申请；只由督查员提请的，单位看不到。",),
        danger=True,
    ),
    Verb.OPEN_INTERVIEW: MeasurePage(
        forms.MeasureStepForm,
        open_interview,
        "已建立约谈建议的拟稿，请在本页打开、修改：事实和文号已按通报写好，选定约谈情形、核对后报核。",
        intro="整改逾期未完成的，可以据以提出约谈建议：系统建立一份拟稿，单位、事由、约谈对象、事实和文号已填好。",
    ),
    Verb.REGISTER_MEASURE_RECEIPT: MeasurePage(
        forms.RegisterMeasureReceiptForm,
        actions.register_measure_receipt,
        "纸质回执已登记。",
        intro="单位在纸质回执上签收的，由办公室登记；单位自己在系统里签收的，不用登记。",
        consequences=("即为已签收，签收人、日期和回执扫描件单位看得到；登记有误的，在这份文书的页面更正。",),
    ),
    **MEETING_PAGES,
    **REFERRAL_PAGES,
    **PLEA_PAGES,
}


@require_http_methods(["GET", "HEAD", "POST"])
def measure_step(request: Request, pk: UUID, verb: str) -> HttpResponse:
    """One page for every step: asks what it needs, shows what will happen, takes it.

    Raises Http404 for what is no step, StateChanged where the measure has moved on, NotYours for another's step.
    """
    if verb not in MEASURE_PAGES:
        raise Http404
    measure = visible_measure(request.user, pk)
    current_step = required_step(measure, verb, request.user)
    page = MEASURE_PAGES[verb]
    if request.method != "POST":
        return _begun(request, measure, current_step)
    form = page.form(request.POST, request.FILES, measure=measure)
    if "edit" in request.POST:
        back = _page_with_form(request, measure, current_step, form.as_sent())
        return redirect("measure_laid", pk=measure.pk) if _asks_for_nothing(page.form) else back
    if page.consequences and "confirmed" not in request.POST:
        return _asked_first(request, measure, current_step, form)
    if current_step.authenticate_again:
        require_recent_authentication(request)
    if run_action(form, page.action, measure, by=request.user) is None:
        return _page_with_form(request, measure, current_step, form)
    messages.success(request, page.done)
    return redirect("measure_laid", pk=measure.pk)


def _begun(request: Request, measure: AccountabilityMeasure, step: Step) -> HttpResponse:
    """The form, or the reasons against the step; of one that asks for nothing at once what will happen."""
    page, reasons = MEASURE_PAGES[step.verb], blocking_reasons(measure, step, request.user)
    if page.consequences and _asks_for_nothing(page.form) and not reasons:
        shown = page.form(measure=measure)
        held = {name: field.initial for name, field in shown.fields.items()}
        return _asked_first(request, measure, step, page.form(held, measure=measure))
    return _page_with_form(request, measure, step, page.form(measure=measure), reasons)


def _asks_for_nothing(form: type[forms.MeasureStepForm]) -> bool:
    """Whether nobody types anything: it goes to what will happen at once."""
    return all(field.widget.is_hidden for field in form.base_fields.values())


def _asked_first(
    request: Request, measure: AccountabilityMeasure, step: Step, form: forms.MeasureStepForm
) -> HttpResponse:
    """What will happen, before it does; a form with files is confirmed where it is filled in."""
    page = MEASURE_PAGES[step.verb]
    if form.is_multipart():
        form.full_clean()
        form.add_error(None, CONFIRM_HERE)
        return _page_with_form(request, measure, step, form)
    outcome = _dry_run(request, measure, page, form)
    if outcome is None:
        return _page_with_form(request, measure, step, form)
    paper_html, limits = outcome
    if paper_html and "sample" in request.POST:
        return pdf_answer(render_pdf(watermark(paper_html, request.user)), "样稿.pdf")
    context = {
        "measure": measure,
        "step_label": step.verb.label,
        "rows": [*text_rows(measure)[:3], *answers(form)],
        "consequences": (*page.consequences, *limits),
        "hidden_fields": list(form),
        # out of our own template, which has escaped all that was typed
        "preview": SafeString(body_of(paper_html)) if paper_html else "",  # nosec B703
    }
    return render(request, "measures/check.html", context)


def _dry_run(
    request: Request, measure: AccountabilityMeasure, page: MeasurePage, form: forms.MeasureStepForm
) -> tuple[str, list[str]] | None:
    """The paper that the step would issue ("" for one that issues none), and by when it is to be signed for; None if it
    is refused, then in the form."""
    if not form.is_valid():
        return None
    try:
        with dry_run():
            done = page.action(measure, by=request.user, **form.cleaned_data)
            paper = page.paper(done) if page.prints else None
            return (str(paper.html), _receipt_limit(paper)) if paper else ("", [])
    except Refused as refused:
        show_refusal(form, refused)
        return None


def _receipt_limit(paper: Document) -> list[str]:
    """By when it is to be signed for, and where that rests on a year that is not published."""
    due_on, climbs_on = paper.receipt_due_on, paper.receipt_director_on
    if due_on is None or climbs_on is None:
        return []
    limit = (
        f"签收期限为{chinese_date(due_on)}（办公室设定），超过期限未签收的列入承办人的待办；"
        f"超过{chinese_date(climbs_on)}仍未签收的，也列入办公室主任的待办。"
    )
    return [limit, *filter(None, [provisional_sentence({"签收期限": (due_on, due_on)})])]


def _page_with_form(
    request: Request,
    measure: AccountabilityMeasure,
    step: Step,
    form: forms.MeasureStepForm,
    reasons: list[Reason] | None = None,
) -> HttpResponse:
    page, inner = MEASURE_PAGES[step.verb], measure.is_inner_to(request.user)
    context = {
        "measure": measure,
        "form": form,
        "page": page,
        "reasons": reasons or [],
        "step_label": step.verb.label,
        "articles": articles_of(measure, step.verb),
        "confirm_here": bool(page.consequences) and form.is_multipart(),
        "button": "下一步：核对" if page.consequences and not form.is_multipart() else step.verb.label,
        "facts": [
            *plea_rows(measure, request.user, step.verb),
            *delisting_rows(measure, request.user, step.verb),
            *text_rows(measure),
        ],
        "inner_facts": [*joint_rows(measure, request.user), *inner_rows(measure)] if inner else [],
    }
    return render(request, "measures/step.html", context, status=422 if form.errors else 200)
