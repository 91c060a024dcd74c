"""Phrases that several papers share; every article and every body is named from its row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from yuetan.documents.content.paragraphs import Paragraph, sentence
from yuetan.models import Case, Citation, OfficeSetting, Post, Regulation, Subject, Unit, User
from yuetan.models.case.current_parties import BY_OFFICE_RULE
from yuetan.models.office.kept_rules import kept
from yuetan.models.office.read_once import once
from yuetan.models.papers.wording import standard_paragraph
from yuetan.models.people.held_posts import PersonInPosts
from yuetan.rules.refusals import OFFICE_SETTING
from yuetan.rules.text.official_text import chinese_date, citations, joined
from yuetan.vocabulary import DocumentKind, UnitKind

Place = tuple[int, int | None]  # an article of the law by its number, and an item of it, or None for the whole


FORMULA = re.compile("特此[^。，]{1,6}。$")


def source_cited(source: str) -> str:
    """On what a 考核 or a report rests; empty where the office alone set it, which is no basis to cite."""
    return "" if source.strip().rstrip("。") == OFFICE_SETTING else source


def body_name(kind: UnitKind) -> str:
    """The full name of the leading group or of its office; raises DoesNotExist if it was not loaded."""
    names = once("bodies", (Unit,), _read_body_names)
    if kind not in names:
        raise Unit.DoesNotExist(kind)
    return str(names[kind])


def _read_body_names() -> dict[str, str]:
    bodies = Unit.objects.in_use().filter(kind__in=(UnitKind.LEADING_GROUP, UnitKind.OFFICE))
    return dict(bodies.values_list("kind", "name"))


def standard(kind: DocumentKind, key: str, words: Mapping[str, str]) -> Paragraph:
    """A standard paragraph of the office with the values of this paper in place."""
    return Paragraph(standard_paragraph(kind, key, **words), is_standard=True)


def comrades(people: Iterable[PersonInPosts]) -> str:
    """棠下镇党委书记郑九、镇长冯十同志; empty where there is nobody."""
    names = people_named(people)
    return f"{names}同志" if names else ""


def people_named(people: Iterable[PersonInPosts]) -> str:
    """棠下镇党委书记郑九、镇长冯十: each once with all the posts they are named for, their unit once."""
    return joined(each_named(people))


def each_named(people: Iterable[PersonInPosts]) -> list[str]:
    """棠下镇党委书记郑九 and 镇长冯十: of those of one unit who follow each other only the first names it."""
    return [
        f"{person.title if place else person.full_title}{person.name}"
        for _, of_unit in groupby(people, key=lambda person: person.first.unit_id)
        for place, person in enumerate(of_unit)
    ]


def leader(post: Post) -> str:
    """A leader by the post in the leading group that makes them the interviewer."""
    return f"{post.unit.name}{post.get_kind_display()}{post.holder.name}"


def leader_in_short(post: Post) -> str:
    """A leader by post, with the short name of the leading group."""
    return f"{group_in_short(post.unit)}{post.get_kind_display()}{post.holder.name}"


def group_in_short(group: Unit) -> str:
    """The leading group by the short name that the office has set, else by its own."""
    return OfficeSetting.objects.words("group_short_name").strip() or str(group.name)


def office_in_short(text: str) -> str:
    """A text with the office by the short name that it has set, if it has."""
    name, short = body_name(UnitKind.OFFICE), OfficeSetting.objects.words("office_short_name").strip()
    return text.replace(name, short or name)


def precedence(post: Post) -> int:
    """The order in which a unit's heads are named: 书记 before 镇长."""
    return post.precedence


def acting(case: Case) -> list[Paragraph]:
    """Why somebody else interviews than the rules name; nothing where it is who they name.

    That the office has set who acts is for this system and for the 呈批表; a paper that goes out says who does.
    """
    reason = case.acting_reason.replace(BY_OFFICE_RULE, "")
    return [Paragraph(f"约谈人说明：{reason}。", is_standard=True)] if reason else []


def interviewer(case: Case) -> Post:
    """Who interviews; a case has one from its first proposal on."""
    assert case.interviewer is not None
    return case.interviewer


def based_on(regulation: Regulation, places: Iterable[Place]) -> str:
    """根据《……约谈办法》第六条、第七条规定; empty where nothing is cited."""
    return _by("根据", regulation, places)


