"""议题材料 put beside an item, and removed before the meeting."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from yuetan.actions.meeting import agenda_files
from yuetan.actions.meeting.meetings import CALL
from yuetan.errors import Refused
from yuetan.forms.meeting.meeting import AgendaFilesForm
from yuetan.models import AgendaFile, AgendaItem
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.file_links import report_on_files
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request
from yuetan.views.meeting.meetings import PAGE_METHODS, form_page, show_reasons


@require_http_methods(PAGE_METHODS)
def add_agenda_files(request: Request, pk: int) -> HttpResponse:
    """上传议题材料. Raises Http404 for an item that is hidden from the person."""
    require_permission(request, CALL)
    item = get_object_or_404(AgendaItem.objects.visible_to(request.user).select_related("meeting"), pk=pk)
    form = AgendaFilesForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    action = partial(agenda_files.add_agenda_files, item)
    if request.method == "POST" and run_action(form, action, by=request.user) is not None:
        messages.success(request, "已上传议题材料。")
        report_on_files(request, AgendaFile.objects.filter(item=item))
        return redirect("meeting", pk=item.meeting_id)
    note = "看得到这一议题的人员，和只列席这一议题的单位看得到材料，其他参会单位看不到。"
    return form_page(request, form, f"上传议题材料：{item.title}", "上传", item.meeting, note=note)


@require_POST
def remove_agenda_file(request: Request, pk: UUID) -> HttpResponse:
    """撤下议题材料. Raises Http404 for a file of an item that is hidden from the person."""
    require_permission(request, CALL)
    visible = AgendaFile.objects.visible_to(request.user).select_related("item__meeting")
    file: AgendaFile = get_object_or_404(visible, pk=pk)
    meeting = file.item.meeting_id
    try:
        agenda_files.remove_agenda_file(file, by=request.user)
        messages.success(request, "已撤下议题材料。")
    except Refused as refused:
        show_reasons(request, refused)
    return redirect("meeting", pk=meeting)
