"""The cards of a 挂牌督办: who was sent, what they reported, and how far 摘牌 is."""

from __future__ import annotations

from django.utils import timezone

from yuetan.models import AccountabilityMeasure, Attachment, DelistingRequest, TeamMembership, User
from yuetan.rules.text.official_text import chinese_date
from yuetan.templatetags.official import moment
from yuetan.views.case.case_files import visible_files
from yuetan.views.frame.section import Section, SummaryRow, row
from yuetan.vocabulary import FilePurpose, Verb

OF_LISTINGS = (FilePurpose.TEAM_REPORT, FilePurpose.DELISTING_REQUEST, FilePurpose.DELISTING_PROPOSAL)
Files = dict[tuple[object, object], list[Attachment]]


def listing_sections(measure: AccountabilityMeasure, user: User) -> list[Section]:
    """The cards there are; of a team's reports and of what the supervisor proposed the unit sees nothing."""
    if not measure.is_listing:
        return []
    inner = measure.is_inner_to(user)
    files = _files(measure, user)
    made = (
        _team(measure, inner=inner),
        _team_reports(measure, files) if inner else None,
        _delisting(measure, files, inner=inner),
    )
    return [section for section in made if section is not None]


def delisting_rows(measure: AccountabilityMeasure, user: User, verb: str) -> list[SummaryRow]:
    """What was asked and waits, beside a step by which it is decided."""
    if verb not in (Verb.GRANT_DELISTING, Verb.REFUSE_DELISTING):
        return []
    files = _files(measure, user)
    return [line for one in measure.delistings_asked for line in _request_rows(one, files, inner=True)[:1]]


def _files(measure: AccountabilityMeasure, user: User) -> Files:
    by_record: Files = {}
    for one in (file for file in visible_files(measure, user) if file.purpose in OF_LISTINGS):
        by_record.setdefault((one.team_report_id, one.delisting_id), []).append(one)
    return by_record


def _team(measure: AccountabilityMeasure, *, inner: bool) -> Section | None:
    """All there were; who had left again before the service was never sent to the unit."""
    members = [one for one in measure.team_members.all() if inner or _was_sent(one, measure)]
    if not members:
        return None
    return Section("工作组", [row("组长" if one.leads else "成员", f"{one}（{one.when}）") for one in members])


def _was_sent(one: TeamMembership, measure: AccountabilityMeasure) -> bool:
    return one.left_on is None or one.left_on > timezone.localdate(measure.issued_paper.issued_at)


def _team_reports(measure: AccountabilityMeasure, files: Files) -> Section | None:
    rows = [
        row(
            chinese_date(report.reported_on),
            f"{report.words}\n{report.registered_by.name}于{moment(report.registered_at)}登记",
            files.get((report.pk, None)),
        )
        for report in measure.team_reports.select_related("registered_by")
    ]
    return Section("工作组报告", rows) if rows else None


def _delisting(measure: AccountabilityMeasure, files: Files, *, inner: bool) -> Section | None:
    asked = measure.delisting_requests.select_related("asked_by", "decided_by")
    rows = [line for one in asked if inner or one.by_unit for line in _request_rows(one, files, inner=inner)]
    return Section("摘牌", rows) if rows else None


def _request_rows(one: DelistingRequest, files: Files, *, inner: bool) -> list[SummaryRow]:
    who = one.asked_by.name if inner or one.by_unit else ""
    label = "单位申请" if one.by_unit else "督查员提请"
    sentence = f"{one.words}\n{who}，{moment(one.asked_at)}"
    rows = [row(label, sentence, files.get((None, one.pk)))]
    if one.granted is None:
        return [*rows, row("决定", "待决定")]
    by = f"\n{one.decided_by.name}，{moment(one.decided_at)}" if inner and one.decided_by else ""
    return [*rows, row("决定", f"{one.outcome}。{one.opinion}{by}")]
