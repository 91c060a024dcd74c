"""A 责任制 becomes rows: rungs, doors, effects, circumstances, all written at once and never again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from yuetan.loading import regulation_parser
from yuetan.loading.regulation_file import RegulationFile
from yuetan.loading.regulation_form import AccountabilityForm, RungForm
from yuetan.models import Accountability, Article, Circumstance, Door, Effect, Ground, Regulation, Rung
from yuetan.rules.dates.month_periods import months_in
from yuetan.vocabulary import RungKind


def write(regulation: Regulation, text: RegulationFile) -> int:
    """Write what a text says as a 责任制; returns how many rows.

    Raises Refused if it is loaded and reads otherwise now.
    """
    form = text.form.accountability
    known = Accountability.objects.filter(regulation=regulation).first()
    digest = hashlib.sha256(form.model_dump_json().encode()).hexdigest() if form else ""
    if known is not None and known.digest != digest:
        raise text.unfit("责任制的情形、档次和情节已载入，不得就地修改；请以新的版本名称另行载入")
    if form is None or known is not None:
        return 0
    articles = {article.number: article for article in regulation.articles.all()}
    written = Accountability.objects.create(
        regulation=regulation, grounds_article=articles[form.grounds], digest=digest
    )
    return 1 + _write_lists(written, form, articles) + _write_rungs(written, form, articles)


def _write_lists(written: Accountability, form: AccountabilityForm, articles: dict[int, Article]) -> int:
    article = written.grounds_article
    grounds = [
        Ground(article=article, unit_kinds=[], **one._asdict()) for one in regulation_parser.listed(article.text)
    ]
    circumstances = [
        Circumstance(accountability=written, article=articles[number], kind=kind, **one._asdict())
        for kind, number in form.circumstances.items()
        for one in regulation_parser.listed(articles[number].text)
    ]
    return len(Ground.objects.bulk_create(grounds)) + len(Circumstance.objects.bulk_create(circumstances))


def _write_rungs(written: Accountability, form: AccountabilityForm, articles: dict[int, Article]) -> int:
    rungs: dict[RungKind, Rung] = {}
    for number, one in enumerate(form.rungs, start=1):
        rungs[one.kind] = Rung.objects.create(
            accountability=written,
            article=articles[one.article],
            number=number,
            kind=one.kind,
            words=one.words,
            decided_by=one.decided_by or "",
            has_time_limit=one.has_time_limit,
        )
    doors = Door.objects.bulk_create(door for one in form.rungs for door in _doors(one, rungs, articles))
    effects = Effect.objects.bulk_create(effect for one in form.rungs for effect in _effects(one, rungs, articles))
    return len(rungs) + len(doors) + len(effects)


def _doors(form: RungForm, rungs: dict[RungKind, Rung], articles: dict[int, Article]) -> Iterator[Door]:
    for door in form.doors:
        after = rungs[door.after] if door.after else None
        yield Door(rung=rungs[form.kind], article=articles[door.article], kind=door.kind, words=door.words, after=after)


def _effects(form: RungForm, rungs: dict[RungKind, Rung], articles: dict[int, Article]) -> Iterator[Effect]:
    for effect in form.effects:
        yield Effect(
            rung=rungs[form.kind],
            article=articles[effect.article],
            subject=effect.subject,
            closed=effect.closed,
            words=effect.words,
            period=effect.period,
            months=months_in(effect.period) or 0,
        )
