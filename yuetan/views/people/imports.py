"""导入: a table is given, its rows are shown as checked, and it is taken in whole or not at all."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuetan.errors import NotYours, Refused
from yuetan.forms.people.table_import import ImportForm
from yuetan.imports import run
from yuetan.imports.kinds import KINDS, kinds_open_to
from yuetan.models import TableImport, User
from yuetan.views.files.files import spreadsheet_answer
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.pagination import paginate, run_action
from yuetan.views.frame.request import Request
from yuetan.vocabulary import ImportKind, ImportState

MAX_SHOWN = 200  # rows of each sort on the page of one import
OUTCOMES = {"faulty": "有误", "new": "新增", "changed": "变更", "same": "不变"}


@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: Request) -> HttpResponse:
    """导入: the form, the templates, and what was brought in before. Raises NotYours for who may bring nothing in."""
    kinds = _kinds(request)
    initial: dict[str, object] = {"kind": request.GET.get("kind") or (kinds[0] if len(kinds) == 1 else "")}
    form = ImportForm(request.POST or None, request.FILES or None, initial=initial, kinds=kinds)
    if request.method == "POST":
        begun = run_action(form, _begin, by=request.user)
        if begun is not None:
            return redirect("import", pk=begun.pk)
    earlier = _imports(request)
    page = paginate(request, earlier.defer("rows", "outcomes", "initial_passwords"))
    context: dict[str, object] = {
        "keeps_units": ImportKind.UNITS in kinds,
        "records_cases": ImportKind.EARLIER_CASES in kinds,
    }
    context |= {**page, "form": form, "kinds": [(kind.value, kind.label) for kind in kinds]}
    return render(request, "imports/list.html", context, status=422 if form.errors else 200)


def _begin(*, by: User, kind: str, table: UploadedFile | None) -> TableImport:
    return run.begin_import(by=by, kind=ImportKind(kind), file=table)


@require_safe
def template_file(request: Request, kind: str) -> HttpResponseBase:
    """模板. Raises Http404 for a kind that there is not."""
    from yuetan.documents.exports.table_template import TemplateColumn, table_template

    if kind not in ImportKind.values:
        raise Http404
    of_kind = KINDS[ImportKind(kind)]
    require_permission(request, of_kind.permission)
    columns = (
        TemplateColumn(each.head, each.needed, each.hint, each.example, each.choices) for each in of_kind.columns
    )
    title = ImportKind(kind).label
    return spreadsheet_answer(table_template(title, columns), f"{title}导入模板")


@require_safe
def import_page(request: Request, pk: UUID) -> HttpResponse:
    """What would become of each row, or became of it; while it is worked on, how far it is."""
    table_import = _import(request, pk)
    shown = [
        {"number": number, "outcome": outcome, "label": OUTCOMES[outcome], "problems": problems}
        for number, outcome, problems in table_import.outcomes
    ]
    faulty = [line for line in shown if line["outcome"] == "faulty"]
    context = {
        "import": table_import,
        "faulty": faulty[:MAX_SHOWN],
        "more_faulty": max(len(faulty) - MAX_SHOWN, 0),
        "may_confirm": run.CONFIRMING.is_offered(table_import, request.user),
        "may_drop": run.DROPPING.is_offered(table_import, request.user),
        "total": len(table_import.rows),
        "rows": _lines_that_change(table_import)[:MAX_SHOWN] if table_import.status == ImportState.CHECKED else [],
        "heads": [column.head for column in KINDS[ImportKind(table_import.kind)].columns],
        "passwords": table_import.initial_passwords if run.FORGETTING.is_offered(table_import, request.user) else [],
    }
    return render(request, "imports/import.html", context)


def _lines_that_change(table_import: TableImport) -> list[dict[str, object]]:
    """The rows as they were read, those that change something, with what becomes of them."""
    columns = KINDS[ImportKind(table_import.kind)].columns
    outcomes = {number: outcome for number, outcome, _ in table_import.outcomes}
    return [
        {"number": number, "label": OUTCOMES[outcomes[number]], "cells": [cells.get(each.key, "") for each in columns]}
        for number, cells in table_import.rows
        if outcomes.get(number) in ("new", "changed")
    ]


@require_POST
def confirm(request: Request, pk: UUID) -> HttpResponse:
    """确认导入."""
    table_import = _import(request, pk)
    try:
        table_import = run.confirm_import(table_import, by=request.user)
    except Refused as refused:
        messages.error(request, " ".join(reason.text for reason in refused.reasons))
    else:
        if table_import.status == ImportState.IMPORTED:
            messages.success(request, f"已导入：{table_import.get_kind_display()}。")
        elif table_import.has_faulty_rows:
            messages.error(request, "核对以后情况有变，有的行现在有误，没有导入。")
    return redirect("import", pk=pk)


@require_POST
def drop(request: Request, pk: UUID) -> HttpResponse:
    """放弃."""
    try:
        run.drop_import(_import(request, pk), by=request.user)
    except Refused as refused:
        messages.error(request, " ".join(reason.text for reason in refused.reasons))
    else:
        messages.success(request, "已放弃，什么都没有导入。")
    return redirect("import_list")


@require_POST
def forget(request: Request, pk: UUID) -> HttpResponse:
    """初始密码已经交给本人. Raises Http404 for anybody but who brought the table in."""
    table_import = _import(request, pk)
    if not run.FORGETTING.may_take(table_import, request.user):
        raise Http404
    run.forget_passwords(table_import, by=request.user)
    messages.success(request, "初始密码已清除，不再保存在系统里。")
    return redirect("import", pk=pk)


def _import(request: Request, pk: UUID) -> TableImport:
    return get_object_or_404(_imports(request), pk=pk)


def _imports(request: Request) -> QuerySet[TableImport]:
    kinds = _kinds(request)
    of_matters = [kind for kind in kinds if KINDS[kind].holds_matters]
    hidden = Q(kind__in=of_matters) & ~Q(asked_by=request.user)
    return TableImport.objects.filter(kind__in=kinds).exclude(hidden).select_related("asked_by")


def _kinds(request: Request) -> list[ImportKind]:
    kinds = kinds_open_to(request.user)
    if not kinds:
        raise NotYours("keep_units")
    return kinds
