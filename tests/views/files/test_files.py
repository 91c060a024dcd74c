"""Uploaded files as they go out: downloads that no browser runs or keeps."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from tests import cast
from tests.factories import case_in, pdf, png, take
from tests.web import Visitor
from yuetan.actions.people.unit import end_post
from yuetan.models import PreparedFile
from yuetan.rules.dates import clock
from yuetan.views.files import prepared_files
from yuetan.vocabulary import CaseState, PreparedKind, Verb


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


@pytest.mark.parametrize(("offered", "pages"), [(png, 1), (pdf, 1)])
def test_a_file_that_is_not_in_its_place_is_said_and_logged(officer, caplog, offered, pages):
    case = case_in(CaseState.DRAFTED, draft={"evidence": [offered()]})
    kept = case.attachments.get()
    Path(kept.file.path).unlink()
    for url in (f"/files/{kept.pk}/", f"/files/{kept.pk}/pages/{pages}/"):
        page = Visitor(officer).open(url, expect=500)
        assert page.heading == "这个文件不在原处，不能打开"
        assert f"stored file missing: {kept.file.name}" in caplog.text
        caplog.clear()


@pytest.mark.parametrize(("is_removed", "status"), [(True, 404), (False, 500)])
def test_an_export_that_goes_while_it_is_fetched_is_gone(officer, client, monkeypatch, is_removed, status):
    prepared = PreparedFile.objects.create(
        asked_by=officer, kind=PreparedKind.LEDGER, arguments={"ledger": "cases", "filters": {}}, ready_at=clock.now()
    )
    prepared.file.save("a.xlsx", ContentFile(b"x"))
    Path(prepared.file.path).unlink()

    def removed_meanwhile(prepared):
        if is_removed:
            PreparedFile.objects.filter(pk=prepared.pk).update(file="")

    monkeypatch.setattr(prepared_files.actions, "refuse_if_rights_changed", removed_meanwhile)
    client.force_login(officer)
    assert client.post(f"/prepared/{prepared.pk}/fetch/").status_code == status


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
