"""What tests of restrictions begin with: a 通报 whose rung closes what the text closes by a 挂牌督办."""

from typing import Any

from tests.cast import MONDAY, TOWN, engage, person, unit
from tests.ladder import carry_out, measure_anew
from tests.nothing_sent_twice import copied
from yuetan.actions.ladder.inquiries import ask_restrictions
from yuetan.models import AccountabilityMeasure, Restriction, RestrictionInquiry, Rung, Unit
from yuetan.vocabulary import MeasureState, PostKind, RungKind

HALF_A_YEAR = {"period": "半年", "months": 6}


def closing_circulars(**period: Any) -> None:
    """From now on a 通报 closes what the text closes by a 挂牌督办, for as long, or another period."""
    carry_out()
    listed = Rung.objects.get(kind=RungKind.LISTED_SUPERVISION, accountability__regulation__key="zhuzhou")
    circular = listed.accountability.rungs.get(kind=RungKind.CIRCULAR)
    if circular.effects.exists():
        return
    for effect in listed.effects.order_by("pk"):
        effect.pk, effect.rung = None, circular
        for name, value in (HALF_A_YEAR | period).items():
            setattr(effect, name, value)
        effect.save(force_insert=True)


def leader_in_charge(name: str = "何二一", *, of: str = TOWN, username: str | None = "in_charge") -> Any:
    """The town has a 分管领导 with an account."""
    return engage(name, username, unit(of), PostKind.LEADER_IN_CHARGE, "副镇长")


@copied
def restricting(state: str = MeasureState.SERVED, *, on: Unit | None = None, **changed: Any) -> AccountabilityMeasure:
    """A measure in a state that restricts its unit and its leaders once it is served."""
    closing_circulars()
    return measure_anew(state, on=on, **changed)


def of_unit(measure: AccountabilityMeasure) -> Restriction:
    """What a measure closes to its unit."""
    return Restriction.objects.with_relations().get(measure_laid=measure, person_name="")


def of_person(measure: AccountabilityMeasure, name: str) -> list[Restriction]:
    """What a measure closes to a person, by name."""
    rows = Restriction.objects.with_relations().filter(measure_laid=measure, person_name=name)
    return list(rows.order_by("effect"))


LETTER = {
    "organ": "江门市委组织部",
    "letter_number": "江组函〔2026〕18号",
    "letter_on": MONDAY.date(),
    "purpose": "拟提拔人选考察",
    "day": MONDAY.date(),
}


def inquired(measure: AccountabilityMeasure, **changed: Any) -> RestrictionInquiry:
    """An asking about the unit of a measure."""
    about = {**LETTER, "unit": measure.unit, "name": "", "title": "", "who": "", **changed}
    return ask_restrictions(by=person("officer"), **about)
