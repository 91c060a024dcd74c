"""书面建议 to the superior of a unit, and 移送函: what other bodies are asked to decide about a measure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from yuetan.documents.content.circular import grounds_of
from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import section
from yuetan.documents.content.phrases import Place, based_on, body_name, contact, existing_problem, standard
from yuetan.models import AccountabilityMeasure, Effect, Referral
from yuetan.rules.text.official_text import joined
from yuetan.vocabulary import DocumentKind, UnitKind, Verb

DISCIPLINE = ("纪委", "监委", "纪检", "监察")


def veto_proposal(measure: AccountabilityMeasure, *, dated: date, reason: str, replaced_number: str) -> PaperFacts:
    """What is wrong with a unit of the state, the province or the city, and that its superior lay a 一票否决 on it."""
    group = body_name(UnitKind.LEADING_GROUP)
    return _letter(DocumentKind.VETO_PROPOSAL, measure, group, measure.title)


def referral_letter(measure: AccountabilityMeasure, *, dated: date, reason: str, replaced_number: str) -> PaperFacts:
    """What is wrong, what was laid, and that responsibility is to be pursued."""
    office = body_name(UnitKind.OFFICE)
    return _letter(DocumentKind.REFERRAL_LETTER, measure, office, f"关于{measure.matter}的移送函")


def _letter(kind: DocumentKind, measure: AccountabilityMeasure, organ: str, title: str) -> PaperFacts:
    handed = handed_over_of(measure)
    words = _words_in_letter(kind, measure)
    ask = "建议" if kind == DocumentKind.VETO_PROPOSAL else "移送事由"
    return {
        "title": title,
        "addressee": joined(one.organ for one in handed),
        "organ": organ,
        "mark": organ,
        "body": [
            standard(kind, "opening", words),
            *section(1, "存在的问题", measure.facts),
            *section(2, ask, handed[0].reason),
            standard(kind, "closing", words),
            *contact(measure),
        ],
    }


def handed_over_of(measure: AccountabilityMeasure) -> Sequence[Referral]:
    """What is being handed over, to each body; raises ValueError outside of the step that does it."""
    if not measure.handed_over:
        raise ValueError("nothing is being handed over")
    return measure.handed_over


def _words_in_letter(kind: DocumentKind, measure: AccountabilityMeasure) -> dict[str, str]:
    verb = Verb.PROPOSE_VETO if kind == DocumentKind.VETO_PROPOSAL else Verb.REFER_MEASURE
    law, paper = measure.regulation, measure.paper
    organs = [one.organ for one in handed_over_of(measure)]
    words = {
        "依据": based_on(law, _places(measure, verb)),
        "领导小组": body_name(UnitKind.LEADING_GROUP),
        "办公室": body_name(UnitKind.OFFICE),
        "单位": measure.unit.full_name,
        "受理机关": joined(organs),
        "事由": measure.matter,
        "存在问题": existing_problem(measure.matter),
        "所列情形": grounds_of(measure),
        "责任措施": str(measure.rung.get_kind_display()),
        "原文书": f"《{paper.title}》（{paper.number}）" if paper else "",
    }
    return words if kind == DocumentKind.VETO_PROPOSAL else words | {"办理方式": how_handled(organs)}


def _places(measure: AccountabilityMeasure, verb: Verb) -> list[Place]:
    """What the step carries out, without the articles of what other rungs close: 第三十一条 is of 一票否决 alone."""
    law, rung = measure.regulation, measure.rung
    effects = Effect.objects.filter(rung__accountability=rung.accountability_id).select_related("article")
    own = {effect.article.number for effect in effects if effect.rung_id == rung.pk}
    others = {effect.article.number for effect in effects} - own
    return [place for place in law.places_cited_by(verb, measure.unit.kind) if place[0] not in others]


def how_handled(organs: Sequence[str]) -> str:
    """依纪依法处理 by 纪检监察机关 (第三十一条), 按照干部管理权限办理 by 组织人事部门 (第三十三条), or both by both."""
    of_discipline = [any(word in organ for word in DISCIPLINE) for organ in organs]
    if all(of_discipline):
        return "依纪依法处理"
    return "依纪依法、按照干部管理权限办理" if any(of_discipline) else "按照干部管理权限办理"
