"""The alerts sent after each step: one table of recipients and sentences, and the one place that sends them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q

from yuetan.models import Alert, Case, Delegation, Delivery, Event, Letter, OfficeSetting, Post, User
from yuetan.models.people.user import role_group_name
from yuetan.rules.dates import clock
from yuetan.vocabulary import AlertChannel, Party, Role, Verb

MAX_TEXT_LENGTH = 400
APPROVERS = "approvers"  # leaders in a post to which the office has given approval, and who stands in for them
OFFICER, DIRECTOR, SUPERVISOR = Role.CASE_OFFICER, Role.OFFICE_DIRECTOR, Role.SUPERVISOR
UNIT = (Party.UNIT_HEAD, Party.UNIT_LIAISON)


@dataclass(frozen=True)
class AlertRule:
    """The recipients of one alert about a step, and its sentence; {subject} is the case or the letter."""

    whom: tuple[Role | Party | str, ...]
    words: str


_APPROVED = AlertRule((OFFICER,), "{subject}已审定同意，请办理书面通知。")
_DECLINED = AlertRule((Party.DRAFTER, DIRECTOR), "{subject}经审定不予约谈。")

# By step: each line goes to everybody it names but the one who took the step.
ALERTS: dict[str, tuple[AlertRule, ...]] = {
    Verb.SUBMIT: (AlertRule((DIRECTOR,), "{subject}已报核，请核稿。"),),
    Verb.RETURN_FOR_CHANGES: (AlertRule((Party.DRAFTER,), "{subject}被退回修改，请按退回原因修改后重新报核。"),),
    Verb.ENDORSE: (
        AlertRule((APPROVERS,), "{subject}已核稿，请审定。"),
        AlertRule((Party.DRAFTER,), "{subject}已核稿，报审定。"),
    ),
    Verb.APPROVE: (_APPROVED,),
    Verb.CONFIRM_APPROVAL: (_APPROVED,),
    Verb.DECLINE: (_DECLINED,),
    Verb.CONFIRM_DECLINE: (_DECLINED,),
    Verb.REGISTER_DECISION: (AlertRule((OFFICER, DIRECTOR), "{subject}已登记审定，请登记人以外的一人复核。"),),
    Verb.RETURN_REGISTRATION: (AlertRule((OFFICER, DIRECTOR), "{subject}的审定登记被退回，请重新登记。"),),
    Verb.SERVE_NOTICE: (
        AlertRule(UNIT, "您单位收到约谈通知书（{subject}），请及时签收并准备书面材料。"),
        AlertRule((Party.INTERVIEWER,), "{subject}已发出通知，由您进行约谈。"),
    ),
    Verb.RESCHEDULE: (
        AlertRule(UNIT, "约谈改期（{subject}），请重新签收改期通知。"),
        AlertRule((Party.INTERVIEWER,), "{subject}已改期。"),
    ),
    Verb.WITHDRAW: (AlertRule((*UNIT, DIRECTOR, OFFICER), "{subject}已撤回。"),),
    Verb.ACKNOWLEDGE_RECEIPT: (AlertRule((OFFICER,), "{subject}的通知已由被约谈方签收。"),),
    Verb.HAND_IN_SUBMISSION: (AlertRule((OFFICER,), "{subject}的书面材料已提交。"),),
    Verb.ASK_LEAVE: (AlertRule((Party.INTERVIEWER, OFFICER), "{subject}的约谈对象请假，请审批。"),),
    Verb.DECIDE_LEAVE: (AlertRule((*UNIT, OFFICER), "{subject}的请假已审批，请查看。"),),
    Verb.HOLD_INTERVIEW: (AlertRule((Party.INTERVIEWER,), "{subject}的纪要已形成初稿，请确认文本。"),),
    Verb.REVISE_MINUTES: (AlertRule((Party.INTERVIEWER,), "{subject}的纪要文本已修改，请重新确认。"),),
    Verb.CONFIRM_MINUTES: (AlertRule((OFFICER,), "{subject}的纪要文本已由约谈人确认，请送被约谈方确认。"),),
    Verb.RETURN_MINUTES: (AlertRule((OFFICER, DIRECTOR), "{subject}的纪要文本被约谈人退回修改。"),),
    Verb.SEND_MINUTES: (
        AlertRule((Party.UNIT_HEAD, Party.UNIT_LIAISON), "{subject}的纪要文本已送您单位，请反馈意见。"),
    ),
    Verb.ANSWER_MINUTES: (AlertRule((OFFICER, DIRECTOR), "{subject}的纪要，被约谈方已反馈意见。"),),
    Verb.ISSUE_MINUTES: (
        AlertRule(UNIT, "{subject}的约谈纪要已印发，请查收。"),
        AlertRule((OFFICER,), "{subject}的约谈纪要已印发，请交办整改。"),
    ),
    Verb.CORRECT_MINUTES: (AlertRule((Party.INTERVIEWER,), "{subject}的纪要拟更正，请确认。"),),
    Verb.CONFIRM_CORRECTION: (AlertRule((*UNIT, OFFICER), "{subject}的约谈纪要已更正，请以更正后的为准。"),),
    Verb.ASSIGN: (AlertRule(UNIT, "{subject}的整改任务已交办，请在时限内书面报告落实情况。"),),
    Verb.HAND_IN_REPORT: (AlertRule((SUPERVISOR,), "{subject}有整改报告报送，请核查。"),),
    Verb.HAND_IN_PROGRESS: (AlertRule((SUPERVISOR,), "{subject}有进展报告报送，请查阅。"),),
    Verb.NOTE_PROGRESS: (AlertRule(UNIT, "{subject}的进展报告已阅，请查看批阅意见。"),),
    Verb.ACCEPT_TASK: (AlertRule(UNIT, "{subject}有整改任务销号。"),),
    Verb.RETURN_TASK: (AlertRule(UNIT, "{subject}有整改报告被退回，请按退回原因补齐后重新报送。"),),
    Verb.CHASE: (AlertRule(UNIT, "市扫黑办催办{subject}的整改任务，请尽快办理并回复。"),),
    Verb.ANSWER_CHASE: (AlertRule((OFFICER, SUPERVISOR), "{subject}的催办，被约谈方已回复。"),),
    Verb.ASK_EXTENSION: (AlertRule((DIRECTOR,), "{subject}有整改任务申请延期，请审批。"),),
    Verb.DECIDE_EXTENSION: (AlertRule((*UNIT, SUPERVISOR), "{subject}的延期申请已审批，请查看。"),),
    Verb.PAUSE_TASK: (AlertRule((*UNIT, SUPERVISOR), "{subject}有整改任务中止计时。"),),
    Verb.RESUME_TASK: (AlertRule((*UNIT, SUPERVISOR), "{subject}有整改任务恢复计时，请留意新的截止日。"),),
    Verb.ISSUE_SUPERVISION_LETTER: (AlertRule(UNIT, "您单位收到整改督办单（{subject}），请签收、办理并回复。"),),
    Verb.ACKNOWLEDGE_SUPERVISION: (AlertRule((DIRECTOR, SUPERVISOR), "{subject}的督办单已签收。"),),
    Verb.ANSWER_SUPERVISION: (AlertRule((DIRECTOR, SUPERVISOR), "{subject}的督办单已回复，请查看。"),),
    Verb.BEGIN_INSPECTION: (AlertRule(UNIT, "{subject}进入督查，请配合。"),),
    Verb.CONCLUDE_INSPECTION: (AlertRule((DIRECTOR,), "{subject}已有督查结论，请研究办结、退回或者问责。"),),
    Verb.SEND_BACK: (AlertRule(UNIT, "{subject}有整改任务被退回，请按新的时限整改、重新报告。"),),
    Verb.CLOSE: (AlertRule((*UNIT, OFFICER, SUPERVISOR), "{subject}已办结销号。"),),
    Verb.REOPEN: (AlertRule((*UNIT, OFFICER, DIRECTOR), "{subject}经回头看发现问题复发，重新整改。"),),
    Verb.DRAFT_LETTER: (AlertRule((Role.LEADING_GROUP,), "提醒函（{subject}）已起草，请签发。"),),
    Verb.RETURN_LETTER: (AlertRule((SUPERVISOR,), "提醒函（{subject}）被退回，请按退回原因修改。"),),
    Verb.REVISE_LETTER: (AlertRule((Role.LEADING_GROUP,), "提醒函（{subject}）已修改，请签发。"),),
    Verb.APPROVE_LETTER: (
        AlertRule(UNIT, "您单位收到提醒函（{subject}），请及时签收。"),
        AlertRule((SUPERVISOR,), "提醒函（{subject}）已签发。"),
    ),
    Verb.ACKNOWLEDGE_LETTER: (AlertRule((SUPERVISOR,), "提醒函（{subject}）已签收。"),),
    Verb.ANSWER_LETTER: (AlertRule((SUPERVISOR,), "提醒函（{subject}）已答复，请查看。"),),
}


def alert_about(event: Event) -> None:
    """Send the alerts that the table gives for the event of a step, in the transaction of that step."""
    subject = event.case or event.letter
    assert subject is not None
    notified: set[int] = set()
    for line in ALERTS.get(event.verb, ()):
        people = [p for p in recipients(subject, line.whom) if p.pk not in notified and p.pk != event.actor_id]
        notified |= {person.pk for person in people}
        send_alert(people, key=f"event:{event.pk}", words=line.words.format(subject=_named(subject)), about=subject)


def _named(subject: Case | Letter) -> str:
    """The case or letter with its unit."""
    words = subject.title if isinstance(subject, Case) else subject.matter
    return f"{subject.unit.name}“{words}”"


def recipients(subject: Case | Letter, whom: Iterable[Role | Party | str]) -> list[User]:
    """The holders of the posts that the rule names, without those recused because the unit is their own."""
    named = list(whom)
    own = Post.objects.current().filter(unit=subject.unit_id).values("holder")
    meant = (_in_roles(named) & ~Q(pk__in=own)) | _parties(subject, named)
    return list(User.objects.filter(meant, is_active=True).distinct().order_by("pk"))


def _in_roles(named: Sequence[Role | Party | str]) -> Q:
    meant = Q(groups__name__in=[role_group_name(role) for role in named if isinstance(role, Role)])
    if APPROVERS not in named:
        return meant
    posts = Post.objects.current().filter(kind__in=OfficeSetting.objects.posts("approving_posts"))
    stand_ins = Delegation.objects.in_force().filter(delegator__in=posts.values("holder"))
    return meant | Q(pk__in=posts.values("holder")) | Q(pk__in=stand_ins.values("delegate"))


def _parties(subject: Case | Letter, named: Sequence[Role | Party | str]) -> Q:
    keys = subject.parties() if any(isinstance(party, Party) for party in named) else {}
    parties = [party for party in named if isinstance(party, Party)]
    people = [key for party in parties for key in keys.get(party, ()) if party not in UNIT]
    groups = [key for party in parties for key in keys.get(party, ()) if party in UNIT]
    return Q(pk__in=people) | Q(groups__in=groups)


def send_alert(people: Sequence[User], *, key: str, words: str, about: Case | Letter | None = None) -> None:
    """Store one message for each recipient, once a key, and its deliveries; nothing is sent before the commit."""
    facts = {"case": about} if isinstance(about, Case) else {"letter": about} if about else {}
    text, now = words[:MAX_TEXT_LENGTH], clock.now()
    alerts = [Alert(recipient=person, key=key, text=text, created_at=now, **facts) for person in people]
    Alert.objects.bulk_create(alerts)
    queue_deliveries(alerts)


def queue_deliveries(alerts: Sequence[Alert]) -> None:
    """Lay messages into the outbox of every channel that is switched on and knows the person."""
    deliveries = [Delivery(alert=alert, channel=channel) for alert in alerts for channel in channels(alert.recipient)]
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)


def has_channel() -> bool:
    """Whether any channel is switched on."""
    return bool(settings.ALERT_MAIL or settings.ALERT_WEBHOOK)


def channels(person: User) -> list[AlertChannel]:
    """The configured channels by which this person can be reached."""
    configured = [AlertChannel.MAIL] if settings.ALERT_MAIL and person.email else []
    return configured + ([AlertChannel.WEBHOOK] if settings.ALERT_WEBHOOK and person.username else [])
