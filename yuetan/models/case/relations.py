"""Which relations of a case, and of what hangs on it, a step or a page reads once, and what it reads with each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, Exists, ForeignObjectRel, Func, Model, OuterRef, QuerySet, TextField, Value, When

from yuetan.models.case.proposal import CaseGround
from yuetan.models.people.unit import Post

# What the interviewed unit's own obligations look at, whatever the state.
RELATIONS_OF_OBLIGATIONS = frozenset(
    {"interviewees", "documents", "submissions", "leaves", "tasks__pauses", "tasks__chases", "tasks__reports"}
)

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


def empty_relations() -> Func:
    """The names of those relations of which a case has no row, found by the query that reads the case."""
    related = {each.name: each for each in apps.get_model("yuetan", "Case")._meta.related_objects}
    named = [_name_if_empty(name, related[name]) for name in _of_case() if name in related]
    names = "array_remove(ARRAY[%(expressions)s]::text[], NULL)"
    return Func(*named, template=names, output_field=ArrayField(TextField()))


def _name_if_empty(name: str, related: ForeignObjectRel) -> Case:
    rows: QuerySet[Any] = QuerySet(related.related_model).filter(**{related.field.name: OuterRef("pk")})
    return Case(When(Exists(rows), then=None), default=Value(name), output_field=TextField())


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
