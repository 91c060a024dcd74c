"""Whether a text of the law, its facts and what the product can carry out fit together; every fault with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yuetan.loading import regulation_parser
from yuetan.loading.entered_file import Problem
from yuetan.loading.regulation_file import RegulationFile
from yuetan.loading.regulation_form import AccountabilityForm, RungForm
from yuetan.models.ladder.rungs import CODE_ON_RUNG
from yuetan.permissions import BY_CODENAME
from yuetan.rules import decision_table
from yuetan.rules.dates.month_periods import months_in
from yuetan.rules.refusals import SENTENCES
from yuetan.rules.text.official_text import article_name, joined
from yuetan.vocabulary import INTERVIEWED_UNIT_KINDS, POSTS_OF_UNIT_KIND, DoorKind, Rank, RungKind, UnitKind, Verb

REFERENCE = re.compile(r"([1-9]\d{0,2})(?:\(([1-9]\d?)\))?")
CODES = {"steps": Verb.values, "refusals": list(SENTENCES)}
# What is done without a step, as 信息报送 and 督导 are, may be cited by the name under which it is permitted.
# So may a step be on the rungs on which it carries out other articles.
CITABLE = {**CODES, "steps": [*Verb.values, *BY_CODENAME, *CODE_ON_RUNG.values()]}
BODIES = (UnitKind.LEADING_GROUP, UnitKind.OFFICE)


def problems_of(text: RegulationFile) -> Iterator[Problem]:
    """All that is wrong with a text whose form is right."""
    if not text.heading.startswith(text.form.title):
        yield text.problem("title", f"正文标题“{text.heading}”与登记的名称不一致")
    yield from _of_grounds(text)
    yield from _of_interviewers(text)
    yield from _of_citations(text)
    for number in text.form.notes:
        yield from _of_article(text, int(number), f"notes · {number}")
    if text.form.accountability is not None:
        yield from _of_accountability(text, text.form.accountability)


def parsed(reference: str) -> tuple[int, int | None]:
    """Article and clause of 9(3); nought for what is no reference."""
    match = REFERENCE.fullmatch(reference)
    if match is None:
        return 0, None
    return int(match[1]), int(match[2]) if match[2] else None


def _of_article(text: RegulationFile, number: int, place: str) -> Iterator[Problem]:
    if number not in text.articles:
        yield text.problem(place, f"正文没有{article_name(number)}")


def _of_grounds(text: RegulationFile) -> Iterator[Problem]:
    listed: list[str] = []
    for number, kinds in text.form.grounds.items():
        place = f"grounds · {number}"
        yield from _of_list(text, int(number), place, "情形")
        listed += [item.text for item in regulation_parser.listed(text.articles.get(int(number), ""))]
        if never_interviewed := [kind for kind in kinds if kind not in INTERVIEWED_UNIT_KINDS]:
            yield text.problem(place, f"不是可以约谈的单位：{joined(never_interviewed)}")
    if text.form.other_ground and text.form.other_ground not in listed:
        yield text.problem("other_ground", f"所列情形中没有“{text.form.other_ground}”")
    if text.form.is_procedure and not text.form.grounds:
        yield text.problem("grounds", "约谈办法至少要有一条列出约谈情形")


def _of_list(text: RegulationFile, number: int, place: str, what: str) -> Iterator[Problem]:
    yield from _of_article(text, number, place)
    items = regulation_parser.listed(text.articles.get(number, ""))
    in_order = [item.number for item in items] == list(range(1, len(items) + 1))
    if number in text.articles and not (items and in_order):
        yield text.problem(place, f"{article_name(number)}没有逐项列出{what}，或者序号不连续")


def _of_interviewers(text: RegulationFile) -> Iterator[Problem]:
    rules = text.form.interviewer_rules
    leaders = POSTS_OF_UNIT_KIND[UnitKind.LEADING_GROUP]
    for number, rule in enumerate(rules, start=1):
        place = f"interviewer_rules第{number}项"
        yield from _of_article(text, rule.article, place)
        if rule.interviewer not in leaders:
            yield text.problem(place, f"{rule.interviewer.label}不能约谈")
    rows = [{"unit_kind": rule.unit_kind, "rank": rule.rank} for rule in rules]
    for kind in dict.fromkeys(kind for kinds in text.form.grounds.values() for kind in kinds):
        for rank in Rank:
            yield from _of_interviewer(text, rows, kind, rank)


def _of_interviewer(
    text: RegulationFile, rows: Sequence[dict[str, UnitKind | Rank | None]], kind: UnitKind, rank: Rank
) -> Iterator[Problem]:
    about = f"{kind.label}主要领导（{rank.label}）"
    try:
        decision_table.one_match(rows, unit_kind=kind, rank=rank)
    except decision_table.NoMatch:
        yield text.problem("interviewer_rules", f"没有规定由谁约谈{about}")
    except decision_table.SeveralMatch:
        yield text.problem("interviewer_rules", f"由谁约谈{about}有几种规定")


def _of_citations(text: RegulationFile) -> Iterator[Problem]:
    sections = {"steps": text.form.citations.steps, "refusals": text.form.citations.refusals}
    for section, listed in sections.items():
        if unknown := sorted(set(listed) - set(CITABLE[section])):
            yield text.problem(f"citations · {section}", f"本系统没有：{joined(unknown)}")
        for code, by_kind in listed.items():
            absent = [each for references in by_kind.values() for each in references if not _is_there(text, each)]
            for reference in absent:
                yield text.problem(f"citations · {section} · {code}", f"没有所引的条款“{reference}”")
    cites = any(any(listed.values()) for listed in sections.values())
    if text.form.is_procedure and not cites:
        yield text.problem("citations", "约谈办法要写明各步骤所依据的条款")
    if cites and not text.form.is_procedure and text.form.accountability is None:
        yield text.problem("citations", "只用于约谈办法和责任制：本系统不据其他文本办理")


def _is_there(text: RegulationFile, reference: str) -> bool:
    article, clause = parsed(reference)
    wording = text.articles.get(article)
    return wording is not None and (clause is None or clause in regulation_parser.clauses(wording))


def _of_accountability(text: RegulationFile, form: AccountabilityForm) -> Iterator[Problem]:
    yield from _of_list(text, form.grounds, "accountability · grounds", "情形")
    for kind, number in form.circumstances.items():
        yield from _of_list(text, number, f"accountability · circumstances · {kind}", "情节")
    kinds = [rung.kind for rung in form.rungs]
    for number, rung in enumerate(form.rungs, start=1):
        place = f"accountability · rungs第{number}项"
        yield from _of_words(text, rung.article, rung.words, place)
        if rung.decided_by is not None and rung.decided_by not in BODIES:
            yield text.problem(place, f"decided_by 应为 {joined(BODIES)} 或者 null")
        if kinds.index(rung.kind) < number - 1:
            yield text.problem(place, f"{rung.kind.label}写了两次")
        yield from _of_doors(text, rung, kinds[: number - 1], place)
        yield from _of_effects(text, rung, place)


def _of_words(text: RegulationFile, number: int, words: str, place: str) -> Iterator[Problem]:
    yield from _of_article(text, number, place)
    if number in text.articles and words not in text.articles[number]:
        yield text.problem(place, f"“{words}”不是{article_name(number)}的原文")


def _of_doors(text: RegulationFile, rung: RungForm, before: Sequence[RungKind], place: str) -> Iterator[Problem]:
    for number, door in enumerate(rung.doors, start=1):
        at = f"{place} · doors第{number}项"
        yield from _of_words(text, door.article, door.words, at)
        if door.kind == DoorKind.NOT_IN_TIME and door.after not in before:
            yield text.problem(at, "after 应为列在前面的一档：是哪一档逾期未完成")
        if door.kind != DoorKind.NOT_IN_TIME and door.after is not None:
            yield text.problem(at, "after 只用于“上一档逾期未完成”")
        if [one.kind for one in rung.doors].index(door.kind) < number - 1:
            yield text.problem(at, f"“{door.kind.label}”写了两次")


def _of_effects(text: RegulationFile, rung: RungForm, place: str) -> Iterator[Problem]:
    seen = [(effect.subject, effect.closed) for effect in rung.effects]
    for number, effect in enumerate(rung.effects, start=1):
        at = f"{place} · effects第{number}项"
        for words in (effect.words, effect.period):
            yield from _of_words(text, effect.article, words, at)
        if months_in(effect.period) is None:
            yield text.problem(at, f"“{effect.period}”认不出是几个月，应写作半年、一年、三个月")
        if seen.index((effect.subject, effect.closed)) < number - 1:
            yield text.problem(at, f"{effect.subject.label}的{effect.closed.label}写了两次")
