"""Phrases that several papers share; every article and every body is named from its row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from yuetan.documents.content.paragraphs import Paragraph
from yuetan.models import Case, Citation, Post, Regulation, Unit
from yuetan.models.office.kept_rules import kept
from yuetan.models.office.read_once import once
from yuetan.models.people.held_posts import PersonInPosts
from yuetan.rules.text.official_text import joined
from yuetan.vocabulary import UnitKind


def body_name(kind: UnitKind) -> str:
    """The full name of the leading group or of its office; raises DoesNotExist if it was not loaded."""
    names = once("bodies", (Unit,), _read_body_names)
    if kind not in names:
        raise Unit.DoesNotExist(kind)
    return str(names[kind])


def _read_body_names() -> dict[str, str]:
    bodies = Unit.objects.in_use().filter(kind__in=(UnitKind.LEADING_GROUP, UnitKind.OFFICE))
    return dict(bodies.values_list("kind", "name"))


def comrade(post: Post) -> str:
    """Unit, title and name of somebody interviewed."""
    return f"{post.full_title}{post.holder.name}同志"


def comrades(people: Iterable[PersonInPosts]) -> str:
    """Several people interviewed, each once with all the posts they were named for."""
    return joined([f"{person}同志" for person in people])


def leader(post: Post) -> str:
    """A leader by the post in the leading group that makes them the interviewer."""
    return f"{post.unit.name}{post.get_kind_display()}{post.holder.name}"


def precedence(post: Post) -> int:
    """The order in which a unit's heads are named: 书记 before 镇长."""
    return post.precedence


def acting(case: Case) -> list[Paragraph]:
    """Why somebody else interviews than the rules name; nothing where it is who they name."""
    return [Paragraph(f"约谈人说明：{case.acting_reason}。")] if case.acting_reason else []


def interviewer(case: Case) -> Post:
    """Who interviews; a case has one from its first proposal on."""
    assert case.interviewer is not None
    return case.interviewer


def based_on(regulation: Regulation, articles: Iterable[str]) -> str:
    """根据《……约谈办法》第六条、第七条规定."""
    return f"根据《{regulation.title}》{joined(dict.fromkeys(articles))}规定"


def cited(case: Case, *codes: str) -> Iterator[str]:
    """The articles that steps carry out, one by one."""
    for code in codes:
        yield from filter(None, case.regulation.cited_by(code, case.unit.kind).split("、"))


def grounds_cited(case: Case) -> Iterator[str]:
    """第五条第2项、第3项: the grounds of a case, the article named once."""
    grounds = [row.ground for row in case.case_grounds.all()]  # in the order of the text
    for article, of_article in groupby(grounds, key=lambda ground: ground.article):
        first, *others = (ground.citation for ground in of_article)
        yield joined([first, *(other.removeprefix(article.name) for other in others)])


def quoted(regulation: Regulation, code: str) -> str:
    """The wording of what a step carries out: 《……》第八条规定：“……”; empty where the law is silent."""
    cited_rows = regulation.citations.filter(code=code, kind=Citation.Kind.STEP).select_related("article")
    rows = kept(("quoted", regulation.pk, code), lambda: list(cited_rows))
    articles = dict.fromkeys(row.article for row in rows)
    return "".join(f"《{regulation.title}》{article.name}规定：“{article.text.strip()}”" for article in articles)
