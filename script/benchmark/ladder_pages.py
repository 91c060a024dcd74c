"""Pages of the ladder (责任措施, 资格限制, 实绩档案), each with the same rows by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from benchmark.measured_page import MeasuredPage
from yuetan.models import AccountabilityMeasure, Restriction, User
from yuetan.vocabulary import MeasureState, RungKind

MEASURES = "SELECT prefix, year, serial, kind, matter, unit, state, served_on, due_on, id FROM by_hand.measures"
NEWEST = " ORDER BY created_at DESC, id DESC LIMIT 20"
BY_LIMIT = " WHERE state = 'served' ORDER BY due_on, id LIMIT 20"
RESTRICTIONS = (
    "SELECT unit, person_name, person_title, closed, prefix, year, serial, first_day, last_day, until, id"
    " FROM by_hand.restrictions"
)
LAST = " ORDER BY first_day DESC, id DESC LIMIT 20"
OF_A_MEASURE = (
    MEASURES + " WHERE id = %s",
    "SELECT number, content, effective_due_on, state FROM by_hand.measure_tasks WHERE measure_laid_id = %s",
    "SELECT verb, actor_title, opinion, created_at FROM yuetan_event WHERE measure_laid_id = %s ORDER BY id",
)


def ladder_lists() -> Iterator[MeasuredPage]:
    """The lists of the office, which are at one address whatever the data."""
    kinds = ((RungKind.CIRCULAR, "circulars"), (RungKind.LISTED_SUPERVISION, "listings"), (RungKind.VETO, "vetoes"))
    for who in ("officer", "supervisor"):
        yield MeasuredPage("measures", who, "/measures/", (MEASURES + NEWEST,))
        for kind, name in kinds:
            one_kind = (MEASURES + " WHERE kind = %s" + NEWEST,)
            yield MeasuredPage(name, who, f"/measures/?rung={kind}", one_kind, (kind.value,))
        yield MeasuredPage("restrictions", who, "/restrictions/", (RESTRICTIONS + LAST,))
    yield MeasuredPage("measures by limit", "officer", "/measures/?sort=due", (MEASURES + BY_LIMIT,))
    yield MeasuredPage("measures, red", "officer", "/measures/?light=red&state=served", (MEASURES + BY_LIMIT,))
    ending = (RESTRICTIONS + " WHERE until >= current_date ORDER BY until, id LIMIT 20",)
    yield MeasuredPage("restrictions by end", "officer", "/restrictions/?standing=in_force&sort=until", ending)
    yield MeasuredPage("inquiries", "officer", "/restrictions/inquiries/", ending)
    yield MeasuredPage("dossiers", "officer", "/dossiers/", (RESTRICTIONS + LAST,))


def pages_of_the_ladder(users: dict[str, User]) -> Iterator[MeasuredPage]:
    """All of it: the lists, what a unit reads, one unit, one leader, one measure."""
    yield from ladder_lists()
    served = MEASURES + " WHERE unit_id = %s AND served_on IS NOT NULL" + NEWEST
    own = RESTRICTIONS + " WHERE unit_id = %s" + LAST
    for who in ("busy unit", "quiet unit"):
        unit = users[who].current_posts[0].unit
        values = (unit.pk,)
        yield MeasuredPage("measures", who, "/measures/", (served,), values)
        yield MeasuredPage("restrictions", who, "/restrictions/", (own,), values)
        yield MeasuredPage(f"measures of {who}", "officer", f"/measures/?area={unit.code}", (served,), values)
        day = (timezone.localdate() - timedelta(days=90)).isoformat()
        asked = f"/restrictions/?on={day}&area={unit.code}"
        on_day = RESTRICTIONS + " WHERE unit_id = %s AND first_day <= %s AND until >= %s" + LAST
        yield MeasuredPage(f"is {who} restricted on a day", "officer", asked, (on_day,), (unit.pk, day, day))
        yield MeasuredPage(f"dossier of {who}", "officer", f"/dossiers/units/{unit.pk}/", (served, own), values)
    restricted = Restriction.objects.filter(person__isnull=False).order_by("-first_day", "-pk").first()
    if restricted is not None:
        leader = (RESTRICTIONS + " WHERE unit_id = %s" + LAST,)
        address = f"/dossiers/people/{restricted.person_id}/"
        yield MeasuredPage("dossier of a leader", "officer", address, leader, (restricted.unit_id,))
    yield from _of_one_measure()


def _of_one_measure() -> Iterator[MeasuredPage]:
    for state, who in ((MeasureState.SERVED, "supervisor"), (MeasureState.ENDED, "officer")):
        measure = AccountabilityMeasure.objects.filter(state=state).order_by("created_at", "pk").first()
        if measure is not None:
            yield MeasuredPage(f"measure, {state}", who, f"/measures/{measure.pk}/", OF_A_MEASURE, (measure.pk,))
    vetoes = AccountabilityMeasure.objects.filter(rung__kind=RungKind.VETO).order_by("created_at", "pk")
    for state in (MeasureState.PROPOSED, MeasureState.SERVED):
        veto = vetoes.filter(state=state).first()
        if veto is not None:
            yield MeasuredPage(f"veto, {state}", "officer", f"/measures/{veto.pk}/", OF_A_MEASURE, (veto.pk,))
