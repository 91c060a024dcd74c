"""The page of a case: what is done now stands first and open, what is over is folded, an objection is on top."""

import re

import pytest
from django.urls import reverse

from tests import cast
from tests.factories import case_after, case_in, take
from tests.web import Visitor, browser
from yuetan.rules.dates import clock
from yuetan.templatetags.official import moment
from yuetan.vocabulary import CaseState, TaskState, Verb

HEAD = f"head_{cast.TOWN}"


def html_of(case, username):
    return browser(username).get(reverse("case", args=[case.pk])).content.decode()


def folded(case, username="officer"):
    """The headings of the cards that are folded."""
    return re.findall(r'<details class="card card-folded">\s*<summary>\s*<h2>([^<]+)</h2>', html_of(case, username))


def panel(case, username):
    """What stands in the box of what one can do now."""
    return html_of(case, username).split('class="action-panel"')[1].split("</section>")[0]


@pytest.mark.parametrize(
    ("state", "over", "open_ones"),
    [
        (CaseState.PROPOSED, [], ["约谈建议", "审定"]),
        (CaseState.NOTIFIED, ["约谈建议", "审定"], ["约谈通知"]),
        (CaseState.INTERVIEWED, ["约谈建议", "审定", "约谈通知"], ["约谈", "约谈纪要"]),
        (CaseState.RECTIFYING, ["约谈建议", "审定", "约谈通知", "书面材料", "约谈", "约谈纪要"], []),
    ],
)
def test_what_is_over_is_folded_and_what_is_done_now_stands_first(office, state, over, open_ones):
    case = case_in(state)
    shown = folded(case)
    assert [title for title in shown if title in over] == over
    assert not set(open_ones) & set(shown)
    html = html_of(case, "officer")
    for first in open_ones:
        assert all(html.index(f"<h2>{first}</h2>") < html.index(f"<h2>{title}</h2>") for title in over)


@pytest.mark.parametrize("username", ["officer", HEAD])
def test_the_contents_lead_to_every_card(office, username):
    html = html_of(case_in(CaseState.RECTIFYING), username)
    contents = html.split('class="page-contents"')[1].split("</nav>")[0]
    anchors = re.findall(r'href="#([a-z]+)"', contents)
    assert {"tasks", "notice", "minutes", "facts", "documents", "timeline"} <= set(anchors)
    assert all(f'id="{anchor}"' in html for anchor in anchors)
    assert "proposal" not in anchors or username == "officer"


def test_a_task_that_is_over_is_folded(office):
    case = case_in(CaseState.INSPECTING)
    numbers = [task.number for task in case.tasks.filter(state=TaskState.ACCEPTED)]
    html = html_of(case, "officer")
    assert numbers
    assert html.count('class="account account-folded"') == len(numbers)


def test_a_long_story_shows_its_newest_steps(office):
    case = case_in(CaseState.RECTIFYING)
    html = html_of(case, "officer")
    newest, older = html.split("此前的")
    assert f" {case.events.count() - 6} 步</summary>" in older
    assert "拟稿" in older.split("<ol")[1]
    assert "交办整改" in newest.split('id="timeline-heading"')[1]


def test_a_returned_draft_says_why_and_offers_to_revise_it(office):
    case = take(Verb.RETURN_FOR_CHANGES, case_in(CaseState.IN_REVIEW), reason="事实没有写明时间和地点。")
    shown = panel(case, "officer")
    assert f"{cast.person('director').name}退回修改：事实没有写明时间和地点。" in shown
    assert re.search(r'<a class="button" [^>]*>修改建议</a>', shown)
    assert re.search(r'<a class="button button-secondary" [^>]*>报核</a>', shown)
    assert "修改建议" in Visitor(cast.person("officer")).open("/")


def test_a_draft_that_was_revised_is_handed_in(office):
    case = take(Verb.RETURN_FOR_CHANGES, case_in(CaseState.IN_REVIEW), reason="事实没有写明时间和地点。")
    take(Verb.REVISE_DRAFT, case, matter="涉黑涉恶线索摸排不深入、不及时")
    shown = panel(case, "officer")
    assert "退回修改" not in shown
    assert re.search(r'<a class="button" [^>]*>报核</a>', shown)


def test_a_draft_that_was_taken_back_names_no_reason(office):
    case = take(Verb.TAKE_BACK, case_in(CaseState.IN_REVIEW))
    assert "退回修改：" not in panel(case, "officer")
    assert re.search(r'<a class="button" [^>]*>修改建议</a>', panel(case, "officer"))


def test_an_objection_is_said_first_and_revising_comes_before_issuing(office):
    case = take(Verb.ANSWER_MINUTES, case_after(Verb.SEND_MINUTES), answer="objected", objection="第二项时限过紧。")
    shown = panel(case, "director")
    assert "被约谈方对纪要有异议：第二项时限过紧。" in shown
    assert re.search(r'<a class="button" [^>]*>修改纪要</a>', shown)
    assert re.search(r'<a class="button button-secondary" [^>]*>印发纪要</a>', shown)
    for username in ("officer", "director"):
        assert "被约谈方有异议" in Visitor(cast.person(username)).open("/"), username
    assert "对纪要有异议" not in panel(case, HEAD)


def test_a_text_without_an_objection_is_issued(office):
    case = case_after(Verb.ANSWER_MINUTES)
    assert re.search(r'<a class="button" [^>]*>印发纪要</a>', panel(case, "director"))
    assert "修改纪要" not in Visitor(cast.person("officer")).open("/")


def test_a_long_objection_is_shortened_in_the_panel_alone(office):
    words = "时限过紧，" * 40
    case = take(Verb.ANSWER_MINUTES, case_after(Verb.SEND_MINUTES), answer="objected", objection=words)
    assert words not in panel(case, "director")
    assert "时限过紧，时限过紧，" in panel(case, "director")
    assert words in html_of(case, "director")


def test_paper_says_who_printed_it_and_when(office):
    html = html_of(case_in(CaseState.PROPOSED), "director")
    mark = html.split('class="print-mark">')[1].split("</p>")[0]
    assert mark.endswith(f"{cast.person('director').name}打印，内容截至{moment(clock.now())}")
