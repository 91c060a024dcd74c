"""The record of a case or a measure as data: its events in the form that was sealed, and the chain of its seals."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.db.models import Model

from yuetan.models import AccountabilityMeasure, Case, Event, Seal
from yuetan.models.record.sealed_tables import chain_of, model_of, sealed_rows_sql
from yuetan.rules.text.canonical_row import moment_text
from yuetan.sealing import text_of

EVENT = "event"


def seals_of(row: Model) -> Iterator[dict[str, object]]:
    """Every entry of the chain, the first first; it names rows by their keys and holds digests, no content."""
    for seal in Seal.objects.filter(chain=chain_of(row)).order_by("number").iterator():
        yield {
            "chain": seal.chain,
            "number": seal.number,
            "table": seal.table_name,
            "key": seal.row_key,
            "row_digest": seal.row_digest,
            "sealed_at": moment_text(seal.sealed_at),
            "digest": seal.digest,
        }


def events_of(subject: Case | AccountabilityMeasure) -> Iterator[dict[str, object]]:
    """Every event, the first first: who, what, when, in words and in the form of which a seal holds the digest."""
    sealed = _sealed_texts(subject)
    for event in subject.events.select_related("actor").order_by("created_at", "id"):
        yield _event_as_data(event, sealed[str(event.pk)])


def _event_as_data(event: Event, sealed_text: str) -> dict[str, object]:
    return {
        "at": event.created_at.isoformat(),
        "verb": event.verb,
        "label": event.label,
        "who": event.who(inner=True),
        "address": event.address,
        "from": event.from_state,
        "to": event.to_state,
        "opinion": event.opinion,
        "facts": event.data,
        "sealed_text": sealed_text,
    }


def _sealed_texts(subject: Case | AccountabilityMeasure) -> dict[str, str]:
    keys = list(subject.events.values_list("pk", flat=True))
    kind = model_of(EVENT)._meta.pk.db_type(connection)
    with connection.cursor() as cursor:
        cursor.execute(sealed_rows_sql(EVENT, f"t.id = ANY(%s::{kind}[])"), [keys])
        return {key: text_of(EVENT, key, content) for key, content, _ in cursor.fetchall()}
