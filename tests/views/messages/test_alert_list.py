"""站内消息: the person's own, by whether they were read, by days and by words."""

import pytest

from tests import cast
from tests.factories import case_in, later
from tests.web import Visitor
from yuetan.models import Alert
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState


def shown(query=""):
    page = Visitor(cast.person("director")).open(f"/alerts/{query}")
    return [text for text in ("甲事", "乙事") if text in page]


@pytest.fixture
def messages(office):
    director = cast.person("director")
    Alert.objects.all().delete()
    Alert.objects.create(recipient=director, key="a", text="甲事已报核，请核稿。", read_at=clock.now())
    with later(days=2):
        Alert.objects.create(recipient=director, key="b", text="乙事已报核，请核稿。")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["甲事", "乙事"]),
        ("?standing=unread", ["乙事"]),
        ("?standing=read", ["甲事"]),
        ("?q=甲事 核稿", ["甲事"]),
        ("?q=甲事 审定", []),
        ("?begin=2026-11-24", ["乙事"]),
        ("?end=2026-11-23", ["甲事"]),
    ],
)
def test_messages_are_filtered(messages, query, expected):
    assert shown(query) == expected


def test_a_day_that_is_none_is_said(messages):
    assert "日期无法识别" in Visitor(cast.person("director")).open("/alerts/?begin=昨天")


def test_messages_of_another_are_in_no_filter(office):
    case_in(CaseState.IN_REVIEW)
    assert "请核稿" in Visitor(cast.person("director")).open("/alerts/?q=请核稿")
    assert "请核稿" not in Visitor(cast.person("second_officer")).open("/alerts/?q=请核稿")
