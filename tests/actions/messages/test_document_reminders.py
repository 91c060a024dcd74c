"""每日任务: what a unit owes in writing is reminded of around its date, each point once, until it is there."""

from datetime import timedelta

import pytest

from tests import cast
from tests.factories import case_after, case_in, later, letter_in, take
from tests.ladder import measure_in
from tests.ladder import take as take_of_measure
from yuetan.actions.letter.letter import acknowledge_letter
from yuetan.actions.letter.letter_answer import answer_letter
from yuetan.actions.messages import document_reminders
from yuetan.actions.messages.document_reminders import remind_of_papers
from yuetan.actions.papers.document import void_document
from yuetan.models import Alert, Delivery, Letter, Reminder, SupervisionLetter
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, LetterState, MeasureState, Verb

HEAD = f"head_{cast.TOWN}"


def reminders_of(kind, username=HEAD):
    """The reminders of one kind that somebody got, oldest first."""
    alerts = Alert.objects.filter(recipient__username=username, key__startswith=f"{kind}:").order_by("id")
    return [alert.text for alert in alerts]


def run_on(day):
    """What the daily run reminds of on a day, twice."""
    with later(days=(day - clock.today()).days):
        remind_of_papers(clock.today())
        remind_of_papers(clock.today())


def _receipt():
    case = case_in(CaseState.NOTIFIED)
    return case.receipt_due_on, lambda: take(Verb.ACKNOWLEDGE_RECEIPT, case), "约谈通知的签收", "签收"


def _submission():
    case = case_after(Verb.ACKNOWLEDGE_RECEIPT)

    def hand_in():
        take(Verb.PREPARE_SUBMISSION, case)
        take(Verb.HAND_IN_SUBMISSION, case)

    return case.submission_due_on, hand_in, "书面材料", "提交"


def _minutes():
    case = case_after(Verb.SEND_MINUTES)
    return case.minutes.answer_until, lambda: take(Verb.ANSWER_MINUTES, case), "纪要意见", "反馈"


def _supervision():
    case = case_in(CaseState.RECTIFYING)
    with later(days=11):
        take(Verb.ISSUE_SUPERVISION_LETTER, case)

    def answer():
        take(Verb.ACKNOWLEDGE_SUPERVISION, case)
        take(Verb.ANSWER_SUPERVISION, case)

    return SupervisionLetter.objects.get().answer_until, answer, "督办单的回复", "回复"


def _letter():
    letter = letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN))

    def answer():
        acknowledge_letter(letter, by=cast.person(HEAD))
        answer_letter(letter, by=cast.person(HEAD), answer="已部署。")

    return letter.answer_until, answer, "提醒函的答复", "答复"


def _measure():
    measure = measure_in(MeasureState.SERVED)

    def sign():
        take_of_measure(Verb.ACKNOWLEDGE_MEASURE, measure)

    return measure.paper.receipt_due_on, sign, "责任措施文书的签收", "签收"


KINDS = {
    "receipt": _receipt,
    "submission": _submission,
    "minutes": _minutes,
    "supervision": _supervision,
    "letter": _letter,
    "measure_receipt": _measure,
}


@pytest.mark.parametrize("kind", KINDS)
def test_before_on_and_after_its_date_each_once_until_it_is_there(office, kind):
    due_on, hand_in, thing, deed = KINDS[kind]()
    for offset in (-1, 0, 1, 2):
        run_on(due_on + timedelta(days=offset))
    said = [text.split("：")[0] for text in reminders_of(kind)]
    ahead = [text for text in said if "将于" in text]
    assert all(text.endswith(f"到期，请抓紧{deed}") for text in ahead)
    assert [text for text in said if text not in ahead] == [
        f"{thing}今天到期，请{deed}",
        f"{thing}已逾期 1 天，请立即{deed}",
    ]
    assert reminders_of(kind, f"liaison_{cast.TOWN}") == reminders_of(kind)
    assert reminders_of(kind, f"head_{cast.DIVISION_TOWN}") == reminders_of(kind, "officer") == []
    with later(days=(due_on - clock.today()).days + 2):
        hand_in()
    run_on(due_on + timedelta(days=3))
    assert len(reminders_of(kind)) == len(said)
    assert f"{thing}已逾期 3 天" not in "".join(reminders_of(kind))


def test_what_is_voided_is_not_asked_for(office, director):
    letter = letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN))
    void_document(letter.document, by=director, reason="对象有误")
    due_on, *_ = _supervision()
    with later(days=11):
        void_document(SupervisionLetter.objects.get().document, by=director, reason="对象有误")
    run_on(max(due_on, Letter.objects.get().answer_until))
    assert reminders_of("letter") == reminders_of("supervision") == []


class PowerCut:
    """Where a kind of paper should be, the process ends: no error, and nothing after it."""

    @property
    def rows(self):
        raise SystemExit


@pytest.mark.parametrize("after", range(len(document_reminders.PAPERS) + 1))
def test_killed_between_any_two_kinds_and_begun_again_each_is_notified_once(office, monkeypatch, settings, after):
    settings.ALERT_WEBHOOK = "https://gateway.example/"
    days = [make()[0] for make in (_letter, _minutes)]
    with later(days=(max(days) - clock.today()).days):
        papers = document_reminders.PAPERS
        monkeypatch.setattr(document_reminders, "PAPERS", (*papers[:after], PowerCut(), *papers[after:]))
        with pytest.raises(SystemExit):
            remind_of_papers(clock.today())
        monkeypatch.setattr(document_reminders, "PAPERS", papers)
        remind_of_papers(clock.today())
        assert remind_of_papers(clock.today()) == {"提醒": 0, "消息": 0}
    assert [len(reminders_of(kind)) for kind in ("letter", "minutes")] == [1, 1]
    assert Reminder.objects.filter(key__startswith="letter:").count() == 1
    assert Delivery.objects.filter(alert__key__startswith="letter:").count() == 2
