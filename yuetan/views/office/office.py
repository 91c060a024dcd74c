"""办公室设定 and 操作日志."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from yuetan.actions.office import office as actions
from yuetan.forms.office.office import LogFilter, SettingForm
from yuetan.models import Event, OfficeSetting, SettingChange
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.file_links import quarantined, scan_status
from yuetan.views.frame.pagination import paginate, run_action
from yuetan.views.frame.request import Request
from yuetan.vocabulary import LOG_LABELS

LATEST = 20  # changes of a setting shown beside it
# All that the log fetches: of cases and letters the numbers, never the matter, a text or an opinion.
LOGGED = (
    "verb",
    "data",
    "created_at",
    "actor_title",
    "actor__name",
    "case__register_year",
    "case__register_serial",
    "letter__state",
    "letter__document__prefix",
    "letter__document__year",
    "letter__document__serial",
)

CONTACT_LABELS = {"telephone": "办公电话", "email": "邮箱"}


@require_safe
def office_settings(request: Request) -> HttpResponse:
    """What the office itself decides, because the 办法 is silent."""
    require_permission(request, "keep_office_settings")
    context = {
        "rows": list(OfficeSetting.objects.all()),
        "waiting": set(SettingChange.objects.pending().values_list("setting_id", flat=True)),
        "checks": scan_status(),
        "quarantined": quarantined(request.user),
    }
    return render(request, "office/settings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_office_setting(request: Request, key: str) -> HttpResponse:
    """修改办公室设定."""
    require_permission(request, "keep_office_settings")
    setting = get_object_or_404(OfficeSetting, key=key)
    if request.method == "POST":
        form = SettingForm(request.POST, setting=setting)
        if run_action(form, actions.change_office_setting, setting, by=request.user) is not None:
            proposed = f"“{setting.label}”的修改已提出，须由领导小组领导确认后才生效；确认以前仍按现在的设定办理。"
            messages.success(request, proposed if setting.needs_leader else f"“{setting.label}”已修改，立即生效。")
            return redirect("office_settings")
    else:
        form = SettingForm(setting=setting)
    history = list(setting.changes.newest_first()[: LATEST + 1])
    context = {"form": form, "setting": setting, "history": history[:LATEST]}
    context["more"] = len(history) > LATEST
    return render(request, "office/change_setting.html", context, status=422 if form.errors else 200)


@require_safe
def log(request: Request) -> HttpResponse:
    """Who did what and when; not what a case is about."""
    require_permission(request, "see_log")
    related = ("actor", "case", "letter__document")
    events = Event.objects.select_related(*related).only(*LOGGED).newest_first()
    log_filter = LogFilter(request.GET, events)
    context = paginate(request, log_filter.qs)
    context["rows"] = [_event_row(event) for event in context["rows"]]
    return render(request, "office/log.html", {**context, "form": log_filter.form, "checks": scan_status()})


def _event_row(event: Event) -> dict[str, Any]:
    return {
        "when": event.created_at,
        "name": event.actor.name if event.actor else "",
        "title": event.actor_title,
        "verb": LOG_LABELS.get(event.verb) or event.label,
        "subject": _subject(event),
    }


def _subject(event: Event) -> str:
    """The number of the case or of the letter; units, posts and settings are told in full."""
    if event.case is not None:
        marks = [mark for mark in (event.decision_method, event.data.get("delegated", ""), event.decided_text) if mark]
        return "　".join([event.case.register_number, *marks])
    if event.letter is not None:
        document = getattr(event.letter, "document", None)
        return f"提醒函 {document.number}" if document else "提醒函（未编号）"
    facts = event.data
    if "setting" in facts:
        return f"{facts['setting']}：由“{facts['before']}”改为“{facts['after']}”"
    if event.verb == "change_contact":
        return "　".join([facts.get("name", ""), *_changed_contact(facts)])
    return " ".join(facts[key] for key in ("unit", "code", "name", "title", "delegate", "span") if key in facts)


def _changed_contact(facts: dict[str, str]) -> list[str]:
    return [
        f"{label}：由“{facts[f'former_{key}']}”改为“{facts[key]}”"
        for key, label in CONTACT_LABELS.items()
        if key in facts
    ]
