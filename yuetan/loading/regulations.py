"""The law becomes rows: a version is written once; a changed text is a new version, never an edit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from yuetan.errors import Reason, Refused
from yuetan.loading import accountability, regulation_parser
from yuetan.loading.entered_file import Problem
from yuetan.loading.regulation_check import CITABLE, CODES, parsed, problems_of
from yuetan.loading.regulation_file import RegulationFile, read_regulation
from yuetan.models import Article, ArticleNote, Citation, Ground, InterviewerRule, Regulation
from yuetan.rules.text.official_text import article_name, joined

OWN_FIELDS = {"key", "title", "short_title", "version", "in_force_from", "note", "is_procedure"}
# How the product reads a text; it may learn to read more of one that is loaded.
READING = {"citations", "accountability", "notes", "other_ground"}
KINDS = {"steps": Citation.Kind.STEP, "refusals": Citation.Kind.REFUSAL}


class Cited(NamedTuple):
    """One article or clause that one step or refusal carries out."""

    kind: str
    code: str
    unit_kind: str
    article: int
    clause: int | None


def folders() -> list[Path]:
    """Where texts lie: those of the pack, and those the office has entered beside them."""
    return [settings.PACK / "regulations", settings.OWN_REGULATIONS]


def load_regulations(paths: Iterable[Path]) -> int:
    """Load texts; returns how many rows were written. Raises Refused with all that is wrong with them."""
    return sum(_load_one(path) for path in paths)


def texts_in(folder: Path) -> list[Path]:
    """The files of facts of a folder; none where there is no folder."""
    return sorted(folder.glob("*.json"))


def check_regulations(paths: Iterable[Path]) -> list[Problem]:
    """All that is wrong with some texts, nothing written."""
    return [problem for path in paths for problem in _checked(path)[1]]


def uncited(path: Path) -> int:
    """Of how many steps and refusals a right file says nothing, so that they rest on no article."""
    text, _ = read_regulation(path)
    if text is None or not text.form.is_procedure:
        return 0
    listed = {"steps": text.form.citations.steps, "refusals": text.form.citations.refusals}
    return sum(len(set(codes) - set(listed[section])) for section, codes in CODES.items())


def _checked(path: Path) -> tuple[RegulationFile | None, list[Problem]]:
    text, problems = read_regulation(path)
    if text is not None:
        problems += problems_of(text)
    return text, problems


def _load_one(path: Path) -> int:
    text, problems = _checked(path)
    if text is None or problems:
        raise Refused(*(Reason(str(problem)) for problem in problems))
    digest = _digest(text)
    regulation = Regulation.objects.filter(key=text.form.key, version=text.form.version).first()
    if regulation is not None and regulation.digest != digest:
        raise text.unfit("已载入，文字不得就地修改；请以新的版本名称另行载入")
    written = 0
    if regulation is None:
        regulation = _write(text, digest)
        written = 1 + len(text.articles)
    written += _write_citations(regulation, text)
    return written + accountability.write(regulation, text) + _write_notes(regulation, text)


def _digest(text: RegulationFile) -> str:
    law = {name: value for name, value in text.facts.items() if name not in READING}
    return hashlib.sha256(json.dumps([law, text.articles], ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _write(text: RegulationFile, digest: str) -> Regulation:
    form = text.form
    regulation = Regulation.objects.create(digest=digest, **form.model_dump(include=OWN_FIELDS))
    rows = {
        number: Article.objects.create(regulation=regulation, number=number, text=wording)
        for number, wording in text.articles.items()
    }
    Ground.objects.bulk_create(
        Ground(
            article=rows[int(number)], unit_kinds=unit_kinds, is_other=one.text == form.other_ground, **one._asdict()
        )
        for number, unit_kinds in form.grounds.items()
        for one in regulation_parser.listed(rows[int(number)].text)
    )
    InterviewerRule.objects.bulk_create(
        InterviewerRule(
            regulation=regulation,
            article=rows[rule.article],
            unit_kind=rule.unit_kind,
            rank=rule.rank or "",
            interviewer=rule.interviewer,
        )
        for rule in form.interviewer_rules
    )
    return regulation


def _cited(text: RegulationFile) -> Iterator[Cited]:
    for section, kind in KINDS.items():
        for code, by_kind in getattr(text.form.citations, section).items():
            for unit_kind, references in by_kind.items():
                for reference in references:
                    yield Cited(kind.value, code, unit_kind, *parsed(reference))


def _write_citations(regulation: Regulation, text: RegulationFile) -> int:
    """Add what the product has learnt to cite since; what it still cites is never changed."""
    cited = set(_cited(text))
    rows = regulation.citations.values_list("kind", "code", "unit_kind", "article__number", "clause")
    known = {
        row for row in map(Cited._make, rows) if row.code in {code for codes in CITABLE.values() for code in codes}
    }
    changed = {row.code for row in known ^ cited} & {row.code for row in known}
    if changed:
        raise text.unfit(f"已载入的依据不得修改：{joined(sorted(changed))}")
    numbers = dict(regulation.articles.values_list("number", "pk"))
    new = [
        Citation(
            regulation=regulation,
            article_id=numbers[row.article],
            clause=row.clause,
            kind=row.kind,
            code=row.code,
            unit_kind=row.unit_kind,
        )
        for row in sorted(cited - known, key=str)
    ]
    return len(Citation.objects.bulk_create(new))


def _write_notes(regulation: Regulation, text: RegulationFile) -> int:
    """Add the notes that are not there yet; one that is there is never changed."""
    known = {note.article.number: note for note in _notes(regulation)}
    given = {int(number): note for number, note in text.form.notes.items()}
    for number, note in known.items():
        if number not in given or (given[number].kind, given[number].words) != (note.kind, note.words):
            raise text.unfit(f"已载入的条文说明不得修改：{article_name(number)}")
    numbers = dict(regulation.articles.values_list("number", "pk"))
    new = [
        ArticleNote(article_id=numbers[number], kind=note.kind, words=note.words)
        for number, note in given.items()
        if number not in known
    ]
    return len(ArticleNote.objects.bulk_create(new))


def _notes(regulation: Regulation) -> Iterable[ArticleNote]:
    return ArticleNote.objects.filter(article__regulation=regulation).select_related("article")
