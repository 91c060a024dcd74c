"""The pages of 议题材料: uploaded, read by whoever sees the item, removed; and what each role finds of it."""

import pytest

from tests import cast
from tests.agenda_files import HEARD, heard_meeting, two_items, with_file
from tests.factories import case_in, pdf, png
from tests.meetings import called, with_item
from tests.web import Visitor, browser
from yuetan.models import AgendaFile
from yuetan.vocabulary import CaseState

pytestmark = pytest.mark.usefixtures("office")
HEAD = f"head_{cast.TOWN}"


def visitor(username, url):
    one = Visitor(cast.person(username))
    one.open(url)
    return one


def test_from_the_upload_to_its_removal():
    item = with_item(called())
    url = f"/meetings/{item.meeting_id}/"
    officer = visitor("officer", url)
    officer.click(f"上传材料：{item.title}")
    assert "尚未选择议题材料的文件。" in officer.press("上传", expect=422)
    page = officer.press("上传", papers=[pdf("汇报材料.pdf")])
    assert "已上传议题材料。" in page
    file = AgendaFile.objects.get()
    assert page.link("汇报材料.pdf") == f"/meetings/files/{file.pk}/"
    assert browser("director").get(f"/meetings/files/{file.pk}/").status_code == 200
    assert browser("director").get(f"/meetings/files/{file.pk}/view/").status_code == 200
    assert "已撤下议题材料。" in visitor("officer", url).press(f"撤下汇报材料.pdf（{item.title}）")


def test_each_file_that_came_with_an_upload_is_reported_on_and_no_earlier_one():
    item = with_item(called())
    officer = visitor("officer", f"/meetings/{item.meeting_id}/")
    for name in ("现场", "地图"):
        officer.click(f"上传材料：{item.title}")
        page = officer.press("上传", papers=[png(f"{name}.jpg")])
        assert f"“{name}.png”已收下：上传时名为“{name}.jpg”，按内容保存为 PNG。" in page
    assert "“现场.png”已收下" not in page


def test_a_unit_finds_on_the_page_its_item_with_its_papers_and_nothing_else():
    item = heard_meeting()
    other = with_file(with_item(item.meeting), name="别的材料.pdf").files.get()
    url, file = f"/meetings/{item.meeting_id}/", item.files.get()
    page = visitor(HEAD, url).page
    assert "本单位列席的议题" in page
    assert HEARD in page
    assert "别的材料.pdf" not in page
    assert "研究年度工作安排" not in page
    assert "上传材料" not in page
    assert page.link("汇报材料.pdf") == f"/meetings/files/{file.pk}/"
    town = browser(HEAD)
    assert town.get(f"/meetings/files/{file.pk}/").status_code == 200
    assert town.get(f"/meetings/files/{other.pk}/").status_code == 404
    assert browser(f"head_{cast.COUNTY}").get(f"/meetings/files/{file.pk}/").status_code == 404


def test_a_unit_whose_item_was_removed_reads_that_it_is_not_to_come():
    item = heard_meeting()
    url = f"/meetings/{item.meeting_id}/"
    with_item(item.meeting)
    assert "已移出议程。" in visitor("officer", url).press(f"移出议程：{HEARD}")
    assert "不用再参加：原列席的议题已移出议程" in visitor("officer", url).page
    town = visitor(HEAD, url)
    assert "移出议程，不用再参加会议。" in town.page
    assert "本单位列席的议题" not in town.page
    with pytest.raises(AssertionError):
        town.press("签收会议通知")


def test_an_item_is_worded_and_put_in_another_place_on_its_pages():
    item = two_items()
    url = f"/meetings/{item.meeting_id}/"
    officer = visitor("officer", url)
    officer.click(f"改写议题：{HEARD}")
    assert "议题还缺：议题。" in officer.press("保存", expect=422, title="")
    assert "已改写议题。" in officer.press("保存", title="听取整治情况汇报")
    other = item.meeting.items.exclude(pk=item.pk).get()
    officer.click("调整议程顺序")
    page = officer.press("保存", expect=422, **{f"place_{item.pk}": "2"})
    assert "每个次序只能有一项议题" in page
    page = officer.press("保存", **{f"place_{item.pk}": "2", f"place_{other.pk}": "1"})
    assert "已调整议程顺序。" in page
    assert page.shown_text.index("1. 研究年度工作安排") < page.shown_text.index("2. 听取整治情况汇报")


def test_of_a_decision_the_page_offers_no_other_title():
    case = case_in(CaseState.PROPOSED)
    item = with_item(called(), case)
    page = visitor("officer", f"/meetings/items/{item.pk}/revise/").page
    assert "title" not in page.forms[-1].values
    assert "presenter" in page.forms[-1].values
