"""操作日志: who did what and when; of a case its number alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from yuetan.forms.frame.options import FormData
from yuetan.forms.office.office import LogFilter
from yuetan.ledgers.ledger import Column, Ledger, Line
from yuetan.models import Event, User
from yuetan.models.ladder.queries import with_papers
from yuetan.models.rooms import about_secret_rounds
from yuetan.rules.text.correction_words import NOTHING
from yuetan.templatetags.official import moment
from yuetan.vocabulary import LOG_LABELS

# All that the log fetches: of cases, letters and measures the numbers, never the matter, a text or an opinion.
LOGGED = (
    "verb",
    "data",
    "created_at",
    "address",
    "actor_title",
    "actor__name",
    "case__register_year",
    "case__register_serial",
    "letter__state",
    "letter__document__prefix",
    "letter__document__year",
    "letter__document__serial",
    "measure_laid__state",
    "measure_laid__paper__prefix",
    "measure_laid__paper__year",
    "measure_laid__paper__serial",
    "assignment__source_number",
)

# Of office events: what they are about, by its name or number.
NAMED = (
    *("unit", "code", "name", "title", "delegate", "span", "number", "document", "scheme", "period", "analysis"),
    *("meeting", "assessment", "accounts"),
)
# Of these the `words` name it too; those of others are reasons and opinions, which the log does not show.
NAMED_IN_WORDS = frozenset(
    (
        *("add_restricted_leader", "end_restriction", "ask_restrictions", "reply_restrictions"),
        *("register_received_letter", "withdraw_received_letter", "reply_received_letter", "return_received_reply"),
        *("record_received_recall", "carry_over_received", "set_received_due", "add_received_scan"),
        *("close_received_letter", "withdraw_received_closing", "record_commendation", "withdraw_commendation"),
    )
)
CONTACT_LABELS = {"telephone": "办公电话", "mobile": "手机", "email": "邮箱"}


class LogLedger(Ledger[Event]):
    """Every step and every change of units, posts and settings, the newest first."""

    key, title, list_url, permission = "log", "操作日志", "log", "see_log"
    columns = (
        Column("时间", 20, lambda line: moment(line["when"])),
        Column("姓名", 10, lambda line: line["name"]),
        Column("当时职务", 40, lambda line: line["title"]),
        Column("操作", 24, lambda line: line["verb"]),
        Column("对象", 60, lambda line: line["subject"]),
        Column("来源地址", 20, lambda line: line["address"]),
    )

    def unlimited(self, user: User, data: FormData) -> LogFilter:
        """By days, person, what was done, about what and from which address; without 明察暗访 of which a unit of the
        person's is not to know (yet)."""
        related = ("actor", "case", "letter__document", "measure_laid__paper", "assignment")
        events = Event.objects.exclude(about_secret_rounds(user)) if user.interviewed_units else Event.objects.all()
        return LogFilter(data, events.select_related(*related).only(*LOGGED).newest_first())

    def with_relations(self, rows: QuerySet[Event]) -> QuerySet[Event]:
        """With the numbers of what was put to a superior."""
        return rows.prefetch_related(with_papers("measure_laid__"))

    def lines(self, rows: Sequence[Event], user: User) -> list[Line]:
        """What the auditor reads of some events."""
        return [_log_line(event) for event in rows]


def _log_line(event: Event) -> dict[str, Any]:
    return {
        "when": event.created_at,
        "name": event.actor.name if event.actor else "",
        "title": event.actor_title,
        "verb": LOG_LABELS.get(event.verb) or event.label,
        "subject": _subject(event),
        "address": event.address or "",
    }


def _subject(event: Event) -> str:
    """The number of the case, of the letter or of the measure; units, posts and settings are told in full."""
    if event.case is not None:
        marks = [mark for mark in (event.decision_method, event.data.get("delegated", ""), event.decided_text) if mark]
        return "　".join([event.case.register_number, *marks])
    if event.letter is not None:
        document = getattr(event.letter, "document", None)
        return f"提醒函 {document.number}" if document else "提醒函（未编号）"
    if event.measure_laid is not None:
        number = event.measure_laid.paper_number
        return f"责任措施 {number}" if number else "责任措施（未编号）"
    if event.assignment is not None:
        return f"交办事项 {event.assignment.source_number}".strip()
    facts = event.data
    if "setting" in facts:
        return f"{facts['setting']}：由“{facts['before']}”改为“{facts['after']}”"
    if event.verb == "change_contact":
        return "　".join([facts.get("name", ""), *_changed_contact(facts)])
    named = (*NAMED, "words") if event.verb in NAMED_IN_WORDS else NAMED
    return " ".join(str(facts[key]) for key in named if key in facts)


def _changed_contact(facts: dict[str, str]) -> list[str]:
    return [
        f"{label}：由“{facts[f'former_{key}'] or NOTHING}”改为“{facts[key] or NOTHING}”"
        for key, label in CONTACT_LABELS.items()
        if key in facts
    ]
