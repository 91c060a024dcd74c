"""（一） in 楷体: by its place among its like, and in one paper for all of them or for none."""

from __future__ import annotations

import re

import pytest

from yuetan.documents.content.paragraphs import Paragraph, Style
from yuetan.documents.typesetting.typesetting import typeset_paragraphs

TITLED = ["（一）压实责任。党政主要领导亲自过问。", "（二）核查线索。逐条建立台账。"]


def in_kai(texts: list[str | Paragraph]) -> list[str]:
    """What of each paragraph is set in 楷体."""
    paragraphs = [text if isinstance(text, Paragraph) else Paragraph(text) for text in texts]
    markups = [str(one.markup).replace("<br>", "") for one in typeset_paragraphs(paragraphs)]
    return ["".join(re.findall(r'<span class="kai[^"]*">([^<]*)', markup)) for markup in markups]


def test_the_titles_of_the_second_level_are_in_kai() -> None:
    assert in_kai(["现将有关事项通知如下：", *TITLED, "请抓紧落实。"]) == [
        "",
        "（一）压实责任。",
        "（二）核查线索。",
        "",
    ]


def test_under_the_next_heading_they_count_anew() -> None:
    heading = Paragraph("二、下一步措施", Style.HEADING)
    assert in_kai([*TITLED, heading, TITLED[0]])[-1] == "（一）压实责任。"


@pytest.mark.parametrize(
    "text", ["（三）压实责任。亲自过问。", "（见附件）压实责任。", "1.压实责任。亲自过问。", "（1）压实责任。"]
)
def test_what_is_not_the_next_of_them_is_no_title(text: str) -> None:
    assert in_kai([text]) == [""]


def test_where_one_of_them_is_running_text_none_is_a_title() -> None:
    running = "（三）" + "对群众反映强烈的问题，" * 6 + "限期整改。"
    assert in_kai([*TITLED, running]) == ["", "", ""]


def test_a_title_that_is_a_paragraph_of_its_own_is_one() -> None:
    assert in_kai(["（一）压实责任", "党政主要领导亲自过问。", TITLED[1]]) == ["（一）压实责任", "", "（二）核查线索。"]
