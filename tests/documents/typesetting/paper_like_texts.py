"""Paragraphs as papers have them, full of what must stay whole, and how their lines turn out."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass

from yuetan.documents.samples.analysis import WORDS as OF_ANALYSES
from yuetan.documents.samples.assessment import WORDS as OF_ASSESSMENT
from yuetan.documents.samples.facts import LAW, WORDS, built_in
from yuetan.documents.samples.ladder import GRAVITY
from yuetan.documents.samples.meetings import WORDS as OF_MEETINGS
from yuetan.documents.samples.restrictions import WORDS as OF_RESTRICTIONS
from yuetan.documents.typesetting import fonts
from yuetan.documents.typesetting.line_breaking import HALVABLE, Line, break_lines
from yuetan.documents.typesetting.typesetting import TEXT
from yuetan.documents.typesetting.unbroken import Break, breaks
from yuetan.rules.text import variables

OF_ALL = OF_MEETINGS | OF_RESTRICTIONS | OF_ANALYSES | OF_ASSESSMENT | WORDS
MATTERS = (
    *("线索摸排不深入问题", "打击整治农贸市场欺行霸市问题不力", "打击整治非法采砂问题不力", "行业乱象整治进展缓慢"),
    *("线索摸排不深入、群众举报线索长期不办理问题", "落实上级部署要求打折扣问题", "开展线索核查弄虚作假"),
    *("对非法放贷、暴力催收问题整治不力", "重点行业领域扫黑除恶专项整治工作推进迟缓问题", "物流市场强买强卖"),
    *("统筹协调不够、责任落实不到位问题", "村（社区）两委换届中涉黑涉恶人员联审把关不严问题"),
    *("对督办线索久拖不决", "涉恶案件财产处置工作滞后问题"),
)
NUMBERS = (3, 12, 128)
BEGINNINGS = ("", "因全市三防会议")
UNITS = ("蓬江区棠下镇", "新会区司前镇", "台山市", "江海区外海街道", "市市场监管局", "开平市水口镇")
CLAUSES = (
    *(
        "党政主要领导没有切实履行扫黑除恶第一责任人责任",
        "对群众举报线索长期不回应",
        "有效线索不多",
        "把责任落实到岗、到人",
    ),
    *("未按照“两个一律”的要求深挖彻查", "专项整治方案印发后没有组织实施", "要逐村逐户建立台账", "把责任落实到岗、到人"),
    *("摊位被强占、费用被强收的问题反复发生", "做到件件有着落、事事有回音", "由分管领导牵头抓好落实"),
)
SEEN = 0.8  # points: lines spread further are seen


def standard_paragraphs() -> list[str]:
    """The standard paragraphs with cited papers of fourteen matters, three lengths of number, two beginnings."""
    texts = []
    for text in built_in().values():
        for matter in MATTERS:
            for number in NUMBERS:
                words = OF_ALL | {
                    "事由": matter,
                    "原通知": f"《关于{matter}的约谈通知书》（江扫黑办〔2026〕{number}号）",
                    "原纪要": f"《关于{matter}的约谈纪要》（江扫黑办纪〔2026〕{number}号）",
                    "依据": f"根据{LAW}第七条规定",
                    "等级": "黄色",
                    "申述日期": "2026年11月9日",
                    "督导日期": "2026年11月9日至13日",
                    "督导依据": "《常态化开展扫黑除恶斗争实施方案》",
                    "督导名称": "2026年度联动督导",
                    "适用条件": GRAVITY,
                    "答复期限": "2026年11月30日",
                }
                texts += [beginning + variables.filled(text, words) for beginning in BEGINNINGS]
    return texts


def dense_paragraphs(*, seed: int = 14, characters: int = 300_000) -> list[str]:
    """Paragraphs of clauses, of which six in ten hold a date, a number with its unit, a 文号 or names."""
    chance, texts, written = random.Random(seed), [], 0
    while written < characters:
        text = "".join(_clause(chance) for _ in range(chance.choice((1, 2, 3, 4, 6, 9))))
        texts.append(text.rstrip("，；。") + "。")
        written += len(text)
    return texts


def _clause(chance: random.Random) -> str:
    number, unit = chance.randint, chance.choice(UNITS)
    day = f"2026年{number(1, 12)}月{number(1, 28)}日"
    clause, mark = chance.choice(CLAUSES), chance.choice("，，，。；")
    paper = f"《关于{chance.choice(MATTERS)}的约谈通知书》（江扫黑办〔2026〕{number(1, 300)}号）"
    return chance.choice(
        (
            *([clause + mark] * 4),
            f"于{day}前报送市扫黑办，",
            f"{paper}要求，",
            f"截至{day}，{unit}上报线索{number(1, 300)}条、办结{number(1, 99)}条，",
            f"{unit}党委书记{chance.choice(('郑九', '沈十五', '欧阳十一'))}、镇长韩十六同志，",
            f"涉案金额{number(1, 9999)}.{number(10, 99)}万元，逾期{number(1, 128)}日，",
            f"根据{LAW}第{chance.choice('五六七八九十')}条第{chance.choice('一二三四')}项规定，",
        )
    )


@dataclass
class Counted:
    """What is counted of full lines, those that do not end a paragraph."""

    full: int = 0
    seen: int = 0  # spread so far that it is seen
    twice: int = 0  # twice as far
    furthest: float = 0.0  # in points
    tightest: float = 0.0
    dates: int = 0  # parted
    numbers: int = 0  # 文号 parted before the year
    words: int = 0  # parted: a number and its unit, a name, Latin
    halved_alone: int = 0
    beyond: int = 0  # ink beyond the measure


def counted(texts: Iterable[str]) -> Counted:
    """The lines of all these paragraphs, in the type and measure of the body of a paper."""
    chain, sums = fonts.chain(fonts.BODY), Counted()
    for text in texts:
        widths, kinds = [chain.advance(character) for character in text], breaks(text)
        for number, line in enumerate(break_lines(text, widths, TEXT)):
            sums.halved_alone += len(halved_alone(text, line))
            if line.end < len(text):
                _count(sums, kinds[line.end], line.tracking - TEXT.tracking)
                sums.beyond += reached(widths, line) > TEXT.of(number) + 0.1
    return sums


def _count(sums: Counted, kind: Break, spread: float) -> None:
    sums.full += 1
    sums.seen += spread > SEEN
    sums.twice += spread > 2 * SEEN
    sums.furthest, sums.tightest = max(sums.furthest, spread), min(sums.tightest, spread)
    sums.dates += kind == Break.TIED
    sums.numbers += kind == Break.NUMBERED
    sums.words += kind == Break.INSIDE


def reached(widths: list[float], line: Line) -> float:
    """Where the ink of a line ends, in points."""
    gaps = len(set(range(line.start, line.end - 1)) - line.rigid)
    ink = sum(widths[line.start : line.end]) - len(line.halved) / 2
    return ink * TEXT.size + gaps * line.tracking


def halved_alone(text: str, line: Line) -> list[int]:
    """The halved marks within a line that no other mark stands beside."""
    within = line.halved - {line.end - 1}
    return [at for at in within if not {text[max(at - 1, line.start)], text[at + 1]} & HALVABLE - {text[at]}]
