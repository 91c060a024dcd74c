"""The wording of a frozen paper by itself: every sign that is printed counts, and nothing of how it is set."""

import hashlib

import pytest

from yuetan.rules.text.canonical_wording import canonical_wording, wording_sha256

PAPER = """<!DOCTYPE html><html><head><title>关于约谈的通知</title><style>.a { content: "甲"; }</style></head>
<body><article class="sheet"><h1>关于约谈<br>的通知</h1>
<p class="text">请于2026年12月1日&nbsp;&amp;前到会。</p>{mark}</article></body></html>"""
MARK = '<div class="check-mark"><img src="data:," alt="码"><p>文书查验码 ABCD<br>内容校验 1234</p></div>'


def test_it_is_the_text_of_the_body_without_blanks() -> None:
    assert canonical_wording(PAPER.replace("{mark}", "")) == "关于约谈的通知请于2026年12月1日&前到会。"


def test_the_digest_is_of_that_text_and_can_be_computed_by_anybody_who_has_it() -> None:
    digest = hashlib.sha256("关于约谈的通知请于2026年12月1日&前到会。".encode()).hexdigest()
    assert wording_sha256(PAPER.replace("{mark}", "")) == digest


@pytest.mark.parametrize(
    "change",
    [
        ("{mark}", MARK),
        ("约谈<br>的", "<span>约</span><span class='tracking-3'>谈的</span>"),
        ("12月1日", "12\u200b月\u00ad1\u3000日\n"),
        ("content", "colour"),
        ("<title>关于", "<title>另"),
    ],
)
def test_what_is_no_wording_makes_no_difference(change: tuple[str, str]) -> None:
    assert wording_sha256(PAPER.replace(*change).replace("{mark}", "")) == wording_sha256(PAPER.replace("{mark}", ""))


@pytest.mark.parametrize(
    "change", [("1日", "2日"), ("。", "，"), ("请", ""), ("到会", "到会</p><p>抄送"), ("1日", "１日")]
)
def test_every_sign_counts(change: tuple[str, str]) -> None:
    assert wording_sha256(PAPER.replace(*change)) != wording_sha256(PAPER)


def test_text_after_the_mark_counts() -> None:
    after = PAPER.replace("{mark}", MARK + "<p>附件</p>")
    assert canonical_wording(after).endswith("到会。附件")
