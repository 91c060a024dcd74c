"""第三十一条至第三十三条: 书面建议 for a 驻县单位, 移送, and what other bodies decided; the unit sees none of it."""

import re
from datetime import timedelta

import pytest
import time_machine

from tests.cast import TOWN, head, person, unit
from tests.consistency import check_all
from tests.ladder import measure_in
from tests.refusals import nothing_stored, refused
from tests.vetoes import AFTER, SUPERIOR, stationed, take, veto_in
from tests.web import Visitor, browser
from yuetan.actions.papers.document import void_document
from yuetan.documents.content.referral import how_handled
from yuetan.documents.office_form_pdf import internal_content
from yuetan.errors import NotYours
from yuetan.models import (
    AccountabilityMeasure,
    Attachment,
    Document,
    Event,
    NumberEntry,
    OfficeSetting,
    PendingStep,
    Referral,
)
from yuetan.models.ladder.referral_requirements import UPPER
from yuetan.rules.dates import clock
from yuetan.vocabulary import DocumentKind, MeasureState, ReferralOutcome, Verb

pytestmark = pytest.mark.usefixtures("office")


def awaited(measure: AccountabilityMeasure) -> set[str]:
    """What it waits for now; that it ends in a year is known too."""
    rows = PendingStep.objects.filter(measure_laid=measure).exclude(verb=Verb.CONCLUDE_MEASURE)
    return set(rows.values_list("verb", flat=True))


def words_of(document: Document) -> str:
    return re.sub(r"<[^>]*>|\s", "", document.html)


# 第三十二条


def test_article_32_no_veto_is_laid_on_a_unit_that_only_stands_here() -> None:
    measure = stationed()
    sentence = (
        f"依据第三十二条，蓬江区棠下镇是驻本地单位（上级主管单位：{SUPERIOR}），不能在本地实施一票否决；"
        "请办理“提出书面建议”，由其上级主管单位处理。"
    )
    with time_machine.travel(AFTER, tick=False), refused(sentence):
        take(Verb.SERVE_MEASURE, measure)


def test_article_32_its_superior_and_the_commission_above_get_a_proposal_and_the_unit_hears_nothing() -> None:
    decided = stationed()
    with time_machine.travel(AFTER, tick=False):
        measure = take(Verb.PROPOSE_VETO, decided)
        assert (measure.state, measure.paper, measure.opened_on) == (MeasureState.SUGGESTED, None, None)
        paper = Document.objects.get(kind=DocumentKind.VETO_PROPOSAL)
        assert (paper.number, paper.addressee) == ("江扫黑建〔2026〕1号", f"{SUPERIOR}、省扫黑除恶专项斗争领导小组")
        for said in ("第三十二条规定", "蓬江区棠下镇", "建议对该单位实行一票否决权制"):
            assert said in words_of(paper)
        assert not AccountabilityMeasure.objects.visible_to(head(TOWN)).exists()
        assert not Document.objects.visible_to(head(TOWN)).filter(pk=paper.pk).exists()
        assert awaited(measure) == {"record_referral_receipt"}
        check_all()


COMMISSION = "省扫黑除恶专项斗争领导小组"


def test_article_32_each_of_the_two_takes_and_answers_it_by_itself() -> None:
    decided = stationed()
    with time_machine.travel(AFTER, tick=False):
        measure = take(Verb.PROPOSE_VETO, decided)
        superior, commission = measure.referrals.all()
        assert (superior.organ, commission.organ) == (SUPERIOR, COMMISSION)
        assert superior.document == commission.document
        measure = take(Verb.RECORD_REFERRAL_RECEIPT, measure, referral=commission)
        assert awaited(measure) == {"record_referral_receipt", "record_referral_outcome"}
        assert measure.proposed_on is None  # the superior has not taken it
        measure = take(Verb.RECORD_REFERRAL_OUTCOME, measure, referral=commission)
        assert awaited(measure) == {"record_referral_receipt"}
        with refused("没有已签收、等待结果的移送、书面建议。"):
            take(Verb.RECORD_REFERRAL_OUTCOME, measure, referral=superior)
        with refused("尚未选择是哪一件移送、书面建议。", field="referral"):
            take(Verb.RECORD_REFERRAL_RECEIPT, measure, referral=commission)
        measure = take(Verb.RECORD_REFERRAL_RECEIPT, measure)
        assert (awaited(measure), measure.proposed_on) == ({"record_referral_outcome"}, clock.today())
        assert awaited(take(Verb.RECORD_REFERRAL_OUTCOME, measure)) == set()
        check_all()


