"""督导通知书 and 督导意见书 about nobody, among the samples that are looked at and measured."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import Paragraph, section
from yuetan.documents.samples.facts import CONTACT, GROUP, OFFICE, built_in
from yuetan.rules.text import variables
from yuetan.vocabulary import DocumentKind as Kind

UNIT, ORGANS = "蓬江区棠下镇", "蓬江区棠下镇党委、镇政府"
ROUNDS = {
    "领导小组": GROUP,
    "办公室": OFFICE,
    "单位": UNIT,
    "主送机关": ORGANS,
    "你单位": "你镇",
    "督导名称": "2026年度扫黑除恶常态化联动督导",
    "督导形式": "联动督导",
    "督导依据": "《常态化开展扫黑除恶斗争实施方案》",
    "督导日期": "2026年12月8日",
}
POINTS = "线索核查、办结情况。\n农贸市场、货运市场秩序整治情况。"
TEAM = "带队人王三（主任）；成员张一（承办人）、周七（督查员）。"
LISTED = (
    "（一）线索台账已逐条登记，7条线索均已办结。\n（二）农贸市场整治方案印发后没有明确责任人，3处占道经营没有清理。"
)
CONCLUDED = "线索核查工作落实较好；农贸市场整治责任没有落实，须限期整改。"
DEMANDED = "（一）2026年12月25日前明确责任人。\n（二）清理占道经营，并书面报告结果。"


def sample_rounds() -> Iterator[tuple[str, Kind, PaperFacts]]:
    """Name, kind and facts of each."""
    kind = Kind.ROUND_NOTICE
    body = [
        _standard_words(kind, "opening"),
        *section(1, "督导内容", POINTS),
        *section(2, "督导组", TEAM),
        *section(3, "有关要求", "请准备工作台账和会议记录备查。"),
        _standard_words(kind, "closing"),
        CONTACT,
    ]
    yield "round_notice-normal", kind, _sample_letter(f"关于对{UNIT}开展联动督导的通知", "江扫黑督通〔2026〕3号", body)
    kind = Kind.ROUND_OPINION
    body = [
        _standard_words(kind, "opening"),
        *section(1, "督导情况", LISTED),
        *section(2, "督导结论", CONCLUDED),
        *section(3, "整改要求", DEMANDED),
        _standard_words(kind, "closing"),
    ]
    yield (
        "round_opinion-normal",
        kind,
        _sample_letter(f"关于{UNIT}联动督导情况的督导意见", "江扫黑督意〔2026〕3号", body),
    )


def _sample_letter(title: str, number: str, body: list[Paragraph]) -> PaperFacts:
    facts: PaperFacts = {"title": title, "addressee": ORGANS, "organ": OFFICE, "mark": OFFICE}
    return facts | {"body": body, "number": number, "dated_words": "2026年12月1日"}


def _standard_words(kind: Kind, key: str) -> Paragraph:
    return Paragraph(variables.filled(built_in()[kind, key], ROUNDS), is_standard=True)
