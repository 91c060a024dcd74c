"""Which relations of a case, and of what hangs on it, a step or a page reads once, and what it reads with each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import ManyToManyRel, Model, Prefetch, QuerySet, TextField, prefetch_related_objects
from django.db.models.expressions import RawSQL

from yuetan.models.case.proposal import CaseGround
from yuetan.models.people.unit import Post

# What the interviewed unit's own obligations look at, whatever the state, beside papers and tasks.
RELATIONS_OF_OBLIGATIONS = frozenset({"interviewees", "submissions", "leaves"})

NAMES = ArrayField(TextField())
OTHER_ORIGINS = ("accountabilitymeasure", "assignment")  # of tasks, beside a case
Relations = dict[str, "QuerySet[Model] | None"]


def relations_read_once(model: type[Model]) -> Mapping[str, QuerySet[Model] | None]:
    """The relations of one model by name, each with the queryset that reads it; None for the usual one."""
    return _relations().get(str(model._meta.model_name), {})


@cache
def _relations() -> dict[str, Relations]:
    return {
        "case": _of_case(),
        **{name: _of_other_origin() for name in OTHER_ORIGINS},
        "caseground": {"evidence": None},
        "interview": {"measures": None, "participants": None},
        "task": _of_task(),
        "consequence": {"corrections": None},
        "reworkrequest": {"tasks": None},
        "inspection": {"task_findings": _rows("TaskFinding").select_related("task")},
        "inspectionteam": {"members": _rows("TeamMember").select_related("person")},
    }


def papers_and_tasks() -> list[str | Prefetch[str]]:
    """What the steps of many that hand out tasks look at: their papers and tasks, and who looked on the spot."""
    documents = _rows("Document").defer("html", "facts")
    return [
        Prefetch("documents", documents.select_related("entry", "supervision", "receipt__signed_by")),
        Prefetch("paper_filings", _rows("PaperFiling").select_related("signer__holder", "registered_by")),
        *(f"tasks__{rows}" for rows in ("extensions", "pauses", "chases", "reports")),
        "inspection_teams__members__person",
    ]


def read_for_all(rows: Sequence[Model]) -> None:
    """Read each of these relations for all the rows in one query, where no scope does so once the first is asked."""
    if not rows:
        return
    by_name = relations_read_once(type(rows[0]))
    unread = [name for name in by_name if not all(_is_read_for_all(row, name) for row in rows)]
    prefetch_related_objects(rows, *(Prefetch(name, by_name[name]) for name in unread))


def _is_read_for_all(row: Any, name: str) -> bool:
    kept = getattr(row, "_prefetched_objects_cache", {})
    try:
        return kept[name] is not None
    except KeyError:
        return False


def empty_relations(model_name: str) -> RawSQL:
    """The names of those relations of which a case, or a task, has no row, found by the query that reads it."""
    return RawSQL(_sql_of_empty_relations(model_name), (), NAMES)  # nosec B611 - made of names of ours


@cache
def _sql_of_empty_relations(model_name: str) -> str:
    """Written once: two dozen conditions, put together by Django for every case read, took a fifth of a step."""
    model = apps.get_model("yuetan", model_name)
    names = {"case": _of_case, "task": _of_task, **dict.fromkeys(OTHER_ORIGINS, _of_other_origin)}[model_name]()
    related = {each.name: each for each in model._meta.related_objects}
    key = f'"{model._meta.db_table}"."{model._meta.pk.column}"'
    named = [_sql_of_name_if_empty(name, related[name], key) for name in names if name in related]
    return f"array_remove(ARRAY[{', '.join(named)}]::text[], NULL)"


def _sql_of_name_if_empty(name: str, related: Any, key: str) -> str:
    is_of_many = isinstance(related, ManyToManyRel)
    table = (related.through if is_of_many else related.related_model)._meta.db_table
    column = related.field.m2m_reverse_name() if is_of_many else related.field.column
    rows = f'SELECT FROM "{table}" WHERE "{column}" = {key}'  # nosec B608 - names out of our own models
    return f"CASE WHEN EXISTS ({rows}) THEN NULL ELSE '{name}' END"  # nosec B608 - the same


def _of_case() -> Relations:
    papers = _rows("Document").defer("html", "facts").select_related("entry", "supervision", "receipt__signed_by")
    return {
        "proposal_versions": None,
        "case_grounds": CaseGround.objects.select_related("ground__article"),
        "interviewees": Post.objects.select_related("holder", "unit__parent"),
        "documents": papers,
        "registrations": _rows("DecisionRegistration").select_related("registered_by", "item__meeting"),
        "paper_filings": _rows("PaperFiling").select_related("signer__holder", "registered_by"),
        "inspections": _rows("Inspection").select_related("team", "concluded_by"),
        "revisits": _rows("Revisit").select_related("team"),
        "submissions": _rows("Submission").select_related("handed_in_by"),
        "consequences": _rows("Consequence").select_related("recorded_by", "checked_by"),
        "rework_requests": _rows("ReworkRequest").select_related("requested_by", "decided_by"),
        "measures_laid": _rows("AccountabilityMeasure").only("case"),  # whether there is one
        "source_links": _rows("FollowUp"),  # whether there is one
        "legal_holds": _rows("LegalHold").select_related("placed_by", "lifted_by"),
        "minutes_versions": _rows("MinutesVersion").only("case"),  # whether there is one
        "tasks": _rows("Task").annotate(empty_relations=empty_relations("task")),
        **dict.fromkeys(("leaves", "corrections", "inspection_teams", "absences")),
    }


def _of_other_origin() -> Relations:
    papers = _rows("Document").defer("html", "facts").select_related("entry", "supervision", "receipt__signed_by")
    return {
        "documents": papers,
        "paper_filings": _rows("PaperFiling").select_related("signer__holder", "registered_by"),
        "tasks": _rows("Task").annotate(empty_relations=empty_relations("task")),
        "inspection_teams": None,
        "registrations": _rows("DecisionRegistration").select_related("registered_by", "approver", "proof"),
        "consultations": _rows("Consultation")
        .select_related("document", "item__meeting")
        .defer("document__html", "document__facts"),
        **dict.fromkeys(("source_links", "named_units", "interviews")),
        "referrals": _rows("Referral").select_related("document__entry").defer("document__html", "document__facts"),
        **dict.fromkeys(("inspection_teams", "team_members", "delisting_requests")),
    }


def _of_task() -> Relations:
    papers = ("document__entry", "document__receipt__signed_by", "answered_by")
    return {
        **dict.fromkeys(("extensions", "pauses")),
        "chases": _rows("Chase").select_related("replied_by"),
        "reports": _rows("TaskReport").select_related("handed_in_by", "prepared_by", "decided_by"),
        "site_checks": _rows("SiteCheck").select_related("team").prefetch_related("team__members__person"),
        "supervisions": _rows("SupervisionLetter").select_related(*papers),
    }


def _rows(model: str) -> QuerySet[Model]:
    manager = apps.get_model("yuetan", model)._meta.default_manager
    assert manager is not None
    return manager.all()
