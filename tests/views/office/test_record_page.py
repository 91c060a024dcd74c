"""记录查验: what the auditor reads of the record itself, and the sheet to be signed."""

from django.db import connection
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.factories import case_in, later
from tests.past_triggers import past_triggers
from tests.views.queries import queries_of
from tests.web import Visitor
from yuetan.actions.people.unit import change_unit
from yuetan.actions.record.anchor_record import anchor_record
from yuetan.actions.record.verify_record import verify_record
from yuetan.models import Anchor, Event
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState

PAGE = "/log/record/"


def test_the_auditor_reads_what_verifications_found(auditor, officer):
    verify_record()
    assert "完好" in Visitor(auditor).open(PAGE)
    with past_triggers(), connection.cursor() as cursor:
        cursor.execute("UPDATE yuetan_unit SET name = '改' WHERE code = %s", [cast.TOWN])
    with later(days=1):
        verify_record()
        page = Visitor(auditor).open(PAGE)
    assert "有改动" in page
    assert "内容与封存时不一致" in page
    assert Client().get(PAGE).status_code == 302


def test_the_sheet_of_an_anchor_bears_its_value_and_the_one_before(auditor):
    anchor_record(clock.today())
    with later(days=1):
        anchor_record(clock.today())
        first, second = Anchor.objects.order_by("number")
        page = Visitor(auditor).open(f"{PAGE}anchors/2/")
        assert first.spaced_digest in page
        assert second.spaced_digest in page
        assert "anchors/000002.txt" in page
        assert "无（第一号）" in Visitor(auditor).open(f"{PAGE}anchors/1/")


def test_the_page_costs_the_same_for_more_anchors(client, auditor):
    client.force_login(auditor)
    anchor_record(clock.today())
    cost = queries_of(client, PAGE)
    for day in (1, 2):
        with later(days=day):
            anchor_record(clock.today())
    assert queries_of(client, PAGE) == cost


def test_the_log_is_filtered_by_address_and_by_what_it_is_about(client, auditor, sysadmin, town):
    case = case_in(CaseState.PROPOSED)
    change_unit(town, by=sysadmin, code=town.code, name="甲镇", parent=town.parent)
    visitor = Client(REMOTE_ADDR="10.1.2.3")
    visitor.force_login(cast.person("officer"))
    visitor.post(reverse("own_contact"), {"telephone": "0750-3000001", "email": ""})
    event = Event.objects.latest("pk")
    assert (event.verb, event.address) == ("change_contact", "10.1.2.3")
    client.force_login(auditor)

    def verbs(**query):
        return [line["verb"] for line in client.get(reverse("log"), query).context["rows"]]

    assert verbs(address="10.1.2.3") == ["修改联系方式"]
    assert verbs(address="10.1.2.4") == verbs(address="x") == []
    assert verbs(subject="甲镇") == ["变更单位"]
    assert len(verbs(subject=case.register_number)) == len(verbs(subject="2026-1")) == case.events.count()
    assert verbs(subject="2026-999999999999") == []
