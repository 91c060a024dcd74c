"""The law becomes rows: a version is written once; a changed text is a new version, never an edit."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from yuetan.errors import Reason, Refused
from yuetan.loading import regulation_parser
from yuetan.models import Article, Citation, Ground, InterviewerRule, Regulation
from yuetan.rules.refusals import SENTENCES
from yuetan.rules.text.official_text import joined
from yuetan.vocabulary import Verb

OWN_FIELDS = ("key", "title", "short_title", "version", "in_force_from", "note", "is_procedure")
REFERENCE = re.compile(r"(\d+)(?:\((\d+)\))?")
CITING = {"steps": (Citation.Kind.STEP, Verb.values), "refusals": (Citation.Kind.REFUSAL, SENTENCES)}


class Cited(NamedTuple):
    """One article or clause that one step or refusal carries out."""

    kind: str
    code: str
    unit_kind: str
    article: int
    clause: int | None


def load_regulations(folder: Path) -> int:
    """Load every text of a folder; returns how many rows were written."""
    return sum(_load_one(path) for path in sorted(folder.glob("*.json")))


def _load_one(path: Path) -> int:
    facts, text = json.loads(path.read_text()), path.with_suffix(".md").read_text()
    articles = regulation_parser.articles(text)
    if not regulation_parser.title(text).startswith(facts["title"]):
        raise _unfit(facts, f"正文标题“{regulation_parser.title(text)}”与登记的名称不一致")
    cited = set(_cited(facts, articles)) if facts["is_procedure"] else set()
    digest = _digest(facts, articles)
    regulation = Regulation.objects.filter(key=facts["key"], version=facts["version"]).first()
    if regulation is not None and regulation.digest != digest:
        raise _unfit(facts, "已载入，文字不得就地修改；请以新的版本名称另行载入")
    written = 0
    if regulation is None:
        regulation = _write(facts, articles, digest)
        written = 1 + len(articles)
    return written + _write_citations(regulation, facts, cited)


def _digest(facts: Mapping[str, Any], articles: Mapping[int, str]) -> str:
    law = {name: value for name, value in facts.items() if name != "citations"}
    return hashlib.sha256(json.dumps([law, articles], ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _write(facts: Mapping[str, Any], articles: Mapping[int, str], digest: str) -> Regulation:
    own = {name: facts[name] for name in OWN_FIELDS} | {"in_force_from": date.fromisoformat(facts["in_force_from"])}
    regulation = Regulation.objects.create(digest=digest, **own)
    rows = {
        number: Article.objects.create(regulation=regulation, number=number, text=text)
        for number, text in articles.items()
    }
    for number, unit_kinds in facts.get("grounds", {}).items():
        article = rows[int(number)]
        Ground.objects.bulk_create(
            Ground(article=article, unit_kinds=unit_kinds, **ground._asdict())
            for ground in regulation_parser.grounds(article.text)
        )
    InterviewerRule.objects.bulk_create(
        InterviewerRule(
            regulation=regulation,
            article=rows[rule["article"]],
            unit_kind=rule["unit_kind"],
            rank=rule["rank"] or "",
            interviewer=rule["interviewer"],
        )
        for rule in facts.get("interviewer_rules", ())
    )
    return regulation


def _cited(facts: Mapping[str, Any], articles: Mapping[int, str]) -> Iterator[Cited]:
    for section, (kind, codes) in CITING.items():
        listed = facts["citations"][section]
        missing, unknown = set(codes) - set(listed), set(listed) - set(codes)
        if missing or unknown:
            raise _unfit(facts, f"依据表 {section} 缺少：{joined(sorted(missing))}；多出：{joined(sorted(unknown))}")
        for code, value in listed.items():
            by_kind = value if isinstance(value, dict) else {"": value or []}
            for unit_kind, references in by_kind.items():
                for reference in references:
                    yield Cited(kind.value, code, unit_kind, *_parsed(facts, articles, reference))


def _parsed(facts: Mapping[str, Any], articles: Mapping[int, str], reference: str) -> tuple[int, int | None]:
    match = REFERENCE.fullmatch(reference)
    article = int(match[1]) if match else 0
    clause = int(match[2]) if match and match[2] else None
    if article not in articles or (clause is not None and clause not in regulation_parser.clauses(articles[article])):
        raise _unfit(facts, f"没有所引的条款“{reference}”")
    return article, clause


def _write_citations(regulation: Regulation, facts: Mapping[str, Any], cited: set[Cited]) -> int:
    """Add what the product has learnt to cite since; what it still cites is never changed."""
    rows = regulation.citations.values_list("kind", "code", "unit_kind", "article__number", "clause")
    codes = {code for section in facts.get("citations", {}).values() for code in section}
    known = {row for row in map(Cited._make, rows) if row.code in codes}
    changed = {row.code for row in known ^ cited} & {row.code for row in known}
    if changed:
        raise _unfit(facts, f"已载入的依据不得修改：{joined(sorted(changed))}")
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


def _unfit(facts: Mapping[str, Any], what: str) -> Refused:
    return Refused(Reason(f"《{facts['title']}》（{facts['version']}）：{what}。"))
