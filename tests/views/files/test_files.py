"""Uploaded files as they go out: downloads that no browser runs or keeps."""

from tests import cast
from tests.factories import case_in, png, take
from tests.web import Visitor
from yuetan.actions.people.unit import end_post
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, Verb


def test_a_file_goes_out_as_a_download_under_its_own_name(officer):
    picture = png("现场 照片;1.png")
    content = picture.read()
    picture.seek(0)
    case = case_in(CaseState.DRAFTED, draft={"evidence": [picture]})
    response = Visitor(officer).client.get(f"/files/{case.attachments.get().pk}/")
    assert b"".join(response) == content
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_the_store_of_files_has_no_address_of_its_own(officer):
    case = case_in(CaseState.DRAFTED, draft={"evidence": [png()]})
    kept = case.attachments.get().file
    visitor = Visitor(officer)
    for url in (f"/files/{kept.name}", f"/media/{kept.name}", f"/static/{kept.name}", f"/{kept.name}"):
        visitor.open(url, expect=404)


def test_who_leaves_the_unit_can_fetch_nothing_more(head, sysadmin, town):
    case = case_in(CaseState.NOTIFIED)
    take(Verb.PREPARE_SUBMISSION, case, files=[png()])
    url = f"/files/{case.attachments.get().pk}/"
    visitor = Visitor(head)
    assert b"".join(visitor.client.get(url)).startswith(b"\x89PNG")
    end_post(head.posts.get(), by=sysadmin, ended_on=clock.today())
    assert {visitor.open(each).heading for each in (url, f"/cases/{case.pk}/")} == {"登录"}
    assert cast.head(cast.TOWN).current_posts == []
