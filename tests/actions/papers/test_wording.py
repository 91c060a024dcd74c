"""Keeping standard paragraphs: who may, what is refused by name, and that issued papers keep theirs."""

import pytest

from tests.factories import case_in, letter_in, take
from yuetan.actions.papers.wording import change_wording, restore_wording
from yuetan.errors import NotYours, Refused
from yuetan.models import Event, StandardParagraph
from yuetan.vocabulary import LOG_LABELS, SLOT_OF, CaseState, DocumentKind, LetterState, Verb
from yuetan.vocabulary.wording import VARIABLES

SLOT = SLOT_OF[DocumentKind.CANCELLATION, "closing"]
OPENING = SLOT_OF[DocumentKind.INTERVIEW_NOTICE, "opening"]


def texts(slot):
    return list(StandardParagraph.objects.of(slot).values_list("version", "text"))


def test_a_change_is_a_new_version(director):
    kept = change_wording(SLOT, by=director, text=" 专此通知。 ")
    assert texts(SLOT) == [(2, "专此通知。"), (1, "特此通知。")]
    assert (kept.kept_by, kept.kept_by_title) == (director, director.title)


@pytest.mark.parametrize("who", ["officer", "supervisor", "group_leader", "sysadmin", "auditor", "head", "liaison"])
def test_only_the_director_keeps_wording(request, who):
    person = request.getfixturevalue(who)
    with pytest.raises(NotYours):
        change_wording(SLOT, by=person, text="专此通知。")
    with pytest.raises(NotYours):
        restore_wording(StandardParagraph.objects.of(SLOT)[0], by=person)
    assert len(texts(SLOT)) == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "尚未填写段落文字。"),
        ("请{姓名}知悉。", "变量{姓名}不能用在这里"),
        ("请{% now %}知悉。", "变量{% now %}不能用在这里"),
        ("请{单位知悉。", "花括号不成变量"),
        ("特此通知。", "文字与现行版本相同"),
        ("一。\n二。", "只写一段"),
        ("长" * 1001, "不得超过 1000 字"),
    ],
)
def test_what_is_refused_stores_nothing(director, text, sentence):
    with pytest.raises(Refused) as refused:
        change_wording(SLOT, by=director, text=text)
    assert sentence in str(refused.value)
    assert refused.value.reasons[0].field == "text"
    assert texts(SLOT) == [(1, "特此通知。")]


def test_an_opening_must_name_its_basis_and_its_people(director):
    with pytest.raises(Refused, match=r"本段必须写明：\{依据\}、\{约谈对象\}。"):
        change_wording(OPENING, by=director, text="经{领导小组}同意，由{约谈人}约谈。")


def test_an_earlier_text_comes_back_as_a_new_version(director):
    change_wording(SLOT, by=director, text="专此通知。")
    restore_wording(StandardParagraph.objects.get(kind=SLOT.kind, key=SLOT.key, version=1), by=director)
    assert texts(SLOT) == [(3, "特此通知。"), (2, "专此通知。"), (1, "特此通知。")]


def test_what_holds_is_not_restored(director):
    with pytest.raises(Refused, match="文字与现行版本相同"):
        restore_wording(StandardParagraph.objects.of(SLOT)[0], by=director)


def test_new_papers_have_the_new_wording_and_issued_ones_keep_theirs(director):
    case = case_in(CaseState.NOTIFIED)
    before = case.documents.get()
    slot = SLOT_OF[DocumentKind.RESCHEDULE_NOTICE, "attendance"]
    change_wording(slot, by=director, text="请{单位}负责人于{时间}前到达{地点}。")
    take(Verb.RESCHEDULE, case, place="二号楼")
    paper = case.documents.get(kind=DocumentKind.RESCHEDULE_NOTICE)
    assert "负责人于" in paper.html
    frozen, digest = before.html, before.sha256
    before.refresh_from_db()
    assert (before.html, before.sha256) == (frozen, digest)


def test_values_are_not_read_as_variables(director):
    slot = SLOT_OF[DocumentKind.INTERVIEW_NOTICE, "attendance"]
    change_wording(slot, by=director, text="请到{地点}。")
    paper = case_in(CaseState.NOTIFIED, serve_notice={"place": "{事由}厅"}).documents.get()
    assert "事由" in paper.html
    assert StandardParagraph.objects.of(slot)[0].text == "请到{地点}。"


def test_the_log_shows_both(director):
    change_wording(SLOT, by=director, text="专此通知。")
    restore_wording(StandardParagraph.objects.get(kind=SLOT.kind, key=SLOT.key, version=1), by=director)
    logged = [(LOG_LABELS[event.verb], event.data["title"]) for event in Event.objects.order_by("id")]
    assert logged == [
        ("修改标准段落", "取消约谈的通知：结尾（第 2 版）"),
        ("恢复标准段落", "取消约谈的通知：结尾（第 3 版）"),
    ]


def test_every_variable_that_is_offered_for_a_letter_is_filled(director):
    slot = SLOT_OF[DocumentKind.REMINDER_LETTER, "opening"]
    names = VARIABLES[DocumentKind.REMINDER_LETTER]
    change_wording(slot, by=director, text="".join(f"{name}：{{{name}}}。" for name in names))
    letter = letter_in(LetterState.ISSUED)
    written = letter.document.facts["body"][0]["text"]
    assert f"单位：{letter.unit.full_name}。" in written
    assert "{" not in written
