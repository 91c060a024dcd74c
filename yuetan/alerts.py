"""The one place that sends alerts; the row of each step says which (`alerts` in `models/*/steps.py`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F, QuerySet

from yuetan.models import Alert, Case, Delivery, Event, Post, Subject, User
from yuetan.models.case.current_parties import CurrentParties
from yuetan.models.flow.step import APPROVERS, INSPECTORS, AlertRule, Step
from yuetan.models.office.last_writes import writing
from yuetan.models.office.read_once import once
from yuetan.models.rectification.task_origin import HandsOutTasks
from yuetan.models.subjects import SUBJECTS, subject_of
from yuetan.permissions import SIGNERS, UNIT_SIDE
from yuetan.rules.dates import clock
from yuetan.vocabulary import ACTING_FOR, ROLE_OF_POST, AlertChannel, DeliveryState, Party, Role
from yuetan.vocabulary.naming import in_names

MAX_TEXT_LENGTH = 400
ACTING_FOR_ROLE: dict[Role | Party | str, Party] = {ROLE_OF_POST[kind]: party for party, kind in ACTING_FOR.items()}
Parties = Mapping[Party, Sequence[int]]
SUBJECT_COLUMNS = [f"{name}_id" for name in SUBJECTS]
UNIT = frozenset(UNIT_SIDE)  # parties that are groups, not single people
# To all whom a query finds, and into the outbox as `channels` says of each: nothing of it is read here.
_ALERT_ALL = f"""{writing(["yuetan_alert", "yuetan_delivery"])}WITH alert AS (
        INSERT INTO yuetan_alert (recipient_id, key, text, created_at)
        SELECT person.id, %s, %s, %s FROM ({{people}}) AS person (id) RETURNING id, recipient_id
    )
    INSERT INTO yuetan_delivery (id, alert_id, channel, state, attempts, next_attempt_at, changed_at, problem)
    SELECT gen_random_uuid(), alert.id, channel.name, '{DeliveryState.WAITING.value}', 0, %s, %s, ''
    FROM alert JOIN yuetan_user AS person ON person.id = alert.recipient_id
    JOIN unnest(%s::text[]) AS channel (name)
        ON CASE channel.name WHEN '{AlertChannel.MAIL.value}' THEN person.email ELSE person.username END <> ''