def according_to(case: Case, *codes: str) -> str:
    """按照《……约谈办法》第八条规定, of what steps carry out; empty where the law is silent."""
    return _by("按照", case.regulation, cited(case, *codes))


def according_to_articles(case: Case, *codes: str) -> str:
    """按照《……约谈办法》第十条规定: of what steps carry out the articles, whichever item of them may come to bear."""
    articles = dict.fromkeys(article for article, _ in cited(case, *codes))
    return _by("按照", case.regulation, [(article, None) for article in articles])


def _by(word: str, regulation: Regulation, places: Iterable[Place]) -> str:
    articles = citations(places)
    return f"{word}《{regulation.title}》{articles}规定" if articles else ""


def cited(case: Case, *codes: str) -> Iterator[Place]:
    """The articles and items that steps carry out, one by one."""
    for code in codes:
        yield from case.regulation.places_cited_by(code, case.unit.kind)


def grounds_cited(case: Case) -> list[Place]:
    """The items of the law for which the unit is interviewed, in the order of the text."""
    return [(row.ground.article.number, row.ground.number) for row in case.case_grounds.all()]


def grounds_quoted(case: Case) -> str:
    """《……》第五条第二项、第三项所列情形：……；……。 in the words of the law."""
    texts = [row.ground.text.strip().rstrip("；。") for row in case.case_grounds.all()]
    return f"《{case.regulation.title}》{citations(grounds_cited(case))}所列情形：{'；'.join(texts)}。" if texts else ""


def quoted(regulation: Regulation, code: str) -> str:
    """The wording of what a step carries out: 《……》第八条规定：“……”; empty where the law is silent."""
    cited_rows = regulation.citations.filter(code=code, kind=Citation.Kind.STEP).select_related("article")
    rows = kept(("quoted", regulation.pk, code), lambda: list(cited_rows))
    articles = dict.fromkeys(row.article for row in rows)
    return "".join(f"《{regulation.title}》{article.name}规定：“{article.text.strip()}”" for article in articles)


def paper_cited(title: str, number: str) -> str:
    """《关于……的约谈通知书》（江扫黑办〔2026〕10号): every paper is named by its title and its number."""
    return f"《{title}》（{number}）" if title else number


def replacement(title: str, number: str, reason: str, itself: str = "本纪要") -> Paragraph:
    """What a paper that was put right begins with: the one it replaces, and why; `itself` is what it calls itself."""
    why = sentence(reason).removesuffix("。")
    return Paragraph(f"{paper_cited(title, number)}因{why}，现予更正重印，由{itself}替代。")


def task_list_title(case: Case) -> str:
    """棠下镇整改任务清单, as the minutes name their annex and as it is headed."""
    return f"{case.unit.full_name}整改任务清单"


def by_day(day: date | None) -> str:
    """于2026年10月21日前; empty where there is no such day."""
    return f"于{chinese_date(day)}前" if day else ""


def existing_problem(matter: str) -> str:
    """农贸市场欺行霸市问题; 整治不力的问题: a matter as what a unit has (存在)."""
    return matter if matter.endswith("问题") else f"{matter}的问题"


def closed_with(closing: Paragraph, whom_to_call: Sequence[Paragraph]) -> list[Paragraph]:
    """The end of a paper: whom to call stands before 特此函告。 and the like, which nothing follows."""
    formula = FORMULA.search(closing.text) if whom_to_call else None
    if formula is None:
        return [closing, *whom_to_call]
    before = closing.text[: formula.start()]
    first = [replace(closing, text=before)] if before else []
    return [*first, *whom_to_call, replace(closing, text=formula[0])]


def contact(subject: Subject) -> list[Paragraph]:
    """Whom to call, as the office has set it; or the telephone of who is in charge, whose name a paper never says."""
    return contact_of_office(subject.drafter)


def contact_of_office(in_charge: User) -> list[Paragraph]:
    """Whom to call about what is no case and no letter, as `contact` says it, with who is in charge."""
    person, telephone = (OfficeSetting.objects.words(key).strip() for key in ("contact_person", "contact_telephone"))
    named = {"联系人": person, "联系电话": telephone or in_charge.telephone}
    words = "，".join(f"{label}：{value}" for label, value in named.items() if value)
    return [Paragraph(f"{words}。")] if words else []
