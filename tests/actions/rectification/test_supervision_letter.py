"""督办单: in the grade that the accounts give, numbered and frozen; signed for, answered, and led to the next grade."""

import pytest

from tests.factories import case_in, later, take
from tests.refusals import not_theirs, refused
from yuetan.actions.papers.document import void_document
from yuetan.models import Alert, Document, OfficeSetting, SupervisionLetter
from yuetan.vocabulary import CaseState, DocumentKind, Verb

OFFICE = "办公室设定："


@pytest.fixture
def rectifying(office):
    """Two tasks without reports, due after ten and after fourteen days."""
    return case_in(CaseState.RECTIFYING)


def press(case, number, grade, **more):
    """Issue a paper about one task."""
    return take(Verb.ISSUE_SUPERVISION_LETTER, case, tasks=[case.tasks.get(number=number)], grade=grade, **more)


def setting(key, value):
    """The office has decided so."""
    OfficeSetting.objects.filter(key=key).update(value=value)


def test_nothing_is_pressed_for_before_its_time(rectifying):
    with refused(f"{OFFICE}没有时限将至或者逾期的待报告整改任务，不能印发督办单。"):
        take(Verb.ISSUE_SUPERVISION_LETTER, rectifying)
    with later(days=10):
        with refused("尚未选择要督办的整改任务。", field="tasks"):
            take(Verb.ISSUE_SUPERVISION_LETTER, rectifying, tasks=[])
        with refused(f"{OFFICE}第 2 项整改任务未到督办的时候，不能列入督办单。", field="tasks"):
            press(rectifying, 2, "blue")


def test_a_paper_is_numbered_frozen_sent_signed_for_and_answered(rectifying, director, liaison, head, supervisor):
    with later(days=12):
        done = press(rectifying, 1, "yellow")
        paper = SupervisionLetter.objects.get()
        shown = Document.objects.visible_to(head).get(kind=DocumentKind.SUPERVISION_LETTER)
        assert (shown.number, shown) == ("江扫黑办督〔2026〕1号", paper.document)
        assert "黄色（警示）" in shown.html
        assert "请于一周内补报" in shown.html
        event = done.events.newest_first()[0]
        assert (event.data["grade"], event.data["tasks"], event.data["document"]) == ("yellow", [1], shown.number)
        assert "请签收、办理并回复" in Alert.objects.filter(recipient=head).first().text
        assert done.state == CaseState.RECTIFYING
        with refused("没有待回复的督办单。"):
            take(Verb.ANSWER_SUPERVISION, rectifying)
        take(Verb.ACKNOWLEDGE_SUPERVISION, rectifying)
        with refused("没有待签收的督办单。"):
            take(Verb.ACKNOWLEDGE_SUPERVISION, rectifying)
        with refused("尚未填写回复内容。", field="answer"):
            take(Verb.ANSWER_SUPERVISION, rectifying, answer=" ")
        take(Verb.ANSWER_SUPERVISION, rectifying)
        paper = SupervisionLetter.objects.get()
        assert (paper.document.receipt.signed_by, paper.answered_by) == (liaison, head)
        assert not paper.is_answered_late
        assert "已回复" in Alert.objects.filter(recipient=supervisor).first().text


def test_after_a_yellow_one_without_result_it_is_red_and_a_report_is_a_result(rectifying):
    with later(days=11):
        press(rectifying, 1, "yellow")
    with later(days=18):
        case = press(rectifying, 1, "red")
        assert [one.grade for one in SupervisionLetter.objects.order_by("pk")] == ["yellow", "red"]
        take(Verb.PREPARE_REPORT, case)
        take(Verb.HAND_IN_REPORT, case)
        take(Verb.RETURN_TASK, case)
    with (
        later(days=19),
        refused(f"{OFFICE}第 1 项整改任务按台账应发黄色督办单，办公室未允许从重，不能发红色督办单。", field="grade"),
    ):
        press(rectifying, 1, "red")


def test_a_yellow_one_on_the_day_itself_pressed_for_nothing_overdue(rectifying):
    setting("supervision_higher", True)
    with later(days=10):
        press(rectifying, 1, "yellow")
    setting("supervision_higher", False)
    setting("supervision_lower", False)
    with later(days=18):
        press(rectifying, 1, "yellow")


def test_another_grade_only_as_the_office_allows(rectifying):
    with later(days=12):
        with refused(
            f"{OFFICE}第 1 项整改任务按台账应发黄色督办单，办公室未允许从重，不能发红色督办单。", field="grade"
        ):
            press(rectifying, 1, "red")
        press(rectifying, 1, "blue")
        setting("supervision_lower", False)
        with refused(
            f"{OFFICE}第 1 项整改任务按台账应发黄色督办单，办公室未允许从轻，不能发蓝色督办单。", field="grade"
        ):
            press(rectifying, 1, "blue")
        setting("supervision_higher", True)
        press(rectifying, 1, "red")


def test_a_voided_paper_asks_nothing_and_leads_to_nothing(rectifying, director):
    with later(days=11):
        press(rectifying, 1, "yellow")
        void_document(Document.objects.get(kind=DocumentKind.SUPERVISION_LETTER), by=director, reason="对象有误")
        with refused("没有待签收的督办单。"):
            take(Verb.ACKNOWLEDGE_SUPERVISION, rectifying)
    with later(days=18):
        press(rectifying, 1, "yellow")


def test_a_paper_that_was_answered_or_led_to_a_heavier_one_is_not_voided(rectifying, director):
    """Its answer rests on it, and the red one on the yellow one; the last of them may go until it is answered."""
    with later(days=11):
        press(rectifying, 1, "yellow")
        yellow = Document.objects.get(kind=DocumentKind.SUPERVISION_LETTER)
    with later(days=19):
        press(rectifying, 1, "red")
        red = Document.objects.exclude(pk=yellow.pk).get(kind=DocumentKind.SUPERVISION_LETTER)
        with refused(f"{OFFICE}已在本督办单之后印发{red.number}（红色督办单），后者以本督办单为据，不能作废。"):
            void_document(yellow, by=director, reason="有误")
        void_document(red, by=director, reason="有误")
        take(Verb.ACKNOWLEDGE_SUPERVISION, rectifying)
        take(Verb.ANSWER_SUPERVISION, rectifying)
        with refused(f"{OFFICE}本整改督办单已由冯十于2026年12月12日回复，回复以其为据，不能作废。"):
            void_document(yellow, by=director, reason="有误")


@pytest.mark.parametrize("who", ["officer", "supervisor", "group_leader", "head"])
def test_it_is_the_directors(request, rectifying, who):
    with later(days=20), not_theirs():
        take(Verb.ISSUE_SUPERVISION_LETTER, rectifying, by=request.getfixturevalue(who))


@pytest.mark.parametrize("who", ["director", "supervisor", "other_head", "liaison"])
def test_nobody_answers_for_the_head(request, rectifying, who):
    with later(days=12):
        press(rectifying, 1, "yellow")
        take(Verb.ACKNOWLEDGE_SUPERVISION, rectifying)
        with not_theirs():
            take(Verb.ANSWER_SUPERVISION, rectifying, by=request.getfixturevalue(who))