def test_article_32_the_page_the_ledger_and_the_light_show_which_is_outstanding() -> None:
    decided = stationed()
    with time_machine.travel(AFTER, tick=False):
        measure = take(Verb.PROPOSE_VETO, decided)
        first = measure.referrals.all()[0]
        for verb in (Verb.RECORD_REFERRAL_RECEIPT, Verb.RECORD_REFERRAL_OUTCOME):
            measure = take(verb, measure, referral=first)
        officer = Visitor(person("officer"))
        waits = f"书面建议（{COMMISSION}）：等待签收"
        page = officer.open(f"/measures/{measure.pk}/")
        others = Visitor(person("director")).open(f"/measures/{measure.pk}/").words
        assert f"登记移送、建议的签收（{COMMISSION}）。" in others
        assert page.words.count("等待签收") == 1
        assert light_of(measure) == "blue"
        assert waits in officer.open("/measures/").words
        assert measure.outstanding_elsewhere == [waits]
        for verb in (Verb.RECORD_REFERRAL_RECEIPT, Verb.RECORD_REFERRAL_OUTCOME):
            measure = take(verb, measure)
        assert "等待签收" not in officer.open("/measures/").words
        assert light_of(measure) == "grey"


def light_of(measure: AccountabilityMeasure) -> str:
    page = browser("officer").get(f"/measures/{measure.pk}/").content.decode()
    standing = page.partition("<dt>状态</dt>")[2].partition("</dd>")[0]
    return re.search(r"light-(\w+)", standing).group(1)


@pytest.mark.parametrize("blank", ["", "  "])
def test_article_32_without_the_commission_above_it_goes_to_nobody(blank) -> None:
    decided = stationed()
    OfficeSetting.objects.filter(key=UPPER).update(value=blank)
    sentence = (
        "依据第三十二条，书面建议除上级主管单位外，还须向上级综治委提出；"
        "“上级综治委（领导小组）的名称”还没有填写，请先在“办公室设定”里填写。"
    )
    with time_machine.travel(AFTER, tick=False):
        with refused(sentence):
            take(Verb.PROPOSE_VETO, decided)
        assert sentence in Visitor(person("officer")).open(f"/measures/{decided.pk}/steps/propose_veto/").words
        assert not Document.objects.filter(kind=DocumentKind.VETO_PROPOSAL).exists()


def test_article_32_the_form_of_approval_names_both_by_one_paper() -> None:
    with_paper = stationed()
    with time_machine.travel(AFTER, tick=False):
        measure = take(Verb.PROPOSE_VETO, with_paper)
        facts = internal_content(DocumentKind.MEASURE_FORM, measure)
        (line,) = next(row.paragraphs for row in facts["rows"] if row.label == "书面建议、移送")
        paper = Document.objects.get(kind=DocumentKind.VETO_PROPOSAL)
        assert line.startswith(f"书面建议：{SUPERIOR}、{COMMISSION}（{paper.number}），")


def test_article_32_a_unit_of_this_place_gets_no_proposal() -> None:
    measure = veto_in(MeasureState.DECIDED)
    with (
        time_machine.travel(AFTER, tick=False),
        refused("依据第三十二条，蓬江区棠下镇没有登记上级主管单位，不是驻本地单位，请办理“印发送达责任措施”。"),
    ):
        take(Verb.PROPOSE_VETO, measure)


# 第三十一条、第三十三条


def test_articles_31_and_33_what_is_to_be_pursued_goes_to_the_body_that_may_with_receipt_and_outcome() -> None:
    served = veto_in(MeasureState.SERVED)
    with time_machine.travel(AFTER, tick=False):
        referred = take(Verb.REFER_MEASURE, served)
        paper = Document.objects.get(kind=DocumentKind.REFERRAL_LETTER)
        assert (paper.number, paper.addressee, paper.open_to) == ("江扫黑移〔2026〕1号", "市纪委监委机关", None)
        for said in ("第三十一条、第三十三条规定", "（江扫黑否〔2026〕1号）予以一票否决", "现移送贵单位依纪依法处理"):
            assert said in words_of(paper)
        received = take(Verb.RECORD_REFERRAL_RECEIPT, referred)
        assert awaited(received) == {"record_referral_outcome"}
        done = take(Verb.RECORD_REFERRAL_OUTCOME, received)
        assert awaited(done) == set()
        kept = Referral.objects.get()
        assert (kept.outcome, kept.outcome_organ) == (ReferralOutcome.DISCIPLINED, "市纪委监委机关")
        assert done.state == MeasureState.SERVED  # other bodies decide about people, not about the measure
        check_all()


