"""The pages of 督导: from the plan to what follows, as the office and a unit see them, and a covert visit as nobody."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from tests import cast
from tests.exports import exported_rows
from tests.factories import letter_in, pdf, png
from tests.ladder import carry_out
from tests.opinion_corrections import BETTER, FORGOTTEN, REASON, afterwards, corrected_draft, reissued, standing
from tests.refusals import appoint, by_the_office, not_theirs, nothing_stored, refused
from tests.rounds import (
    CONCLUSION,
    DEMANDS,
    DISCUSSION,
    THERE,
    TITLE,
    WRONG,
    announced,
    concluded,
    covert_round,
    ended,
    found,
    given_of_round,
    informed_visit,
    planned_round,
    signed_for,
    visit,
    visit_of,
)
from tests.web import Visitor, browser
from yuetan.actions.follow_ups import link_follow_up
from yuetan.actions.rounds.closing import cancel_round
from yuetan.actions.rounds.follow_up import RoundTask, hand_out_round
from yuetan.actions.rounds.opinion_correction import (
    correct_round_opinion,
    corrected_paper,
    digest_of_correction,
    digest_to_correct,
    reissue_round_opinion,
    withdraw_opinion_correction,
)
from yuetan.actions.rounds.round_rows import GIVE_UP, REISSUE
from yuetan.ledgers.rounds.rounds import RoundLedger
from yuetan.models import Assignment, Case, Event, FollowUp, Letter, RoundFinding, RoundVisit, SupervisionRound
from yuetan.rules.dates import clock
from yuetan.views.frame.room_step_page import PRIMARY, SECONDARY
from yuetan.views.home import round_todos
from yuetan.views.rounds import steps
from yuetan.views.rounds.step_pages import steps_of_visit
from yuetan.views.rounds.visits import visible_visit
from yuetan.vocabulary import DocumentKind, LetterState, PostKind

pytestmark = pytest.mark.usefixtures("office")
LIST, HEAD, LIAISON, OTHER = "/rounds/", f"head_{cast.TOWN}", f"liaison_{cast.TOWN}", f"head_{cast.DIVISION_TOWN}"
UNIT = "蓬江区棠下镇"
SHOWN = "登记第一项督导情况以前单位看不到；没有登记的，督导日期次日起可见。"
PLAN = {
    "kind": "linked",
    "title": TITLE,
    "basis": "常态化开展扫黑除恶斗争实施方案",
    "begins_on": "2026-11-24",
    "ends_on": "2026-12-04",
    "visits-0-unit": UNIT,
    "visits-0-day": "2026-11-25",
    "visits-0-points": "农贸市场秩序整治情况。",
}


def visitor(username, url=LIST):
    one = Visitor(cast.person(username))
    one.open(url)
    return one


def url_of(visit):
    return reverse("round_visit", args=[visit.pk])


def keys(*names):
    return [cast.person(name).pk for name in names]


def test_a_round_from_its_plan_to_its_end_on_the_pages():
    officer = visitor("officer")
    officer.click("制定督导方案")
    team = {"members": keys("officer", "supervisor"), "leader": cast.person("supervisor").pk}
    with nothing_stored():
        page = officer.press("保存", expect=422, **PLAN, members=keys("officer"), leader=team["leader"])
    assert by_the_office("督导组至少2人，现有1人，请补齐成员。") in page
    assert page.forms[-1].values["visits-0-unit"] == [UNIT]
    assert "已制定方案，请印发督导通知书" in officer.press("保存", **PLAN, **team)
    of_visit = RoundVisit.objects.get()
    assert browser(HEAD).get(url_of(of_visit)).status_code == 404
    officer.click("印发督导通知书")
    assert "关于对蓬江区棠下镇开展联动督导的通知" in officer.page
    assert "已印发督导通知书，并已告知各单位。" in officer.press("印发督导通知书")
    unit = visitor(LIAISON, "/")
    assert "签收督导通知书" in unit.page
    unit.open(url_of(of_visit))
    assert "已签收。" in unit.press("签收督导通知书")
    with time_machine.travel(THERE, tick=False):
        _on_the_day(of_visit)
    assert SupervisionRound.objects.get().ended_at is not None


def _on_the_day(of_visit):
    officer = visitor("officer", "/")
    assert "登记督导情况" in officer.page
    officer.open(url_of(of_visit))
    officer.click("登记督导情况")
    seen = {"words": WRONG, "is_problem": "on"}
    with nothing_stored():
        page = officer.press("登记督导情况", expect=422, **seen, people=keys("officer"))
    assert page.forms[-1].values["words"] == [WRONG]
    assert "已登记督导情况。" in officer.press(
        "登记督导情况", **seen, people=keys("officer", "supervisor"), proof=[png()]
    )
    assert WRONG not in visitor(HEAD, url_of(of_visit)).page
    assert "督导中，待反馈" in visitor(HEAD).page
    assert "督导意见书印发以后，在这里查看。" in visitor(HEAD).click(
        TITLE
    )  # the unit opens it by the name of the round
    officer.click("登记集体结论")
    agreed = {"conclusion": CONCLUSION, "demands": DEMANDS, "discussion": DISCUSSION}
    agreed |= {"concluded_on": "2026-11-25", "scan": [pdf()]}
    names = keys("officer", "director", "supervisor")
    assert "已登记集体结论" in officer.press("登记集体结论", **agreed, people=names)
    officer.click("印发督导意见书")
    assert WRONG in officer.page
    assert "已印发督导意见书，并已告知单位。" in officer.press("印发督导意见书")
    unit = visitor(HEAD, url_of(of_visit))
    assert "请查阅督导意见书（江扫黑督意〔2026〕1号）后签收" in unit.page
    assert all(words in unit.page for words in (WRONG, CONCLUSION, DEMANDS, "督导意见书：江扫黑督意〔2026〕1号"))
    assert "张一" not in unit.page.shown_text.split("督导安排")[0]
    unit.press("签收督导意见书")
    officer.open(url_of(of_visit))
    officer.click("交办整改")
    assert officer.page.forms[-1].values["tasks-0-content"] == [DEMANDS]  # as the unit was told
    tasks = {"tasks-0-content": "明确责任人。", "tasks-0-due_on": "2026-12-20"}
    assert "已交办整改，并已告知单位。" in officer.press("交办整改", **tasks)
    assert "查看督导" in officer.click("办理中，查看各项办理情况")
    officer.open(reverse("supervision_round", args=[of_visit.round_id]))
    officer.click("结束督导")
    assert "已结束督导。" in officer.press("结束督导")


def test_whoever_plans_a_covert_round_reads_until_when_no_unit_sees_it():
    officer = visitor("officer")
    officer.click("制定督导方案")
    team = {"members": keys("officer", "supervisor"), "leader": cast.person("supervisor").pk}
    page = officer.press("保存", **PLAN | {"kind": "unannounced"}, **team)
    assert f"已制定方案。{SHOWN}请自督导日期起登记督导情况。" in page
    assert f"明察暗访不发通知，{SHOWN}" in officer.page
    assert "请印发督导通知书" not in page


def test_each_file_that_came_with_a_conclusion_is_reported_on_and_no_earlier_one():
    of_visit = visit_of(announced())
    found(of_visit)
    agreed = {"conclusion": CONCLUSION, "demands": DEMANDS, "discussion": DISCUSSION, "concluded_on": "2026-11-25"}
    agreed |= {"people": keys("officer", "director", "supervisor")}
    with time_machine.travel(THERE, tick=False):
        officer = visitor("officer", url_of(of_visit))
        shown = officer.click("登记集体结论")
        assert "讨论记录等" in shown
        assert "录音" not in shown
        officer.press("登记集体结论", **agreed, scan=[png("签名页.jpg")], proof=[png("讨论记录.jpg")])
        for name in ("签名页", "讨论记录"):
            assert f"“{name}.png”已收下：上传时名为“{name}.jpg”，按内容保存为 PNG。" in officer.page
    with time_machine.travel(THERE + timedelta(minutes=1), tick=False):
        officer.click("登记集体结论")
        officer.press("登记集体结论", **agreed, scan=[png("另一签名页.jpg")])
        assert "“另一签名页.png”已收下" in officer.page
        assert "“签名页.png”已收下" not in officer.page


def test_an_opinion_is_corrected_on_the_pages_and_the_unit_reads_what_changed():
    of_visit = informed_visit()
    with time_machine.travel(afterwards(), tick=False):
        _sign(of_visit, "督导意见书（江扫黑督意〔2026〕1号）")
        officer = visitor("officer", url_of(of_visit))
        officer.click("更正督导意见书")
        values = officer.page.forms[-1].values
        assert (values["words_1"], values["conclusion"]) == ([WRONG], [CONCLUSION])
        more = {"forgotten-0-seen_on": "2026-11-25", "forgotten-0-words": FORGOTTEN, "forgotten-0-kind": "problem"}
        said = {"reason": REASON, **more, "witnesses": keys("officer", "supervisor"), "scan": [pdf()]}
        with nothing_stored():
            officer.press("更正督导意见书", expect=422, **said | {"reason": ""})
        assert officer.page.forms[-1].values["forgotten-0-words"] == [FORGOTTEN]
        assert "已保存更正稿，请由另一人核对后印发" in officer.press("更正督导意见书", **said | {"scan": [pdf()]})
        assert "印发更正的督导意见书" not in officer.page
        officer.click("修改更正稿")
        assert officer.page.forms[-1].values["forgotten-0-kind"] == ["problem"]
        unit = visitor(HEAD, url_of(of_visit))
        assert not [words for words in ("更正", FORGOTTEN, "签收督导意见书（") if words in unit.page]
        assert "核对并印发督导意见书的更正（张一拟定）" in visitor("director", "/").page
        assert "核对并印发督导意见书的更正" not in visitor("officer", "/").page
        director = visitor("director", url_of(of_visit))
        director.click("印发更正的督导意见书")
        assert "（江扫黑督意〔2026〕1号）因漏列一项问题，现予更正重印，由本督导意见替代。" in director.page
        assert "已印发更正的督导意见书，并已告知单位。" in director.press("印发更正的督导意见书")
    with time_machine.travel(afterwards(), tick=False):
        unit = _sign(of_visit, "督导意见书（江扫黑督意〔2026〕2号）")
        assert f"更正原因：{REASON}" in unit.page
        assert "江扫黑督意〔2026〕1号（已被替代）" in unit.page
        assert f"{FORGOTTEN}（发现的问题）" in unit.page
        assert not [words for words in ("张一拟定", "讨论过程") if words in unit.page]


def _sign(of_visit, paper):
    unit = visitor(HEAD, url_of(of_visit))
    assert f"请查阅{paper}后签收" in unit.page
    unit.press("签收督导意见书")
    return unit


def test_a_draft_is_given_up_on_its_page_which_says_afterwards_that_there_is_none():
    of_visit = corrected_draft(informed_visit()).visit
    with time_machine.travel(afterwards(), tick=False):
        officer = visitor("officer", url_of(of_visit))
        assert "督导意见书更正稿待印发" in officer.page
        officer.click("放弃更正")
        assert "已放弃更正，原督导意见书继续有效。" in officer.press("放弃更正", reason="不必更正。")
        assert "督导意见书更正稿待印发" not in officer.page
        for name in (GIVE_UP, REISSUE):
            page = visitor("director", reverse(name, args=[of_visit.pk])).page
            assert "没有待印发的督导意见书更正稿，可能已经印发或者放弃，请刷新页面。" in page
            assert "现予更正重印" not in page


def test_who_cannot_end_a_round_yet_reads_on_its_page_for_what_it_waits():
    of_round = announced()
    of_visit = informed_visit(of_round=of_round)
    county = cast.unit(cast.COUNTY).full_name
    officer = visitor("officer", reverse("supervision_round", args=[of_round.pk]))
    page = officer.click("结束督导")
    assert f"{county}还没有印发督导意见书，不能结束督导；请先印发，或者写明原因不再督导。" in page
    informed_visit(cast.COUNTY, of_round=of_round)
    corrected_draft(of_visit)
    page = officer.open(reverse("end_round", args=[of_round.pk]))
    assert f"{UNIT}的督导意见书正在更正，不能结束督导；请先印发更正稿，或者放弃更正。" in page
    with time_machine.travel(afterwards(), tick=False):
        withdraw_opinion_correction(of_visit, by=cast.person("officer"), reason="不必更正。")
    officer.open(reverse("end_round", args=[of_round.pk]))
    assert "已结束督导。" in officer.press("结束督导")
    assert "结束督导" not in [words for words, _ in officer.page.links]


@pytest.mark.parametrize(("name", "button"), [(REISSUE, "印发更正的督导意见书"), (GIVE_UP, "放弃更正")])
def test_what_was_sent_after_the_draft_was_gone_is_refused_in_words(name, button):
    of_visit = corrected_draft(informed_visit()).visit
    with time_machine.travel(afterwards(), tick=False):
        director = visitor("director", reverse(name, args=[of_visit.pk]))
        withdraw_opinion_correction(of_visit, by=cast.person("officer"), reason="不必更正。")
        page = director.press(button, expect=422, **({"reason": "不必更正。"} if name == GIVE_UP else {}))
    assert "没有待印发的督导意见书更正稿，可能已经印发或者放弃，请刷新页面。" in page


def test_of_two_who_issue_a_correction_at_once_the_second_reads_that_it_is_issued(monkeypatch):
    of_visit = corrected_draft(informed_visit()).visit
    with time_machine.travel(afterwards(), tick=False):
        director = visitor("director", reverse(REISSUE, args=[of_visit.pk]))
        read = []

        def read_before_another_issues_it(user, pk):
            read.append(visible_visit(user, pk))
            if len(read) == 1:
                reissued(of_visit, by="second_officer")
            return read[-1]

        monkeypatch.setattr(steps, "visible_visit", read_before_another_issues_it)
        page = director.press("印发更正的督导意见书", expect=422)
    assert "没有待印发的督导意见书更正稿，可能已经印发或者放弃，请刷新页面。" in page
    assert not [words for words in ("现予更正重印", "更正的内容") if words in page]
    assert len(of_visit.documents.filter(kind=DocumentKind.ROUND_OPINION)) == 2


def test_a_draft_that_goes_while_its_page_is_made_is_no_error(monkeypatch):
    of_visit = corrected_draft(informed_visit()).visit

    def gone_meanwhile(visit, *, by):
        with time_machine.travel(afterwards(), tick=False):
            withdraw_opinion_correction(of_visit, by=cast.person("officer"), reason="不必更正。")
        return corrected_paper(visit, by=by)

    monkeypatch.setattr(steps, "corrected_paper", gone_meanwhile)
    with time_machine.travel(afterwards(), tick=False):
        page = visitor("director", reverse(REISSUE, args=[of_visit.pk])).page
    assert "现予更正重印" not in page


def test_the_page_signs_for_the_paper_that_it_shows():
    of_visit = informed_visit()
    with time_machine.travel(afterwards(), tick=False):
        unit = visitor(HEAD, url_of(of_visit))
    corrected_draft(of_visit)
    new = reissued(of_visit)
    with time_machine.travel(afterwards(), tick=False):
        page = unit.press("签收督导意见书")
        assert f"您打开的文书已由督导意见书（{new.number}）替代，请先查阅督导意见书再签收。" in page
        assert "已签收。" in unit.press("签收督导意见书")


def test_a_sheet_counts_as_signed_for_the_wording_that_it_came_with_alone():
    of_visit = informed_visit()
    corrected_draft(of_visit, scan=[pdf("放弃的.pdf")], conclusion="另一种结论。")
    with time_machine.travel(afterwards(), tick=False):
        withdraw_opinion_correction(of_visit, by=cast.person("officer"), reason="不必更正。")
    corrected_draft(of_visit, scan=[pdf("前稿.pdf")], conclusion="又一种结论。")
    with time_machine.travel(afterwards() + timedelta(minutes=1), tick=False):
        again(of_visit, scan=[pdf("定稿.pdf")])
        page = browser("officer").get(url_of(of_visit)).context
        assert names_of_files(page, "signed") == ["集体结论签名.pdf"]
        assert names_of_files(page, "draft_files") == ["定稿.pdf"]
        assert names_of_files(page, "former_files") == ["放弃的.pdf", "前稿.pdf"]
        reissue_round_opinion(of_visit, by=cast.person("director"), seen=digest_of_correction(of_visit))
        page = browser("officer").get(url_of(of_visit)).context
        assert names_of_files(page, "signed") == ["定稿.pdf"]
        assert names_of_files(page, "former_files") == ["集体结论签名.pdf", "放弃的.pdf", "前稿.pdf"]
        assert "以前的集体结论和前稿的签名页等（3件）" in visitor("officer", url_of(of_visit)).page
        assert "前稿" not in visitor(HEAD, url_of(of_visit)).page


def again(of_visit, *, scan):
    return correct_round_opinion(
        of_visit,
        by=cast.person("officer"),
        reason=REASON,
        corrected=standing(visit_of(of_visit.round), conclusion=BETTER),
        scan=scan,
        seen=digest_to_correct(of_visit),
    )


def names_of_files(page, name):
    return [file["name"] for file in page[name]]


def test_a_home_lists_what_its_person_may_do_about_rounds():
    planned_round(title="尚未通知的督导")
    over = announced(title="已经反馈的督导")
    for code in (cast.TOWN, cast.COUNTY):
        informed_visit(code, of_round=over)
    announces, ends = "印发督导通知书", "各单位都已反馈，结束督导"
    assert (announces in visitor("officer", "/").page, ends in visitor("officer", "/").page) == (True, True)
    supervisor = visitor("supervisor", "/")
    assert (announces in supervisor.page, ends in supervisor.page) == (False, True)
    assert "尚未通知的督导" not in supervisor.page
    appoint(cast.person("supervisor"), cast.unit(cast.TOWN), PostKind.LIAISON, "联系人")
    assert ends not in visitor("supervisor", "/").page


def test_a_notice_of_a_round_that_was_cancelled_takes_no_place_among_what_waits(monkeypatch):
    monkeypatch.setattr(round_todos, "MAX_VISITS", 1)
    for title in ("先取消的督导", "又取消的督导"):
        cancel_round(announced(title=title), by=cast.person("officer"), reason="改为联合督查。")
    announced(title="照常开展的督导", visits=[visit(day=THERE.date() + timedelta(days=2))])
    page = visitor(HEAD, "/").page
    assert "照常开展的督导" in page
    assert "取消的督导" not in page
    assert "签收督导文书" not in page
    announced(title="另一次督导", visits=[visit(day=THERE.date() + timedelta(days=3))])
    page = visitor(HEAD, "/").page
    assert "照常开展的督导" in page
    assert "签收督导文书" in page


def test_a_covert_visit_is_nowhere_for_its_unit_before_its_day():
    of_visit = visit_of(covert_round())
    unit = browser(HEAD)
    for url in (url_of(of_visit), reverse("supervision_round", args=[of_visit.round_id])):
        assert unit.get(url).status_code == 404
    addresses = (LIST, "/", "/search/?q=明察暗访", "/documents/", "/alerts/", f"{LIST}?kind=unannounced", "/agenda/")
    for address in addresses:
        shown = unit.get(address).content.decode()
        assert "农贸市场明察暗访" not in shown, address
        assert str(of_visit.pk) not in shown, address
    assert "没有符合条件的督导" in visitor(HEAD).page
    receipt = unit.post(reverse("receive_round_paper", args=[of_visit.pk]))
    assert receipt.status_code == 404
    assert "农贸市场明察暗访" in visitor("officer").page
    with time_machine.travel(THERE + timedelta(days=1), tick=False):
        assert "农贸市场明察暗访" in visitor(HEAD).page
        assert "农贸市场明察暗访" in visitor(HEAD, "/search/?q=明察暗访").page
        assert "农贸市场明察暗访" not in visitor(OTHER, "/search/?q=明察暗访").page


def test_a_unit_sees_its_own_part_alone():
    of_round = ended()
    town, county = visit_of(of_round), visit_of(of_round, cast.COUNTY)
    assert browser(HEAD).get(url_of(town)).status_code == 200
    for who in (HEAD, OTHER, "sysadmin"):
        assert browser(who).get(url_of(county)).status_code == 404
        assert browser(who).get(reverse("supervision_round", args=[of_round.pk])).status_code == 404
    page = browser(HEAD).get(LIST).content.decode()
    assert str(town.pk) in page
    assert str(county.pk) not in page
    assert 'name="problems"' not in page


def test_the_ledger_is_filtered_by_what_a_person_may_know():
    key = str(informed_visit().pk)

    def listed(query):
        return key in browser("officer").get(f"{LIST}?{query}").content.decode()

    assert listed("state=informed&problems=yes&q=联动")
    assert not listed(f"state=planned&area={cast.TOWN}")
    assert listed(f"q={cast.TOWN}&year=2026")
    assert 'name="state"' not in browser(HEAD).get(LIST).content.decode()


def test_no_filter_shows_who_is_of_the_unit_how_far_the_office_is_with_it():
    of_round = announced()
    for code in (cast.TOWN, cast.COUNTY):
        found(visit_of(of_round, code))
    concluded(visit_of(of_round))
    appoint(cast.person("second_officer"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    units = {code: cast.unit(code).full_name for code in (cast.TOWN, cast.COUNTY)}

    def listed(username, **asked):
        rows = RoundLedger().all_lines(cast.person(username), asked)
        return {code for line in rows for code, name in units.items() if line["visit"].unit.full_name == name}

    for asked in ({"problems": "yes"}, {"state": "concluded"}, {"state": "recorded"}, {"state": "planned"}):
        assert listed("second_officer", **asked) == listed("officer", **asked) - {cast.TOWN}
    assert listed("officer", problems="yes") == {cast.TOWN, cast.COUNTY}
    assert listed("officer", state="concluded") == {cast.TOWN}
    assert listed("second_officer") == {cast.TOWN, cast.COUNTY}
    assert len(exported_rows("second_officer", "rounds", "problems=yes")) == 2  # the head and the county


def test_what_follows_is_drafted_on_its_facts_and_linked_both_ways():
    of_visit = informed_visit()
    officer = visitor("officer", url_of(of_visit))
    officer.click(f"提出约谈建议：{UNIT}")
    assert f"{TITLE}发现的问题" in str(officer.page.forms[-1].values["matter"])
    officer.press("保存草稿")
    case = Case.objects.get()
    assert FollowUp.objects.get().case == case
    officer.open(url_of(of_visit))
    assert "约谈事项：" in officer.page
    officer.open(reverse("case", args=[case.pk]))
    assert "来自督导" in officer.page
    supervisor = visitor("supervisor", url_of(of_visit))
    supervisor.click(f"起草提醒函：{UNIT}")
    assert WRONG in str(supervisor.page.forms[-1].values["problems"])
    assert supervisor.page.forms[-1].values["capacity"] == ["lead_unit"]
    supervisor.press("保存，送签发", lead_matter="农贸市场乱象整治")
    letter = Letter.objects.get()
    assert FollowUp.objects.get(letter=letter).visit == of_visit
    supervisor.open(reverse("letter", args=[letter.pk]))
    assert "来自督导" in supervisor.page


def test_a_measure_begins_with_the_facts_too():
    carry_out()
    of_visit = informed_visit()
    officer = visitor("officer", url_of(of_visit))
    officer.click(f"起草通报：{UNIT}")
    assert WRONG in str(officer.page.forms[-1].values["facts"])


def test_nothing_follows_where_nothing_was_found_or_the_unit_was_not_informed():
    of_visit = informed_visit(words="整治方案已落实。", is_problem=False)
    task = RoundTask("整改。", "", clock.today().replace(day=30))
    sentence = f"对{UNIT}的督导没有登记发现的问题，不能据此交办整改。"
    with refused(by_the_office(sentence)):
        hand_out_round(of_visit, by=cast.person("officer"), tasks=[task])
    assert "可以据此办理" not in visitor("officer", url_of(of_visit)).page
    early = visit_of(announced())
    found(early)
    sentence = f"{UNIT}的督导意见书还没有印发，不能据此交办整改，请先印发督导意见书。"
    with refused(by_the_office(sentence)):
        hand_out_round(visit_of(early.round), by=cast.person("officer"), tasks=[task])
    assert "据此" not in visitor("officer", url_of(early)).page


def test_tasks_are_handed_out_once_with_words_and_days():
    of_visit = informed_visit()
    with refused("尚未填写整改任务，至少填写一项。"):
        given_of_round(of_visit, tasks=[])
    with refused("第1项整改任务还缺：内容、完成时限。"):
        given_of_round(of_visit, tasks=[RoundTask(" ", "", None)])
    with refused("第1项整改任务的完成时限2026年11月25日须在今天以后，请另定。"):
        given_of_round(of_visit, tasks=[RoundTask("整改到位。", "", THERE.date())])
    given = given_of_round(of_visit)
    assert (given.title, given.round_visit) == (f"落实{TITLE}整改事项", of_visit)
    assert given.source_number == "江扫黑督意〔2026〕1号"
    sentence = "督导发现问题的整改已经交办，不能再次交办；交办有误的，请办公室主任先撤销交办。"
    with refused(sentence):
        given_of_round(of_visit)
    with not_theirs():
        given_of_round(of_visit, by="group_leader")
    assert "落实2026年度联动督导整改事项" in visitor("officer", "/assignments/?source=round_visit").page
    assert Assignment.objects.visible_to(cast.head(cast.TOWN)).get() == given


def test_what_follows_is_linked_and_written_down_once():
    letter, of_visit = letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN)), informed_visit()
    made = [link_follow_up(of_visit, by=cast.person("officer"), subject=letter) for _ in range(2)]
    assert made[0] == made[1]
    assert Event.objects.filter(verb="link_follow_up").count() == 1


def test_only_what_is_about_the_unit_follows_from_its_visit():
    letter, of_visit = letter_in(LetterState.ISSUED), informed_visit()
    with refused(f"这一事项不是关于{UNIT}的，不能记为这次督导之后的事项。"):
        link_follow_up(of_visit, by=cast.person("officer"), subject=letter)


def test_a_round_is_revised_moved_dropped_and_cancelled_on_the_pages():
    of_round = planned_round()
    officer = visitor("officer", reverse("supervision_round", args=[of_round.pk]))
    officer.click("修改方案")
    assert officer.page.forms[-1].values["title"] == [TITLE]
    assert "已修改督导方案。" in officer.press("保存", title="改名的督导")
    officer.open(url_of(visit_of(of_round)))
    officer.click("改期")
    assert "已改期。" in officer.press("改期", day="2026-12-01")
    officer.click("不再督导")
    assert "尚未写明" in officer.press("不再督导", expect=422, reason="")
    assert "已写明不再督导。" in officer.press("不再督导", reason="已由上级督导。")
    officer.open(reverse("supervision_round", args=[of_round.pk]))
    officer.click("取消督导")
    assert "已取消督导。" in officer.press("取消督导", reason="另有安排。")


def test_a_finding_is_withdrawn_on_its_page():
    of_visit = visit_of(announced())
    found(of_visit)
    with time_machine.travel(THERE, tick=False):
        officer = visitor("officer", url_of(of_visit))
        officer.open(reverse("withdraw_round_finding", args=[RoundFinding.objects.get().pk]))
        assert "已撤回。" in officer.press("撤回督导情况", reason="登记到了别的单位。")
        assert "登记到了别的单位。" in officer.page


def test_nothing_is_withdrawn_of_a_round_that_was_cancelled():
    of_visit = visit_of(announced())
    withdrawing = reverse("withdraw_round_finding", args=[found(of_visit).pk])
    with time_machine.travel(THERE, tick=False):
        assert withdrawing in browser("officer").get(url_of(of_visit)).content.decode()
        cancel_round(of_visit.round, by=cast.person("officer"), reason="改为联合督查。")
        assert withdrawing not in browser("officer").get(url_of(of_visit)).content.decode()
        page = visitor("officer", withdrawing).page
    assert f"“{TITLE}”现在是“已取消”，不能再撤回督导情况。" in page
    assert "撤回原因" not in page


def test_the_page_of_a_step_that_cannot_be_taken_says_why_in_place_of_its_form():
    covert = covert_round()
    page = visitor("officer", reverse("announce_round", args=[covert.pk])).page
    assert "明察暗访在登记第一项督导情况以前不告知单位，不能印发督导通知书；" in page
    assert "文稿（文号在印发时生成）" not in page
    page = visitor("officer", reverse("revise_round", args=[announced().pk])).page
    assert f"“{TITLE}”现在是“督导中”，不能再修改方案；" in page
    drafted = corrected_draft(informed_visit(of_round=announced(title="另一次督导"))).visit
    with time_machine.travel(afterwards(), tick=False):
        page = visitor("officer", reverse(REISSUE, args=[drafted.pk])).page
    assert "更正稿由张一拟定，请由另一人核对后印发。" in page
    assert "更正的内容" in page
    assert "文稿（文号在印发时生成）" not in page


def test_a_team_is_adjusted_and_a_covert_visit_moved_on_their_pages():
    of_round = announced()
    officer = visitor("officer", reverse("supervision_round", args=[of_round.pk]))
    officer.click("调整督导组")
    team = {"members": keys("director", "officer", "second_officer")}
    assert "尚未写明调整督导组的原因。" in officer.press("调整督导组", expect=422, **team)
    assert "已调整督导组，并已告知有关人员。" in officer.press("调整督导组", reason="周七因病。", **team)
    assert "2026年11月23日退出：周七因病。" in officer.page
    of_visit = visit_of(covert_round())
    with time_machine.travel(THERE, tick=False):
        officer = visitor("officer", url_of(of_visit))
        officer.click("改期")
        assert "已改期。" in officer.press("改期", day="2026-12-02", reason="带队人因公外出。")
        assert "原定2026年11月25日：带队人因公外出。" in officer.page
        assert browser(HEAD).get(url_of(of_visit)).status_code == 404


def looks(of_visit, username="officer"):
    person = cast.person(username)
    return {step["title"]: step["look"] for step in steps_of_visit(visible_visit(person, of_visit.pk), person)}


def test_of_what_may_be_done_about_a_visit_only_what_comes_next_stands_out():
    of_visit = visit_of(announced())
    assert looks(of_visit)["登记纸质回执"] == SECONDARY
    signed_for(of_visit, by=cast.liaison(cast.TOWN))
    assert set(looks(of_visit).values()) == {SECONDARY}
    assert "改期" in looks(of_visit)
    next_of = lambda who: [title for title, look in looks(of_visit, who).items() if look == PRIMARY]  # noqa: E731
    with time_machine.travel(THERE, tick=False):
        assert next_of("officer") == ["登记督导情况"]
        found(of_visit)
        # One after the other is written down on the day; the conclusion may follow, and from the next day on it does.
        assert next_of("officer") == ["登记督导情况"]
        assert looks(of_visit)["登记集体结论"] == SECONDARY
        assert "继续登记督导情况，或者登记集体结论" in visitor("officer", "/").page
    with time_machine.travel(THERE + timedelta(days=1), tick=False):
        assert next_of("officer") == ["登记集体结论"]
        assert "继续登记督导情况" not in visitor("officer", "/").page
        found(of_visit)
        assert next_of("officer") == ["登记督导情况"]
        concluded(of_visit)
        assert next_of("director") == ["印发督导意见书"]
        assert looks(of_visit)["登记集体结论"] == SECONDARY
        assert page_of(of_visit).count('class="button button-small"') == 1
    with time_machine.travel(THERE + timedelta(days=1, hours=1), tick=False):
        found(of_visit)
        assert next_of("officer") == ["登记集体结论"]
        assert "登记集体结论" in visitor("officer", "/").page


def page_of(of_visit):
    return browser("director").get(reverse("round_visit", args=[of_visit.pk])).content.decode()
