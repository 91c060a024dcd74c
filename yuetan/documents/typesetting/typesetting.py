"""From facts to what is frozen: every line broken and spread, every mark placed, as HTML without inline styles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, is_dataclass, replace
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import cast

from django.contrib.staticfiles import finders
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import Paragraph, Style
from yuetan.documents.typesetting import fonts
from yuetan.documents.typesetting.line_breaking import HALVED_BEFORE, Line, Measure, break_lines
from yuetan.documents.typesetting.pictographs import unprintable_kind
from yuetan.documents.typesetting.title_breaking import chosen_lines, title_lines
from yuetan.rules.text.official_text import heading, joined, normalise_text

STYLESHEET = "documents/gb9704.css"
# Hundredths of a point, in steps of two where few characters stand far apart.
TRACKINGS = (*range(-100, 100), *range(100, 802, 2))

POINTS_PER_MM = 72 / 25.4
MEASURE = 156 * POINTS_PER_MM
SIZE, SMALL = 16.0, 14.0  # 3号, 4号
TRACKING = (MEASURE - 28 * SIZE) / 27  # 28 characters fill the measure
CHARACTER = SIZE + TRACKING

TEXT = Measure(MEASURE - 2 * CHARACTER, MEASURE, SIZE, TRACKING)
FLUSH = Measure(MEASURE, MEASURE, SIZE, TRACKING)
PEOPLE = Measure(MEASURE - 5 * CHARACTER, MEASURE - 5 * CHARACTER, SIZE, TRACKING)
IMPRINT = Measure(MEASURE - 5 * SMALL, MEASURE - 5 * SMALL, SMALL, 0)
SIGNATURE = Measure(MEASURE, MEASURE, SIZE, TRACKING, justified=False)

MAX_KEPT = 1000  # texts in lines: a paper is shown before it is issued, and made in lines before it is numbered
MAX_NAMED = 20  # characters in one sentence
TITLE_SENTENCE = re.compile(r"[^。；]{1,44}(?:。|$)")


@dataclass(frozen=True)
class Typeset:
    """A paragraph in lines."""

    style: str
    markup: SafeString
    lead: str = ""


def clean(text: str) -> str:
    """One paragraph without anything that cannot be seen or would turn the line round."""
    return " ".join(normalise_text(text).split("\n"))


def typeset_paragraphs(paragraphs: Iterable[Paragraph]) -> list[Typeset]:
    """Paragraphs of a body or of a list of people."""
    shown = [paragraph for paragraph in paragraphs if clean(str(paragraph))]
    return [_paragraph(*pair) for pair in zip(shown, _titles_of_second_level(shown), strict=True)]


def _paragraph(paragraph: Paragraph, title: int) -> Typeset:
    text = clean(paragraph.text)
    if paragraph.style == Style.PEOPLE:
        return Typeset(paragraph.style, lines(text, PEOPLE), clean(paragraph.lead))
    if paragraph.style == Style.HEADING:
        return Typeset(paragraph.style, lines(text, TEXT, fonts.HEI))
    return Typeset(paragraph.style, lines(text, TEXT, lead=title))


def _titles_of_second_level(paragraphs: Sequence[Paragraph]) -> list[int]:
    """How many characters of each paragraph are the title of a （一）, set in 楷体: those of all in a paper or none."""
    number, titles = 0, [0] * len(paragraphs)
    all_titled = True
    for place, paragraph in enumerate(paragraphs):
        text = clean(paragraph.text)
        number = 0 if paragraph.style == Style.HEADING else number
        following = next((one for one in (number + 1, 1) if text.startswith(heading(2, one))), 0)
        if paragraph.style == Style.TEXT and following:
            title = TITLE_SENTENCE.match(text)
            number, titles[place] = following, title.end() if title else 0
            all_titled = all_titled and title is not None
    return titles if all_titled else [0] * len(paragraphs)


def lines(text: str, measure: Measure, families: tuple[str, ...] = fonts.BODY, *, lead: int = 0) -> SafeString:
    """A text as lines between <br>; its first `lead` characters are set in 楷体."""
    return _lines_of_chains(text, measure, fonts.chain(families), fonts.chain(fonts.KAI), lead)


@lru_cache(maxsize=MAX_KEPT)
def _lines_of_chains(text: str, measure: Measure, chain: fonts.Chain, kai: fonts.Chain, lead: int) -> SafeString:
    chains = [kai if place < lead else chain for place in range(len(text))]
    widths = [chain.advance(character) for chain, character in zip(chains, text, strict=True)]
    broken = break_lines(text, widths, measure)
    kinds = [
        ("kai " if place < lead else "") + ("rare" if _is_rare(chains[place], character) else "")
        for place, character in enumerate(text)
    ]
    return mark_safe("<br>".join(_line_html(text, line, kinds) for line in broken))  # nosec B308 B703


def _is_rare(chain: fonts.Chain, character: str) -> bool:
    return not character.isspace() and chain.is_fallback(character)


def _line_html(text: str, line: Line, kinds: Sequence[str]) -> str:
    def run(place: int) -> tuple[str, int]:
        # Two halved marks in one span would give up one half between them.
        if place in line.halved:
            return f"{kinds[place]} {'half-before' if text[place] in HALVED_BEFORE else 'half-behind'}".strip(), place
        return f"{kinds[place]} {'latin' if place in line.rigid else ''}".strip(), -1

    runs = groupby(range(line.start, line.end), key=run)
    inner = "".join(_run_html(classes, "".join(text[place] for place in places)) for (classes, _), places in runs)
    return f'<span class="{tracking_class(line.tracking)}">{inner}</span>'


def _run_html(classes: str, text: str) -> str:
    return f'<span class="{classes}">{escape(text)}</span>' if classes else str(escape(text))


def tracking_class(tracking: float) -> str:
    """The class that spreads a line so far."""
    hundredths = min(max(round(tracking * 100), TRACKINGS[0]), TRACKINGS[-1])
    hundredths -= hundredths % 2 if hundredths > 100 else 0
    return f"tracking-{hundredths}" if hundredths >= 0 else f"tracking-minus-{-hundredths}"


def tracking_rules() -> Iterator[tuple[str, str]]:
    """Each class of tracking with its rule."""
    for hundredths in TRACKINGS:
        name = tracking_class(hundredths / 100)
        yield name, f".sheet .{name} {{ letter-spacing: {hundredths / 100:g}pt; }}"


def marked(text: str, families: tuple[str, ...] = fonts.BODY) -> SafeString:
    """A text that is not broken, its rare characters kept from moving the line."""
    chain, text = fonts.chain(families), clean(text)
    runs = groupby(text, key=lambda character: "rare" if _is_rare(chain, character) else "")
    return mark_safe("".join(_run_html(classes, "".join(run)) for classes, run in runs))  # nosec B308 B703


def title_markup(title: str, title_break: str = "") -> list[SafeString]:
    """The lines of a title: those somebody chose, else the best."""
    chosen = chosen_lines(title_break) or title_lines(clean(title))
    return [marked(line, fonts.TITLE) for line in chosen]


def missing_characters(*texts: str) -> list[str]:
    """What none of the listed fonts draws, and pictographs though one does, named: 字（U+5B57）."""
    chains = [fonts.chain(families) for families in (fonts.BODY, fonts.HEI, fonts.TITLE)]
    text = clean("".join(texts))
    missing = dict.fromkeys(character for chain in chains for character in chain.missing(text))
    unprintable = {character: f"，{kind}" for character in dict.fromkeys(text) if (kind := unprintable_kind(character))}
    return [
        f"{character}（U+{ord(character):04X}{unprintable.get(character, '')}）" for character in missing | unprintable
    ]


def some_of(missing: list[str]) -> str:
    """The first of them as a sentence names them, and how many there are if these are not all."""
    return joined(missing[:MAX_NAMED]) + (f"等 {len(missing)} 个字" if len(missing) > MAX_NAMED else "")


def texts_of(facts: object) -> list[str]:
    """Every text among the facts of a paper, however deep."""
    if isinstance(facts, str):
        return [facts]
    if isinstance(facts, dict):
        return [text for value in facts.values() for text in texts_of(value)]
    if isinstance(facts, list | tuple):
        return [text for value in facts for text in texts_of(value)]
    return texts_of(vars(facts)) if is_dataclass(facts) else []


MISSING = "〓"  # in the place of a character that cannot be printed, as in printed books


def without_missing(facts: PaperFacts) -> PaperFacts:
    """The facts of a sheet that must be printed whatever was typed: 〓 for every character that cannot be drawn."""
    gaps = str.maketrans({each[0]: MISSING for each in missing_characters(*texts_of(facts))})
    return cast(PaperFacts, _translated(facts, gaps)) if gaps else facts


def _translated(facts: object, gaps: dict[int, str]) -> object:
    if isinstance(facts, str):
        return facts.translate(gaps)
    if isinstance(facts, dict):
        return {key: _translated(value, gaps) for key, value in facts.items()}
    if isinstance(facts, list | tuple):
        return type(facts)([_translated(value, gaps) for value in facts])
    if is_dataclass(facts) and not isinstance(facts, type):
        return replace(facts, **{key: _translated(value, gaps) for key, value in vars(facts).items()})
    return facts


def stylesheet(markup: str) -> str:
    """The style sheet of a frozen paper, with the classes of tracking that its lines use and no others."""
    used = set(re.findall(r"tracking-(?:minus-)?\d+", markup))
    return "\n".join([_common_rules(), *(rule for name, rule in tracking_rules() if name in used)])


@cache
def _common_rules() -> str:
    path = finders.find(STYLESHEET)
    if path is None:
        raise FileNotFoundError(STYLESHEET)
    return Path(path).read_text(encoding="utf-8")


def imprint_line(label: str, text: str) -> SafeString:
    """抄送：……, its lines hanging after the colon."""
    return format_html('<span class="imprint-label">{}</span>{}', label, lines(clean(text), IMPRINT))


def facts_typeset(facts: PaperFacts) -> dict[str, object]:
    """The facts of a paper with all its texts in lines."""
    return {
        **facts,
        "title_markup": title_markup(facts["title"], facts.get("title_break", "")),
        "number_markup": marked(facts.get("number", "")),
        "signer_markup": marked(facts.get("signer", "")),
        "addressee_markup": lines(clean(facts["addressee"]) + "：", FLUSH) if facts.get("addressee") else "",
        "organ_markup": lines(clean(facts["organ"]), SIGNATURE) if facts.get("organ") else "",
        "body": typeset_paragraphs(facts.get("body", ())),
        "people": typeset_paragraphs(facts.get("people", ())),
        "imprint": _imprint(facts),
        "note_markup": lines(clean(facts["note"]), TEXT) if facts.get("note") else "",
        "annex_markup": lines(clean(facts["annex"]), PEOPLE) if facts.get("annex") else "",
    }


def _imprint(facts: PaperFacts) -> list[SafeString]:
    """Whom minutes are sent to, for their head does not say it, and whom a paper is copied to."""
    sent_to = facts["addressee"] if "people" in facts else ""
    parts = (("主送", sent_to), ("抄送", facts.get("copied_to", "")))
    return [imprint_line(f"{label}：", f"{names}。") for label, names in parts if names]
