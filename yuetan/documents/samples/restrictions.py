"""复函 about nobody, among the samples that are looked at and measured."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import Paragraph
from yuetan.documents.samples.facts import ACCOUNTABILITY_LAW, OFFICE, built_in
from yuetan.rules.text import variables
from yuetan.rules.text.official_text import citations
from yuetan.vocabulary import DocumentKind as Kind

KIND = Kind.RESTRICTION_REPLY
ORGAN, WHO = "江门市委组织部", "新会区司前镇党委书记沈十五"
WORDS = {
    "办公室": OFFICE,
    "来函机关": ORGAN,
    "来函文号": "江组函〔2026〕18号",
    "来函日期": "2026年11月20日",
    "用途": "拟提拔人选考察",
    "查询对象": "沈十五（新会区司前镇党委书记）",
    "查询日期": "2026年11月23日",
    "截至日期": "2026年11月23日",
}
LISTING = "《关于农贸市场欺行霸市问题的挂牌督办通知书》（江扫黑督〔2026〕2号）"
VETO = "《关于对新会区司前镇实行一票否决的决定》（江扫黑决〔2026〕1号）"
CLOSED = "取消评先受奖、晋职晋级的资格。"
HALF, YEAR = (f"{ACCOUNTABILITY_LAW}{citations([(article, None)])}" for article in (29, 31))
LISTED = (
    f"（一）{WHO}，依据{LISTING}和{HALF}，自2026年8月31日起半年，至2027年2月28日止，{CLOSED}",
    f"（二）{WHO}，依据{VETO}和{YEAR}，自2026年11月10日起一年，至2027年11月10日止，{CLOSED}",
)


def sample_replies() -> Iterator[tuple[str, Kind, PaperFacts]]:
    """Name, kind and facts: one that lists two papers, and one of whom nothing is on record."""
    yield "restriction_reply-normal", KIND, _sample_reply([_worded("restricted"), *map(Paragraph, LISTED)])
    yield "restriction_reply-none", KIND, _sample_reply([_worded("none")])


def _sample_reply(listed: list[Paragraph]) -> PaperFacts:
    facts: PaperFacts = {"title": "关于沈十五资格限制情况的复函", "addressee": ORGAN, "organ": OFFICE, "mark": OFFICE}
    body = [_worded("opening"), *listed, _worded("closing")]
    return facts | {"body": body, "number": "江扫黑办复〔2026〕1号", "dated_words": "2026年11月23日"}


def _worded(key: str) -> Paragraph:
    return Paragraph(variables.filled(built_in()[KIND, key], WORDS), is_standard=True)
