"""The pages of 三书一函: registering, replying, deciding; the ledger, home, search, proposal."""

from datetime import date
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.assignments import DUE, given, put_right, stated, take
from tests.factories import pdf
from tests.ladder import carry_out
from tests.received import LETTER, MATTER, received, replied, several
from tests.refusals import appoint, nothing_stored
from tests.web import Visitor
from yuetan.actions.received.closing import close_received_letter, withdraw_received_closing
from yuetan.actions.received.letter import withdraw_received_letter
from yuetan.actions.received.reply import return_received_reply
from yuetan.ledgers.export import LEDGERS
from yuetan.models import ReceivedLetter, Unit
from yuetan.models.record.event import OUTER_BODY
from yuetan.vocabulary import PostKind, Verb

LIST = "/received/"
HEAD, LIAISON = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"
OTHER = f"head_{cast.DIVISION_TOWN}"
NUMBER = "江检建〔2026〕3号"


def visitor(username, url=LIST):
    one = Visitor(cast.person(username))
    one.open(url)
    return one


def url_of(letter):
    return f"{LIST}letters/{letter.pk}/"


def entered(**changed):
    facts = LETTER | {"scan": [pdf("来函.pdf")]} | changed
    return {name: str(value) if isinstance(value, date) else value for name, value in facts.items()}


def test_from_registering_to_closing(office):
    officer = visitor("officer")
    officer.open(officer.page.link("登记来函"))
    with nothing_stored():
        page = officer.press("登记", expect=422, **entered(unit="", scan=[]))
    assert "来函登记还缺：收到的单位、来函扫描件。" in page
    assert page.forms[-1].values["matter"] == [MATTER]
    assert "请核对回复期限" in officer.press("登记", **entered(unit=str(cast.unit(cast.TOWN).pk)))
    liaison = visitor(LIAISON, "/")
    liaison.open(liaison.page.link("回复检察建议书"))
    assert "2026年12月4日（来函写明）" in liaison.page
    liaison.open(liaison.page.link("填报回复"))
    reply = {"replied_on": "2026-11-20", "number": "", "words": "已逐一巡查并建立台账。"}
    with nothing_stored():
        assert "回复还缺：回复扫描件。" in liaison.press("填报回复", expect=422, **reply)
    assert "已填报，等办公室审阅。" in liaison.press("填报回复", **reply, scan=[pdf("回复.pdf")])
    director = visitor("director", "/")
    assert "审阅 1 件回复，办结或者退回" in director.page
    director.open(director.page.link("三书一函的回复"))
    director.open(director.page.link(NUMBER))
    director.open(director.page.link("退回回复"))
    assert "已退回，并已告知本单位。" in director.press("退回回复", reason="没有写明责任人。", again_by="2026-12-01")
    assert "重新回复检察建议书" in visitor(LIAISON, "/").page
    replied(ReceivedLetter.objects.get())
    director.open(director.page.url)
    director.open(director.page.link("办结"))
    page = director.press("办结", opinion="整改到位。")
    assert "王三于2026年11月23日" in page
    director.open(director.page.link("撤回办结"))
    assert "已撤回办结。" in director.press("撤回办结", reason="整改没有到位。")
    assert "撤回：整改没有到位。" in visitor(HEAD, url_of(ReceivedLetter.objects.get())).page


def test_a_repeated_matter_is_pointed_out_while_registering_and_on_the_page(office):
    letter = received(received_on=date(2026, 11, 3))
    officer = visitor("officer", f"{LIST}new/")
    with nothing_stored():
        page = officer.press(
            "先查重复事项", **entered(unit=str(cast.unit(cast.TOWN).pk), matter=f"{MATTER}等问题", scan=[])
        )
    assert f"（{LETTER['organ']}{NUMBER}）" in page
    assert page.forms[-1].values["matter"] == [f"{MATTER}等问题"]
    second = received(number="江检建〔2026〕9号", matter=f"{MATTER}等问题")
    page = visitor(HEAD, url_of(second)).page
    assert url_of(letter) in [urlsplit(url).path for _, url in page.links]
    other = received(cast.DIVISION_TOWN)
    assert "重复事项" not in visitor("officer", url_of(other)).page