def test_article_33_the_unit_finds_neither_paper_nor_file_nor_line_of_it() -> None:
    measure = veto_in(MeasureState.SERVED)
    with time_machine.travel(AFTER, tick=False):
        for verb in (Verb.REFER_MEASURE, Verb.RECORD_REFERRAL_RECEIPT, Verb.RECORD_REFERRAL_OUTCOME):
            measure = take(verb, measure)
        mine = head(TOWN)
        assert [paper.kind for paper in Document.objects.visible_to(mine)] == [DocumentKind.VETO_DECISION]
        assert not Attachment.objects.visible_to(mine).filter(purpose="referral").exists()
        assert not NumberEntry.objects.filter(kind=DocumentKind.REFERRAL_LETTER).exclude(open_to=None).exists()
        assert not Event.objects.filter(verb__contains="refer", is_outer=True).exists()
        page = browser(f"head_{TOWN}").get(f"/measures/{measure.pk}/").content.decode()
        for inner in ("移送", "纪委监委", "处分", "组织部", "会议审定", "书面建议"):
            assert inner not in page, inner
        assert "移送" in browser("officer").get(f"/measures/{measure.pk}/").content.decode()


def test_article_33_a_circular_may_lead_to_other_bodies_too_and_the_director_alone_refers() -> None:
    served = measure_in(MeasureState.SERVED)
    with nothing_stored(), pytest.raises(NotYours):
        take(Verb.REFER_MEASURE, served, by=person("officer"))
    take(Verb.REFER_MEASURE, served)
    assert Referral.objects.get().organ == "市纪委监委机关"
    said = words_of(Document.objects.get(kind=DocumentKind.REFERRAL_LETTER))
    assert "第三十三条规定，需要追究" in said
    assert "第三十一条" not in said  # of 一票否决 alone


@pytest.mark.parametrize(
    ("organs", "how"),
    [
        (["市纪委监委机关"], "依纪依法处理"),
        (["市委组织部"], "按照干部管理权限办理"),
        (["市纪检监察机关", "市委组织部"], "依纪依法、按照干部管理权限办理"),
    ],
)
def test_each_body_does_what_the_law_gives_it(organs: list[str], how: str) -> None:
    assert how_handled(organs) == how


def test_article_33_what_is_missing_and_which_days_cannot_be() -> None:
    served = measure_in(MeasureState.SERVED)
    with refused("尚未写明移送哪个机关。", "尚未写明理由，请写明依据的事实和建议、移送的事项。"):
        take(Verb.REFER_MEASURE, served, organ=" ", reason=" ")
    referred = take(Verb.REFER_MEASURE, served)
    before = clock.today() - timedelta(days=1)
    with refused("办公室设定：日期应在2026年11月23日以后、今天以前，请核对。", field="received_on"):
        take(Verb.RECORD_REFERRAL_RECEIPT, referred, received_on=before)
    with refused("登记还缺：签收人及职务、签收日期、回执扫描件。"):
        take(Verb.RECORD_REFERRAL_RECEIPT, referred, received_by="", received_on=None, scan=None)
    with refused("没有已签收、等待结果的移送、书面建议。"):
        take(Verb.RECORD_REFERRAL_OUTCOME, referred)


def test_what_lies_with_another_body_is_not_voided_here() -> None:
    measure = take(Verb.REFER_MEASURE, measure_in(MeasureState.SERVED))
    paper = Document.objects.get(kind=DocumentKind.REFERRAL_LETTER)
    with refused("办公室设定：移送函已经送交其他机关，不能作废；确有错误的，另行去函更正。"):
        void_document(paper, by=person("director"), reason="写错。")
    assert unit(TOWN) == measure.unit


def test_the_form_of_approval_says_to_whom_it_was_put_by_which_paper_and_why() -> None:
    served = measure_in(MeasureState.SERVED)
    rows = [row.label for row in internal_content(DocumentKind.MEASURE_FORM, served)["rows"]]
    assert "书面建议、移送" not in rows
    referred = take(Verb.REFER_MEASURE, served, organ="市纪委监委机关", reason="主要领导长期不研究、不部署。")
    facts = internal_content(DocumentKind.MEASURE_FORM, referred)
    (line,) = next(row.paragraphs for row in facts["rows"] if row.label == "书面建议、移送")
    paper = Document.objects.get(kind=DocumentKind.REFERRAL_LETTER)
    assert line == f"移送：市纪委监委机关（{paper.number}），主要领导长期不研究、不部署。"
