"""办法 and 责任制: the text, and at each article what carries it out, or that nothing does and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from yuetan.models import Accountability, Article, ArticleNote, Citation, OfficeSetting, Regulation
from yuetan.models.ladder.rungs import CODE_ON_RUNG
from yuetan.rules.dates import clock
from yuetan.rules.refusals import SENTENCES
from yuetan.rules.text import official_text
from yuetan.rules.uncited import UNCITED
from yuetan.views.frame.request import Request
from yuetan.views.law import accountability_overview, process_overview
from yuetan.views.law.process_overview import ProcessLine, holders
from yuetan.vocabulary import RungKind, UnitKind, Verb
from yuetan.vocabulary.naming import NAMES

PERMISSIONS_OF_VERBS = process_overview.permissions_of_verbs()
STEP_ON_RUNG = {code: (verb, RungKind(kind)) for (verb, kind), code in CODE_ON_RUNG.items()}


class _Blanks(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "……"


def without_words(code: str) -> str:
    """A refusal's sentence with …… where the case fills it in."""
    sentence = SENTENCES[code].format_map(_Blanks(NAMES))
    return sentence if sentence.strip("…。") else "文件、密码不合要求的，按检查结果逐条说明。"


@require_safe
def regulation(request: Request) -> HttpResponse:
    """One text article by article; without being asked, the one in force."""
    in_force = Regulation.objects.in_force(clock.today())
    chosen = Accountability.objects.carried_out(clock.today())
    standing = {in_force: "现行"} | ({chosen.regulation: "本办公室执行的责任制"} if chosen else {})
    shown = _requested(request) or in_force
    citations = list(shown.citations.select_related("article"))
    context: dict[str, Any] = {
        "shown": shown,
        "texts": [(text, text in standing, standing.get(text) or _usual(text)) for text in Regulation.objects.all()],
        "is_carried_out": shown in standing,
        "articles": _articles(shown, citations),
        "rules": list(shown.interviewer_rules.select_related("article")),
        **_ladder(shown),
    }
    if shown.is_procedure:
        context["settings"] = list(OfficeSetting.objects.all())
        context["own_steps"], context["own_refusals"] = _uncited(citations)
    return render(request, "regulation/regulation.html", context)


def _requested(request: Request) -> Regulation | None:
    key = request.GET.get("text")
    if key is None:
        return None
    if not (key.isascii() and key.isdecimal() and len(key) < 10):
        raise Http404
    return get_object_or_404(Regulation, pk=int(key))


def _usual(text: Regulation) -> str:
    return "其他版本" if text.is_procedure else "参考"


def _ladder(shown: Regulation) -> dict[str, Any]:
    text = Accountability.objects.filter(regulation=shown).first()
    if text is None:
        return {}
    return {
        "rungs": accountability_overview.rungs(text),
        "circumstances": accountability_overview.circumstances(text),
    }


def _articles(shown: Regulation, citations: list[Citation]) -> list[dict[str, Any]]:
    by_article: dict[int, list[Citation]] = defaultdict(list)
    for citation in citations:
        by_article[citation.article_id].append(citation)
    notes = {note.article_id: note for note in ArticleNote.objects.filter(article__regulation=shown)}
    return [_article(row, by_article[row.pk], notes.get(row.pk)) for row in shown.articles.all()]


def _article(article: Article, citations: list[Citation], note: ArticleNote | None) -> dict[str, Any]:
    steps = _by_code(citations, Citation.Kind.STEP, [*Verb.values, *STEP_ON_RUNG, *PERMISSIONS_OF_VERBS])
    refusals = _by_code(citations, Citation.Kind.REFUSAL, list(SENTENCES))
    return {
        "name": article.name,
        "paragraphs": article.text.splitlines(),
        "note": note,
        "steps": [{"transitions": _who_may(code), "cited": _cited(rows)} for code, rows in steps],
        "refusals": [{"sentence": without_words(code), "cited": _cited(rows)} for code, rows in refusals],
    }


def _who_may(verb: str) -> list[ProcessLine]:
    """Who takes a step; of one on a rung alone, on which; of what is no step, whoever may do it."""
    if verb in STEP_ON_RUNG:
        of_all, rung = STEP_ON_RUNG[verb]
        named = PERMISSIONS_OF_VERBS[of_all]
        return [ProcessLine(f"{permission.label}（{rung.label}）", holders(permission)) for permission in named]
    return [ProcessLine(permission.label, holders(permission)) for permission in PERMISSIONS_OF_VERBS[verb]]


def _by_code(citations: Iterable[Citation], kind: Citation.Kind, order: list[str]) -> list[tuple[str, list[Citation]]]:
    by_code: dict[str, list[Citation]] = defaultdict(list)
    for citation in citations:
        if citation.kind == kind:
            by_code[citation.code].append(citation)
    return sorted(by_code.items(), key=lambda item: order.index(item[0]))


def _cited(rows: list[Citation]) -> str:
    """第九条第一项、第二项, and for which units if not for all."""
    names = official_text.citations((row.article.number, row.clause) for row in rows)
    kinds = "、".join(dict.fromkeys(UnitKind(row.unit_kind).label for row in rows if row.unit_kind))
    return f"{names}（{kinds}）" if kinds else names


def _uncited(citations: list[Citation]) -> tuple[list[Any], list[str]]:
    """Steps and refusals for which the text has no article: the office's own."""
    cited = {(citation.kind, citation.code) for citation in citations}
    steps = [process_line for verb in Verb.values if ("step", verb) not in cited for process_line in _who_may(verb)]
    refusals = [without_words(code) for code in SENTENCES if ("refusal", code) not in cited and code not in UNCITED]
    return steps, refusals
