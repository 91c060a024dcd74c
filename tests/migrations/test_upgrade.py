"""Each landed state is upgraded as an installation would be: its tables and rows, by `migrate` and `load`.

`script/dump_schema` writes `landed/NNNN.sql.xz`, NNNN being its last migration; docs/architecture.md says when. The
suite upgrades the last one; with YUETAN_EVERY_LANDED=1, some minutes, all of them: for whoever adds a migration.
"""

import gc
import lzma
import os
import re
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import F, QuerySet

from tests import consistency
from tests.migrations.schema import SQUASHED, as_read_again, schema
from tests.past_triggers import past_triggers
from tests.scratch_database import scratch_database
from yuetan import grants, permissions
from yuetan.actions.record.check_records import disagreements
from yuetan.actions.record.verify_record import Counts, record_faults
from yuetan.models import (
    Case,
    CaseGroupPermission,
    Document,
    Event,
    Letter,
    PendingStep,
    ReceivedLetter,
    StalePending,
    Unit,
)
from yuetan.models.letter.letter import LetterGroupPermission
from yuetan.models.papers.kinds import SIGNED_BY_A_DAY
from yuetan.models.people.user import role_group_name
from yuetan.models.received.repeats import last_before
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, DocumentKind, RecordKind, Role, UnitKind, Verb

LANDED = sorted((Path(__file__).parent / "landed").glob("*.sql.xz"))
LAST_LANDED = LANDED[-1]
BEFORE_RECEIPT_LIMITS = max(dump for dump in LANDED if dump.name < "0121")  # and one row stood for two bodies
UPGRADED = LANDED if os.environ.get("YUETAN_EVERY_LANDED") else [LAST_LANDED]


