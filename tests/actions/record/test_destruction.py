"""销毁: three persons, never before the time or under a hold; what goes is gone, what remains still verifies."""

import uuid
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, IntegrityError, InternalError, connection, transaction
from django.db.models import ForeignKey, Sum
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.destructions import AFTERWARDS, approved, destroyed, done_with, drawn_up
from tests.factories import later, letter_in, take
from tests.ladder import measure_in
from tests.refusals import appoint, not_theirs, refused
from tests.rounds import informed_visit
from yuetan.actions.letter.letter import acknowledge_letter
from yuetan.actions.letter.letter_answer import answer_letter
from yuetan.actions.record import destroyed_files
from yuetan.actions.record.anchor_record import anchor_record
from yuetan.actions.record.check_records import disagreements
from yuetan.actions.record.destruction import (
    carry_out_destruction,
    decide_destruction,
    destroyable,
    open_destructions,
    withdraw_destruction,
)
from yuetan.actions.record.verify_record import Counts, record_faults
from yuetan.loading.destruction_function import OUTLIVES, RESTS, tables_of_a_case
from yuetan.models import (
    AccountabilityMeasure,
    Case,
    DestroyedFile,
    Destruction,
    Document,
    Event,
    FollowUp,
    Letter,
    NumberEntry,
    PreparedFile,
    Seal,
    Tally,
)
from yuetan.models.files.kept_files import kept_names
from yuetan.rules.dates import clock
from yuetan.sealing import seal_transaction
from yuetan.vocabulary import CaseState, DestructionStanding, MeasureState, NumberState, PostKind, Verb


def seal():
    with connection.connection.cursor() as cursor:
        seal_transaction(cursor)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def closed(office):
    case = done_with()
    seal()
    return case


def test_a_case_is_destroyed_by_three_persons_and_a_line_remains(closed, django_capture_on_commit_callbacks):
    number, title, key = closed.register_number, closed.title, closed.pk
    files = [Path(settings.MEDIA_ROOT, name) for name in kept_names()]
    papers = list(closed.documents.values_list("entry", "pdf_sha256"))
    with later(days=AFTERWARDS), django_capture_on_commit_callbacks(execute=True):
        done = destroyed(closed)
        entry = done.entries.get()
    assert done.standing == DestructionStanding.CARRIED_OUT
    assert not Case.objects.exists()
    assert (entry.register_number, entry.title, entry.case_key) == (number, title, key)
    assert entry.paper_count == len(papers) > 0
    assert entry.file_count == DestroyedFile.objects.exclude(removed_at=None).count() == len(files) > 0
    assert not any(path.exists() for path in files)
    states = {each.state for each in NumberEntry.objects.select_related("destroyed_paper")}
    assert states == {NumberState.ISSUED}


def test_nothing_of_the_case_is_left_in_any_table(closed):
    """Nothing but the line, the numbers and the digests names it."""
    secret = closed.matter
    with later(days=AFTERWARDS):
        destroyed(closed)
        seal()
    left = {"yuetan_destructionentry", "yuetan_destroyedpaper", "yuetan_seal"}
    for model in apps.get_app_config("yuetan").get_models(include_auto_created=True):
        table = model._meta.db_table
        with connection.cursor() as cursor:
            words = f"%{secret}%", f"%{closed.pk}%"
            cursor.execute(f"SELECT count(*) FROM {table} AS t WHERE t::text LIKE %s OR t::text LIKE %s", words)
            assert not cursor.fetchone()[0] or table in left, table  # else it is still read there


def test_record_numbers_and_counters_still_agree(closed):
    other = done_with(cast.unit(cast.COUNTY))
    seal()
    with later(days=AFTERWARDS):
        destroyed(closed)
        destroyed_files.remove_destroyed_files(clock.today())
        seal()
        anchor_record(clock.today())
        assert [str(fault) for fault in record_faults(Counts())] == []
        assert list(disagreements()) == []
    assert Seal.objects.filter(chain=f"case:{closed.pk}").exists()
    assert not Tally.objects.filter(unit=closed.unit).aggregate(Sum("number"))["number__sum"]
    assert Case.objects.get() == other


