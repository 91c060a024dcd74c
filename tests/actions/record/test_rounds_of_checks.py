"""What a daily check of a large office looks at: all that is new, and the rest by turns, each within its days."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from tests import cast
from tests.actions.record.test_verify_record import seal, straight
from tests.factories import case_in, later, pdf, take
from tests.web import Visitor
from yuetan.actions.messages.daily import daily
from yuetan.actions.papers.scan import upload_scan
from yuetan.actions.record import verified_part
from yuetan.actions.record import verify_record as verifying
from yuetan.actions.record.anchor_record import anchor_record
from yuetan.actions.record.check_records import check_daily
from yuetan.actions.record.checks import check_files
from yuetan.actions.record.checks.check_files import Reading, reading_of_day
from yuetan.actions.record.verified_part import WHOLE, Part, last_entry, part_of_day
from yuetan.actions.record.verify_record import Counts, record_faults, verify_daily, verify_record
from yuetan.models import DailyRun, Document, RecordVerification, Scan, Seal
from yuetan.models.record.seal import VERIFIED_PARTS
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, Verb

PARTS = range(1, VERIFIED_PARTS + 1)
PAGE = "/log/record/"


@pytest.fixture
def large(office, monkeypatch):
    """A case of an office that is taken for a large one, with no margin for entries that were committed late."""
    monkeypatch.setattr(verified_part, "WHOLE_UP_TO", 0)
    monkeypatch.setattr(verifying, "MARGIN", 0)
    monkeypatch.setattr(check_files, "WHOLE_UP_TO", 0)
    case = case_in(CaseState.NOTIFIED)
    with_files(case)
    seal()
    return case


def with_files(case):
    """Three scans of its paper, each with bytes of its own."""
    for _ in range(3):
        upload_scan(case.documents.get(), by=cast.person("officer"), file=pdf())


def faults(part, counts=None):
    return [str(fault) for fault in record_faults(counts or Counts(), part)]


def test_the_parts_together_are_the_whole_and_each_is_less(large):
    whole, known = Counts(), last_entry()
    assert faults(WHOLE, whole) == []
    each = [Counts() for _ in PARTS]
    for number, counts in zip(PARTS, each, strict=True):
        assert faults(Part((number,), known), counts) == []
        assert 0 < counts.rows < whole.rows / 2
    assert sum(counts.rows for counts in each) == whole.rows
    assert sum(counts.entries for counts in each) == whole.entries


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE yuetan_document SET title = '改' WHERE case_id = %s",
        "DELETE FROM yuetan_event WHERE case_id = %s AND verb = 'approve'",
        "UPDATE yuetan_seal SET row_digest = repeat('0', 64) WHERE chain = 'case:' || %s AND number = 2",
    ],
)
def test_what_was_changed_among_the_old_is_found_by_one_part_and_what_is_new_by_every_one(large, statement):
    known = last_entry()
    straight(statement, str(large.pk) if "seal" in statement else large.pk)
    whole = set(faults(WHOLE))
    assert whole
    found = [set(faults(Part((number,), known))) for number in PARTS]
    assert set().union(*found) == whole
    assert set() in found
    for number in PARTS:
        assert set(faults(Part((number,), 0))) == whole


def test_a_day_verifies_what_is_new_and_one_part_until_something_is_found(large):
    assert verify_daily(clock.today()) == {"不符": 0}
    assert RecordVerification.objects.get().parts == ""  # nothing was known before
    first = []
    for day in range(1, VERIFIED_PARTS + 1):
        with later(days=day):
            assert verify_daily(clock.today()) == {"不符": 0}
            first.append(RecordVerification.objects.newest_first()[0].parts)
    assert sorted(first) == [str(number) for number in PARTS]
    straight("UPDATE yuetan_document SET title = '改' WHERE case_id = %s", large.pk)
    found_on = 0
    for day in range(VERIFIED_PARTS + 1, 2 * VERIFIED_PARTS + 2):
        with later(days=day):
            found = verify_daily(clock.today())["不符"]
        verified = RecordVerification.objects.newest_first()[0]
        assert (verified.faults, verified.parts == "") == (found, bool(found_on))
        assert found or not found_on  # what was found stays: everything is verified from then on
        found_on = found_on or (day if found else 0)
    assert found_on


def test_days_without_a_verification_are_made_up_for(large):
    verify_record()
    today = clock.today()
    with later(days=4):
        part = part_of_day(clock.today())
        of_days = {(today + timedelta(days=number)).toordinal() % VERIFIED_PARTS + 1 for number in (1, 2, 3, 4)}
        assert set(part.numbers) == of_days
        assert part.since == RecordVerification.objects.get().last_entry
    with later(days=VERIFIED_PARTS):
        assert part_of_day(clock.today()) == WHOLE
    with later(days=-1):
        assert part_of_day(clock.today()) == WHOLE


def test_a_small_record_and_the_command_are_whole(large, monkeypatch):
    verify_record()
    with later(days=1):
        assert part_of_day(clock.today()) != WHOLE
        call_command("verify_record")
        assert RecordVerification.objects.newest_first()[0].parts == ""
        monkeypatch.setattr(verified_part, "WHOLE_UP_TO", last_entry())
        assert part_of_day(clock.today()) == WHOLE


def test_what_was_sealed_since_is_verified_the_same_day(large):
    verify_record()
    take(Verb.ACKNOWLEDGE_RECEIPT, large)
    seal()
    last = Seal.objects.filter(chain=f"case:{large.pk}").latest("number")
    straight("UPDATE yuetan_seal SET sealed_at = sealed_at + interval '1 second' WHERE id = %s", last.pk)
    known = RecordVerification.objects.get().last_entry
    for number in PARTS:
        assert f"封存链在第 {last.number} 条断开" in "".join(faults(Part((number,), known)))


def test_an_anchor_is_looked_into_in_its_turn_and_the_last_two_always(large):
    """The newest was made of what had been changed; the one before it says what was there."""
    for day in range(4):
        with later(days=day):
            case_in(CaseState.DRAFTED)
            seal()
            anchor_record(clock.today())
    straight(
        "UPDATE yuetan_anchoredhead SET digest = repeat('0', 64) WHERE anchor_id IN "
        "(SELECT id FROM yuetan_anchor WHERE number IN (1, 2))"
    )
    known = last_entry()
    found = {number: [each for each in faults(Part((number,), known)) if "记录存证" in each] for number in PARTS}
    for number in (1, 2):
        assert any(f"第 {number} 号" in each for each in found[number % VERIFIED_PARTS + 1])
    assert found[5] == []
    straight("UPDATE yuetan_anchoredhead SET digest = repeat('0', 64)")
    for newest in (3, 4):
        assert all(any(f"第 {newest} 号" in each for each in faults(Part((number,), known))) for number in PARTS)


def test_files_are_read_by_turns_and_all_of_them_within_a_round(large):
    known = Scan.objects.count() + Document.objects.exclude(pdf="").count()
    ahead = clock.now() + timedelta(days=1)
    readings = [Reading(frozenset({number}), ahead) for number in range(check_files.PARTS)]
    for reading in readings:
        assert list(check_files.check_files(reading=reading)) == []
        assert reading.known == known >= 3
    assert sum(reading.read for reading in readings) == readings[0].known
    assert max(reading.read for reading in readings) < readings[0].known
    new = Reading(frozenset({0}), clock.now() - timedelta(days=1))
    list(check_files.check_files(reading=new))
    assert new.read == new.known


def checked_on(day, result):
    DailyRun.objects.create(began_at=clock.now() + timedelta(days=day), results={check_files.JOB: result})


def test_which_files_a_day_reads(large, monkeypatch):
    assert reading_of_day(clock.today()) == Reading()  # nothing is known of a check before
    checked_on(0, {"不一致": 0})
    with later(days=1):
        assert reading_of_day(clock.today()).parts == {clock.today().toordinal() % check_files.PARTS}
        assert reading_of_day(clock.today()).since < clock.now() - timedelta(days=2)
    with later(days=3):
        assert len(reading_of_day(clock.today()).parts) == 3
    with later(days=check_files.PARTS + 1):
        assert reading_of_day(clock.today()) == Reading()
    with later(days=1):
        monkeypatch.setattr(check_files, "WHOLE_UP_TO", 1000)
        assert reading_of_day(clock.today()) == Reading()
        monkeypatch.setattr(check_files, "WHOLE_UP_TO", 0)
        checked_on(0, {"不一致": 1})
        assert reading_of_day(clock.today()) == Reading()


def test_a_file_that_is_gone_or_shorter_is_found_whatever_the_turn_and_other_bytes_in_theirs(large):
    file = Path(Scan.objects.order_by("pk")[0].file.path)
    content = file.read_bytes()
    ahead = clock.now() + timedelta(days=1)

    def words(number):
        return [each.words for each in check_files.check_files(reading=Reading(frozenset({number}), ahead))]

    file.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    found = [words(number) for number in range(check_files.PARTS)]
    assert max(found) == ["文件内容与登记的 SHA-256 不一致"]
    assert sum(bool(each) for each in found) == 1
    file.write_bytes(content[1:])
    assert all("字节，实有" in "".join(words(number)) for number in range(check_files.PARTS))


def test_the_page_says_how_much_was_looked_at(large, auditor):
    verify_record()
    checked_on(0, {"不一致": 0})
    with later(days=1):
        result = check_daily(clock.today())
        assert result["读过内容的文件"] <= result["文件"]
        checked_on(0, result)
        verify_daily(clock.today())
        page = Visitor(auditor).open(PAGE)
    part = RecordVerification.objects.newest_first()[0].parts
    assert f"新增的，和原有的第 {part} 份（共 {VERIFIED_PARTS} 份）" in page
    assert "全部" in page
    assert f"读过内容的文件 {result['读过内容的文件']} 个，共 {result['文件']} 个" in page


def test_the_daily_run_of_a_small_office_reads_everything_every_day(office):
    with_files(case_in(CaseState.NOTIFIED))
    for day in (0, 1):
        with later(days=day):
            checked = daily()["核对记录"]
            assert checked["文件"] == checked["读过内容的文件"] > 0
            assert RecordVerification.objects.newest_first()[0].parts == ""
