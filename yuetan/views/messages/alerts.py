"""站内消息 and 投送记录."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from yuetan.actions.messages import alert as actions
from yuetan.actions.messages.delivery import retry_delivery
from yuetan.forms.messages.alert import AlertFilter
from yuetan.models import Alert, Delivery
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.pagination import paginate
from yuetan.views.frame.request import Request
from yuetan.views.messages.alert_pages import page_of_alert
from yuetan.vocabulary import DeliveryState


@require_safe
def alert_list(request: Request) -> HttpResponse:
    """The alerts of the person, newest first."""
    own_alerts = Alert.objects.visible_to(request.user)
    alert_filter = AlertFilter(request.GET, own_alerts)
    context = paginate(request, alert_filter.qs)
    shown = {"form": alert_filter.form, "any_unread": own_alerts.unread().exists()}
    return render(request, "alerts/list.html", {**context, **shown})


@require_POST
def open_alert(request: Request, pk: int) -> HttpResponse:
    """Mark one message read and go where it leads."""
    alert = get_object_or_404(Alert.objects.visible_to(request.user), pk=pk)
    actions.read_alert(alert, by=request.user)
    return redirect(page_of_alert(alert, request.user))


@require_POST
def read_all_alerts(request: Request) -> HttpResponse:
    """Mark everything read."""
    actions.read_all(by=request.user)
    return redirect("alert_list")


@require_safe
def delivery_list(request: Request) -> HttpResponse:
    """The delivery log: to whom, by which channel and when, never the text of a message."""
    require_permission(request, "see_deliveries")
    rows = Delivery.objects.select_related("alert__recipient").defer("alert__text")
    state = request.GET.get("state", "")
    if state in DeliveryState.values:
        rows = rows.filter(state=state)
    facts = paginate(request, rows)
    lines = [
        {"delivery": one, "again": one.state in (DeliveryState.FAILED, DeliveryState.UNCERTAIN)}
        for one in facts["rows"]
    ]
    return render(
        request, "alerts/deliveries.html", {**facts, "rows": lines, "states": DeliveryState.choices, "state": state}
    )


@require_POST
def send_again(request: Request, pk: UUID) -> HttpResponse:
    """重新投送."""
    require_permission(request, "see_deliveries")
    retry_delivery(get_object_or_404(Delivery, pk=pk), by=request.user)
    messages.success(request, "已重新列入投送。")
    return redirect(reverse("delivery_list"))
