"""关注: what one wants to find again, for oneself alone, and never more than one may see."""

import pytest

from tests import cast
from tests.exports import exported_rows
from tests.factories import appoint, case_in, letter_in
from tests.views.queries import queries_of
from tests.web import Visitor, browser
from yuetan.models import Follow
from yuetan.vocabulary import CaseState, LetterState, PostKind

HEAD, OTHER = f"head_{cast.TOWN}", f"head_{cast.DIVISION_TOWN}"


def press(username, subject, follow="yes"):
    kind = subject._meta.model_name
    return browser(username).post(f"/{kind}s/{subject.pk}/follow/", {"follow": follow}, follow=True)


def followed(username, query=""):
    return [row["subject"] for row in browser(username).get(f"/followed/?{query}").context["rows"]]


def test_a_case_and_a_letter_are_followed_and_no_longer(office):
    case, letter = case_in(CaseState.RECTIFYING), letter_in(LetterState.ISSUED)
    assert f"已关注“{case.title}”" in press("supervisor", case).content.decode()
    press("supervisor", case)
    press("supervisor", letter)
    assert followed("supervisor") == [letter, case]
    assert followed("officer") == []
    assert "取消关注" in Visitor(cast.person("supervisor")).open(f"/cases/{case.pk}/")
    assert "取消关注" not in Visitor(cast.person("officer")).open(f"/cases/{case.pk}/")
    assert f"已取消关注“{case.title}”" in press("supervisor", case, "no").content.decode()
    assert followed("supervisor") == [letter]


def test_how_it_stands_is_on_the_page_and_in_the_file(office):
    case = case_in(CaseState.RECTIFYING)
    press("officer", case)
    page = browser("officer").get("/followed/").content.decode()
    assert "整改中" in page
    assert "被约谈单位：" in page
    head, row = exported_rows("officer", "followed")
    assert dict(zip(head, row, strict=True))["事项"] == case.title


def test_running_and_ended_are_listed_apart(office):
    running, ended = case_in(CaseState.RECTIFYING), case_in(CaseState.CLOSED)
    press("officer", running)
    press("officer", ended)
    assert followed("officer", "standing=running") == [running]
    assert followed("officer", "standing=ended") == [ended]


def test_the_interviewed_side_reads_its_own_words(office):
    case = case_in(CaseState.RECTIFYING)
    press(HEAD, case)
    assert followed(HEAD) == [case]
    assert "现由谁办" not in browser(HEAD).get("/followed/").content.decode()
    assert "现由谁办" not in exported_rows(HEAD, "followed")[0]


@pytest.mark.parametrize("state", [CaseState.DRAFTED, CaseState.RECTIFYING])
def test_nobody_follows_what_they_may_not_see(office, state):
    assert press(OTHER, case_in(state)).status_code == 404
    assert not Follow.objects.exists()


def test_what_may_no_longer_be_seen_is_no_longer_listed(office, town):
    drafted = case_in(CaseState.DRAFTED)
    press("officer", drafted)
    appoint(cast.person("officer"), town, PostKind.LIAISON, "联络员")
    assert followed("officer") == []
    assert len(exported_rows("officer", "followed")) == 1


def test_more_of_it_costs_no_more(office, client):
    client.force_login(cast.person("officer"))
    press("officer", case_in(CaseState.RECTIFYING))
    press("officer", letter_in(LetterState.ISSUED))
    cost = queries_of(client, "/followed/")
    press("officer", case_in(CaseState.INSPECTING))
    press("officer", case_in(CaseState.CLOSED))
    press("officer", letter_in(LetterState.ISSUED))
    assert queries_of(client, "/followed/") == cost
