"""The one search box: everything a person may see, by kind, with the words marked; and nothing else."""

import re

import pytest
from django.db.models import Q

from tests import cast
from tests.factories import case_in, letter_in
from tests.nothing_sent_twice import run_or_copy
from tests.views.queries import queries_of
from tests.web import browser
from yuetan.models import Case, Letter, Unit, User
from yuetan.rules.pinyin import person_initials, person_pinyin
from yuetan.vocabulary import CaseState, LetterState

HEAD, OTHER = f"head_{cast.TOWN}", f"head_{cast.DIVISION_TOWN}"


@pytest.fixture
def full(office):
    def history():
        case_in(CaseState.CLOSED)
        case_in(CaseState.DRAFTED)
        letter_in(LetterState.ISSUED)
        return list(Case.objects.all())

    return run_or_copy(history, __name__)


def hits(username, words, **more):
    """Results by kind: titles of links."""
    context = browser(username).get("/search/", {"q": words, **more}).context
    kinds = {group["kind"]: [result["url"] for result in group["results"]] for group in context["groups"]}
    for name in ("units", "people"):
        if context.get(name, {}).get("results"):
            kinds[name] = len(context[name]["results"])
    return kinds | ({"papers": [paper.number for paper in context["papers"]]} if context["papers"] else {})


def test_a_case_by_its_register_number_its_papers_its_people_and_its_words(full):
    case = Case.objects.get(state=CaseState.CLOSED)
    notice = case.documents.order_by("issued_at").first()
    address = f"/cases/{case.pk}/"
    for words in (
        case.register_number,
        notice.number,
        f"{notice.serial}号",
        "冯十",
        "线索 棠下",
        "线索编号XS-2026-018",
    ):
        assert address in hits("officer", words)["case"], words
    assert hits("officer", notice.number)["papers"] == [notice.number]
    assert hits("officer", notice.number.replace("〔", "[").replace("〕", "]"))["papers"] == [notice.number]


def test_a_letter_a_unit_and_a_person(full):
    letter = Letter.objects.get()
    assert hits("officer", letter.matter)["letter"] == [f"/letters/{letter.pk}/"]
    by_unit = hits("officer", "txz")
    assert by_unit["units"] == 1
    assert by_unit["case"]
    assert hits("officer", "冯十")["people"] >= 1
    assert hits("officer", "fs")["people"] >= 1


def test_the_words_are_marked_where_they_stand(full):
    words = browser("officer").get("/search/", {"q": "群众举报线索逾期"}).content.decode()
    assert re.search(r"search-excerpt\">[^<]*<mark>群众举报线索逾期</mark>", words)


def test_the_interviewed_side_finds_its_own_and_learns_of_nothing_else(full):
    case = Case.objects.get(state=CaseState.CLOSED)
    assert hits(HEAD, "线索")["case"] == [f"/cases/{case.pk}/"]
    for words in (case.register_number, "线索编号XS-2026-018", "张一", "txz"):
        assert set(hits(HEAD, words)) <= {"case"}, words
    assert hits(HEAD, case.register_number) == {}
    for words in ("线索", case.documents.first().number, "棠下"):
        assert "case" not in hits(OTHER, words), words
        assert "papers" not in hits(OTHER, words), words
    words = browser(HEAD).get("/search/", {"q": "线索"}).content.decode()
    assert case.register_number not in words


def test_who_has_no_cases_finds_units_and_people_alone(full):
    assert set(hits("sysadmin", "棠下")) == {"units"}


def test_nothing_asked_and_nothing_found(full):
    assert browser("officer").get("/search/").status_code == 200
    assert "没有找到" in browser("officer").get("/search/?q=不存在的字样").content.decode()
    many = "一 二 三 四 五 六 七 八 九 十"
    assert "没有查：九 十" in browser("officer").get("/search/", {"q": many}).content.decode()


def test_all_of_a_kind_page_by_page(office):
    def history():
        for _ in range(23):
            case_in(CaseState.DRAFTED)
        return list(Case.objects.all())

    run_or_copy(history, f"{__name__}.many")
    client = browser("officer")
    first = client.get("/search/", {"q": "线索"})
    assert (first.context["groups"][0]["count"], len(first.context["groups"][0]["results"])) == ("23", 5)
    assert "全部 23 条约谈事项" in first.content.decode()
    pages = [client.get("/search/", {"q": "线索", "kind": "case"})]
    pages.append(client.get(f"/search/{pages[0].context['page']['next_url']}"))
    urls = [result["url"] for page in pages for result in page.context["rows"]]
    assert len(set(urls)) == len(urls) == 23


def test_five_results_cost_the_queries_of_one(office, monkeypatch):
    """Wherever in the index they lie: copied cases keep the keys that they had."""
    monkeypatch.setattr("yuetan.models.record.search_entry.NEAR", 1_000_000)
    client = browser("officer")
    case_in(CaseState.DRAFTED)
    client.get("/search/?q=线索")
    one = queries_of(client, "/search/?q=线索")
    case_in(CaseState.DRAFTED)
    case_in(CaseState.DRAFTED)
    assert queries_of(client, "/search/?q=线索") == one


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("单三", "ss"), ("尉迟四", "ycs"), ("曾五", "zw"), ("冯十", "fs"), ("解六", "xl"), ("重七", "cq")],
)
def test_surnames_have_their_own_readings(name, wanted):
    assert person_initials(name) == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("单三", "shansan"), ("尉迟四", "yuchisi"), ("曾五", "zengwu"), ("区六", "ouliu"), ("沈七", "shenqi")],
)
def test_surnames_are_spelled_as_they_are_read(name, wanted):
    assert person_pinyin(name) == wanted


def test_everybody_is_found_by_pinyin_from_the_first_day(office):
    assert not User.objects.filter(Q(initials="") | Q(pinyin="")).exists()
    assert not Unit.objects.filter(Q(initials="") | Q(pinyin="")).exists()


@pytest.mark.parametrize(
    ("words", "hits"), [("tangxia", True), ("Xiazhen", True), ("angxia", False), ("tangxiangzhen", False)]
)
def test_a_unit_is_found_by_its_pinyin_from_any_sign_on(office, town, words, hits):
    assert (town in Unit.objects.matching(words)) == hits
    assert (town.full_name in browser("officer").get("/search/", {"q": words}).content.decode()) == hits


@pytest.mark.parametrize(("words", "hits"), [("fengshi", True), ("feng", True), ("fs", True), ("shi", False)])
def test_a_person_is_found_by_the_beginning_of_their_pinyin(office, words, hits):
    assert (cast.head(cast.TOWN) in User.objects.matching(words)) == hits
