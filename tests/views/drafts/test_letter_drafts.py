"""What is typed into a 提醒函 or its answer is kept until it is handed in, as on the forms of steps."""

import json

from django.test import Client

from tests import cast
from tests.factories import case_in, later, letter_in
from tests.web import BACKEND, Visitor
from yuetan.actions.letter.letter import acknowledge_letter
from yuetan.actions.letter.letter_answer import answer_letter
from yuetan.actions.messages.daily import daily
from yuetan.actions.papers.document import void_document
from yuetan.models import Case, DraftField
from yuetan.rules.three_way_merge import digest
from yuetan.vocabulary import CaseState, LetterState


def keep(person, url, **fields):
    """What a page with scripts sends while somebody types."""
    client = Client()
    client.force_login(person, backend=BACKEND)
    cells = {name: {"value": [value], "shown": digest([])} for name, value in fields.items()}
    return client.post(url, {"owner": person.pk, "cells": json.dumps(cells)})


def test_a_letter_half_written_is_there_again_and_goes_when_it_is_drafted(office, supervisor, officer, head):
    case = case_in(CaseState.RECTIFYING)
    url = f"/letters/new/autosave/?case={case.pk}"
    assert keep(supervisor, url, problems="三项整治均未启动。").status_code == 200
    assert keep(supervisor, "/letters/new/autosave/", matter="另一件事").status_code == 200
    for somebody in (officer, head):
        assert keep(somebody, "/letters/new/autosave/", matter="甲").status_code == 403
    visitor = Visitor(supervisor)
    listed = visitor.open("/letters/")
    assert f"棠下镇：{case.title}" in listed
    assert visitor.open("/letters/new/").forms[-1].values["matter"] == ["另一件事"]
    page = visitor.open(f"/letters/new/?case={case.pk}")
    assert page.forms[-1].values["problems"] == ["三项整治均未启动。"]
    assert page.forms[-1].values["case"] == [case.register_number]
    assert "自动保存，尚未提交" in page
    visitor.press("保存，送签发", lead_matter="非法采砂", requirements="抓紧部署。")
    assert [text.value for text in DraftField.objects.all()] == [["另一件事"]]
    assert Case.objects.get(pk=case.pk).letters.get().problems == "三项整治均未启动。"


def test_an_answer_is_its_writers_own_and_past_once_the_letter_is_answered(office, member_head, member_liaison):
    letter = acknowledge_letter(letter_in(LetterState.ISSUED), by=member_head)
    url = f"/letters/{letter.pk}/answer/autosave/"
    assert keep(member_head, url, answer="已重新部署。").status_code == 200
    assert keep(member_liaison, url, answer="联络员拟写的。").status_code == 200
    assert keep(cast.person("supervisor"), url, answer="甲").status_code == 403
    page = Visitor(member_head).open(f"/letters/{letter.pk}/answer/")
    assert page.forms[-1].values["answer"] == ["已重新部署。"]
    draft = Visitor(member_liaison).open(f"/letters/{letter.pk}/prepare/")
    assert draft.forms[-1].values["answer"] == ["联络员拟写的。"]
    answer_letter(letter, by=member_head, answer="另在别处答复。")
    late = keep(member_head, url, answer="再写")
    assert (late.status_code, "答复" in late.json()["words"]) == (409, True)
    assert "赵四" not in late.json()["words"]
    assert late.json()["words"].startswith("韩十六（市公安局局长）已于2026年11月23日 10:00办理：答复提醒函")
    with later(days=400):
        assert daily()["清理自动保存内容"] == {"删除": 2}


def test_who_types_an_answer_to_a_letter_that_was_voided_reads_so(office, member_head, director):
    letter = acknowledge_letter(letter_in(LetterState.ISSUED), by=member_head)
    void_document(letter.document, by=director, reason="对象有误")
    late = keep(member_head, f"/letters/{letter.pk}/answer/autosave/", answer="再写")
    assert late.status_code == 409
    assert late.json()["words"].startswith("市扫黑办已于2026年11月23日 10:00办理：作废文书")