def test_a_proposal_begins_with_the_facts_of_what_is_overdue_or_repeated(office):
    letter = received()
    assert "可以据此办理" not in visitor("officer", url_of(letter)).page
    late = received(number="江检建〔2026〕9号", received_on=date(2026, 11, 9), reply_due=date(2026, 11, 20))
    officer = visitor("officer", url_of(late))
    assert "已逾期3天未回复" in officer.page
    officer.open(officer.page.link(f"提出约谈建议：{late.unit.full_name}"))
    values = [value for form in officer.page.forms for name, value in form.values.items() if "matter" in name]
    assert [f"{MATTER}问题重复发生"] in values
    assert f"该单位近3年内已就同类事项收到2026年11月4日的检察建议书（江门市人民检察院{NUMBER}）" in str(
        [form.values for form in officer.page.forms]
    )
    filled = [form.values for form in officer.page.forms if any("reference_number" in name for name in form.values)]
    assert "'江检建〔2026〕9号'" in str(filled)
    assert f"（江门市人民检察院江检建〔2026〕9号）：{LETTER['asked']}" in str(filled)
    titles = {words for words, _ in visitor("director", url_of(late)).page.links}  # who proposes nothing
    assert not any(words.startswith("提出约谈建议") for words in titles)
    assert "可以据此办理" not in visitor(HEAD, url_of(late)).page


