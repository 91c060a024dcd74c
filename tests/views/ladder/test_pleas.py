"""申述 in the browser: what each side reads of it, whose each step is, and the paper before it is issued."""

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from tests.cast import COUNTY, unit
from tests.factories import later, pdf
from tests.ladder import listed_in, take
from tests.pleas import ANSWER, PLEA, answered, plea_of, pleaded, revoked
from tests.views.ladder.test_measures import OF_TOWN, OFFICE, OTHERS, browser, words
from yuetan.models import AccountabilityMeasure, Attachment, Document
from yuetan.vocabulary import MeasureState, PleaOutcome, Verb

pytestmark = pytest.mark.usefixtures("office")
HEAD, LIAISON = OF_TOWN


@pytest.fixture
def served() -> AccountabilityMeasure:
    return listed_in(MeasureState.SERVED)


def step(measure: AccountabilityMeasure, verb: str) -> str:
    return reverse("measure_step", args=[measure.pk, verb])


def test_the_liaison_fills_in_and_the_head_finds_it_and_states_it(served) -> None:
    liaison, head = browser(LIAISON), browser(HEAD)
    assert "填写申述" in words(liaison, "measure_laid", served)
    sent = {"words": "（初稿）", "papers": pdf("会议记录.pdf")}
    assert liaison.post(step(served, "prepare_plea"), sent).status_code == 302
    assert "（初稿）" not in words(browser("officer"), "measure_laid", served)
    page = words(head, "measure_laid", served)
    assert "（初稿）" in page
    assert "2026年12月7日" in page
    assert step(served, "prepare_plea") not in page  # who states it is not asked to prepare it too
    form = head.get(step(served, "state_plea")).content.decode()
    assert "（初稿）" in form
    assert "已有：会议记录.pdf" in form
    assert "申述期间措施照常执行" in form
    assert head.post(step(served, "state_plea"), {"words": PLEA, "confirmed": "1"}).status_code == 302
    assert plea_of(served).words == PLEA
    assert PLEA in words(browser("officer"), "measure_laid", served)


def test_bad_input_comes_back_as_typed(served) -> None:
    head = browser(HEAD)
    answer = head.post(step(served, "state_plea"), {"words": "找张三，身份证号11010519491231002X。", "confirmed": "1"})
    assert answer.status_code == 422
    assert "身份证号11010519491231002X" in answer.content.decode()
    officer = browser("officer")
    measure = pleaded(served)
    answer = officer.post(step(measure, "draft_plea_answer"), {"outcome": "", "grounds": "写到一半"})
    assert answer.status_code == 422
    assert "写到一半" in answer.content.decode()
    assert "尚未选择答复结果" in answer.content.decode()


def test_the_history_names_the_outcome_in_words(served) -> None:
    shown = words(browser("director"), "measure_laid", answered(served))
    history = shown.partition("办理过程")[2]
    assert "维持" in history
    assert "upheld" not in shown


def test_files_go_with_the_draft_and_may_be_taken_out_again(served) -> None:
    take(Verb.PREPARE_PLEA, served, words="（初稿）", papers=[pdf("一.pdf"), pdf("二.pdf")])
    gone = Attachment.objects.get(name="一.pdf")
    sent = {"words": PLEA, "removed": [str(gone.pk)]}
    assert browser(LIAISON).post(step(served, "prepare_plea"), sent).status_code == 302
    assert [one.name for one in Attachment.objects.filter(purpose="plea")] == ["二.pdf"]


