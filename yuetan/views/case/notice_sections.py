"""Cards between approval and interview: who will be told, other interviews near, receipt, leave, written material."""

from __future__ import annotations

from django.urls import reverse

from yuetan import permissions
from yuetan.actions.interview.notice_elements import matter_words, named
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.models import Absence, Attachment, Case, Post, Submission, Unit, User
from yuetan.models.people.held_posts import by_person
from yuetan.models.record.event import OUTER_BODY
from yuetan.rules.dates import clock
from yuetan.rules.text import official_text
from yuetan.templatetags.official import day, moment, moment_in_words
from yuetan.views.case.paper_filings import filings_of, scans_of
from yuetan.views.frame.section import Badge, Section, SummaryRow, file_links, row
from yuetan.vocabulary import HEAD_POSTS, CaseState, FilePurpose, PostKind, SubmissionPart, Verb

MAX_SHOWN = 10


def before_a_notice(case: Case, user: User) -> list[Section]:
    """What the officer has to know before a notice goes out."""
    return [_recipients(case), _other_interviews(case, user)]


def _recipients(case: Case) -> Section:
    held = case.unit.posts.current().as_named().select_related("holder", "unit__parent")
    posts = [post for post in held if post.party]
    rows = [row(person.title, f"{person.name}{_reach(person.first)}") for person in by_person(posts)]
    reached = [PostKind(post.kind) for post in posts if _has_account(post)]
    lacking = [] if set(reached) & set(HEAD_POSTS) else [case.unit.heads_name]
    lacking += [] if PostKind.LIAISON in reached else [PostKind.LIAISON.label]
    warning = ""
    if lacking:
        names = official_text.joined(lacking)
        warning = f"{case.unit.full_name}没有可登录的{names}账号，须另行送达纸质通知书，签收后登记纸质回执。"
    note = "发出后，下列人员登录即可看到通知。" if posts else "该单位没有登记现任人员。"
    return Section("通知谁看得到", rows, note=note, warning=warning)


def _has_account(post: Post) -> bool:
    return bool(post.holder.username) and post.holder.is_active


def _reach(post: Post) -> str:
    account = f"账号 {post.holder.username}" if _has_account(post) else "没有账号，看不到"
    return f"（{account}{_telephone(post)}）"


def _telephone(post: Post) -> str:
    return f"，电话 {post.holder.telephones}" if post.holder.telephones else ""


def _other_interviews(case: Case, user: User) -> Section:
    """Announced interviews of the same people, soonest first."""
    people = [*case.interviewees.all(), *([case.interviewer] if case.interviewer else [])]
    holders = [post.holder for post in people]
    ahead = Case.objects.open().visible_to(user).filter(scheduled_at__gte=clock.now()).exclude(pk=case.pk)
    parts = ahead.filter(interviewer__holder__in=holders), ahead.of_interviewee(*holders)
    first_keys = [part.order_by("scheduled_at", "pk").values("pk")[: MAX_SHOWN + 1] for part in parts]
    coming = Case.objects.filter(pk__in=first_keys[0].union(first_keys[1])).order_by("scheduled_at", "pk")
    soonest = list(coming.select_related("interviewer__holder", "unit__parent")[: MAX_SHOWN + 1])
    rows = [row(moment_in_words(other.scheduled_at), _interview_words(other)) for other in soonest[:MAX_SHOWN]]
    note = "约谈人、约谈对象已经通知、尚未举行的其他约谈。" if rows else "约谈人、约谈对象近期没有其他约谈。"
    if len(soonest) <= MAX_SHOWN:
        return Section("时间是否冲突", rows, note=note)
    link = {"url": f"{reverse('case_list')}?state={CaseState.NOTIFIED}", "label": "其余的见约谈台账"}
    return Section("时间是否冲突", rows, note=f"{note}这里只列最早的 {MAX_SHOWN} 场。", link=link)


def _interview_words(other: Case) -> str:
    assert other.interviewer is not None
    return f"{other.interviewer.holder.name}约谈{other.unit_label}\n{other.title}\n{other.place}"


def before_written_material(case: Case, user: User) -> list[Section]:
    """Until when, and what becomes of it afterwards."""
    if case.submission_due_on is None:
        return []
    last = f"办公室设定：最迟于{day(case.submission_due_on)}提交；逾期仍收，标明“逾期提交”。"
    if case.has_begun:
        last = "约谈时间已到：尚未提交过的，纪要印发前仍可提交，标明“约谈后补交”。"
    light = None if case.submission_handed_in else DeadlineLights.now().of(case.submission_due_on)
    return [Section("提交期限", note=last, light=light)]


def receipt(case: Case, files: list[Attachment], *, inner: bool) -> Section | None:
    """Who signed for the notice that holds, with the scan where it was on paper; or whom the office calls."""
    if case.state != CaseState.NOTIFIED:
        return None
    notice = case.current_notice
    signed = notice.receipt_or_none
    if signed is None:
        note = f"{notice.number}尚未签收，应于{day(case.receipt_due_on)}前签收。"
        return Section("签收", telephones(case.unit) if inner else [], note=note)
    rows = [row("签收人", f"{signed.signer}（{signed.signed_title}）"), row("时间", signed.signed_at_words)]
    scan = [file for file in files if file.purpose == FilePurpose.RECEIPT and file.pk == signed.scan_id]
    if signed.is_of_paper:
        rows.append(row("方式", f"纸质回执，办公室于{day(signed.registered_at)}登记"))
    return Section("签收", rows, file_links(scan))


