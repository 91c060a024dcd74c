"""What is done in the rooms of the year is sealed row by row of a room, so that nobody waits for another's."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from tests import cast
from tests.actions.record.test_verify_record import hits, seal, straight
from tests.meetings import convened
from tests.reporting import report_of, scheme_of
from tests.test_report_race import is_done
from yuetan import sealing
from yuetan.actions.log_event import log_event, log_in_room
from yuetan.actions.record.anchor_record import anchor_record
from yuetan.models import AnchoredHead, Event, Seal
from yuetan.models.record.sealed_tables import SEALED_TABLES
from yuetan.models.rooms import ROOM_ROWS
from yuetan.rules.dates import clock
from yuetan.sealing import seal_transaction


def logged(row):
    return log_in_room("convene_meeting", cast.person("officer"), row, {})


def chain_of_event(event):
    return Seal.objects.get(table_name="event", row_key=str(event.pk)).chain


@pytest.fixture
def meetings(office):
    return [convened(topic=topic) for topic in ("第一次", "第二次")]


def test_each_row_of_a_room_has_a_chain_of_its_own(meetings):
    first, second = meetings
    report = report_of(scheme_of())
    events = [logged(row) for row in (first, second, report)]
    office = log_event("change_office_setting", cast.person("director"))
    seal()
    assert [chain_of_event(event) for event in events] == [
        f"room:meeting:{first.pk}",
        f"room:meeting:{second.pk}",
        f"room:report:{report.pk}",
    ]
    assert chain_of_event(office) == "event"
    assert hits() == []


def test_no_name_of_a_chain_is_too_long(office):
    longest = max(ROOM_ROWS, key=len)
    assert len(f"room:{longest}:") + 36 <= Seal._meta.get_field("chain").max_length


@pytest.fixture
def as_before(monkeypatch):
    """Seal as the last version did, until it is called."""
    monkeypatch.setitem(SEALED_TABLES, "event", replace(SEALED_TABLES["event"], of_rooms=False))
    sealing._query.cache_clear()

    def upgrade():
        monkeypatch.undo()
        sealing._query.cache_clear()

    yield upgrade
    upgrade()


def test_what_was_sealed_before_stays_whole_and_is_found_when_it_changes(as_before, meetings):
    first, second = meetings
    old = logged(first)
    seal()
    assert chain_of_event(old) == "event"
    as_before()
    new = logged(first)
    seal()
    assert chain_of_event(new) == f"room:meeting:{first.pk}"
    anchor_record(clock.today())
    assert {f"room:meeting:{first.pk}", "event"} <= set(AnchoredHead.objects.values_list("chain", flat=True))
    assert hits() == []
    call_command("verify_record")
    named = f"会议 {str(first.pk)[:8]}的操作日志"
    for event in (old, new):
        with transaction.atomic():
            straight("UPDATE yuetan_event SET opinion = '改' WHERE id = %s", event.pk)
            assert hits() == [f"{named}（编号 {event.pk}）：内容与封存时不一致。"]
            transaction.set_rollback(True)
    straight("DELETE FROM yuetan_event WHERE id IN (%s, %s)", old.pk, new.pk)
    assert sorted(hits()) == sorted(
        [f"操作日志（编号 {old.pk}）：封存之后被删除。", f"{named}（编号 {new.pk}）：封存之后被删除。"]
    )
    last = Seal.objects.filter(chain=f"room:meeting:{first.pk}").latest("number")
    straight("UPDATE yuetan_seal SET row_digest = repeat('0', 64) WHERE id = %s", last.pk)
    assert f"会议 {str(first.pk)[:8]}的封存链在第 {last.number} 条断开：该条与前一条不相接。" in hits()
    assert any("记录存证第 1 号" in each for each in hits()) is False  # its digest stands; the entry does not
    assert str(second.pk)[:8] not in "".join(hits())


@pytest.mark.django_db(transaction=True)
def test_who_acts_in_one_row_of_a_room_does_not_wait_for_another_who_has_sealed(meetings):
    first, second = meetings
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        logged(first)
        with connection.connection.cursor() as cursor:
            seal_transaction(cursor)  # what its commit does, which comes later
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        assert pool.submit(is_done, lambda: logged(second)).result(timeout=30)
        assert not Seal.objects.filter(chain=f"room:meeting:{second.pk}", sealed_at__gt=clock.now()).exists()
    assert {chain_of_event(event) for event in Event.objects.filter(room="meeting")} == {
        f"room:meeting:{meeting.pk}" for meeting in meetings
    }
    assert hits() == []
