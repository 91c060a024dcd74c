"""办公室设定 and 操作日志."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from yuetan.actions.office import office as actions
from yuetan.forms.office.office import SettingForm
from yuetan.forms.office.sights import PRINTED
from yuetan.ledgers.record.log import LogLedger
from yuetan.ledgers.record.logins import FailedLoginLedger, LoginLedger
from yuetan.ledgers.record.sights import PrintedLedger, SightLedger
from yuetan.models import OfficeSetting, SettingChange
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.file_links import quarantined, scan_status
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.reauthentication import require_recent_authentication
from yuetan.views.frame.request import Request
from yuetan.vocabulary.naming import in_names

LATEST = 20  # changes of a setting shown beside it


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
        if setting.needs_leader or setting.guards_accounts:
            require_recent_authentication(request)
        if run_action(form, actions.change_office_setting, setting, by=request.user) is not None:
            proposed = in_names(
                "“{label}”的修改已提出，须由{the_leaders}确认后才生效；确认以前仍按现在的设定办理。",
                label=setting.label,
            )
            messages.success(request, proposed if setting.needs_leader else f"“{setting.label}”已修改，立即生效。")
            return redirect("office_settings")
    else:
        form = SettingForm(setting=setting)
    history = list(setting.changes.newest_first()[: LATEST + 1])
    context = {"form": form, "setting": setting, "history": history[:LATEST]}
    context["more"] = len(history) > LATEST
    context["reasons"] = [] if form.is_bound else actions.step_of_change(setting).reasons(setting, request.user)
    return render(request, "office/change_setting.html", context, status=422 if form.errors else 200)


@require_safe
def log(request: Request) -> HttpResponse:
    """Who did what and when; not what a case is about."""
    require_permission(request, "see_log")
    return render(request, "office/log.html", {**ledger_page(request, LogLedger()), "checks": scan_status()})


@require_safe
def login_list(request: Request) -> HttpResponse:
    """登录记录: who logged in, when and from where, or tried to."""
    require_permission(request, "see_log")
    ledger = LoginLedger() if request.GET.get("outcome") != "failed" else FailedLoginLedger()
    return render(request, "office/logins.html", {**ledger_page(request, ledger)})


@require_safe
def sight_list(request: Request) -> HttpResponse:
    """查阅记录: who saw, took out or was refused what; or who printed or took out which paper."""
    require_permission(request, "see_log")
    ledger = PrintedLedger() if request.GET.get("of") == PRINTED else SightLedger()
    return render(request, "office/sights.html", {**ledger_page(request, ledger)})
