"""A notice and 会议纪要 about nobody, among the samples that are looked at and measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import Paragraph, people, section
from yuetan.documents.content.phrases import closed_with, replacement
from yuetan.documents.samples.facts import CONTACT, GROUP, OFFICE, built_in
from yuetan.rules.text import variables
from yuetan.vocabulary import DocumentKind as Kind

MEETING = "领导小组2026年第3次会议"
UNITS = "市公安局，市司法局，市市场监管局，新会区司前镇"
WORDS = {
    "领导小组": GROUP,
    "办公室": OFFICE,
    "会议": MEETING,
    "时间": "2026年11月25日（星期三）上午9:00",
    "日期": "2026年11月25日",
    "地点": "市委大院1号楼302会议室",
    "主持人": f"{GROUP}组长赵四同志",
}
LEADERS = f"{GROUP}组长赵四、{GROUP}副组长钱五、市扫黑办主任李二"
ITEMS = "（一）通报第三季度线索摸排和核查情况。\n（二）研究货运市场秩序整治工作。\n（三）审定有关事项。"
AGREED = (
    "（一）对未办结的线索逐条列出责任人和办结时间，报办公室备案。（承办单位：市公安局；完成时限：2026年12月10日）",
    "（二）完成货运市场经营户登记，公示投诉电话。（承办单位：市市场监管局；完成时限：2026年12月25日）",
)


def sample_meetings() -> Iterator[tuple[str, Kind, PaperFacts]]:
    """Name, kind and facts of each."""
    yield "meeting_notice-normal", Kind.MEETING_NOTICE, _sample_notice()
    yield "meeting_minutes-normal", Kind.MEETING_MINUTES, _sample_minutes()
    yield "meeting_minutes-corrected", Kind.MEETING_MINUTES, _sample_correction()


def _sample_notice() -> PaperFacts:
    kind = Kind.MEETING_NOTICE
    body = [
        _worded(kind, "opening"),
        *section(1, "会议议题", ITEMS),
        *section(2, "参会单位和人员", f"{LEADERS}，{UNITS.replace('，', '、')}。"),
        *section(3, "有关要求", "请参会单位携带本季度工作情况汇报（一式三份）。"),
        *closed_with(_worded(kind, "closing"), [CONTACT]),
    ]
    facts: PaperFacts = {"title": f"关于召开{MEETING}的通知", "addressee": UNITS, "organ": OFFICE, "mark": OFFICE}
    return facts | {"body": body, "number": "江扫黑办会〔2026〕3号", "dated_words": "2026年11月23日"}


def _sample_minutes() -> PaperFacts:
    kind = Kind.MEETING_MINUTES
    body = [
        _worded(kind, "opening"),
        *section(1, "通报第三季度线索摸排和核查情况", "各单位要对未办结的线索逐条倒排时间，办公室每周通报一次进展。"),
        *section(2, "研究货运市场秩序整治工作", "同意整治方案，由市市场监管局牵头，分两个阶段推进。"),
        *section(3, "议定事项", ""),
        _worded(kind, "resolutions"),
        *map(Paragraph, AGREED),
        _worded(kind, "closing"),
    ]
    came = [
        *people("出席", LEADERS),
        *people("列席", "市公安局联络员杨十七（代局长韩十六）"),
        *people("请假", UNITS[:4]),
    ]
    facts: PaperFacts = {"title": f"{MEETING}纪要", "addressee": "", "organ": OFFICE, "mark": f"{GROUP}会议纪要"}
    named: PaperFacts = {"people": came, "copied_to": UNITS, "number": "江扫黑会纪〔2026〕3号"}
    return facts | named | {"body": body, "dated_words": "2026年11月26日"}


def _sample_correction() -> PaperFacts:
    """The sample minutes as a correction replaces them."""
    usual = _sample_minutes()
    corrected = replacement(usual["title"], usual["number"], "货运市场整治的阶段数记录有误")
    body = [corrected, *(_with_stages(one) for one in usual["body"])]
    return usual | {"body": body, "number": "江扫黑会纪〔2026〕4号", "dated_words": "2026年12月1日"}


def _with_stages(paragraph: Paragraph) -> Paragraph:
    return replace(paragraph, text=paragraph.text.replace("两个阶段", "三个阶段"))


def _worded(kind: Kind, key: str) -> Paragraph:
    return Paragraph(variables.filled(built_in()[kind, key], WORDS), is_standard=True)
