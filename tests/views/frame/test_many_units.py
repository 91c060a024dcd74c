"""Where there are more units than a list can hold: no page grows with them, and none of them is out of reach."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.factories import letter_in, pdf
from tests.ladder import carry_out, measure_in
from tests.received import LETTER
from tests.refusals import nothing_stored
from tests.web import Visitor, browser
from yuetan.forms.frame import subject_filters, unit_select
from yuetan.forms.frame.name_search import MAX_CANDIDATES
from yuetan.models import ReceivedLetter, Unit
from yuetan.views.people import unit_tree
from yuetan.views.proposal import proposals
from yuetan.vocabulary import LetterState, MeasureState, UnitKind

MORE = "其余单位请按名称、代码或拼音搜索"


@pytest.fixture
def few(office, monkeypatch):
    """As if no list could hold more than five."""
    for module in (subject_filters, unit_select, proposals):
        monkeypatch.setattr(module, "MAX_OFFERED", 5)


def _offered(address):
    page = browser("officer").get(address).content.decode()
    select = re.search(r'<select name="area".*?</select>', page, re.DOTALL)[0]
    return page, re.findall(r'<option value="([^"]*)"([^>]*)>\s*([^<]*)', select)


def test_a_list_offers_no_more_units_than_it_can_hold_and_says_so(few):
    _, options = _offered("/cases/")
    assert len(options) == 1 + 5 + 1
    value, marks, words = options[-1]
    assert (value, words.strip()) == ("…", MORE)
    assert "disabled" in marks
    assert not Unit.objects.filter(code__in=[value for value, *_ in options], kind=UnitKind.TOWN).exists()


def test_every_unit_is_offered_where_the_list_can_hold_them(office):
    _, options = _offered("/cases/")
    assert len(options) == 1 + Unit.objects.interviewed().count()
    assert MORE not in [words.strip() for *_, words in options]


def test_a_unit_that_is_not_offered_can_be_asked_for_and_stays_chosen(few):
    measure = measure_in(MeasureState.SERVED)
    page, options = _offered(f"/measures/?area={cast.TOWN}")
    assert measure.matter in page
    chosen = [value for value, marks, _ in options if "selected" in marks]
    assert chosen == [cast.TOWN]


def test_what_stands_for_the_others_cannot_be_asked_for(few):
    answer = browser("officer").get("/measures/?area=…")
    assert answer.status_code == 200
    assert "error" in answer.content.decode()


FORMS = [
    ("officer", "/measures/new/", "unit", "保存"),
    ("supervisor", "/letters/new/", "unit", "保存，送签发"),
    ("officer", "/received/new/", "unit", "登记"),
    ("officer", "/restrictions/inquiries/new/", "unit", "登记并查询"),
    ("officer", "/cases/earlier/new/", "unit", "开始补录"),
    ("officer", "/reporting/schemes/new/", "area", "保存"),
    ("sysadmin", "/units/new/", "parent", "新增单位"),
]
SHARED, NAMESAKE = "棠下镇", "440705199"


@pytest.fixture
def namesakes(few):
    """Another 棠下镇, below another 市（区）."""
    return Unit.objects.create(
        code=NAMESAKE,
        first_code=NAMESAKE,
        name=SHARED,
        kind=UnitKind.TOWN,
        parent=cast.unit(cast.COUNTY),
        initials="txz",
    )


def _form(username, address):
    visitor = Visitor(cast.person(username))
    visitor.open(address)
    return visitor


def _box(visitor, name="unit"):
    return visitor.page.forms[-1].values[name]


def _hits(visitor, name="unit"):
    return visitor.page.forms[-1].offered.get(f"{name}_chosen", [])


@pytest.mark.parametrize(("username", "address", "name", "button"), FORMS)
def test_no_form_holds_more_units_than_a_list_can(few, username, address, name, button):
    carry_out()
    visitor = _form(username, address)
    form = visitor.page.forms[-1]
    assert form.offered.get(name) is None
    assert form.buttons["查找单位"] == (f"{name}-find", "1")
    page = browser(username).get(address).content.decode()
    assert all(cast.unit(code).code not in page for code in (cast.TOWN, cast.COUNTY, cast.MEMBER_UNIT))
    assert button in form.buttons


def test_a_form_offers_every_unit_while_a_list_can_hold_them(office):
    form = _form("officer", "/received/new/").page.forms[-1]
    assert "查找单位" not in form.buttons
    assert len(form.offered["unit"]) == 1 + Unit.objects.interviewed().in_use().count()


@pytest.mark.parametrize("words", ["蓬江区棠下镇", cast.TOWN, f"蓬江区棠下镇（{cast.TOWN}）", " 蓬江区棠下镇 "])
def test_a_unit_is_named_in_full_or_by_its_code(namesakes, words):
    visitor = _form("officer", "/received/new/")
    letter = LETTER | {"dated_on": str(LETTER["dated_on"]), "received_on": str(LETTER["received_on"])}
    letter |= {"reply_due": str(LETTER["reply_due"]), "unit": words, "scan": [pdf("来函.pdf")]}
    assert "请核对回复期限" in visitor.press("登记", **letter)
    assert ReceivedLetter.objects.get().unit == cast.unit(cast.TOWN)


@pytest.mark.parametrize("words", ["棠下", "txz", "棠下镇"])
def test_what_several_units_match_comes_back_with_them_to_choose_from(namesakes, words):
    visitor = _form("officer", "/received/new/")
    with nothing_stored():
        page = visitor.press("登记", expect=422, unit=words, matter="某事")
    assert f"符合“{words}”的单位有 2 个，请在下面选择。" in page
    assert (_box(visitor), page.forms[-1].values["matter"]) == ([words], ["某事"])
    assert sorted(_hits(visitor)) == sorted([cast.TOWN, NAMESAKE])
    page = visitor.press("登记", expect=422, unit_chosen=NAMESAKE)
    assert _box(visitor) == [f"{cast.unit(cast.COUNTY).name}{SHARED}（{NAMESAKE}）"]
    assert _hits(visitor) == []
    assert "来函登记还缺：来函文号" not in page
    assert "收到的单位、" not in page


def test_a_button_looks_for_the_unit_and_sends_nothing_off(namesakes):
    visitor = _form("officer", "/received/new/")
    with nothing_stored():
        page = visitor.press("查找单位", unit="txz", matter="某事")
    assert sorted(_hits(visitor)) == sorted([cast.TOWN, NAMESAKE])
    assert "尚未" not in page
    assert page.forms[-1].values["matter"] == ["某事"]
    visitor.press("查找单位", unit="蓬江区棠下镇")
    assert _box(visitor) == [f"蓬江区棠下镇（{cast.TOWN}）"]
    assert "没有符合的单位。" in visitor.press("查找单位", unit="没有这个单位")


def test_a_name_of_no_unit_and_one_that_may_not_be_chosen_are_refused_alike(few):
    visitor = _form("officer", "/received/new/")
    office = Unit.objects.get(code=cast.OFFICE)
    for words in ("没有这个单位", office.name, office.code):
        page = visitor.press("登记", expect=422, unit=words)
        assert f"没有名称、代码或者拼音符合“{words}”、可以选择的单位，请核对后重新填写。" in page
        assert _hits(visitor) == []
    visitor.press("登记", expect=422, unit="江海区")
    visitor.press("登记", expect=422, unit="区")
    assert _box(visitor) == ["区"]
    visitor.press("登记", expect=422, unit_chosen=office.code)
    assert _box(visitor) == ["区"]


def test_words_that_too_many_units_match_show_the_first_of_them(few):
    visitor = _form("officer", "/received/new/")
    page = visitor.press("登记", expect=422, unit="镇")
    assert f"符合“镇”的单位超过 {MAX_CANDIDATES} 个，请把名称写得更全，或者在下面选择。" in page
    assert len(_hits(visitor)) == MAX_CANDIDATES
    more = f"只列出前 {MAX_CANDIDATES} 个，还有符合的"
    assert more in visitor.press("查找单位", unit="镇")
    assert more not in visitor.press("查找单位", unit="新会区")


def test_the_unit_of_a_draft_stands_in_the_box_in_words(few):
    letter = letter_in(LetterState.RETURNED)
    visitor = _form("supervisor", f"/letters/{letter.pk}/revise/")
    assert _box(visitor) == [f"{letter.unit.full_name}（{letter.unit.code}）"]


def test_the_page_that_asks_for_the_unit_of_a_proposal_is_bounded(few):
    page = browser("officer").get("/cases/new/").content.decode()
    assert "镇（街）较多，不在这里列出" in page
    assert "只列出前 5 个，其余的请在上面按名称、代码或者拼音查找。" in page
    assert "棠下镇" not in page
    assert page.count("?unit=") <= 2 * 5
    assert "棠下镇" in browser("officer").get("/cases/new/?unit_words=棠下").content.decode()


def _tree():
    return browser("sysadmin").get("/units/").content.decode()


def _part(page, heading):
    return re.search(rf'aria-labelledby="{heading}-heading".*?</section>', page, re.DOTALL)[0]


def test_the_tree_is_drawn_whole_while_a_page_can_hold_it(office):
    page = _tree()
    assert "棠下镇" in _part(page, "counties")
    assert "在单位台账中看全部" not in page


def test_a_tree_too_long_for_a_page_opens_level_by_level_and_counts_the_rest(office, monkeypatch):
    monkeypatch.setattr(unit_tree, "MAX_OFFERED", 5)
    in_use = Unit.objects.in_use()
    counts = {kind: in_use.filter(kind=kind).count() for kind in UnitKind}
    page = _tree()
    assert "棠下镇" not in page
    assert f"镇（街）共 {counts[UnitKind.TOWN]} 个，不在这里列出" in _part(page, "counties")
    for kind, heading in ((UnitKind.MEMBER_UNIT, "members"), (UnitKind.COUNTY, "counties")):
        part = _part(page, heading)
        assert (f"共 {counts[kind]} 个，这里列出前 5 个" in part) == (counts[kind] > 5)
        if counts[kind] > 5:
            address = re.search(rf'href="(/units/\?kind={kind}[^"]*)"', part)[1].replace("&amp;", "&")
            listed = browser("sysadmin").get(address).context["rows"]
            assert {line["unit"].kind for line in listed} == {kind}
    county = cast.unit(cast.TOWN).parent
    towns = county.children.in_use().count()
    assert f"{county.name}的镇（街）（{towns} 个）" in _part(page, "counties")
    listed = browser("sysadmin").get(f"/units/?area={county.code}&kind=town&state=in_use").content.decode()
    assert "棠下镇" in listed


def test_the_units_below_one_are_cut_alike(office, monkeypatch):
    monkeypatch.setattr(unit_tree, "MAX_OFFERED", 2)
    county = cast.unit(cast.TOWN).parent
    page = browser("sysadmin").get(f"/units/{county.pk}/").content.decode()
    assert f"共 {county.children.in_use().count()} 个，这里列出前 2 个" in page
    assert f"kind=town&amp;state=in_use&amp;area={county.code}" in page


def test_the_tree_costs_no_more_with_more_units_than_a_page_holds(office, monkeypatch):
    monkeypatch.setattr(unit_tree, "MAX_OFFERED", 5)
    client = browser("sysadmin")
    client.get("/units/")
    with CaptureQueriesContext(connection) as before:
        page = client.get("/units/").content
    county = cast.unit(cast.COUNTY)
    towns = [(f"4407055{number:02}", f"新{number}镇", UnitKind.TOWN, county) for number in range(60)]
    towns += [(f"4409{number:02}", f"新{number}县", UnitKind.COUNTY, None) for number in range(30)]
    Unit.objects.bulk_create(
        Unit(code=code, first_code=code, name=name, kind=kind, parent=parent) for code, name, kind, parent in towns
    )
    with CaptureQueriesContext(connection) as after:
        grown = client.get("/units/").content
    assert len(after) == len(before)
    assert abs(len(grown) - len(page)) < 100


def test_which_units_have_others_below_them_is_asked_of_each_that_is_offered(office):
    """And not of all units there are, of which a list offers the first few."""
    above = Unit.objects.above_others().order_by("code")
    assert {one.pk for one in above} == set(
        Unit.objects.filter(parent__kind=UnitKind.COUNTY).values_list("parent", flat=True)
    )
    assert "Join" not in above.all()[:5].explain()
