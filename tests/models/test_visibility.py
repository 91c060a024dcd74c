"""What lists are asked by says what the grants say: who sees which case, letter, paper, task and message."""

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.actions.rectification.test_earlier_cases import confirmed, rectifying
from tests.factories import case_in, letter_in
from tests.nothing_sent_twice import run_or_copy
from tests.refusals import appoint
from yuetan import permissions
from yuetan.actions.record.check_records import disagreements
from yuetan.models import Alert, Attachment, Case, Document, Letter, Scan, Task, User
from yuetan.models.case.case import CaseGroupPermission
from yuetan.models.case.steps import CASE_STEPS
from yuetan.models.flow.step import transitions
from yuetan.models.letter.letter import LetterGroupPermission
from yuetan.models.letter.steps import LETTER_STEPS
from yuetan.rules.dates import clock
from yuetan.vocabulary import OUTER_STATE_NAMES, CaseState, EarlierState, LetterState, PostKind

GRANTS = {Case: CaseGroupPermission, Letter: LetterGroupPermission}
EVERYBODY = [username for _, username, *_ in cast.CAST if username]


@pytest.fixture
def matters(office, county):
    """Cases in every state about two units and letters to both; an officer and a supervisor with posts in one."""

    def run_history():
        for state in CaseState:
            case_in(state)
        case_in(CaseState.NOTIFIED, unit=county)
        case_in(CaseState.APPROVED, unit=county)
        rectifying()  # of before, and still being entered
        for state in LetterState:
            letter_in(state, to=cast.unit(cast.TOWN))
            letter_in(state, to=county)
        return list(Case.objects.all())

    run_or_copy(run_history, __name__)
    appoint(cast.person("second_officer"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    appoint(cast.person("supervisor"), county, PostKind.LIAISON, "联络员")
    about = [*({"case": each} for each in Case.objects.all()), *({"letter": each} for each in Letter.objects.all())]
    Alert.objects.bulk_create(
        Alert(recipient=user, key=str(subject.pk), text="消息", created_at=clock.now(), **{name: subject})
        for user in User.objects.exclude(username=None)
        for each in about
        for name, subject in each.items()
    )


def by_grants(model, user):
    """What a person sees by role, and by the grants of their groups."""
    granted = GRANTS[model].objects.filter(permission__codename=model.objects.all().sees, group__user=user)
    seen = Q(pk__in=granted.values("content_object"))
    if user.has_perm(permissions.name(model.objects.all().sees)):
        seen |= ~Q(unit__in=user.interviewed_units)
    return set(model.objects.filter(seen).values_list("pk", flat=True))


def test_columns_say_what_the_grants_say(matters):
    for username in EVERYBODY:
        user = cast.person(username)
        cases, letters = by_grants(Case, user), by_grants(Letter, user)
        about = Q(case__in=cases) | Q(letter__in=letters)
        expected = {
            Case: Q(pk__in=cases),
            Letter: Q(pk__in=letters),
            Document: about,
            Task: Q(case__in=cases),
            Alert: Q(recipient=user) & about,
        }
        for model, seen in expected.items():
            keys = set(model.objects.filter(seen).values_list("pk", flat=True))
            assert set(model.objects.visible_to(user).values_list("pk", flat=True)) == keys, (username, model)


def test_some_see_all_some_their_own_some_nothing(matters):
    seen = {username: Case.objects.visible_to(cast.person(username)).count() for username in EVERYBODY}
    assert seen["officer"] == Case.objects.count()
    assert 0 < seen[f"head_{cast.TOWN}"] < seen["second_officer"] < seen["officer"]
    assert seen["sysadmin"] == seen["auditor"] == seen[f"head_{cast.MEMBER_UNIT}"] == 0


def test_what_was_opened_to_a_unit_stays_open():
    for source, step in transitions(CASE_STEPS):
        assert source not in OUTER_STATE_NAMES or step.target in OUTER_STATE_NAMES, step
    for source, step in transitions(LETTER_STEPS):
        assert source != LetterState.ISSUED or step.target == LetterState.ISSUED, step


def test_papers_and_tasks_of_a_matter_being_entered_are_open_to_nobody_of_its_unit(matters):
    case = Case.objects.get(earlier=EarlierState.RECORDING)
    assert case.documents.exists()
    assert case.tasks.exists()
    for username in (f"head_{cast.TOWN}", "second_officer"):
        user = cast.person(username)
        assert not Document.objects.visible_to(user).filter(case=case).exists()
        assert not Task.objects.visible_to(user).filter(case=case).exists()
    assert Document.objects.visible_to(cast.person("officer")).filter(case=case).exists()
    confirmed(case)
    for username in (f"head_{cast.TOWN}", "second_officer"):
        user = cast.person(username)
        assert Document.objects.visible_to(user).filter(case=case).count() == case.documents.count()
        assert Task.objects.visible_to(user).filter(case=case).count() == case.tasks.count()
    assert not list(disagreements())


def test_nobody_is_asked_for_every_grant_or_by_a_union(matters):
    for username in EVERYBODY:
        user = cast.person(username)
        for model in (Case, Letter, Document, Task, Alert, Attachment, Scan):
            visible = model.objects.visible_to(user).values("pk")[:20]
            with CaptureQueriesContext(connection) as captured:
                list(visible)
            words = " ".join(query["sql"] for query in captured)
            assert "grouppermission" not in words
            assert "UNION" not in words


def test_who_sees_everything_is_not_asked_what_each_message_is_about(matters):
    statement = str(Alert.objects.visible_to(cast.person("officer")).unread().query)
    assert "yuetan_case" not in statement
    assert "yuetan_letter" not in statement


def test_a_column_that_says_something_else_is_named(matters):
    closed_off = "向单位开放的日期与状态、文书不一致"
    wrong = {
        "UPDATE yuetan_case SET opened_on = NULL WHERE state = 'closed'": closed_off,
        "UPDATE yuetan_case SET opened_on = '2026-01-05' WHERE state = 'approved'": closed_off,
        "UPDATE yuetan_letter SET opened_on = '2026-01-05' WHERE state = 'drafted'": closed_off,
        "UPDATE yuetan_document SET open_to_id = (SELECT max(id) FROM yuetan_unit)": "上的单位不是事项现在的单位",
        "UPDATE yuetan_task SET open_to_id = (SELECT max(id) FROM yuetan_unit)": "上的单位不是事项现在的单位",
        "UPDATE yuetan_document SET is_scanned = true": "是否有盖章扫描件与所存的扫描件不一致",
    }
    assert not list(disagreements())
    for statement, words in wrong.items():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(statement)
            assert [each for each in disagreements() if words in str(each)], statement
            transaction.set_rollback(True)
