"""Migration 0121: to which two bodies a 书面建议 of before went, read off the one row that stood for both."""

from importlib import import_module

import pytest

split = import_module("yuetan.migrations.0121_each_body_answers_by_itself").split


@pytest.mark.parametrize(
    ("organ", "superior", "bodies"),
    [
        ("省税务局、省领导小组", "省税务局", ("省税务局", "省领导小组")),
        ("省甲、乙联合局、省领导小组", "省甲、乙联合局", ("省甲、乙联合局", "省领导小组")),
        ("省税务局、省领导小组", "国家税务总局某省税务局", ("省税务局", "省领导小组")),  # it was renamed since
        ("省税务局、", "省税务局", ("省税务局", "")),  # nobody had entered the commission above
        ("省税务局", "", ("省税务局", "")),
    ],
)
def test_the_superior_is_named_first_and_the_commission_above_second(organ, superior, bodies) -> None:
    assert split(organ, superior) == bodies
