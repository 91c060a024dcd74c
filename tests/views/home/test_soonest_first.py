"""What a home lists is read off the top of an order: neither what waits behind it nor what belongs to it is sorted."""

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.test import Client

from tests import cast
from tests.ladder import measure_in
from tests.views.queries import statements_of
from tests.web import BACKEND
from yuetan.models import Case, Event, PeriodicReport, ReportPeriod
from yuetan.models.rooms import about_visible_rooms
from yuetan.views.home.report_todos import _numbers
from yuetan.vocabulary import MeasureState

BY_INDEX = "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off"


def plan_of(rows):
    with connection.cursor() as cursor:
        cursor.execute(f"{BY_INDEX}; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off")
    return rows.explain()


def test_the_open_cases_of_a_unit_come_in_their_order_out_of_an_index(office):
    head, unit = cast.person(f"head_{cast.TOWN}"), cast.unit(cast.TOWN)
    opened = Case.objects.visible_to(head).filter(unit__in=[unit.pk]).open().soonest_first()
    plan = plan_of(opened.values_list("pk", "due_on")[:21])
    assert "case_before_unit" in plan
    assert "Sort" not in plan


def test_measures_are_put_in_order_by_their_keys_alone(office):
    measure_in(MeasureState.SERVED)
    client = Client()
    client.force_login(cast.person(f"head_{cast.TOWN}"), backend=BACKEND)
    asked = [one for one in statements_of(client, "/") if "LEAST(" in one]
    narrow, whole = [one for one in asked if one.startswith('SELECT "yuetan_accountabilitymeasure"')]
    assert narrow.startswith('SELECT "yuetan_accountabilitymeasure"."id" AS "pk" FROM')
    assert '"yuetan_accountabilitymeasure"."id" IN (' in whole  # those alone with all that belongs to them


def test_which_periods_have_reports_to_accept_is_read_off_an_index_of_what_waits(office):
    waiting = PeriodicReport.objects.to_accept().filter(period=OuterRef("pk"))
    plan = plan_of(ReportPeriod.objects.filter(Exists(waiting.order_by())))
    assert "reports_by_state" in plan
    assert "Scan on yuetan_reportversion" not in plan


@pytest.mark.parametrize("own", [Q(pk__in=[]), Q(newest__signer__isnull=False)])
def test_how_many_of_a_period_wait_is_counted_without_reading_their_versions(office, own):
    waiting = PeriodicReport.objects.to_accept()
    with connection.cursor() as cursor:
        cursor.execute(BY_INDEX)
    assert _numbers(waiting, own) == {}
    counted = waiting.filter(period__in=[1, 2]).order_by().values("period")
    assert "reportversion" not in str(counted.query)


def test_what_a_room_has_is_asked_of_one_key_and_never_of_all_its_rows(office):
    events = Event.objects.filter(actor=cast.person("officer")).filter(about_visible_rooms(cast.person("officer")))
    with connection.cursor() as cursor:  # so that to hash all keys at once would be the cheapest
        cursor.execute("SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off")
    plan = events.explain()
    assert "yuetan_restriction" in plan
    assert "hashed" not in plan
