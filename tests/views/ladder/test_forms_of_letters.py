"""呈批表 of a 商请函 and of a 复函: what they say, that they print, and where they are offered."""

import re
from io import BytesIO
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from tests.cast import TOWN, head, person
from tests.factories import later
from tests.restrictions import inquired, restricting
from tests.vetoes import AFTER, take, veto_in
from tests.web import Visitor, browser
from yuetan.actions.ladder.inquiries import digest_of_answer, reply_to_inquiry
from yuetan.actions.papers.document import void_document
from yuetan.documents.content.reply_form import NOTHING
from yuetan.documents.office_form_pdf import internal_content
from yuetan.models import AccountabilityMeasure, Document, RestrictionInquiry
from yuetan.rules.check_code import shortened
from yuetan.rules.text.canonical_wording import canonical_wording
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import DocumentKind, MeasureState, Verb

pytestmark = pytest.mark.usefixtures("office")


def rows_of(facts) -> dict[str, list[str]]:
    return {row.label: row.paragraphs for row in facts["rows"]}


def words_of(pdf: bytes) -> str:
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


@pytest.fixture
def asked() -> AccountabilityMeasure:
    """Two departments asked by one 商请函, of which one has answered."""
    endorsed = take(Verb.ENDORSE_MEASURE, veto_in(MeasureState.IN_REVIEW), opinion="事实清楚，同意商有关部门。")
    return take(Verb.RECORD_CONSULTATION, take(Verb.ASK_CONSULTATION, endorsed))


def test_the_form_of_a_letter_to_departments_says_whom_it_asks_what_and_who_had_read_it(asked) -> None:
    letter = Document.objects.get(kind=DocumentKind.CONSULTATION_LETTER)
    facts = internal_content(DocumentKind.CONSULTATION_FORM, letter)
    rows = rows_of(facts)
    assert rows["商请部门"] == ["市委组织部", "市纪委监委机关"]
    assert rows["答复期限"] == ["2026年11月30日"]
    answered, open_one = rows["部门意见"]
    assert answered.startswith("市委组织部（办公室主任吴七，2026年11月23日）：同意")
    assert open_one == "市纪委监委机关：尚未答复。"
    assert rows["内容校验"] == [shortened(asked.digest)]
    checked, drafted = facts["opinions"]
    assert (checked.label, checked.words) == ("核稿", ["事实清楚，同意商有关部门。"])
    assert checked.signed.startswith("王三")
    assert (drafted.label, drafted.signed[:2]) == ("拟稿", "张一")
    assert facts["pairs"][0] == ("文号", "江扫黑商〔2026〕1号", "印发日期", "2026年11月23日")


def test_a_later_letter_has_a_form_of_its_own_with_the_endorsement_that_held_then(asked) -> None:
    first = Document.objects.get(kind=DocumentKind.CONSULTATION_LETTER)
    with later(days=1):
        returned = take(Verb.SUBMIT_MEASURE, take(Verb.RETURN_MEASURE, asked))
        again = take(Verb.ENDORSE_MEASURE, returned, opinion="已按退回原因修改，同意。")
        take(Verb.ASK_CONSULTATION, again, departments="市公安局")
        second = Document.objects.exclude(pk=first.pk).get(kind=DocumentKind.CONSULTATION_LETTER)
        facts = internal_content(DocumentKind.CONSULTATION_FORM, second)
        assert rows_of(facts)["商请部门"] == ["市公安局"]
        assert facts["opinions"][0].words == ["已按退回原因修改，同意。"]
        before = internal_content(DocumentKind.CONSULTATION_FORM, first)
        assert before["opinions"][0].words == ["事实清楚，同意商有关部门。"]
        assert rows_of(before)["商请部门"] == ["市委组织部", "市纪委监委机关"]


def test_once_the_text_is_changed_the_form_says_what_the_letter_said(asked) -> None:
    letter = Document.objects.get(kind=DocumentKind.CONSULTATION_LETTER)
    before = asked.digest
    returned = take(Verb.RETURN_MEASURE, asked)
    changed = take(Verb.REVISE_MEASURE, returned, matter="另一件事", facts="换过的问题。")
    rows = rows_of(internal_content(DocumentKind.CONSULTATION_FORM, letter))
    assert rows["内容校验"] == [shortened(before)] != [shortened(changed.digest)]
    title, *body, remark = rows["商请函"]
    assert title == f"{letter.title}。"
    assert asked.facts in body
    assert remark == "商请时的文本此后有修改，以上照录商请函。"
    said = "".join(line for paragraphs in rows.values() for line in paragraphs)
    assert "另一件事" not in said
    assert "换过的问题" not in said
    assert {"单位", "事由", "存在的问题"}.isdisjoint(rows)


def test_it_is_offered_on_the_page_of_the_measure_and_prints_for_the_office_alone(asked) -> None:
    letter = Document.objects.get(kind=DocumentKind.CONSULTATION_LETTER)
    address = reverse("consultation_form", args=[asked.pk, letter.pk])
    page = Visitor(person("officer")).open(f"/measures/{asked.pk}/")
    assert address in [link for _, link in page.links]
    pdf = browser("officer").get(address).content
    for words in ("商请函呈批表", "江扫黑商〔2026〕1号", "市纪委监委机关：尚未答复", "核稿意见", "拟稿意见"):
        assert words in words_of(pdf), words
    for other in (uuid4(), asked.pk):
        assert browser("officer").get(reverse("consultation_form", args=[asked.pk, other])).status_code == 404