def telephones(unit: Unit) -> list[SummaryRow]:
    """Whom to call of the unit while nobody has signed; a line that says so where no telephone is known."""
    held = unit.posts.current().as_named().select_related("holder", "unit__parent")
    people = by_person([post for post in held if post.party and post.holder.telephones])
    known = [row(f"{person.title}电话", f"{person.name}：{person.first.holder.telephones}") for person in people]
    return known or [row("联系电话", "主要领导、联络员都没有登记电话，请系统管理员登记")]


def as_approved(case: Case, user: User) -> list[Section]:
    """What the notice takes from the approval and from posts, and nobody types."""
    leader = case.interviewer
    rows = [
        row("事由", matter_words(case)),
        row("约谈人", named(leader) if leader else ""),
        row("约谈对象", "\n".join(map(str, case.people_named))),
    ]
    return [Section("照审定写入通知的内容", rows, note="这几项照审定的建议和现任职务写入，不用填写，不能在通知里改。")]


def leaves(case: Case, files: list[Attachment], *, inner: bool) -> Section | None:
    """请假: who asked, why, and what was decided; those about an earlier time say so."""
    requests = sorted(case.leaves.all(), key=lambda leave: leave.requested_at, reverse=True)
    now = case.leaves_now
    rows = []
    for leave in requests:
        words = [leave.reason, f"{leave.requested_by.name}于{moment(leave.requested_at)}提出"]
        words += [filed.words_for(inner=inner) for filed in filings_of(case, leave)]
        if leave.decided_at:
            assert leave.decided_by is not None
            who = leave.decided_by.name if inner else "约谈人"
            words.append(f"{who}于{moment(leave.decided_at)}审批：{leave.outcome}。{leave.opinion}")
        else:
            words.append("待约谈人审批" if leave in now else "已改期，不再审批")
        rows.append(row(f"{leave.post.holder.name}", "\n".join(words), scans_of(case, leave, files)))
    return Section("请假", rows) if rows else None


def absences(case: Case, user: User) -> Section | None:
    """未经准假缺席: who did not come to which announced interview, and what may be done about it."""
    inner = case.is_inner_to(user)
    rows = [
        row(one.post.holder.name, f"{one.cause}\n{_recorder(one, inner=inner)}于{moment(one.recorded_at)}记录")
        for one in case.absences.all()
    ]
    if not rows:
        return None
    may_remind = user.has_perm(permissions.name(Verb.DRAFT_LETTER)) and not user.is_recused_from(case.unit_id)
    link = {"url": f"{reverse('draft_letter')}?case={case.pk}", "label": "起草提醒函"} if may_remind else {}
    return Section("未经准假缺席", rows, link=link)


def _recorder(absence: Absence, *, inner: bool) -> str:
    return str(absence.recorded_by.name) if inner else OUTER_BODY


def submission(case: Case, files: list[Attachment], *, inner: bool) -> Section | None:
    """The written material: the version that holds, or for the unit its draft, and the others folded below."""
    shown = [version for version in case.submissions.all() if version.handed_in_at or not inner]
    shown.sort(key=lambda version: version.version, reverse=True)
    if not shown:
        return _nothing_yet(case, inner=inner) if case.state == CaseState.NOTIFIED else None
    first, *others = (_version(case, version, files, inner=inner) for version in shown)
    first.title, first.earlier = "书面材料", others
    return first


def _nothing_yet(case: Case, *, inner: bool) -> Section:
    due = f"最迟于{day(case.submission_due_on)}提交。" if case.submission_due_on else ""
    missing = [_heading(case, part, "grey", "未填写", linked=not inner) for part in SubmissionPart]
    return Section("书面材料", parts=missing, note=f"尚未提交。{due}")


def _version(case: Case, version: Submission, files: list[Attachment], *, inner: bool) -> Section:
    version_files = [file for file in files if file.submission_id == version.pk]
    rows = [
        row(part.label, version.part(part), [file for file in version_files if file.part == part], key=part)
        for part in SubmissionPart
        if version.part(part) or any(file.part == part for file in version_files)
    ]
    whole = file_links([file for file in version_files if not file.part])
    if version.handed_in_at is None:
        note = f"第 {version.version} 稿，草稿，尚未提交；约谈方看不到。"
        return Section("", rows, whole, _headings(case, version, version_files), note)
    assert version.handed_in_by is not None
    notified = f"第 {version.version} 稿，{version.handed_in_by.name}于{moment(version.handed_in_at)}提交"
    late: Badge | None = {"light": "yellow", "words": version.lateness} if version.lateness else None
    filed = "".join(f"{filing.words_for(inner=inner)}。" for filing in filings_of(case, version))
    whole += file_links(scans_of(case, version, files))
    return Section(notified, rows, whole, note=f"{notified}。{filed}", light=late)


def _headings(case: Case, version: Submission, files: list[Attachment]) -> list[dict[str, str]]:
    """The task list of a draft."""
    headings = []
    for part in SubmissionPart:
        filled, count = version.part(part).strip(), sum(file.part == part for file in files)
        words = ("已填写" if filled else "未填写") + (f"，附件 {count} 个" if count else "")
        light = "green" if filled else "red"
        headings.append(_heading(case, part, light, words, linked=case.state == CaseState.NOTIFIED))
    return headings


def _heading(case: Case, part: SubmissionPart, light: str, words: str, *, linked: bool) -> dict[str, str]:
    page = reverse("take_step", args=[case.pk, Verb.PREPARE_SUBMISSION])
    return {"label": part.label, "url": f"{page}#id_{part.value}" if linked else "", "light": light, "words": words}
