"""Which relations of a case, and of what hangs on it, a step or a page reads once, and what it reads with each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import ForeignObjectRel, Model, QuerySet, TextField
from django.db.models.expressions import RawSQL

from yuetan.models.case.proposal import CaseGround
from yuetan.models.people.unit import Post

# What the interviewed unit's own obligations look at, whatever the state.
RELATIONS_OF_OBLIGATIONS = frozenset(
    {"interviewees", "documents", "submissions", "leaves", "tasks__pauses", "tasks__chases", "tasks__reports"}
)

NAMES = ArrayField(TextField())
Relations = dict[str, "QuerySet[Model] | None"]


def relations_read_once(model: type[Model]) -> Mapping[str, QuerySet[Model] | None]:
    """The relations of one model by name, each with the queryset that reads it; None for the usual one."""
    return _relations().get(str(model._meta.model_name), {})


@cache
def _relations() -> dict[str, Relations]:
    return {
        "case": _of_case(),
        "caseground": {"evidence": None},
        "interview": {"measures": None},
        "task": dict.fromkeys(("extensions", "pauses", "chases", "reports")),
        "consequence": {"corrections": None},
        "reworkrequest": {"tasks": None},
        "inspection": {"task_findings": _rows("TaskFinding").select_related("task")},
        "inspectionteam": {"members": _rows("TeamMember").select_related("person")},
    }


def empty_relations() -> RawSQL:
    """The names of those relations of which a case has no row, found by the query that reads the case."""
    return RawSQL(_sql_of_empty_relations(), (), NAMES)  # nosec B611 - made of names of ours


@cache
def _sql_of_empty_relations() -> str:
    """Written once: two dozen conditions, put together by Django for every case read, took a fifth of a step."""
    model = apps.get_model("yuetan", "Case")
    related = {each.name: each for each in model._meta.related_objects}
    key = f'"{model._meta.db_table}"."{model._meta.pk.column}"'
    named = [_sql_of_name_if_empty(name, related[name], key) for name in _of_case() if name in related]
    return f"array_remove(ARRAY[{', '.join(named)}]::text[], NULL)"


def _sql_of_name_if_empty(name: str, related: ForeignObjectRel, key: str) -> str:
    rows = f'SELECT FROM "{related.related_model._meta.db_table}" WHERE "{related.field.column}" = {key}'
    return f"CASE WHEN EXISTS ({rows}) THEN NULL ELSE '{name}' END"  # nosec B608


def _of_case() -> Relations:
    papers = _rows("Document").defer("html", "facts").select_related("entry", "supervision", "receipt__signed_by")
    return {
        "proposal_versions": None,
        "case_grounds": CaseGround.objects.select_related("ground__article"),
        "interviewees": Post.objects.select_related("holder", "unit__parent"),
        "documents": papers,
        "registrations": _rows("DecisionRegistration").select_related("registered_by"),
        "paper_filings": _rows("PaperFiling").select_related("signer__holder", "registered_by"),
        "inspections": _rows("Inspection").select_related("team", "concluded_by"),
        "revisits": _rows("Revisit").select_related("team"),
        "submissions": _rows("Submission").select_related("handed_in_by"),
        "consequences": _rows("Consequence").select_related("recorded_by", "checked_by"),
        "rework_requests": _rows("ReworkRequest").select_related("requested_by", "decided_by"),
        **dict.fromkeys(("leaves", "corrections", "tasks", "inspection_teams", "absences")),
    }


def _rows(model: str) -> QuerySet[Model]:
    manager = apps.get_model("yuetan", model)._meta.default_manager
    assert manager is not None
    return manager.all()
