"""A step that is a button: what follows says of what was made that it is done, or why it is not."""

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import BaseStorage
from django.test import RequestFactory

from yuetan.actions.step import refuse_uncited
from yuetan.errors import NotYours
from yuetan.rules.refusals import finding
from yuetan.views.frame.room_step_page import press


class OfRequest(BaseStorage):
    """Messages that end with the request."""

    def _get(self, *args, **kwargs):
        return [], True

    def _store(self, messages, response, *args, **kwargs):
        return []


@pytest.fixture
def request_of_somebody():
    request = RequestFactory().post("/")
    request.user = "somebody"
    request._messages = OfRequest(request)
    return request


def stated(request):
    return [(message.level_tag, str(message)) for message in get_messages(request)]


def test_what_was_made_is_named_and_handed_back(request_of_somebody):
    made = press(request_of_somebody, lambda row, *, by: f"{row}{by}", "row of ", "已办：{}。")
    assert made == "row of somebody"
    assert stated(request_of_somebody) == [("success", "已办：row of somebody。")]


def test_a_refusal_is_said_and_nothing_handed_back(request_of_somebody):
    def refuses(row, *, by):
        refuse_uncited([finding("reports_empty", "")])

    assert press(request_of_somebody, refuses, "row", "已办：{}。") is None
    ((level, words),) = stated(request_of_somebody)
    assert level == "error"
    assert "没有选中报表，请先勾选。" in words


def test_who_may_not_is_let_through_to_the_page_that_says_so(request_of_somebody):
    def forbids(row, *, by):
        raise NotYours("accept_report")

    with pytest.raises(NotYours):
        press(request_of_somebody, forbids, "row", "已办。")
    assert stated(request_of_somebody) == []
