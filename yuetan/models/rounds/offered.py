"""What a 提醒函, a measure or a proposal begins with that follows from a visit: its problems, its paper as evidence."""

from __future__ import annotations

from yuetan.models.case.offered_facts import OfferedFacts
from yuetan.models.rounds.finding import RoundFinding
from yuetan.models.rounds.followed_paper import statements_of
from yuetan.models.rounds.visit import RoundVisit
from yuetan.rules.text.official_text import chinese_date, joined

MAX_NAMED = 10  # problems in the facts


def offered_by_visit(visit: RoundVisit) -> OfferedFacts | None:
    """The facts, once the unit was told of problems; none before, and none where nothing was wrong."""
    if visit.informed_at is None or not visit.problem_count:
        return None
    unit, title = visit.unit.full_name, visit.round.title
    problems = list(RoundFinding.objects.standing_of(visit).filter(is_problem=True)[:MAX_NAMED])
    named = joined([words.rstrip("。；;") for words in statements_of(visit, problems)])
    days = chinese_date(problems[0].seen_on)
    paper = visit.opinion
    source = f"《{paper.title}》（{paper.number}）" if paper else f"{title}的督导意见"
    return OfferedFacts(
        visit.unit,
        f"{title}发现的问题",
        f"{days}，{title}在{unit}发现：{named}。集体结论：{visit.conclusion.rstrip('。')}。见{source}。",
        visit.demands or "对照督导意见逐项整改，并书面报告结果。",
        reference_number=paper.number if paper else title,
        reference_summary=f"{source}：发现问题{visit.problem_count}项。",
    )
