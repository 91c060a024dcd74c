"""What the page of one 报表 shows: its newest version in words, the versions before with their differences, marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from yuetan import permissions
from yuetan.actions.reporting import acceptance, confirmation, marks
from yuetan.actions.reporting import reports as actions
from yuetan.models import PeriodicReport, ReportFile, ReportMark, ReportVersion, User
from yuetan.models.record.event import OUTER_BODY
from yuetan.rules.reporting.form_fields import ReportField
from yuetan.templatetags.official import day, moment
from yuetan.views.frame.file_links import FileLink, file_links
from yuetan.vocabulary import ReportFieldKind, ReportState


def report_context(report: PeriodicReport, user: User) -> dict[str, object]:
    """For report.html."""
    people = ("entered_by", "confirmed_by", "sent_back_by", "accepted_by", "returned_by")
    versions = list(report.versions.select_related(*people).order_by("-version"))
    fields = report.period.version.form_fields
    newest = versions[0] if versions else None
    inner = user.has_perm(permissions.name("see_reports")) and not user.is_recused_from(report.unit_id)
    return {
        "report": report,
        "newest": newest,
        "facts": facts_of_report(report),
        "answers": _answers(fields, newest) if newest else [],
        "versions": [_version_line(fields, versions, place, inner=inner) for place in range(len(versions))],
        "marks": [
            _mark_line(mark, user, inner=inner)
            for mark in report.marks.select_related("marked_by", "withdrawn_by")
            if inner or mark.withdrawn_at is None
        ],
        **_choices(report, newest, user),
    }


def _choices(report: PeriodicReport, newest: ReportVersion | None, user: User) -> dict[str, bool]:
    """What the reader may do now."""
    fills = actions.may_fill(report.unit_id, user) and report.period.is_open
    waits = newest is not None and newest.state == ReportState.AWAITS_CONFIRMATION
    handed_in = newest is not None and newest.state == ReportState.HANDED_IN
    return {
        "may_fill": fills,
        "may_report_zero": fills and report.handed_in_at is None and report.period.version.is_periodic,
        "may_confirm": waits and confirmation.may_confirm_report(report.unit_id, user),
        "may_accept": handed_in and _may(user, acceptance.ACCEPT, report),
        "may_mark": report.handed_in_at is not None and _may(user, marks.MARK, report) and not _is_marked(report),
    }


def _may(user: User, codename: str, report: PeriodicReport) -> bool:
    return user.has_perm(permissions.name(codename)) and not user.is_recused_from(report.unit_id)


def _is_marked(report: PeriodicReport) -> bool:
    return any(mark.withdrawn_at is None for mark in report.marks.all())


def facts_of_report(report: PeriodicReport) -> list[dict[str, str]]:
    """Who owes it, of what, until when, and when it came."""
    period = report.period
    facts = {
        "报送单位": report.unit.full_name,
        "报送事项": f"{period.scheme.title}（第{period.version.version}版）",
        "依据": period.version.source,
        "期": period.label,
        "开始填报": "" if report.serial else day(period.opens_on),
        "报送时限": moment(report.due_at),
        "报送时间": "\n".join(
            filter(None, (moment(report.handed_in_at), report.lateness if report.handed_in_at else ""))
        ),
    }
    return [{"label": label, "value": value} for label, value in facts.items() if value]


def _answers(fields: Sequence[ReportField], version: ReportVersion) -> list[dict[str, object]]:
    files = list(ReportFile.objects.of_version(version))
    return [
        {
            "label": each.label,
            "value": _words_of(each, version, files),
            "files": file_links(file for file in files if file.field == each.key),
        }
        for each in fields
    ]


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
    new_files: list[FileLink] = file_links(version.files.all()) if former else []
    return {
        "version": version,
        "differences": version.differences_to(former, list(fields)) if former else [],
        "new_files": new_files,
        "history": _history(version, inner=inner),
    }


def _history(version: ReportVersion, *, inner: bool) -> list[str]:
    """Who did what with it, and when; the unit does not read who of the office it was."""
    of_unit = (
        ("填报", version.entered_by, version.entered_at, version.reason),
        ("确认报送", version.confirmed_by, version.confirmed_at, ""),
        ("退回修改", version.sent_back_by, version.sent_back_at, version.sent_back_reason),
    )
    of_office = (
        ("办公室收下", version.accepted_by, version.accepted_at, ""),
        ("办公室退回", version.returned_by, version.returned_at, version.return_reason),
    )
    return [*_named_lines(of_unit, named=True), *_named_lines(of_office, named=inner)]


def _named_lines(steps: Sequence[tuple[str, User | None, datetime | None, str]], *, named: bool) -> Iterator[str]:
    for label, who, when, words in steps:
        if who is not None and when is not None:
            yield f"{moment(when)}　{who.name if named else ''}{label}{f'：{words}' if words else ''}"


def _mark_line(mark: ReportMark, user: User, *, inner: bool) -> dict[str, object]:
    may_withdraw = inner and mark.withdrawn_at is None and user.has_perm(permissions.name(marks.WITHDRAW))
    return {
        "mark": mark,
        "by": mark.marked_by.name if inner else OUTER_BODY,
        "files": file_links(mark.files.all()) if inner else [],
        "may_withdraw": may_withdraw,
    }