def test_the_unit_finds_no_form_of_the_letter_once_it_is_served() -> None:
    served = veto_in(MeasureState.SERVED)
    letter = Document.objects.get(kind=DocumentKind.CONSULTATION_LETTER)
    address = reverse("consultation_form", args=[served.pk, letter.pk])
    with time_machine.travel(AFTER, tick=False):
        assert browser(f"head_{TOWN}").get(address).status_code == 404
        assert "商请函" not in Visitor(head(TOWN)).open(f"/measures/{served.pk}/").words
        assert browser("officer").get(address).status_code == 200


@pytest.fixture
def inquiry() -> RestrictionInquiry:
    return inquired(restricting())


def test_the_form_of_a_reply_waits_to_be_signed_with_the_answer_of_now(inquiry) -> None:
    facts = internal_content(DocumentKind.REPLY_FORM, inquiry)
    rows = rows_of(facts)
    assert rows["来函"] == [f"江门市委组织部江组函〔2026〕18号，{chinese_date(inquiry.letter_on)}"]
    assert rows["查询对象"] == ["蓬江区棠下镇"]
    (line,) = rows["查询结果"]
    assert line.startswith("蓬江区棠下镇，依据《关于治安重点地区整治推进缓慢的通报》")
    assert "取消综合性评选的资格" in line
    issued, drafted = facts["opinions"]
    assert (issued.label, issued.words, issued.signed, issued.dated) == ("签发", [], "", "")
    assert (drafted.label, drafted.signed[:2]) == ("拟办", "张一")
    assert facts["pairs"][0] == ("文号", "", "复函日期", "")


def test_once_it_is_replied_to_the_form_names_who_issued_it_and_the_number(inquiry) -> None:
    paper = reply_to_inquiry(inquiry, by=person("director"), seen=digest_of_answer(inquiry))
    replied = RestrictionInquiry.objects.with_relations().select_related("replied_by").get(pk=inquiry.pk)
    facts = internal_content(DocumentKind.REPLY_FORM, replied)
    issued = facts["opinions"][0]
    assert (issued.words, issued.signed[:2], issued.dated) == (["核对登记，印发复函。"], "王三", "2026年11月23日")
    assert facts["pairs"][0] == ("文号", paper.number, "复函日期", "2026年11月23日")


def test_a_form_says_for_good_what_the_reply_said(inquiry) -> None:
    measure = AccountabilityMeasure.objects.get()
    paper = reply_to_inquiry(inquiry, by=person("director"), seen=digest_of_answer(inquiry))
    before = rows_of(internal_content(DocumentKind.REPLY_FORM, anew(inquiry)))["查询结果"]
    assert len(before) == 1
    void_document(measure.issued_paper, by=person("director"), reason="编号有误。")
    assert not inquiry.restrictions().filter(until__gte=measure.served_on).exists()
    assert rows_of(internal_content(DocumentKind.REPLY_FORM, anew(inquiry)))["查询结果"] == before
    assert before[0] in canonical_wording(paper.html)
    other = inquired(measure, letter_number="江组函〔2026〕19号")
    reply_to_inquiry(other, by=person("director"), seen=digest_of_answer(other))
    assert rows_of(internal_content(DocumentKind.REPLY_FORM, anew(other)))["查询结果"] == [NOTHING]


def anew(inquiry: RestrictionInquiry) -> RestrictionInquiry:
    """As its page reads it."""
    return RestrictionInquiry.objects.with_relations().select_related("replied_by").get(pk=inquiry.pk)


@pytest.mark.parametrize(
    ("whom", "words"),
    [
        (
            {"unit": None, "name": "甄某某", "title": "蓬江区棠下镇副镇长"},
            "记录中没有这个姓名和职务的人，没有受限制的记录。",
        ),
        ({"day": None}, "经核对登记，没有受限制的记录。"),
    ],
)
def test_who_is_not_restricted_is_said_not_to_be(whom, words) -> None:
    measure = restricting()
    if "day" in whom:
        whom = {"day": measure.served_on.replace(year=2020)}
    inquiry = inquired(measure, **whom)
    assert rows_of(internal_content(DocumentKind.REPLY_FORM, inquiry))["查询结果"] == [words]


def test_it_is_offered_on_the_page_of_the_asking_and_prints(inquiry) -> None:
    address = reverse("inquiry_form", args=[inquiry.pk])
    assert address in [
        link for _, link in Visitor(person("director")).open(f"/restrictions/inquiries/{inquiry.pk}/").links
    ]
    pdf = browser("director").get(address).content
    for words in ("资格限制查询复函呈批表", "江组函〔2026〕18号", "拟提拔人选考察", "签发意见", "拟办意见"):
        assert words in words_of(pdf), words
    assert browser(f"head_{TOWN}").get(address).status_code == 404
