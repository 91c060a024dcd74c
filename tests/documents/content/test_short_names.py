"""Each organ is named in full once, with its short name, and short from there on."""

import pytest

from yuetan.documents.content.paragraphs import Paragraph
from yuetan.documents.content.short_names import shortened

GROUP, OFFICE, LAW = "某市某某领导小组", "某市某某领导小组办公室", "《某市约谈办法》"
NAMES = {GROUP: "市领导小组", OFFICE: "市某办", LAW: "《办法》"}


def in_short(*texts: str) -> list[str]:
    return [one.text for one in shortened([Paragraph(text, is_standard=True) for text in texts], NAMES)]


def test_in_full_once_then_short() -> None:
    assert in_short(f"根据{LAW}第一条，经{GROUP}同意，由{GROUP}组长约谈。", f"按照{LAW}第二条办理，报{GROUP}。") == [
        "根据《某市约谈办法》（以下简称《办法》）第一条，经某市某某领导小组（以下简称市领导小组）同意，由市领导小组组长约谈。",
        "按照《办法》第二条办理，报市领导小组。",
    ]


@pytest.mark.parametrize("text", [f"经{GROUP}同意。", f"报{OFFICE}。经{GROUP}同意。"])
def test_what_is_named_once_has_no_short_name(text: str) -> None:
    assert in_short(text) == [text]


def test_the_office_is_not_taken_for_the_group() -> None:
    assert in_short(f"报{OFFICE}，由{OFFICE}转{GROUP}。") == [
        "报某市某某领导小组办公室（以下简称市某办），由市某办转某市某某领导小组。"
    ]


def test_typed_text_stays_as_typed_and_counts_as_naming_again() -> None:
    typed = Paragraph("请报市领导小组，某市某某领导小组组长参加。")
    standard = Paragraph(f"经{GROUP}同意。", is_standard=True)
    assert [one.text for one in shortened([standard, typed], NAMES)] == [
        "经某市某某领导小组（以下简称市领导小组）同意。",
        typed.text,
    ]


def test_a_short_name_typed_before_is_taken_for_known() -> None:
    typed, standard = Paragraph("在市某办会议室。"), Paragraph(f"报{OFFICE}。", is_standard=True)
    assert [one.text for one in shortened([typed, standard], NAMES)] == [typed.text, "报市某办。"]


def test_without_short_names_nothing_changes() -> None:
    paragraph = Paragraph(f"经{GROUP}同意，报{GROUP}。", is_standard=True)
    assert shortened([paragraph], {}) == [paragraph]