def test_nobody_reads_or_does_what_is_not_theirs(office):
    letter = received()
    reply = replied(letter)
    paper = letter.papers.get()
    pages = [
        url_of(letter),
        f"{LIST}papers/{paper.pk}/",
        f"{LIST}papers/{paper.pk}/view/",
        f"{LIST}letters/{letter.pk}/reply/",
    ]
    for who in (OTHER, "sysadmin", "auditor"):
        one = Visitor(cast.person(who))
        assert [one.client.get(url).status_code for url in pages] == [404] * len(pages)
        assert NUMBER not in one.client.get(LIST).content.decode()
        assert "检察建议书" not in one.client.get(f"/search/?q={MATTER}").content.decode().replace("搜索", "")
    decisions = [f"{LIST}replies/{reply.pk}/close/", f"{LIST}replies/{reply.pk}/return/", f"{url_of(letter)}withdraw/"]
    head = Visitor(cast.person(HEAD))
    assert [head.client.get(url).status_code for url in decisions] == [403] * 3
    assert head.client.get(f"{LIST}statistics/").status_code == 403
    appoint(cast.person("supervisor"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    recused = Visitor(cast.person("supervisor"))
    assert [recused.client.get(url).status_code for url in decisions] == [403] * 3
    assert "审阅 1 件回复" not in visitor("supervisor", "/").page
    withdraw_received_letter(letter, by=cast.person("officer"), reason="误登。")
    assert head.client.get(url_of(letter)).status_code == 404
    assert NUMBER not in visitor(HEAD).page
    assert NUMBER not in visitor("officer").page
    assert NUMBER in visitor("officer", f"{LIST}?standing=withdrawn").page


@pytest.mark.parametrize("words", [NUMBER, "人民检察院", "巡查不到位", "棠下"])
def test_the_search_finds_it_by_number_organ_matter_and_unit(office, words):
    letter = received()
    for who in ("officer", HEAD):
        links = visitor(who, f"/search/?q={words}").page.links
        assert url_of(letter) in [urlsplit(url).path for _, url in links]
    assert url_of(letter) not in [urlsplit(url).path for _, url in visitor(OTHER, f"/search/?q={words}").page.links]


LISTED = {
    "": 6,
    "year=2025": 1,
    "kind=police": 1,
    "standing=open": 3,
    "standing=returned": 1,
    "standing=replied": 1,
    "standing=closed": 1,
    "standing=withdrawn": 1,
    "light=red": 2,  # that of the year before too: the office had set a day
    "light=green": 2,
    "replies=overdue": 2,
    "repeated=yes": 1,
    "q=土方": 1,
    f"area={cast.DIVISION_TOWN}": 1,
    "q=没有这样的": 0,
}


def test_the_ledger_is_filtered(office):
    several()
    officer = visitor("officer")
    for query, number in LISTED.items():
        page = officer.open(f"{LIST}?{query}")
        assert (query, page.response.content.decode().count('<td data-label="来函">')) == (query, number)
    assert "逾期 3 天回复" in officer.open(f"{LIST}?kind=judicial")


def test_the_ledger_is_taken_out_with_what_the_page_shows(office):
    several()
    ledger = LEDGERS["received"]
    lines = list(ledger.all_lines(cast.person("officer"), QueryDict("year=2026&kind=judicial")))
    cells = {
        column.head: column.cell(line) for line in lines for column in ledger.columns_for(cast.person("officer"), {})
    }
    assert [cells[head] for head in ("文号", "办理情况", "逾期", "办结意见")] == [
        *("江检建〔2026〕6号", "已办结", "逾期 3 天回复", "整改到位。"),
    ]
    assert not list(ledger.all_lines(cast.person(OTHER), QueryDict("kind=judicial")))


def test_a_letter_with_running_tasks_says_so_before_anybody_closes_it(office):
    letter = received()
    reply = replied(letter)
    url = f"{LIST}replies/{reply.pk}/close/"
    assert "办结" in visitor("supervisor", url).page.forms[-1].buttons
    given(letter)
    page = visitor("supervisor", url).page
    assert "现在还不能办理" in page
    assert "第1、2项整改任务还没有销号，不能办结来函" in page
    assert not any("办结" in form.buttons for form in page.forms)
    assert "来函的整改已经交办、还没有办结，不能撤销登记" in visitor("officer", f"{url_of(letter)}withdraw/").page
    assert "审阅 1 件回复" not in visitor("director", "/").page
    assert "已回复，整改中" in visitor("director", f"{LIST}?standing=rectifying").page
    assert NUMBER not in visitor("director", f"{LIST}?standing=replied").page


def test_a_unit_reads_of_the_office_not_who(office):
    letter = received()
    first = replied(letter, by="supervisor")
    return_received_reply(first, by=cast.person("officer"), reason="没有责任人。", again_by=date(2026, 12, 1))
    director = cast.person("director")
    closing = close_received_letter(replied(letter), by=director, opinion="整改到位。")
    withdraw_received_closing(closing, by=director, reason="整改没有到位。")
    names = [cast.person(each).name for each in ("officer", "supervisor", "director")]
    for url in (url_of(letter), f"{LIST}letters/{letter.pk}/reply/"):
        page = visitor(LIAISON, url).page
        assert not [name for name in names if f"{name}，2026" in page or f"{name}于2026" in page]
        assert f"{OUTER_BODY}，2026年11月23日" in page
    assert all(name in visitor("group_leader", url_of(letter)).page for name in names)
    own = received(number="江检建〔2026〕4号", by=LIAISON)
    assert f"{cast.person(LIAISON).name}，2026" in visitor(HEAD, url_of(own)).page


def test_the_office_is_asked_to_see_to_what_is_overdue(office):
    received(reply_due=date(2026, 11, 20))
    received(cast.DIVISION_TOWN)
    director = visitor("director", "/")
    assert "1 件逾期未回复，请督促" in director.page
    assert (
        director.open(director.page.link("三书一函的回复期限")).response.content.decode().count('data-label="来函"')
        == 1
    )
    assert "逾期未回复，请督促" not in visitor(HEAD, "/").page
    appoint(cast.person("supervisor"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    assert "逾期未回复，请督促" not in visitor("supervisor", "/").page


def test_who_withdrew_a_letter_says_why_in_the_list(office):
    withdraw_received_letter(received(), by=cast.person("officer"), reason="登记错了单位。")
    assert "登记错了单位。" in visitor("officer", f"{LIST}?standing=withdrawn").page


def test_who_entered_a_reply_is_not_asked_to_decide_on_it(office):
    letter = received()
    reply = replied(letter, by="officer")
    officer = visitor("officer", "/")
    assert "审阅 1 件回复" not in officer.page
    assert "审阅 1 件回复" in visitor("director", "/").page
    titles = [words for words, _ in officer.open(url_of(letter)).links]
    assert not {"办结", "退回回复"} & set(titles)
    for step in ("close", "return"):
        page = visitor("officer", f"{LIST}replies/{reply.pk}/{step}/").page
        assert "代录了这份纸质材料，不得再由本人办理" in page
    assert {"办结", "退回回复"} <= {words for words, _ in visitor("supervisor", url_of(letter)).page.links}


def test_what_is_known_is_led_to(office):
    letter = received()
    officer = visitor("officer", f"{LIST}new/")
    page = officer.press("登记", expect=422, **entered(unit=str(cast.unit(cast.TOWN).pk)))
    assert "已登记的同一来函" in page
    assert url_of(letter) in [urlsplit(url).path for _, url in page.links]
    assert "已登记的同一来函" not in officer.press("登记", expect=422, **entered(unit="", number="江检建〔2026〕9号"))


def test_closings_without_a_reply_are_shown_as_what_they_are(office):
    letter = received(number="")
    assert "无文号" in visitor("officer").page
    assert "不经回复办结" not in {words for words, _ in visitor("officer", url_of(letter)).page.links}
    officer = visitor("officer", url_of(letter))
    officer.open(officer.page.link("来函机关撤回"))
    paper = [pdf("撤回函.pdf")]
    officer.press("来函机关撤回", reason="检察机关来函撤回。", scan=paper)
    page = visitor(LIAISON, url_of(letter)).page
    assert f"{OUTER_BODY}于2026年11月23日" in page
    assert "登记来函机关撤回：检察机关来函撤回。" in page
    assert "撤回函.pdf" in page
    assert "来函机关已撤回" in visitor("officer", f"{LIST}?standing=recalled").page
    assert "无文号" in visitor("officer", f"{LIST}?replies=without_reply").page
    assert "无文号" not in visitor("officer", f"{LIST}?standing=closed").page
    other = received(reply_due=date(2026, 11, 20))
    Unit.objects.filter(code=cast.TOWN).update(retired_on=date(2026, 11, 20))
    officer = visitor("officer", url_of(other))
    officer.open(officer.page.link("不经回复办结"))
    officer.press("不经回复办结", reason="单位已停用，没有承接单位。")
    assert NUMBER in visitor("officer", f"{LIST}?standing=closed").page
    assert "不经回复办结：单位已停用" in visitor("director", url_of(other)).page


def test_of_a_unit_that_has_ended_no_proposal_is_offered(office):
    letter = received(reply_due=date(2026, 11, 20))
    assert "可以据此办理" in visitor("officer", url_of(letter)).page
    Unit.objects.filter(code=cast.TOWN).update(retired_on=date(2026, 11, 20))
    assert "可以据此办理" not in visitor("officer", url_of(letter)).page


def test_the_organ_grants_another_day(office):
    letter = received(reply_due=date(2026, 11, 20))
    officer = visitor("officer", url_of(letter))
    assert "改定回复期限" not in {words for words, _ in visitor(LIAISON, url_of(letter)).page.links}
    officer.open(officer.page.link("改定回复期限"))
    facts = {"due_on": "2026-12-15", "ground": "检察机关复函同意延期。"}
    with nothing_stored():
        assert "改定回复期限还缺：来函机关的文书。" in officer.press("改定回复期限", expect=422, **facts, scan=[])
    page = officer.press("改定回复期限", **facts, scan=[pdf("复函.pdf")])
    assert "已改定，并已告知本单位。" in page
    assert "2026年12月15日（来函机关改定，来函写明2026年11月20日）" in page
    name = cast.person("officer").name
    assert f"{name}，2026年11月23日" in visitor("group_leader", url_of(letter)).page
    unit = visitor(LIAISON, url_of(letter)).page
    for words in ("检察机关复函同意延期。", "2026年11月20日", "复函.pdf", f"{OUTER_BODY}，2026年11月23日"):
        assert words in unit
    assert f"{name}，2026" not in unit
    assert "逾期" not in visitor(LIAISON, "/").page.response.content.decode().split("回复检察建议书")[1][:600]
    assert "1 件逾期未回复，请督促" not in visitor("director", "/").page
    assert NUMBER not in visitor("officer", f"{LIST}?replies=overdue").page
    assert NUMBER in visitor("officer", f"{LIST}?light=green").page


def test_beside_a_proposal_a_letter_and_a_circular_begin_with_the_facts(office):
    carry_out()

    def offered(who, code):
        letter = ReceivedLetter.objects.get(unit__code=code)
        begun = ("起草提醒函", "起草通报", "提出约谈建议")
        links = visitor(who, url_of(letter)).page.links
        return {words.split("：")[0]: url for words, url in links if words.startswith(begun) and "received=" in url}

    for code in (cast.TOWN, cast.MEMBER_UNIT):
        received(code, reply_due=date(2026, 11, 20))
    asked = {**offered("officer", cast.MEMBER_UNIT), **offered("supervisor", cast.MEMBER_UNIT)}
    assert set(asked) == {"起草提醒函", "起草通报", "提出约谈建议"}
    assert set(offered("officer", cast.TOWN)) == {"起草通报", "提出约谈建议"}
    assert offered("supervisor", cast.TOWN) == {}  # a 提醒函 goes to member units alone
    for words, url in asked.items():
        who = "supervisor" if words == "起草提醒函" else "officer"
        values = str([form.values for form in visitor(who, url).page.forms])
        assert "至2026年11月23日已逾期3天未回复" in values, words
        asked_for = "江检建〔2026〕3号" if words == "提出约谈建议" else "按来函的建议整改并回复。"
        assert asked_for in values, words


def test_the_ledger_says_what_is_to_be_put_right_and_by_when(office):
    letter, plain = received(), received(cast.DIVISION_TOWN)
    assignment = given(letter, tasks=[stated(due_on=date(2026, 12, 11)), stated("明确两名责任人。")])
    officer, ledger = cast.person("officer"), LEDGERS["received"]

    def cells(query=""):
        lines = ledger.all_lines(officer, QueryDict(query))
        heads = ("整改任务", "已销号", "最近时限")
        by_head = {column.head: column for column in ledger.columns_for(officer, {})}
        return {line["letter"].pk: tuple(by_head[head].cell(line) for head in heads) for line in lines}

    assert cells() == {letter.pk: (2, 0, date(2026, 12, 11)), plain.pk: (0, 0, None)}
    assert set(cells("tasks=open")) == {letter.pk}
    assert "整改任务 2 项" in visitor("officer", f"{LIST}?tasks=open").page
    for verb in (Verb.PREPARE_REPORT, Verb.HAND_IN_REPORT, Verb.ACCEPT_TASK):
        assignment = take(verb, assignment)
    assert cells()[letter.pk] == (2, 1, DUE)
    put_right(assignment)
    assert (cells()[letter.pk], cells("tasks=open")) == ((2, 2, None), {})
    take(Verb.REVOKE_ASSIGNMENT, given(plain))
    assert (cells()[plain.pk], cells("tasks=open")) == ((0, 0, None), {})


def test_tasks_cost_the_ledger_one_statement(office):
    ledger, officer = LEDGERS["received"], cast.person("officer")

    def statements():
        with CaptureQueriesContext(connection) as queries:
            list(ledger.all_lines(officer, QueryDict("")))
        return len(queries)

    given(received())
    statements()  # once, for what is read once
    before = statements()
    given(received(number="江检建〔2026〕4号"))
    given(received(cast.DIVISION_TOWN))
    assert statements() == before


def test_why_a_letter_was_withdrawn_is_taken_out_too(office):
    withdraw_received_letter(received(), by=cast.person("officer"), reason="登记错了单位。")
    ledger, officer = LEDGERS["received"], cast.person("officer")
    (line,) = ledger.all_lines(officer, QueryDict("standing=withdrawn"))
    assert {column.head: column.cell(line) for column in ledger.columns}["撤销原因"] == "登记错了单位。"


def test_a_day_in_a_year_without_a_calendar_is_marked_as_provisional(office):
    near, far = received(), received(number="江检建〔2026〕4号", reply_due=date(2027, 2, 1))
    note = "2027年放假安排尚未公布，按暂定推算"
    assert note in visitor(LIAISON, url_of(far)).page
    assert note not in visitor(LIAISON, url_of(near)).page
    assert note in visitor("officer").page
    assert note not in visitor("officer", f"{LIST}?q=3号").page
