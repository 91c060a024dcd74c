"""登记任职 where there are more people than a list can hold: found by name, account or unit, and none out of reach."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.refusals import nothing_stored
from tests.web import Visitor, browser
from yuetan.forms.frame import person_search
from yuetan.models import Post, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import PostKind

BUTTON = "登记任职"


@pytest.fixture
def few(office, monkeypatch):
    """As if no list could hold more than five."""
    monkeypatch.setattr(person_search, "MAX_OFFERED", 5)


def _address():
    return f"/units/{cast.unit(cast.MEMBER_UNIT).pk}/posts/new/"


def _form():
    visitor = Visitor(cast.person("sysadmin"))
    visitor.open(_address())
    return visitor


def _facts(**changed):
    return {"kind": PostKind.LIAISON, "title": "联络员", "began_on": str(clock.today())} | changed


def _box(visitor):
    return visitor.page.forms[-1].values["holder"]


def _hits(visitor):
    return visitor.page.forms[-1].offered.get("holder_chosen", [])


def _words(person, titles):
    return f"{person.name}（编号{person.pk}，{titles}）"


def test_everybody_is_offered_while_a_list_can_hold_them(office):
    form = _form().page.forms[-1]
    assert "查找人员" not in form.buttons
    assert len(form.offered["holder"]) == 1 + User.objects.count()
    assert (
        f"冯十（{cast.head(cast.TOWN).current_posts[0].full_title}）"
        in browser("sysadmin").get(_address()).content.decode()
    )


def test_the_form_holds_no_more_people_than_a_list_can(few):
    page = browser("sysadmin").get(_address()).content.decode()
    assert "冯十" not in page
    assert "查找人员" in page


def test_the_form_costs_no_more_with_more_people(few):
    client = browser("sysadmin")
    client.get(_address())
    with CaptureQueriesContext(connection) as before:
        page = client.get(_address()).content
    User.objects.bulk_create(User(name=f"新人{number}") for number in range(50))
    with CaptureQueriesContext(connection) as after:
        grown = client.get(_address()).content
    assert len(after) == len(before)
    assert abs(len(grown) - len(page)) < 100


@pytest.mark.parametrize("words", ["冯十", f"head_{cast.TOWN}"])
def test_a_person_is_named_in_full_or_by_account(few, words):
    visitor = _form()
    visitor.press(BUTTON, **_facts(holder=words))
    assert Post.objects.get(unit__code=cast.MEMBER_UNIT, title="联络员", holder=cast.head(cast.TOWN))


def test_namesakes_come_back_with_their_posts_and_one_is_chosen(few):
    head = cast.head(cast.TOWN)
    other = User.objects.create_person("冯十")
    visitor = _form()
    with nothing_stored():
        page = visitor.press(BUTTON, expect=422, **_facts(holder="冯十"))
    assert "符合“冯十”的人员有 2 名，请在下面选择。" in page
    assert _words(head, head.current_posts[0].full_title) in page
    assert _words(other, "现无任职") in page
    assert sorted(_hits(visitor)) == sorted([str(head.pk), str(other.pk)])
    visitor.press(BUTTON, holder_chosen=str(other.pk))
    assert Post.objects.get(holder=other).unit.code == cast.MEMBER_UNIT


@pytest.mark.parametrize("words", ["fs", "棠下", "蓬江区棠下镇", f"head_{cast.TOWN[:-1]}"])
def test_a_person_is_looked_for_by_initials_unit_or_part_of_the_account(few, words):
    visitor = _form()
    with nothing_stored():
        visitor.press("查找人员", **_facts(holder=words))
    assert str(cast.head(cast.TOWN).pk) in _hits(visitor)
    assert visitor.page.forms[-1].values["title"] == ["联络员"]


def test_nobody_of_the_name_and_somebody_new_beside_somebody_known_are_refused(few):
    visitor = _form()
    page = visitor.press(BUTTON, expect=422, **_facts(holder="没有这个人"))
    assert "没有姓名、账号、单位或者拼音符合“没有这个人”、可以选择的人员，请核对后重新填写。" in page
    page = visitor.press(BUTTON, expect=422, **_facts(holder="冯十", name="林二十"))
    assert "已选择登记过的人员，不再填写新人员的姓名、账号和密码。" in page


def test_a_number_of_another_name_is_nobody(few):
    head = cast.head(cast.TOWN)
    visitor = _form()
    page = visitor.press(BUTTON, expect=422, **_facts(holder=f"张一（编号{head.pk}，某职）"))
    assert "可以选择的人员，请核对后重新填写。" in page


def test_the_words_of_who_was_found_stand_in_the_box(few):
    visitor = _form()
    visitor.press("查找人员", **_facts(holder="冯十"))
    head = cast.head(cast.TOWN)
    assert _box(visitor) == [_words(head, head.current_posts[0].full_title)]
    assert re.search(r"填姓名或者账号", browser("sysadmin").get(_address()).content.decode())