"""  # nosec B608 - made of our own words; {people} is a query that Django compiles


def record_with_alerts(event: Event, step: Step | None) -> None:
    """Write the event of a step, and send its alerts, in the transaction of that step; for no step, nobody any."""
    queue_deliveries(_write_with_alerts(event, list(_heard(event, step)) if step else []))


@cache
def _statement() -> str:
    columns = [str(field.column) for field in Event._meta.concrete_fields if not field.primary_key]
    places = ", ".join(["%s"] * len(columns))
    return f"""{writing(["yuetan_event", "yuetan_alert"])}WITH event AS (
            INSERT INTO yuetan_event ({", ".join(columns)}) VALUES ({places}) RETURNING *
        ), alert AS (
            INSERT INTO yuetan_alert (recipient_id, key, {", ".join(SUBJECT_COLUMNS)}, text, created_at)
            SELECT recipient.id, 'event:' || event.id, {", ".join(f"event.{name}" for name in SUBJECT_COLUMNS)}, words,
                %s
            FROM event, unnest(%s::bigint[], %s::text[]) AS recipient (id, words) RETURNING id, recipient_id
        )
        SELECT id, recipient_id FROM alert
    """  # nosec B608 - made of the names of our columns


def _write_with_alerts(event: Event, words_for: Sequence[tuple[User, str]]) -> list[Alert]:
    """Write an event that is not saved yet, and what each of these people is sent about it, in one statement: a step
    waits for each answer."""
    fields = [field for field in Event._meta.concrete_fields if not field.primary_key]
    values: list[Any] = [field.get_db_prep_save(getattr(event, field.attname), connection) for field in fields]
    people = {person.pk: person for person, _ in words_for}
    with connection.cursor() as cursor:
        cursor.execute(_statement(), [*values, clock.now(), list(people), [words for _, words in words_for]])
        return [Alert(pk=key, recipient=people[to]) for key, to in cursor.fetchall()]


def _heard(event: Event, step: Step) -> Iterator[tuple[User, str]]:
    """Who hears of it, and in what words; never who did it."""
    subject = subject_of(event)
    assert subject is not None
    lines = [line for line in step.alerts if not line.when or line.when in event.data]
    words_for: dict[User, str] = {}
    for line, people in zip(lines, _recipients_of_each(subject, lines), strict=True):
        for person in people:
            words_for.setdefault(person, _words(line, event, subject))
    return ((person, words[:MAX_TEXT_LENGTH]) for person, words in words_for.items() if person.pk != event.actor_id)


def _words(line: AlertRule, event: Event, subject: Subject) -> str:
    return in_names(line.words, subject=_named(subject), fact=event.data.get(line.when, ""))


def _named(subject: Subject) -> str:
    """What it is about, with its unit."""
    words = subject.title if isinstance(subject, Case) else subject.matter
    return f"{subject.unit.name}“{words}”"


def recipients(subject: Subject, whom: Iterable[Role | Party | str]) -> list[User]:
    """The holders of the posts that the rule names, without those recused because the unit is their own.

    Where they all are, whoever acts for them.
    """
    return people_in_each(subject, [_with_stand_ins(whom)])[0]


def _with_stand_ins(whom: Iterable[Role | Party | str]) -> list[Role | Party | str]:
    named = list(whom)
    return [*named, *(ACTING_FOR_ROLE[role] for role in named if role in ACTING_FOR_ROLE)]


def _recipients_of_each(subject: Subject, lines: Sequence[AlertRule]) -> list[list[User]]:
    """The recipients of every line."""
    return people_in_each(subject, [_with_stand_ins(line.whom) for line in lines])


def people_in_each(subject: Subject, wanted: Sequence[Sequence[Role | Party | str]]) -> list[list[User]]:
    """For each of these, the people who are any of it to the subject today; those of its unit all in one query."""
    if not wanted:
        return []
    office, parties = CurrentParties.today(), subject.parties()
    of_unit = any(UNIT.intersection(each) for each in wanted)
    groups = {key for party in UNIT for key in parties.get(party, ())} if of_unit else set()
    members = _members(frozenset(groups)) if groups else {}
    of_each: list[list[User]] = []
    for named in wanted:
        people = [*_of_the_office(subject, named, office, parties), *_of_the_unit(named, parties, members)]
        active = {person.pk: person for person in people if person.is_active}
        of_each.append(sorted(active.values(), key=lambda person: person.pk))
    return of_each


def _members(groups: frozenset[int]) -> dict[int, list[User]]:
    """Who is in each of these groups of units."""
    return once(("members", groups), (User, User.groups.through, Post), lambda: _read_members(groups))


def _read_members(groups: frozenset[int]) -> dict[int, list[User]]:
    members: dict[int, list[User]] = {}
    for person in User.objects.filter(groups__in=groups).annotate(place=F("groups__pk")).order_by():
        members.setdefault(person.place, []).append(person)
    return members


def _of_the_unit(
    named: Sequence[Role | Party | str], parties: Parties, members: Mapping[int, Sequence[User]]
) -> Iterator[User]:
    for party in UNIT.intersection(named):
        yield from (person for key in parties.get(party, ()) for person in members.get(key, ()))


def _of_the_office(
    subject: Subject, named: Sequence[Role | Party | str], office: CurrentParties, parties: Parties
) -> Iterator[User]:
    yield from office.in_roles([role for role in named if isinstance(role, Role)], subject)
    for party in named:
        if isinstance(party, Party) and party not in UNIT:
            yield from office.people(parties.get(party, ()))
    if isinstance(subject, Case) and APPROVERS in named:
        yield from office.deciders_by_post(subject)
    if isinstance(subject, HandsOutTasks) and INSPECTORS in named:
        unsigned = {member.person_id for team in subject.unsigned_teams for member in team.unsigned}
        yield from (one for one in office.in_roles(SIGNERS, subject) if one.pk in unsigned)


def send_alert(people: Sequence[User], *, key: str, words: str, about: Subject | None = None) -> None:
    """Store one message for each recipient, once a key, and its deliveries; nothing is sent before the commit."""
    _store_alerts([(person, words) for person in people], key=key, about=about)


def send_each(words_for: Mapping[User, str], *, key: str) -> None:
    """The same with its own words for each recipient: no statement more, however many wordings there are."""
    _store_alerts(list(words_for.items()), key=key, about=None)


def _store_alerts(words_for: Sequence[tuple[User, str]], *, key: str, about: Subject | None) -> None:
    facts = {about.ABOUT: about} if about else {}
    now = clock.now()
    alerts = [
        Alert(recipient=person, key=key, text=words[:MAX_TEXT_LENGTH], created_at=now, **facts)
        for person, words in words_for
    ]
    if not alerts:
        return
    Alert.objects.bulk_create(alerts)
    queue_deliveries(alerts)


def alert_all(people: QuerySet[User], *, key: str, words: str) -> None:
    """Store one message for each of these, once a key, and its deliveries: one statement, however many they are."""
    selected, values = people.order_by("pk").values("pk").query.sql_with_params()
    now, switched_on = clock.now(), [channel.value for channel in _configured()]
    with connection.cursor() as cursor:
        cursor.execute(
            _ALERT_ALL.format(people=selected), [key, words[:MAX_TEXT_LENGTH], now, *values, now, now, switched_on]
        )


def queue_deliveries(alerts: Sequence[Alert]) -> None:
    """Lay messages into the outbox of every channel that is switched on and knows the person."""
    deliveries = [Delivery(alert=alert, channel=channel) for alert in alerts for channel in channels(alert.recipient)]
    if not deliveries:
        return
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)


def has_channel() -> bool:
    """Whether any channel is switched on."""
    return bool(_configured())


def _configured() -> list[AlertChannel]:
    mail = [AlertChannel.MAIL] if settings.ALERT_MAIL else []
    return mail + ([AlertChannel.WEBHOOK] if settings.ALERT_WEBHOOK else [])


def channels(person: User) -> list[AlertChannel]:
    """The configured channels by which this person can be reached."""
    address = {AlertChannel.MAIL: person.email, AlertChannel.WEBHOOK: person.username}
    return [channel for channel in _configured() if address[channel]]
