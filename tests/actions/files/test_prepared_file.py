"""Files made in the background: by one process at a time, whoever dies, for the one who asked and as they are now."""

import contextlib
import io
import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import Error, connection

from tests import cast
from tests.factories import appoint
from tests.office_database import owner_cursor
from yuetan.actions.files import prepared_file as actions
from yuetan.actions.files.prepared_file import (
    MadeFile,
    make_file,
    prepare_next,
    purge_prepared_files,
    refuse_if_rights_changed,
    request_file,
)
from yuetan.errors import Refused
from yuetan.models import PreparedFile, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import PostKind, PreparedKind


def ask(by, title="台账"):
    return request_file(by=by, kind=PreparedKind.LEDGER, title=title, arguments={})


def content(prepared):
    with prepared.file.open("rb") as kept:
        return kept.read()


def makes(content=b"made"):
    return {PreparedKind.LEDGER: lambda prepared, progress: MadeFile("台账.xlsx", io.BytesIO(content))}


def test_the_earliest_first_each_once(officer, supervisor):
    first, second = ask(officer), ask(supervisor)
    assert [prepare_next(makes()) for _ in range(3)] == [first, second, None]
    first.refresh_from_db()
    assert (first.file_name, content(first), first.is_waiting) == ("台账.xlsx", b"made", False)


def test_how_far_it_is_can_be_read_meanwhile(officer):
    asked, seen = ask(officer), []

    def build(prepared, progress):
        progress.expect(20)
        progress.reach(7)
        seen.append(PreparedFile.objects.values_list("done", "total").get(pk=asked.pk))
        return MadeFile("台账.xlsx", io.BytesIO(b""))

    prepare_next({PreparedKind.LEDGER: build})
    asked.refresh_from_db()
    assert (seen, asked.done, asked.total) == ([(7, 20)], 20, 20)


def test_a_builder_that_raises_keeps_nobody_waiting_and_its_person_reads_of_it(officer, caplog):
    broken, whole = ask(officer), ask(officer)

    def build(prepared, progress):
        if prepared == broken:
            raise ZeroDivisionError("disk")
        return MadeFile("台账.xlsx", io.BytesIO(b"made"))

    assert [prepare_next({PreparedKind.LEDGER: build}) for _ in range(3)] == [broken, whole, None]
    broken.refresh_from_db()
    assert broken.problems == ["生成时出错，没有生成文件，请告知系统管理员（原因记在运行日志中）。"]
    assert "ZeroDivisionError: disk" in caplog.text
    assert not broken.file


@pytest.mark.django_db(transaction=True)
def test_a_file_that_another_process_is_making_is_left_to_it_until_it_dies(office):
    asked, backend, entered, died = ask(cast.person("officer")), [], threading.Event(), threading.Event()

    def build(prepared, progress):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            backend.extend(cursor.fetchone())
        entered.set()
        died.wait(10)
        return MadeFile("台账.xlsx", io.BytesIO(b"made by the dead"))

    def other_process():
        with contextlib.suppress(Error):
            prepare_next({PreparedKind.LEDGER: build})
        connection.close()

    thread = threading.Thread(target=other_process)
    thread.start()
    assert entered.wait(10)
    assert prepare_next(makes()) is None
    with owner_cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", backend)
    assert prepare_next(makes()) == asked
    died.set()
    thread.join(10)
    asked.refresh_from_db()
    assert (asked.attempts, content(asked)) == (2, b"made")


@pytest.mark.django_db(transaction=True)
def test_what_is_made_while_one_waits_is_made_by_nobody_else(office):
    officer, others = cast.person("officer"), []

    def other_process():
        others.append(prepare_next(makes()))
        connection.close()

    def build(prepared, progress):
        thread = threading.Thread(target=other_process)
        thread.start()
        thread.join(10)
        return MadeFile("台账.xlsx", io.BytesIO(b"made at once"))

    make_file(by=officer, kind=PreparedKind.LEDGER, title="台账", arguments={}, build=build)
    assert (others, content(PreparedFile.objects.get())) == ([None], b"made at once")


def test_of_a_file_that_could_not_be_made_at_once_no_row_is_left_for_a_worker(officer):
    def build(prepared, progress):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        make_file(by=officer, kind=PreparedKind.LEDGER, title="台账", arguments={}, build=build)
    assert not PreparedFile.objects.exists()


def test_who_dies_over_it_three_times_is_not_followed_by_a_fourth(officer):
    asked = ask(officer)
    PreparedFile.objects.filter(pk=asked.pk).update(attempts=actions.MAX_ATTEMPTS)
    assert prepare_next(makes()) == asked
    asked.refresh_from_db()
    assert (bool(asked.failed_at), bool(asked.file)) == (True, False)


def test_a_sixth_file_waits_for_one_of_five(officer, supervisor):
    for _ in range(5):
        ask(officer)
    with pytest.raises(Refused, match="您已有 5 个文件等待生成，请等其中一个完成后再提出。"):
        ask(officer)
    ask(supervisor)
    prepare_next(makes())
    ask(officer)


def test_what_was_made_for_other_posts_is_not_fetched(officer, county):
    ask(officer)
    prepared = prepare_next(makes())
    refuse_if_rights_changed(PreparedFile.objects.get(pk=prepared.pk))
    appoint(officer, county, PostKind.LIAISON, "联络员")
    with pytest.raises(Refused, match="您的职务有变动"):
        refuse_if_rights_changed(PreparedFile.objects.get(pk=prepared.pk))


def test_after_a_week_the_file_goes_and_the_record_stays(officer):
    ask(officer)
    prepared = prepare_next(makes())
    with time_machine.travel(clock.now() + timedelta(days=7), tick=False):
        assert purge_prepared_files(clock.today()) == {"删除": 0}
    with time_machine.travel(clock.now() + timedelta(days=8), tick=False):
        assert purge_prepared_files(clock.today()) == {"删除": 1}
    prepared.refresh_from_db()
    assert (bool(prepared.file), prepared.asked_by, bool(prepared.ready_at)) == (False, officer, True)


def test_the_worker_makes_what_waits(office, capsys):
    officer = User.objects.get(pk=cast.person("officer").pk)
    request_file(by=officer, kind=PreparedKind.LEDGER, title="约谈台账", arguments={"ledger": "cases", "filters": {}})
    call_command("worker", "--once")
    assert capsys.readouterr().out == "导出 Excel 约谈台账\n"
    assert PreparedFile.objects.get().file.size > 4000
