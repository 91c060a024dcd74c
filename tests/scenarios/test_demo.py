"""`manage.py demo`: fictitious people and cases in every state, by real actions, in an empty database alone."""

import json
import shutil
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.consistency import check_all
from tests.factories import case_in
from tests.past_triggers import past_triggers
from yuetan.models import (
    Assessment,
    AssessmentSheet,
    Attachment,
    Case,
    Commendation,
    Delegation,
    Document,
    DossierEntry,
    Event,
    Extension,
    Leave,
    Letter,
    Minutes,
    PendingStep,
    Post,
    ReceivedLetter,
    Submission,
    Task,
    Unit,
    User,
)
from yuetan.rules.dates import clock
from yuetan.vocabulary import (
    AssessmentStanding,
    CaseState,
    DelegationState,
    DocumentKind,
    DossierState,
    EarlierState,
    LetterState,
    MinutesAnswer,
    ReceivedStanding,
    Role,
    TaskState,
    Verb,
)

PASSWORD = "a demonstration 2026"


@pytest.fixture
def empty(office):
    """A database in which nobody has begun to work."""
    with past_triggers():
        Post.objects.all().delete()
        User.objects.all().delete()


@pytest.fixture
def printed(empty, monkeypatch):
    """What the command says on an empty database."""
    monkeypatch.setenv("YUETAN_DEMO_PASSWORD", PASSWORD)
    output = StringIO()
    call_command("demo", stdout=output)
    return output.getvalue()


def test_the_demonstration(printed):
    assert check_all() == Case.objects.count()
    assert set(Case.objects.values_list("state", flat=True)) == set(CaseState.values)

    assert [one.name for one in User.objects.matching("shenshiwu")] == ["沈十五"]
    assert not User.objects.filter(pinyin="").exists()

    unsigned = Document.objects.filter(case__state=CaseState.NOTIFIED, replaced_by=None, receipt=None)
    waiting = PendingStep.objects.now().filter(verb=Verb.REGISTER_RECEIPT, role=Role.OFFICE_DIRECTOR)
    assert waiting.filter(case__documents__in=unsigned).exists()
    assert {version.lateness for version in Submission.objects.all()} >= {"逾期提交", "约谈后补交"}
    assert Leave.objects.filter(granted=None).exists()
    assert Task.objects.filter(agreed_due_on__lt=clock.today(), state=TaskState.ASSIGNED).exists()
    assert Extension.objects.filter(decided_at=None).exists()
    assert sorted(Letter.objects.values_list("state", flat=True)) == sorted(LetterState.values)
    assert Document.objects.filter(kind=DocumentKind.CANCELLATION).exists()
    assert Case.objects.filter(state=CaseState.PROPOSED).count() == 4
    assert Delegation.objects.get().standing == DelegationState.IN_FORCE
    assert Case.objects.get(approved_for=User.objects.get(username="group_leader")).approver.username == "deputy"
    assert Attachment.objects.exists()
    earlier = Case.objects.get(earlier=EarlierState.CONFIRMED)
    assert earlier.state == CaseState.RECTIFYING
    assert not any(task.is_overdue for task in earlier.tasks.all())
    assert earlier.paper_filings.exists()
    (absent,) = Case.objects.with_absence()
    assert (absent.state, absent.absences_now, absent.documents.count()) == (CaseState.NOTIFIED, [], 2)
    (acting,) = Case.objects.exclude(acting_reason="")
    assert "挂点联系领导，应当回避" in acting.acting_reason
    wording = "".join(paragraph["text"] for paragraph in acting.current_notice.facts["body"])
    assert f"约谈人说明：{acting.acting_reason.replace('按办公室设定', '')}。" in wording
    assert [entry.state for entry in DossierEntry.objects.order_by("pk")] == [DossierState.READ, DossierState.CONFIRMED]
    assert Commendation.objects.in_force().count() == 1
    received = ReceivedLetter.objects.order_by("received_on")
    assert [(letter.standing, letter.late_words) for letter in received] == [
        (ReceivedStanding.CLOSED, "逾期 4 天回复"),
        (ReceivedStanding.OPEN, "逾期 6 天未回复"),
        *[(ReceivedStanding.OPEN, "")] * 2,
    ]
    assert ReceivedLetter.objects.repeating().get() == received.last()
    assessed = AssessmentSheet.objects.in_rank()
    assert [sheet.grade for sheet in assessed] == ["excellent", "qualified", "unqualified", "excellent", "excellent"]
    assert Assessment.objects.get().standing == AssessmentStanding.PUBLISHED
    renamed = Unit.objects.exclude(former_names=[]).get()
    assert Case.objects.get(unit=renamed, state=CaseState.MINUTED).unit_label.endswith("（原市住房和城乡建设局）")

    assert all(event.created_at <= clock.now() for event in Event.objects.all())
    stamped = Event.objects.filter(case__isnull=False).order_by("id").values_list("created_at", flat=True)
    assert list(stamped) == sorted(stamped)
    upcoming = Case.objects.filter(state=CaseState.NOTIFIED, draft_fields=None)
    assert all(case.scheduled_at > clock.now() for case in upcoming)
    (recorded,) = Case.objects.filter(draft_fields__verb=Verb.HOLD_INTERVIEW).distinct()
    assert recorded.scheduled_at < clock.now()
    assert {text.written_by.username for text in recorded.draft_fields.all()} == {"officer", "second_officer"}
    assert all(text.written_at > recorded.scheduled_at for text in recorded.draft_fields.all())
    assert Minutes.objects.filter(case__state=CaseState.INTERVIEWED, answer=MinutesAnswer.OBJECTED).exists()
    assert Minutes.objects.filter(case__state=CaseState.INTERVIEWED, answer="").exists()

    for username in (
        "officer",
        "second_officer",
        "director",
        "group_leader",
        "first_deputy",
        "deputy",
        "supervisor",
        "sysadmin",
    ):
        assert username in printed
        assert User.objects.get(username=username).check_password(PASSWORD)
    assert printed.count(PASSWORD) == 1
    for unit in {case.unit for case in Case.objects.select_related("unit")}:
        assert f"head_{unit.code}" in printed
        assert f"liaison_{unit.code}" in printed

    with pytest.raises(CommandError, match="演示数据已经装入"):
        call_command("demo", stdout=StringIO())


@pytest.fixture
def few_matters(settings, tmp_path):
    """The demonstration with its people and hardly a case: none of its matters."""
    shutil.copytree(settings.FIXTURES / "demo", tmp_path / "demo")
    (tmp_path / "demo/matters.json").write_text(json.dumps({"cases": [], "letters": []}), encoding="utf-8")
    settings.FIXTURES = tmp_path


def test_without_a_password_one_is_made_up(empty, few_matters, monkeypatch):
    monkeypatch.delenv("YUETAN_DEMO_PASSWORD", raising=False)
    output = StringIO()
    call_command("demo", stdout=output)
    password = output.getvalue().splitlines()[0].rpartition("：")[2]
    assert len(password) >= 10
    assert User.objects.get(username="officer").check_password(password)


def test_a_database_with_cases_is_left_alone(office):
    case_in(CaseState.DRAFTED)
    with pytest.raises(CommandError, match="本库已有约谈事项"):
        call_command("demo", stdout=StringIO())
    assert Case.objects.count() == 1


def test_a_database_with_people_is_left_alone(office):
    with pytest.raises(CommandError, match="本库已有人员和账号"):
        call_command("demo", stdout=StringIO())