def test_who_decided_reads_the_paper_before_it_is_issued_and_the_unit_signs_for_it(served) -> None:
    measure = answered(served, **ANSWER)
    director = browser("director")
    assert "决定申述" in director.get("/").content.decode()
    page = words(director, "measure_laid", measure)
    assert step(measure, "revoke_measure") in page
    assert step(measure, "return_plea_answer") in page
    sent = {"opinion": "同意。", "seen": plea_of(measure).answer_digest}
    page = director.post(step(measure, "revoke_measure"), sent).content.decode()
    assert "江扫黑申复〔2026〕1号" in page
    assert "不再限制" in page
    assert not Document.objects.filter(kind="plea_answer").exists()
    assert director.post(step(measure, "revoke_measure"), {**sent, "confirmed": "1"}).status_code == 302
    head = browser(HEAD)
    assert "江扫黑申复〔2026〕1号" in head.get("/").content.decode()
    page = words(head, "measure_laid", measure)
    assert "已撤销" in page
    assert ANSWER["grounds"] in page
    assert "张一于" not in page  # who drafted the answer
    sent = {"confirmed": "1", "seen": str(Document.objects.latest("issued_at").pk)}
    assert head.post(step(measure, "acknowledge_measure"), sent).status_code == 302
    assert "江扫黑申复〔2026〕1号" not in head.get("/").content.decode()
    assert browser("officer").get(reverse("measure_form", args=[measure.pk])).content.startswith(b"%PDF")


def test_of_an_undecided_answer_the_unit_reads_nothing(served) -> None:
    measure = answered(served, grounds="内部拟写的理由。")
    assert "内部拟写的理由" in words(browser("supervisor"), "measure_laid", measure)
    for username in OF_TOWN:
        assert "内部拟写的理由" not in words(browser(username), "measure_laid", measure)


@pytest.mark.parametrize(("outcome", "verb"), [("upheld", Verb.UPHOLD_MEASURE), ("revoked", Verb.REVOKE_MEASURE)])
def test_what_was_decided_stands_in_words_on_the_page(served, outcome, verb) -> None:
    decided = take(verb, answered(served, **ANSWER | {"outcome": PleaOutcome(outcome)}))
    for username in (LIAISON, "officer"):
        read = strip_tags(words(browser(username), "measure_laid", decided))
        assert f"〔2026〕1号{PleaOutcome(outcome).label}" in read
        assert outcome not in read


def test_a_page_of_a_measure_without_a_plea_offers_no_answer(served) -> None:
    page = words(browser("director"), "measure_laid", served)
    for verb in ("uphold_measure", "revoke_measure", "return_plea_answer", "draft_plea_answer"):
        assert verb not in page


def test_the_ledger_shows_and_finds_pleas_and_late_answers(served) -> None:
    pleaded(served)
    other = revoked(listed_in(MeasureState.SERVED, on=unit(COUNTY), matter="另一处乱点整治推进缓慢"))
    officer = browser("officer")
    listed = reverse("measure_list")
    page = officer.get(f"{listed}?plea=waiting").content.decode()
    assert "申述答复" in page
    assert other.matter not in page
    assert other.matter in officer.get(f"{listed}?plea=revoked").content.decode()
    with later(days=40):
        assert "申述答复逾期" in browser("officer").get(f"{listed}?plea=waiting").content.decode()


@pytest.mark.parametrize(
    ("verb", "whose"),
    [
        ("prepare_plea", OF_TOWN),
        ("state_plea", (HEAD,)),
        ("register_plea", ("officer", "second_officer")),
        ("withdraw_plea", (HEAD,)),
        ("draft_plea_answer", ("officer", "second_officer")),
        ("return_plea_answer", ("director", "group_leader", "first_deputy", "deputy")),
        ("uphold_measure", ("director", "group_leader", "first_deputy", "deputy")),
        ("revoke_measure", ("director", "group_leader", "first_deputy", "deputy")),
    ],
)
def test_each_step_of_a_plea_is_its_persons_alone(verb: str, whose: tuple[str, ...], served) -> None:
    for who in (*OFFICE, *OF_TOWN, *OTHERS):
        expected = 200 if who in whose else 403 if who in (*OFFICE, *OF_TOWN) else 404
        assert browser(who).get(step(served, verb)).status_code == expected, who