def test_what_the_list_says_cannot_be_changed_unseen(closed):
    with later(days=AFTERWARDS):
        entry = destroyed(closed).entries.get()
        for change in ("title = '另题'", "paper_count = 0", "case_key = gen_random_uuid()"):
            with pytest.raises((IntegrityError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE yuetan_destructionentry SET {change} WHERE id = {entry.pk}")


def test_before_its_time_and_for_ever_none_is_destroyed(closed):
    with refused(f"{closed.register_number}的保管期限没有满（到2056年12月31日），不能销毁，请移出清册。"):
        drawn_up(closed)
    assert destroyable(cast.person("officer")) == []
    with later(days=81):
        take(Verb.SET_RETENTION, closed, retention="permanent", reason="典型事项。")
    with (
        later(days=AFTERWARDS),
        refused(f"{closed.register_number}的保管期限没有满（永久），不能销毁，请移出清册。"),
    ):
        drawn_up(Case.objects.get())


def test_a_hold_keeps_it_at_every_point(closed):
    with later(days=AFTERWARDS):
        whole = approved(closed)
        take(Verb.PLACE_HOLD, closed)
        with refused(f"{closed.register_number}的卷宗已冻结，不能销毁，请先解除冻结，或者撤销清册、移出后重新拟制。"):
            carry_out_destruction(whole, by=cast.person("supervisor"), compared=True)
        withdraw_destruction(whole, by=cast.person("officer"), reason="巡察调卷。")
        with refused(f"{closed.register_number}的卷宗已冻结，不能销毁，请先解除冻结，或者撤销清册、移出后重新拟制。"):
            drawn_up(closed)


def test_no_two_of_the_three_are_one_person(closed):
    director = cast.person("director")
    with later(days=AFTERWARDS):
        whole = drawn_up(closed, by="director")
        with not_theirs():
            decide_destruction(whole, by=director, agreed=True, words="")
        appoint(cast.person("group_leader"), cast.unit(cast.OFFICE), PostKind.SUPERVISOR, "督查员")
        decide_destruction(whole, by=cast.person("group_leader"), agreed=True, words="")
        for who, done in (("director", "拟制了清册"), ("group_leader", "批准了清册")):
            name = cast.person(who).name
            with refused(f"办公室设定：拟制、批准、监销须是三个人，{name}已经{done}，请由另一人办理。"):
                carry_out_destruction(whole, by=cast.person(who), compared=True)
        assert [str(each) for each in open_destructions(cast.person("supervisor"))] == [str(whole)]
        assert open_destructions(director) == []


def test_refused_and_withdrawn_lists_destroy_nothing(closed):
    leader = cast.person("group_leader")
    with later(days=AFTERWARDS):
        whole = drawn_up(closed)
        with refused(f"{closed.register_number}已列入{whole}，不能重复列入，请移出清册。"):
            drawn_up(closed)
        with refused("尚未写明不批准的原因。"):
            decide_destruction(whole, by=leader, agreed=False, words=" ")
        decide_destruction(whole, by=leader, agreed=False, words="仍有查考价值。")
        with refused(f"{whole}现在是“不予批准”，不能再办这一步。"):
            carry_out_destruction(whole, by=cast.person("supervisor"), compared=True)
        assert destroyable(cast.person("officer")) == [closed]
    assert Case.objects.get().state == CaseState.CLOSED


def test_letters_about_it_go_with_it_and_an_open_one_keeps_it(closed):
    letter = letter_in("issued", to=cast.unit(cast.TOWN), case=closed)
    with later(days=AFTERWARDS):
        with refused(
            f"{closed.register_number}还有没有办完的事（提醒函“{letter.title}”），不能销毁，请先办完，或者移出清册。"
        ):
            drawn_up(closed)
        head = cast.head(cast.TOWN)
        answer_letter(acknowledge_letter(letter, by=head), by=head, answer="均已启动。")
        entry = destroyed(closed).entries.get()
    assert (entry.letter_count, Letter.objects.count(), Document.objects.count()) == (1, 0, 0)


def test_nobody_reads_a_list_with_a_case_that_is_kept_from_them(closed):
    second, officer = cast.person("second_officer"), cast.person("officer")
    with later(days=81):
        take(Verb.SET_READERS, closed, people=[officer, cast.person("supervisor")])
    with later(days=AFTERWARDS):
        narrowed = Case.objects.get()
        with not_theirs():
            drawn_up(narrowed, by="second_officer")
        whole = drawn_up(narrowed)
        for person, sees in ((officer, True), (second, False), (cast.head(cast.TOWN), False)):
            assert Destruction.objects.visible_to(person).filter(pk=whole.pk).exists() == sees
        appoint(cast.person("supervisor"), cast.unit(cast.TOWN), PostKind.LIAISON, "联系人")
        decide_destruction(whole, by=cast.person("group_leader"), agreed=True, words="")
        with not_theirs():
            carry_out_destruction(whole, by=cast.person("supervisor"), compared=True)
        carry_out_destruction(whole, by=cast.person("director"), compared=True)
        assert not Destruction.objects.visible_to(second).exists()
        assert Destruction.objects.visible_to(officer).exists()


def test_the_program_alone_destroys_nothing(closed):
    """Its role may call the function, which asks for the three persons; and may delete no row by itself."""
    statements = (
        f"SELECT yuetan_destroy_case('{closed.pk}')",
        f"SELECT yuetan_destroy_case('{uuid.uuid4()}')",
        "INSERT INTO yuetan_destroying VALUES (pg_current_xact_id()::text::bigint)",
        f"DELETE FROM yuetan_case WHERE id = '{closed.pk}'",
        f"DELETE FROM yuetan_event WHERE case_id = '{closed.pk}'",
    )
    for statement in statements:
        refusal = pytest.raises(DatabaseError, match=r"permission denied|three persons")
        with refusal, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with later(days=AFTERWARDS):
        drawn_up(closed)
        with pytest.raises(IntegrityError, match="three persons"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statements[0])


def test_files_that_could_not_be_removed_are_removed_by_the_daily_run(closed, monkeypatch):
    with later(days=AFTERWARDS):
        destroyed(closed)  # the transaction of a test is never kept, so nothing is removed by it
        names = list(DestroyedFile.objects.values_list("name", flat=True))
        assert all(Path(settings.MEDIA_ROOT, name).exists() for name in names)
        assert destroyed_files.remove_destroyed_files(clock.today()) == {"删除": len(names)}
        assert not any(Path(settings.MEDIA_ROOT, name).exists() for name in names)
        assert destroyed_files.remove_destroyed_files(clock.today()) == {}
    assert not PreparedFile.objects.exclude(file="").exists()


def test_every_table_that_leads_to_a_case_goes_with_it_or_is_named():
    """A table of a later version that leads into a case is destroyed with it, or it is said that it outlives it."""
    gone = {model for model, _ in tables_of_a_case()}
    for model in apps.get_app_config("yuetan").get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey) and field.related_model in gone:
                assert model in gone or model in (*OUTLIVES, *RESTS), f"{model.__name__}.{field.name}"


def test_a_case_on_which_a_measure_rests_stays(closed):
    """The action says so, and the database refuses whoever goes round it."""
    measure = measure_in(MeasureState.DRAFTED)
    rests = f"{closed.register_number}是“{measure.title}”的依据，该通报保存期间不能销毁，请移出清册。"
    with later(days=AFTERWARDS):
        listed = approved(closed)
        AccountabilityMeasure.objects.filter(pk=measure.pk).update(case=closed)
        with refused(rests):
            carry_out_destruction(listed, by=cast.person("supervisor"), compared=True)
        withdraw_destruction(listed, by=cast.person("officer"), reason="另有通报以它为依据。")
        with refused(rests):
            drawn_up(closed)


def test_a_case_that_followed_a_round_stays(closed):
    link = FollowUp(visit=informed_visit(), case=closed, linked_by=cast.person("officer"))
    link.save()
    rests = f"{closed.register_number}是{link.visit.round.title}之后的事项，督导记录保存期间不能销毁，请移出清册。"
    with later(days=AFTERWARDS), refused(rests):
        drawn_up(closed)


def test_the_log_names_who_and_which_numbers_alone(closed):
    with later(days=AFTERWARDS):
        whole = destroyed(closed)
    events = Event.objects.filter(data__name=str(whole)).order_by("pk")
    assert [(event.verb, event.actor.username) for event in events] == [
        ("draw_up_destruction", "officer"),
        ("approve_destruction", "group_leader"),
        ("carry_out_destruction", "supervisor"),
    ]
    assert closed.matter not in str([event.data for event in events])


def test_the_files_of_a_case_are_read_by_its_keys_alone(closed):
    """Of the case or of a letter about it: an OR over both would read every row of the tables that keep files."""
    with CaptureQueriesContext(connection) as asked:
        files = {str(file.name) for file, _ in destroyed_files._kept_files_of(closed)}
    assert files == set(kept_names())
    assert len(asked) == sum(" UNION " in each["sql"] for each in asked) > 1
    assert not [each["sql"] for each in asked if " OR " in each["sql"]]


def test_what_else_keeps_the_files_is_asked_once_for_many(closed, monkeypatch):
    asked = []
    monkeypatch.setattr(destroyed_files, "kept_among", lambda names: asked.append(list(names)) or set())
    files = [DestroyedFile(name=f"lost/{number}", sha256="") for number in range(3)]
    monkeypatch.setattr(DestroyedFile, "save", lambda *_, **__: None)
    destroyed_files._remove_files(files)
    assert asked == [["lost/0", "lost/1", "lost/2"]]
