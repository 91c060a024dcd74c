"""What the page of one 报表 shows: its newest version in words, the versions before with their differences, marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django import forms
from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404

from yuetan import permissions
from yuetan.actions.reporting.marks import MARKING_REPORTED, WITHDRAWING
from yuetan.actions.reporting.paper_returns import REGISTERING_PAPER
from yuetan.actions.reporting.reports import FILLING, FILLING_ZERO
from yuetan.ledgers.deadline_lights import DeadlineLights, note_under
from yuetan.ledgers.reporting.report_standing import ReportStanding
from yuetan.models import FollowUp, PeriodicReport, ReportFile, ReportMark, ReportVersion, User
from yuetan.models.record.event import OUTER_BODY
from yuetan.models.reporting.offered import is_not_in_order, offered_by_report, pressed_for
from yuetan.models.reporting.pressed import Pressed
from yuetan.models.reporting.report_file import SCAN
from yuetan.rules.reporting.form_fields import ReportField
from yuetan.rules.text.official_text import joined
from yuetan.templatetags.official import day, moment
from yuetan.views.frame.file_links import FileLink, file_links
from yuetan.views.frame.follow_ups import follow_up_rows
from yuetan.views.frame.next_steps import offered_next
from yuetan.views.reporting.next_steps import NextStepsOfReports
from yuetan.views.reporting.step_pages import OF_ACCEPTOR, OF_CONFIRMER
from yuetan.vocabulary import ReportFieldKind, ReportState

Sent = Mapping[str, forms.Form]
MAX_FOLLOWED = 5  # of other reports, the newest
MARKS = ("marks__marked_by", "marks__withdrawn_by", "marks__version", "marks__files")


def visible_report(user: User, public_id: UUID) -> PeriodicReport:
    """The report. Raises Http404 for who may not see it."""
    return get_object_or_404(PeriodicReport.objects.visible_to(user).with_relations(), public_id=public_id)


def report_context(report: PeriodicReport, user: User, sent: Sent) -> dict[str, object]:
    """For report.html; `sent` is the form that was sent off and refused, by the name of its button."""
    prefetch_related_objects([report], *MARKS)
    people = ("entered_by", "confirmed_by", "sent_back_by", "accepted_by", "returned_by", "signer__unit__parent")
    versions = list(report.versions.select_related(*people).order_by("-version"))
    fields = report.period.version.form_fields
    newest = versions[0] if versions else None
    inner = user.has_perm(permissions.name("see_reports")) and not user.is_recused_from(report.unit_id)
    pressed = pressed_for(report) if inner and is_not_in_order(report) else None
    return {
        "report": report,
        "newest": newest,
        "facts": [*facts_of_report(report), *_pressed_facts(pressed)],
        **_light_and_note(report),
        **_answers(fields, newest),
        "no_head_words": no_head_words(report),
        "versions": [_version_line(fields, versions, place, inner=inner) for place in range(len(versions))],
        "marks": [
            _mark_line(mark, user, inner=inner) for mark in report.marks.all() if inner or mark.withdrawn_at is None
        ],
        **_choices(report, user),
        "decisions": list(_decisions(newest, user, sent)),
        **_what_follows(report, user, pressed),
        **(_what_followed(report, user) if inner else {}),
    }


def _light_and_note(report: PeriodicReport) -> dict[str, object]:
    standing = ReportStanding.of(report, DeadlineLights.now())
    return {"standing": standing, "provisional": note_under([standing.deadline])}


def _what_follows(report: PeriodicReport, user: User, pressed: Pressed | None) -> dict[str, object]:
    """What may follow where it is not in order, with the facts that are filled in."""
    if pressed is None:
        return {}
    steps = NextStepsOfReports(user).after(report, f"?report={report.public_id}")
    return offered_next(offered_by_report(report, pressed), steps) if steps else {}


def _what_followed(report: PeriodicReport, user: User) -> dict[str, object]:
    """What was drafted on it, and on other reports of the unit of this scheme, the newest last."""
    of_unit = FollowUp.objects.about_reports(report.period.scheme, [report.unit_id])
    of_report = follow_up_rows(of_unit.filter(report=report), user)
    others = [one for one in follow_up_rows(of_unit.exclude(report=report), user) if one not in of_report]
    return {"followed": of_report, "followed_before": others[-MAX_FOLLOWED:]}


def _choices(report: PeriodicReport, user: User) -> dict[str, bool]:
    """What the reader may do now."""
    steps = {
        "may_fill": FILLING,
        "may_report_zero": FILLING_ZERO,
        "may_register": REGISTERING_PAPER,
        "may_mark": MARKING_REPORTED,
    }
    return {name: step.is_offered(report, user) for name, step in steps.items()}


def _decisions(version: ReportVersion | None, user: User, sent: Sent) -> Iterator[dict[str, object]]:
    """What may be decided on a version by pressing a button beside it: by its unit, or by the office."""
    for heading, pages in (("本单位确认", OF_CONFIRMER), ("办公室办理", OF_ACCEPTOR)):
        offered = [page for page in pages.values() if version is not None and page.step.is_offered(version, user)]
        if offered:
            steps = [{"page": page, "form": sent[page.name] if page.name in sent else page.form()} for page in offered]
            yield {"heading": heading, "steps": steps}


def facts_of_report(report: PeriodicReport) -> list[dict[str, str]]:
    """Who owes it, of what, until when, and when it came."""
    period = report.period
    facts = {
        "报送单位": report.unit.full_name,
        "报送事项": f"{period.scheme.title}（第{period.version.version}版）",
        "依据": period.version.source,
        "报送对象": period.version.receiver_words,
        "期": period.label,
        "开始填报": "" if report.serial else day(period.opens_on),
        "报送时限": moment(report.due_at),
        "重新报送的期限": day(report.again_by),
        "不再应报": _release_words(report),
        "报送时间": "\n".join(
            filter(None, (moment(report.handed_in_at), report.lateness if report.handed_in_at else ""))
        ),
    }
    return [{"label": label, "value": value} for label, value in facts.items() if value]


def _pressed_facts(pressed: Pressed | None) -> list[dict[str, str]]:
    """How often the unit was pressed for this scheme; nothing where it never was."""
    return [{"label": "本事项催报", "value": pressed.words}] if pressed and pressed.words else []


def _release_words(report: PeriodicReport) -> str:
    if report.released_at is None:
        return ""
    return f"{ReportState(report.state).label}：{report.release_reason}（{moment(report.released_at)}）"


def no_head_words(report: PeriodicReport) -> str:
    """That nobody of the unit can confirm its report here, and what to do instead; empty where somebody can."""
    if report.state not in ReportState.unfinished():
        return ""
    heads = [post.holder for post in report.unit.heads()]
    if any(head.username and head.is_active for head in heads):
        return ""
    paper = "签字盖章的纸质报表交办公室代录，收到时间即报送时间"
    if not heads:
        vacant = f"{report.unit.full_name}没有登记在任的主要领导，网上没有人能确认报送"
        return f"{vacant}：请系统管理员登记（主持工作的也登记）；没有账号的，{paper}。"
    names = joined([head.name for head in heads])
    return f"{names}没有可以登录的账号，网上没有人能确认报送：{paper}；要在网上确认的，请系统管理员登记账号。"


def _answers(fields: Sequence[ReportField], version: ReportVersion | None) -> dict[str, object]:
    """What the newest version says, and the scan of the paper that it came on."""
    if version is None:
        return {"answers": [], "scan": []}
    files = list(ReportFile.objects.of_version(version))
    answers = [
        {
            "label": each.label,
            "value": _words_of(each, version, files),
            "files": file_links(file for file in files if file.field == each.key),
        }
        for each in fields
    ]
    on_paper = [file for file in files if file.field == SCAN] if version.is_from_paper else []
    return {"answers": answers, "scan": file_links(on_paper)}


def _words_of(field: ReportField, version: ReportVersion, files: Sequence[ReportFile]) -> str:
    if field.kind == ReportFieldKind.FILE:
        number = sum(file.field == field.key for file in files)
        return f"{number} 份文件" if number else "—"
    return field.shown(version.values.get(field.key))


def _version_line(
    fields: Sequence[ReportField], versions: Sequence[ReportVersion], place: int, *, inner: bool
) -> dict[str, object]:
    version = versions[place]
    former = versions[place + 1] if place + 1 < len(versions) else None
    new_files: list[FileLink] = file_links(version.files.exclude(field=SCAN)) if former else []
    with_scan = version.is_from_paper and place > 0  # that of the newest stands above
    return {
        "version": version,
        "differences": version.differences_to(former, list(fields)) if former else [],
        "new_files": new_files,
        "scan": file_links(version.files.filter(field=SCAN)) if with_scan else [],
        "history": _history(version, inner=inner),
    }


def _history(version: ReportVersion, *, inner: bool) -> list[str]:
    """Who did what with it, and when; the unit does not read who of the office it was."""
    if version.is_from_paper:
        return [*_paper_history(version, inner=inner), *_decided_lines(version, inner=inner)]
    of_unit = (
        ("填报", version.entered_by, version.entered_at, version.reason),
        ("确认报送", version.confirmed_by, version.confirmed_at, ""),
        ("退回修改", version.sent_back_by, version.sent_back_at, version.sent_back_reason),
    )
    return [*_named_lines(of_unit, named=True), *_decided_lines(version, inner=inner)]


def _decided_lines(version: ReportVersion, *, inner: bool) -> Iterator[str]:
    again = f"（{day(version.again_by)}前重新报送）" if version.again_by else ""
    of_office = (
        ("办公室收下", version.accepted_by, version.accepted_at, ""),
        ("办公室退回", version.returned_by, version.returned_at, f"{version.return_reason}{again}"),
    )
    return _named_lines(of_office, named=inner)


def _paper_history(version: ReportVersion, *, inner: bool) -> Iterator[str]:
    """Who signed and brought the paper, when it came, and who of the office entered it."""
    assert version.signer is not None
    assert version.confirmed_by is not None
    signed = f"{version.confirmed_by.name}（{version.signer.full_title}）签字"
    brought = f"{version.brought_by}（{version.brought_by_title}）送交"
    yield f"{moment(version.confirmed_at)}　收到纸质报表：{signed}，{brought}"
    by = version.entered_by.name if inner else ""
    yield f"{moment(version.entered_at)}　{by}办公室代录{f'：{version.reason}' if version.reason else ''}"


def _named_lines(steps: Sequence[tuple[str, User | None, datetime | None, str]], *, named: bool) -> Iterator[str]:
    for label, who, when, words in steps:
        if who is not None and when is not None:
            yield f"{moment(when)}　{who.name if named else ''}{label}{f'：{words}' if words else ''}"


def _mark_line(mark: ReportMark, user: User, *, inner: bool) -> dict[str, object]:
    return {
        "mark": mark,
        "by": mark.marked_by.name if inner else OUTER_BODY,
        "files": file_links(mark.files.all()) if inner else [],
        "may_withdraw": WITHDRAWING.is_offered(mark, user),
    }
