"""The form in which a text of the law is entered: `docs/regulations.md` describes it in Chinese."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from yuetan.vocabulary import (
    ArticleNoteKind,
    CircumstanceKind,
    ClosedTo,
    DoorKind,
    PostKind,
    Rank,
    RestrictedSubject,
    RungKind,
    UnitKind,
)

Words = Annotated[str, Field(min_length=1)]
ArticleNumber = Annotated[int, Field(ge=1, le=199)]
NumberAsKey = Annotated[str, Field(pattern=r"^[1-9]\d{0,2}$")]


def _by_unit_kind(references: object) -> object:
    """As it may be written, null for none and a list for all units alike, as one list for each kind of units."""
    return {} if references is None else {"": references} if isinstance(references, list) else references


UnitKindAsKey = Annotated[str, Field(pattern=f"^({'|'.join(['', *UnitKind.values])})$")]
References = Annotated[dict[UnitKindAsKey, list[str]], BeforeValidator(_by_unit_kind)]


class Form(BaseModel):
    """What all parts have in common: nothing is guessed, and nothing that is not known is passed over."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class InterviewerRuleForm(Form):
    """Who interviews the heads of a kind of units, of a rank where it counts."""

    unit_kind: UnitKind
    rank: Rank | None
    interviewer: PostKind
    article: ArticleNumber


class CitationsForm(Form):
    """Which articles each step or other permitted act and each refusal carries out; what is not named rests on none."""

    steps: dict[str, References]
    refusals: dict[str, References]


class DoorForm(Form):
    """One way onto a rung, word for word."""

    kind: DoorKind
    article: ArticleNumber
    words: Words
    after: RungKind | None = None


class EffectForm(Form):
    """What is closed to somebody, for how long, word for word."""

    article: ArticleNumber
    subject: RestrictedSubject
    closed: ClosedTo
    words: Words
    period: Words


class RungForm(Form):
    """One rung, word for word; `decided_by` is null where the text does not say by whom."""

    kind: RungKind
    article: ArticleNumber
    words: Words
    decided_by: UnitKind | None
    has_time_limit: bool
    doors: Annotated[list[DoorForm], Field(min_length=1)]
    effects: list[EffectForm] = []


class AccountabilityForm(Form):
    """A 责任制: where its 情形 are listed, its rungs from the lightest on, where its circumstances are listed."""

    grounds: ArticleNumber
    rungs: Annotated[list[RungForm], Field(min_length=1)]
    circumstances: dict[CircumstanceKind, ArticleNumber] = {}


class NoteForm(Form):
    """Why no step carries an article out."""

    kind: ArticleNoteKind
    words: Words


class RegulationForm(Form):
    """One version of one text."""

    key: Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,40}$")]
    title: Annotated[str, Field(min_length=1, max_length=100)]
    short_title: Annotated[str, Field(min_length=1, max_length=20)]
    version: Annotated[str, Field(min_length=1, max_length=20)]
    in_force_from: Annotated[date, Field(strict=False)]
    note: str = ""
    is_procedure: bool
    grounds: dict[NumberAsKey, Annotated[list[UnitKind], Field(min_length=1)]] = {}
    other_ground: str = ""
    interviewer_rules: list[InterviewerRuleForm] = []
    citations: CitationsForm = CitationsForm(steps={}, refusals={})
    accountability: AccountabilityForm | None = None
    notes: dict[NumberAsKey, NoteForm] = {}
