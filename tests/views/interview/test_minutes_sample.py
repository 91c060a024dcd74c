"""样稿 of minutes before they are issued: who has it, what is written on it, that it is written down."""

import io

import pypdf
import pytest

from tests import cast
from tests.factories import case_after, take
from tests.refusals import nothing_stored
from tests.web import Visitor, browser
from yuetan.models import Case, Event
from yuetan.vocabulary import Verb

HEAD, LIAISON = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"
OTHER = f"head_{cast.DIVISION_TOWN}"


def address(case):
    return f"/cases/{case.pk}/minutes/sample/"


def test_who_confirms_takes_the_text_as_a_marked_paper_and_the_log_says_so(office):
    case = case_after(Verb.HOLD_INTERVIEW)
    visitor = Visitor(cast.person("deputy"))
    visitor.open(f"/cases/{case.pk}/steps/{Verb.CONFIRM_MINUTES}/")
    answer = visitor.client.post(address(case), {"csrfmiddlewaretoken": visitor.client.cookies["csrftoken"].value})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    assert all("样稿" in page.extract_text().replace("\u3000", "") for page in pages)
    (logged,) = Event.objects.filter(verb="take_minutes_sample")
    assert (logged.actor, logged.case, logged.data["name"]) == (cast.person("deputy"), None, case.register_number)
    assert "下载纪要样稿" in Visitor(cast.person("auditor")).open("/log/")
    assert not case.documents.filter(kind="minutes").exists()


@pytest.mark.parametrize("who", [HEAD, LIAISON])
def test_the_unit_has_it_for_its_comments_once_the_text_was_sent_to_it(office, who):
    case = case_after(Verb.CONFIRM_MINUTES)
    assert browser(who).get(address(case)).status_code == 404
    client = browser(who)
    with nothing_stored():
        assert client.post(address(case)).status_code == 403
    take(Verb.SEND_MINUTES, case)
    visitor = Visitor(cast.person(who))
    visitor.open(f"/cases/{case.pk}/")
    page = visitor.click("样稿：照印出来的样子看、下载")
    assert "认领问题" in page
    assert visitor.press("下载样稿（PDF）").response.content.startswith(b"%PDF")
    assert Event.objects.get(verb="take_minutes_sample").actor == cast.person(who)


def test_nobody_else_has_it(office):
    case = case_after(Verb.SEND_MINUTES)
    for who in (OTHER, "sysadmin", "auditor"):
        assert browser(who).get(address(case)).status_code == 404
        assert browser(who).post(address(case)).status_code == 404


def test_once_they_are_issued_the_paper_itself_is_there_and_no_sample(office):
    case = case_after(Verb.ISSUE_MINUTES)
    assert "样稿" not in Visitor(cast.person("officer")).open(f"/cases/{case.pk}/")
    assert browser("officer").get(address(case)).status_code == 404
    client = browser("officer")
    with nothing_stored():
        answer = client.post(address(case))
    assert answer.status_code == 409
    assert "印发" in answer.content.decode()
    assert Case.objects.get(pk=case.pk).state == "minuted"
