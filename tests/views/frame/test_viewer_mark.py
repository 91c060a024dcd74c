"""浏览人水印: over each preview and each page of a file lies a picture that says who looks, in which post and when."""

import re

from tests import cast
from tests.factories import case_in, png, set_office
from tests.web import Visitor
from yuetan.vocabulary import CaseState

MARK = '<img class="viewer-mark" src="/viewer-mark.svg" alt="">'


def test_the_picture_says_who_in_which_post_and_when(office):
    for username, words in (
        ("officer", "张一　承办人　2026-11-23 10:00"),
        (f"head_{cast.TOWN}", "冯十　蓬江区棠下镇党委书记　2026-11-23 10:00"),
    ):
        answer = Visitor(cast.person(username)).client.get("/viewer-mark.svg")
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
        picture = answer.content.decode()
        assert words in picture
        width = re.search(r'<pattern id="words" width="(\d+)"', picture)
        assert width, picture
        assert int(width[1]) > 17 * len(words), "what does not fit into a tile is cut off"


def test_a_name_is_text_in_it(officer):
    officer.name = "张<script>一"
    officer.save()
    assert "张&lt;script&gt;一" in Visitor(officer).client.get("/viewer-mark.svg").content.decode()


def test_the_office_may_do_without(office):
    set_office("viewer_mark", False)
    assert "张一" not in Visitor(cast.person("officer")).client.get("/viewer-mark.svg").content.decode()


def test_it_lies_over_previews_of_papers_and_over_the_pages_of_files(office):
    case = case_in(CaseState.PROPOSED, draft={"evidence": [png()]})
    leader = Visitor(cast.person("group_leader"))
    assert leader.open(f"/cases/{case.pk}/steps/approve/").response.content.decode().count(MARK) == 1
    file = case.attachments.get()
    page = leader.open(f"/files/{file.pk}/view/")
    assert page.response.content.decode().count(MARK) == 1
