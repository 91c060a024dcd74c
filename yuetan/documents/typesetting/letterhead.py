"""Where the red head stands: by the ink of its glyphs, in millimetres from the top of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.typesetting import fonts
from yuetan.documents.typesetting.typesetting import MEASURE, POINTS_PER_MM, SIZE, clean

PITCH = (225 - 156 / 28) / 21
TOP = 37 - (PITCH - 156 / 28) / 2  # where the first row of the page begins, with its share of the leading
LETTER_TOP, HIGH_HEAD_TOP = 30.0, 72.0  # the highest ink
LARGEST = 38.0  # points; the standard sets none
GAP = 4.0  # between the mark or the number and the red rule
BELOW_RULE = 7 / 8 * 156 / 28  # from the first double rule to the number
DOUBLE_RULE = 1.85
RED_RULE = 0.5
LEADING = (PITCH - SIZE / POINTS_PER_MM) / 2
TWO_ROWS = 2 * PITCH
BELOW_SQUARE = 0.3  # so far the brackets of a number reach
TITLE_INK = 2.01  # from the top of the row of a title to its ink
MIN_BELOW_TITLE = 0.75  # of a row
CLOSER = 0.005  # points, so that a mark as wide as its line does not leave it when rounded
SECRECY_ROW = 1  # counted from 0: 密级 stands on the second row of minutes (7.2.2)


@dataclass(frozen=True)
class Mark:
    """发文机关标志: size in points, box and ink in millimetres from the top of the page."""

    size: float
    box_top: float
    ink_bottom: float


Box = tuple[str, float, float]  # a part of the head by its class, where it begins and how high it is, in millimetres


def letter_rules(facts: PaperFacts) -> str:
    """信函格式: mark at 30 mm, double rule, number; flush left in its row and below what else it bears; the title.

    The ink of the title stands two rows below the last of them.
    """
    placed = _placed(facts["mark"], LETTER_TOP)
    rule = placed.ink_bottom + GAP
    number = rule + DOUBLE_RULE + BELOW_RULE - LEADING
    corner = [(name, number + row * PITCH, PITCH) for row, name in enumerate(_in_the_corner(facts))]
    below = max(len(corner), 1) * PITCH
    title = number + below - LEADING + BELOW_SQUARE + TWO_ROWS - TITLE_INK
    head = [("double-rule", rule, DOUBLE_RULE), ("letter-number", number, PITCH)]
    return _rules(placed, title, [_mark_box(placed), *head, *corner])


def _in_the_corner(facts: PaperFacts) -> list[str]:
    """What stands at the upper left, by its class, from top to bottom: 份号, 密级, 紧急程度, the grade of a 督办单."""
    names = {"copy-number": "copy_number", "secrecy": "secrecy", "urgency": "urgency", "grade-row": "grade"}
    return [name for name, fact in names.items() if facts.get(fact)]


def _corner_above_mark(facts: PaperFacts) -> list[Box]:
    """份号, 密级, 紧急程度 from the first row of the type area; 密级 on the second, whether there is a 份号 or not."""
    boxes: list[Box] = []
    row = 0
    for name in _in_the_corner(facts):
        row = max(row, SECRECY_ROW) if name == "secrecy" else row
        boxes.append((name, TOP + row * PITCH, PITCH))
        row += 1
    return boxes


def document_rules(facts: PaperFacts) -> str:
    """公文格式: mark at 72 mm, number two rows below, red rule 4 mm below that, the title two rows below the rule."""
    placed = _placed(facts["mark"], HIGH_HEAD_TOP)
    number = placed.ink_bottom + TWO_ROWS
    rule = number + PITCH - LEADING + GAP
    title = rule + RED_RULE + TWO_ROWS - TITLE_INK
    boxes = [("document-number", number, PITCH), ("rule-red", rule, RED_RULE)]
    return _rules(placed, title, [*_corner_above_mark(facts), _mark_box(placed), *boxes])


def upward_rules(facts: PaperFacts) -> str:
    """公文格式 of what goes up (7.2.5, 7.2.6): number and 签发人 at the two ends of one row over the red rule."""
    placed = _placed(facts["mark"], HIGH_HEAD_TOP)
    number = placed.ink_bottom + TWO_ROWS
    rule = number + PITCH - LEADING + GAP
    title = rule + RED_RULE + TWO_ROWS - TITLE_INK
    boxes = [("minutes-line", number, PITCH), ("rule-red", rule, RED_RULE)]
    return _rules(placed, title, [*_corner_above_mark(facts), _mark_box(placed), *boxes])


def minutes_rules(facts: PaperFacts) -> str:
    """纪要格式: mark at 72 mm, number two rows below, organ and date, red rule, the title two rows below that."""
    placed = _placed(facts["mark"], HIGH_HEAD_TOP)
    number = placed.ink_bottom + TWO_ROWS
    rule = number + 2 * PITCH - LEADING + GAP
    title = rule + RED_RULE + TWO_ROWS - TITLE_INK
    boxes = [("minutes-number", number, PITCH), ("minutes-line", number + PITCH, PITCH), ("rule-red", rule, RED_RULE)]
    head = [*_corner_above_mark(facts), _mark_box(placed), *boxes]
    return _rules(placed, title, head) + _line_of_organ(facts["organ"] + facts["dated_words"])


def _mark_box(mark: Mark) -> Box:
    return "mark", mark.box_top, (mark.size - CLOSER) / POINTS_PER_MM


def _placed(mark: str, ink_top: float) -> Mark:
    chain = fonts.chain(fonts.TITLE)
    mark = clean(mark)
    size = min(LARGEST, MEASURE / sum(chain.advance(character) for character in mark))
    face = chain.faces[0]
    highest, lowest = face.ink("".join(character for character in mark if not chain.is_fallback(character)))
    ascent, descent = face.box
    base_line = (1 + ascent - descent) / 2  # in a line as high as the type
    box_top = ink_top - (base_line - highest) * size / POINTS_PER_MM
    return Mark(size, box_top, ink_top + (highest - lowest) * size / POINTS_PER_MM)


def _rest_of_row(title: float) -> float:
    """How far below the title the text begins, which stands on the rows of the page: a row or so."""
    rows = (title - TOP) / PITCH
    return (ceil(rows + MIN_BELOW_TITLE) - rows) * PITCH


def _rules(mark: Mark, title: float, boxes: Sequence[Box]) -> str:
    """What stands in the head follows in the flow, so that it is read in order: each keeps off the one before."""
    rules = [
        f".sheet .head {{ height: {title - TOP:.3f}mm; }}",
        f".sheet .title {{ margin-bottom: {_rest_of_row(title):.3f}mm; }}",
        f".sheet .mark {{ font-size: {mark.size - CLOSER:.2f}pt; }}",
    ]
    end = TOP
    for name, top, depth in boxes:
        rules.append(f".sheet .head .{name} {{ margin-top: {top - end:.3f}mm; }}")
        end = top + depth
    return "\n".join([*rules, ""])


def _line_of_organ(words: str) -> str:
    """Size 4 where name and date would run into each other in size 3."""
    chain = fonts.chain(fonts.BODY)
    width = sum(chain.advance(character) for character in clean(words)) + 3
    return "" if width <= 28 else ".sheet .minutes-line { font-size: 14pt; letter-spacing: 0; }\n"
