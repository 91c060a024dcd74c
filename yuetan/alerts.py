"""The one place that sends alerts; the row of each step says which (`alerts` in `models/*/steps.py`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings
from django.db.models import Q, QuerySet, Value

from yuetan.models import Alert, Case, Delegation, Delivery, Event, Letter, OfficeSetting, Post, TeamMember, User
from yuetan.models.case.current_parties import CurrentParties
from yuetan.models.flow.step import APPROVERS, INSPECTORS, AlertRule, Step
from yuetan.models.people.user import role_group_name
from yuetan.permissions import SIGNERS, UNIT_SIDE
from yuetan.rules.dates import clock
from yuetan.vocabulary import ACTING_FOR, ROLE_OF_POST, AlertChannel, Party, Role

MAX_TEXT_LENGTH = 400
ACTING_FOR_ROLE: dict[Role | Party | str, Party] = {ROLE_OF_POST[kind]: party for party, kind in ACTING_FOR.items()}
Parties = Mapping[Party, Sequence[int]]
UNIT = frozenset(UNIT_SIDE)  # parties that are groups, not single people


def alert_about(event: Event, step: Step) -> None:
    """Send the alerts of the step that the event records, in the transaction of that step."""
    subject = event.case or event.letter
    assert subject is not None
    lines = [line for line in step.alerts if not line.when or line.when in event.data]
    words_for: dict[User, str] = {}
    for line, people in zip(lines, _recipients_of_each(subject, lines), strict=True):
        for person in people:
            words_for.setdefault(person, _words(line, event, subject))
    notified = [(person, words) for person, words in words_for.items() if person.pk != event.actor_id]
    _store_alerts(notified, key=f"event:{event.pk}", about=subject)


def _words(line: AlertRule, event: Event, subject: Case | Letter) -> str:
    return line.words.format(subject=_named(subject), fact=event.data.get(line.when, ""))


def _named(subject: Case | Letter) -> str:
    """The case or letter with its unit."""
    words = subject.title if isinstance(subject, Case) else subject.matter
    return f"{subject.unit.name}“{words}”"


def recipients(subject: Case | Letter, whom: Iterable[Role | Party | str]) -> list[User]:
    """The holders of the posts that the rule names, without those recused because the unit is their own.

    Where they all are, whoever acts for them.
    """
    return people_in(subject, _with_stand_ins(whom))


def _with_stand_ins(whom: Iterable[Role | Party | str]) -> list[Role | Party | str]:
    named = list(whom)
    return [*named, *(ACTING_FOR_ROLE[role] for role in named if role in ACTING_FOR_ROLE)]


def _recipients_of_each(subject: Case | Letter, lines: Sequence[AlertRule]) -> list[list[User]]:
    """The recipients of every line, all in one query."""
    return people_in_each(subject, [_with_stand_ins(line.whom) for line in lines])


def people_in_each(subject: Case | Letter, wanted: Sequence[Sequence[Role | Party | str]]) -> list[list[User]]:
    """For each of these, the people who are any of it to the subject today; all in one query."""
    if not wanted:
        return []
    parties = subject.parties()
    numbered = [_people_in(subject, each, parties).annotate(place=Value(place)) for place, each in enumerate(wanted)]
    people: list[list[User]] = [[] for _ in wanted]
    for person in numbered[0].union(*numbered[1:], all=True) if len(wanted) > 1 else numbered[0]:
        people[person.place].append(person)
    return [sorted(each, key=lambda person: person.pk) for each in people]


def people_in(subject: Case | Letter, named: Sequence[Role | Party | str]) -> list[User]:
    """The people who are any of these to the subject today."""
    parties = subject.parties() if any(isinstance(party, Party) for party in named) else {}
    return list(_people_in(subject, named, parties).order_by("pk"))


def _people_in(subject: Case | Letter, named: Sequence[Role | Party | str], parties: Parties) -> QuerySet[User]:
    own = Post.objects.current().filter(unit=subject.unit_id).values("holder")
    meant = (_in_roles(subject, named) & ~Q(pk__in=own)) | _in_parties(parties, named)
    if APPROVERS in named and isinstance(subject, Case):
        meant |= Q(pk__in=[post.holder_id for post in CurrentParties.today().acting_deciders(subject)])
    return User.objects.filter(meant, is_active=True).order_by().distinct()


def _in_roles(subject: Case | Letter, named: Sequence[Role | Party | str]) -> Q:
    meant = Q(groups__name__in=[role_group_name(role) for role in named if isinstance(role, Role)])
    if INSPECTORS in named:
        unsigned = TeamMember.objects.filter(team__case=subject.pk, team__inspected_on__isnull=False, signed_at=None)
        meant |= Q(pk__in=unsigned.values("person"), groups__name__in=[role_group_name(role) for role in SIGNERS])
    if APPROVERS not in named:
        return meant
    posts = Post.objects.current().filter(kind__in=OfficeSetting.objects.posts("approving_posts"))
    stand_ins = Delegation.objects.in_force().filter(delegator__in=posts.values("holder"))
    return meant | Q(pk__in=posts.values("holder")) | Q(pk__in=stand_ins.values("delegate"))


def _in_parties(keys: Parties, named: Sequence[Role | Party | str]) -> Q:
    parties = [party for party in named if isinstance(party, Party)]
    people = [key for party in parties for key in keys.get(party, ()) if party not in UNIT]
    groups = [key for party in parties for key in keys.get(party, ()) if party in UNIT]
    return Q(pk__in=people) | Q(groups__in=groups)


def send_alert(people: Sequence[User], *, key: str, words: str, about: Case | Letter | None = None) -> None:
    """Store one message for each recipient, once a key, and its deliveries; nothing is sent before the commit."""
    _store_alerts([(person, words) for person in people], key=key, about=about)


def _store_alerts(words_for: Sequence[tuple[User, str]], *, key: str, about: Case | Letter | None) -> None:
    facts = {"case": about} if isinstance(about, Case) else {"letter": about} if about else {}
    now = clock.now()
    alerts = [
        Alert(recipient=person, key=key, text=words[:MAX_TEXT_LENGTH], created_at=now, **facts)
        for person, words in words_for
    ]
    if not alerts:
        return
    Alert.objects.bulk_create(alerts)
    queue_deliveries(alerts)


def queue_deliveries(alerts: Sequence[Alert]) -> None:
    """Lay messages into the outbox of every channel that is switched on and knows the person."""
    deliveries = [Delivery(alert=alert, channel=channel) for alert in alerts for channel in channels(alert.recipient)]
    if not deliveries:
        return
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)


def has_channel() -> bool:
    """Whether any channel is switched on."""
    return bool(settings.ALERT_MAIL or settings.ALERT_WEBHOOK)


def channels(person: User) -> list[AlertChannel]:
    """The configured channels by which this person can be reached."""
    configured = [AlertChannel.MAIL] if settings.ALERT_MAIL and person.email else []
    return configured + ([AlertChannel.WEBHOOK] if settings.ALERT_WEBHOOK and person.username else [])