@pytest.fixture
def landed(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """The default connection leads to a landed state, as yet untouched by this version: the last, or the parameter."""
    with django_db_blocker.unblock(), scratch_database():
        with connection.cursor() as cursor:
            cursor.execute(text_of_dump(getattr(request, "param", LAST_LANDED)))
        connection.close()  # pg_dump leaves the search path empty
        gc.freeze()  # so that models of past states are collected as soon as in a process that migrates alone
        yield
        gc.unfreeze()


def text_of_dump(dump: Path) -> str:
    return lzma.decompress(dump.read_bytes()).decode()


@pytest.mark.parametrize("landed", UPGRADED, indirect=True, ids=lambda dump: dump.name.partition(".")[0])
def test_each_landed_state_is_upgraded(made_anew, landed):
    def written() -> tuple[list[object], ...]:
        return tuple(list(rows.order_by("pk").values_list()) for rows in (Event.objects, Document.objects))

    call_command("migrate", verbosity=0)
    assert as_read_again(schema()) ^ as_read_again(made_anew) == set()
    assert SQUASHED in MigrationRecorder(connection).applied_migrations()
    before = written()
    with time_machine.travel(Event.objects.latest("created_at").created_at):
        call_command("load")
        assert consistency.check_all() == Case.objects.count() > len(CaseState)
        assert_roles_as_the_table_wants()
        assert_letters_as_the_table_wants()
        assert [str(each) for each in disagreements() if each.kind != RecordKind.FILE] == []  # the dump holds no file
    assert written() == before
    assert all(before)
    assert_all_is_sealed()


def assert_all_is_sealed() -> None:
    """What was there before there were seals is sealed as it was found; what `load` wrote, when it was committed."""
    counts = Counts()
    assert [str(fault) for fault in record_faults(counts)] == []
    assert counts.rows > Event.objects.count()


@pytest.mark.parametrize("landed", [BEFORE_RECEIPT_LIMITS], indirect=True, ids=["before receipt limits"])
def test_papers_of_measures_get_a_day_and_proposals_a_second_body_and_both_wait_once_loaded(landed):
    call_command("migrate", verbosity=0)
    waiting = Document.objects.unsigned().filter(kind__in=SIGNED_BY_A_DAY)
    assert waiting.exists()
    assert not waiting.filter(receipt_due_on=None).exists()
    assert not waiting.filter(receipt_director_on__lte=F("receipt_due_on")).exists()
    assert {clock.today() < day < clock.today() + timedelta(days=9) for (day,) in days_of(waiting)} == {True}
    assert not Document.objects.exclude(receipt=None).exclude(receipt_due_on=None).exists()
    marked = set(StalePending.objects.exclude(measure_laid=None).values_list("measure_laid", flat=True))
    proposals = Document.objects.filter(kind=DocumentKind.VETO_PROPOSAL)
    assert marked == set((waiting | proposals).values_list("measure_laid", flat=True))
    call_command("load", verbosity=0, stdout=StringIO())
    assert not StalePending.objects.exists()
    signing = PendingStep.objects.filter(verb=Verb.ACKNOWLEDGE_MEASURE)
    wanted = set(waiting.values_list("measure_laid", "receipt_due_on"))
    assert set(signing.values_list("measure_laid", "due_on")) == wanted
    assert_a_proposal_is_waited_for_at_the_second_body()


BEFORE_LETTERS_WENT_OVER = max(dump for dump in LANDED if dump.name < "0131")
WENT_OVER = """
    INSERT INTO yuetan_unitchange (unit_id, kind, former_name, new_name, successor_id, effective_on, paper_number,
        registered_by_id, registered_at, decided_by_id, decided_at, opinion)
    SELECT gone.id, 'merged', gone.name, '', kept.id, '2026-06-01', '江府〔2026〕1号', one.id, now(),
        other.id, now(), ''
    FROM yuetan_unit AS gone, yuetan_unit AS kept,
        (SELECT min(id) AS id FROM yuetan_user) AS one, (SELECT max(id) AS id FROM yuetan_user) AS other
    WHERE gone.code = %s AND kept.code = %s;
    UPDATE yuetan_unit SET retired_on = '2026-06-01' WHERE code = %s;
    UPDATE yuetan_receivedletter SET unit_id = (SELECT id FROM yuetan_unit WHERE code = %s);
"""


@pytest.mark.parametrize("landed", [BEFORE_LETTERS_WENT_OVER], indirect=True, ids=["before letters went over"])
def test_letters_of_units_whose_matters_went_over_are_with_the_successor(landed):
    gone, between, kept = Unit.objects.filter(kind=UnitKind.TOWN).values_list("code", flat=True)[:3]
    tables = ("unitchange", "unit", "receivedletter")
    with connection.cursor() as cursor:
        cursor.execute("".join(f"ALTER TABLE yuetan_{table} DISABLE TRIGGER USER;" for table in tables))
        for unit, successor in ((gone, between), (between, kept)):
            cursor.execute(WENT_OVER, [unit, successor, unit, gone])
        cursor.execute("".join(f"ALTER TABLE yuetan_{table} ENABLE TRIGGER USER;" for table in tables))
    call_command("migrate", verbosity=0)
    letters = list(ReceivedLetter.objects.select_related("unit", "first_unit"))
    assert letters
    assert {(letter.unit.code, letter.first_unit.code) for letter in letters} == {(kept, gone)}
    counted = ReceivedLetter.objects.in_force().annotate(now=last_before(ReceivedLetter.objects.in_force()))
    assert {letter.pk for letter in counted if letter.repeats_on != letter.now} == set()


def days_of(papers: QuerySet[Document]) -> list[tuple[date]]:
    return list(papers.values_list("receipt_due_on").distinct())


def test_grants_of_an_earlier_table_are_made_equal_by_load(landed):
    """As a version leaves them that gave units another right, and one that is gone."""
    call_command("migrate", verbosity=0)
    with time_machine.travel(Event.objects.latest("created_at").created_at):
        call_command("load")
        CaseGroupPermission.objects.filter(permission__codename=Verb.ACKNOWLEDGE_RECEIPT).delete()
        taken = CaseGroupPermission.objects.filter(permission__codename=Verb.HAND_IN_SUBMISSION)
        taken.update(permission=Permission.objects.get(codename=Verb.APPROVE))
        LetterGroupPermission.objects.all().delete()
        wrong = [each for each in disagreements() if each.kind == RecordKind.GRANT]
        assert len(wrong) > 5
        said = StringIO()
        call_command("load", stdout=said)
        assert "授权：写入" in said.getvalue()
        assert [str(each) for each in disagreements() if each.kind == RecordKind.GRANT] == []
        said = StringIO()
        call_command("load", stdout=said)
        assert "授权" not in said.getvalue()


def assert_roles_as_the_table_wants() -> None:
    for role in Role:
        held = Group.objects.get(name=role_group_name(role)).permissions.values_list("codename", flat=True)
        assert set(held) == {p.codename for p in permissions.PERMISSIONS if role in p.roles}


def assert_a_proposal_is_waited_for_at_the_second_body() -> None:
    """One row stood for both until 0121; what it recorded is that of the first."""
    papers = list(Document.objects.filter(kind=DocumentKind.VETO_PROPOSAL))
    for paper in papers:
        first, second = paper.referrals.order_by("pk")
        assert f"{first.organ}、{second.organ}" == paper.addressee
        assert (first.referred_at, first.reason) == (second.referred_at, second.reason)
        assert second.received_on is None
        waits = PendingStep.objects.now().filter(measure_laid=paper.measure_laid)
        assert waits.filter(verb=Verb.RECORD_REFERRAL_RECEIPT).exists()
    assert papers


def assert_letters_as_the_table_wants() -> None:
    granted = set(LetterGroupPermission.objects.values_list("pk", flat=True))
    for letter in Letter.objects.all():
        grants.follow(letter)
    assert set(LetterGroupPermission.objects.values_list("pk", flat=True)) == granted != set()


@pytest.mark.parametrize("dump", LANDED, ids=lambda dump: dump.name)
def test_a_dump_opens_no_account(dump):
    assert not re.search("pbkdf2|md5\\$|argon2|bcrypt|scrypt", text_of_dump(dump))


def test_a_database_from_before_the_first_release_is_refused_in_one_sentence(db):
    with past_triggers():
        MigrationRecorder(connection).record_applied("yuetan", "0001_initial")
    applied = MigrationRecorder(connection).applied_migrations()
    with pytest.raises(CommandError) as error:
        call_command("migrate", verbosity=0)
    assert str(error.value) == (
        "这个数据库是首次发布之前的版本建立的，本版本不能接收其中的数据：请先停止网站，"
        f"移走 {settings.VAR / 'postgres'}（或让 DATABASE_URL 指向一个空的数据库），再重新运行。"
    )
    assert MigrationRecorder(connection).applied_migrations().keys() == applied.keys()
