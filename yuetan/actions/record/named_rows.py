"""What a chain and a row of the record are called, by number and name and never by content."""

from __future__ import annotations

from yuetan.models import AccountabilityMeasure, Assignment, Case, DestructionEntry, Letter, Unit, User
from yuetan.models.record.sealed_tables import ROOM, SEALED_TABLES
from yuetan.models.rooms import ROOM_ROWS


def chain_name(chain: str) -> str:
    """约谈〔2026〕12号, 提醒函 …, a unit or a person; else what the rows of the chain are called."""
    kind, _, key = chain.partition(":")
    if kind == "case":
        case = Case.objects.filter(pk=key).first()
        return case.register_number if case else _destroyed(key)
    if kind == "letter":
        letter = Letter.objects.filter(pk=key).select_related("document").first()
        paper = getattr(letter, "document", None)
        return f"提醒函 {paper.number if paper else key[:8]}"
    if kind == "accountabilitymeasure":
        measure = AccountabilityMeasure.objects.filter(pk=key).select_related("paper").first()
        return f"责任措施 {measure.paper.number if measure and measure.paper else key[:8]}"
    if kind == "assignment":
        given = Assignment.objects.filter(pk=key).first()
        return f"交办事项 {(given.source_number if given else '') or key[:8]}"
    if kind in ("unit", "user"):
        named = (Unit if kind == "unit" else User).objects.filter(pk=key).first()
        return f"{SEALED_TABLES[kind].label} {named.name if named else key}"
    if kind == ROOM:
        return _room_row(*key.split(":"))
    return SEALED_TABLES[kind].label if kind in SEALED_TABLES else chain


def _room_row(room: str, key: str) -> str:
    """会议 3f2a9c01: what is kept in that room, and the key; a row without a table of its own here is a report."""
    table = SEALED_TABLES.get(str(ROOM_ROWS[room].model._meta.model_name)) if room in ROOM_ROWS else None
    return f"{table.label if table else '报表'} {key[:8]}"


def _destroyed(key: str) -> str:
    entry = DestructionEntry.objects.filter(case_key=key, case=None).first()
    return f"{entry.register_number}（已销毁）" if entry else f"约谈事项 {key}"


def row_name(chain: str, table: str, key: str) -> str:
    """约谈〔2026〕12号的整改任务（编号 5）; without the name of the chain where none is given."""
    label = SEALED_TABLES[table].label if table in SEALED_TABLES else table
    name = chain_name(chain) if chain else label
    return f"{label}（编号 {key}）" if name == label else f"{name}的{label}（编号 {key}）"
