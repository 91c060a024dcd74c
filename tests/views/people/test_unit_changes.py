"""更名、撤并、转由承接单位办理 in the browser: who registers, who decides, and what everybody reads."""

import pytest
from django.urls import reverse

from tests import cast
from tests.assignments import given
from tests.factories import case_in, pdf
from tests.ladder import measure_anew
from tests.received import received
from yuetan.models import Case, Unit, UnitChange, UnitPaper
from yuetan.vocabulary import CaseState, MeasureState, PostKind, Rank

PAPER = {"effective_on": "2026-11-23", "paper_number": "江民〔2026〕8号"}


@pytest.fixture
def neighbour(office):
    unit = Unit.objects.filter(parent__code="440703").exclude(code=cast.TOWN).select_related("parent").first()
    cast.engage("许廿一", "head_neighbour", unit, PostKind.PARTY_SECRETARY, "党委书记", Rank.BELOW_DIVISION)
    return unit


def test_a_new_name_is_registered_with_its_paper_and_read_everywhere(client, sysadmin, officer, town):
    case = case_in(CaseState.RECTIFYING)
    client.force_login(sysadmin)
    address = reverse("rename_unit", args=[town.pk])
    assert "已印发的文书保留当日的名称" in client.get(address).content.decode()
    empty = client.post(address, {})
    assert empty.status_code == 422
    assert "单位更名还缺：新名称、生效日期、文号、依据文件。" in empty.content.decode()
    sent = PAPER | {"name": "棠下街道", "paper": pdf("批复.pdf")}
    page = client.post(address, sent, follow=True).content.decode()
    assert "蓬江区棠下街道（原棠下镇）" in page
    assert "由“棠下镇”更名为“棠下街道”（江民〔2026〕8号）" in page
    paper = UnitPaper.objects.get()
    download = client.get(reverse("unit_paper", args=[paper.pk]))
    assert (download.status_code, download.getvalue()[:5]) == (200, b"%PDF-")
    client.force_login(officer)
    for url in (reverse("case", args=[case.pk]), "/cases/?q=棠下镇", "/cases/?q=棠下街道", "/tasks/?q=棠下镇"):
        assert "蓬江区棠下街道（原棠下镇）" in client.get(url).content.decode(), url
    assert client.get(reverse("unit_paper_preview", args=[paper.pk])).status_code == 200
    client.force_login(cast.head(cast.TOWN))
    assert client.get(reverse("unit_paper", args=[paper.pk])).status_code == 404


def test_a_merged_units_matters_go_over_by_one_decision(client, sysadmin, director, town, neighbour):
    case, letter = case_in(CaseState.RECTIFYING), received()
    assignment = given(letter)
    measure = measure_anew(MeasureState.DECIDED)
    client.force_login(sysadmin)
    address = reverse("end_unit", args=[town.pk])
    sent = PAPER | {"kind": "merged", "successor": neighbour.pk, "paper": pdf("批复.pdf")}
    page = client.post(address, sent, follow=True).content.decode()
    assert f"并入{neighbour.full_name}" in page
    assert "转由承接单位办理</a>" not in page
    change = UnitChange.objects.get()
    decide = reverse("carry_over", args=[change.pk])
    assert client.get(decide).status_code == 403
    client.force_login(director)
    assert decide in client.get("/").content.decode()
    assert "待办公室主任决定转由承接单位办理" in client.get(reverse("case", args=[case.pk])).content.decode()
    page = client.get(decide).content.decode()
    for words in (case.title, str(letter), assignment.title, measure.title):
        assert words in page
    assert client.post(decide, {"opinion": ""}).status_code == 422
    assert client.post(decide, {"opinion": "同意转办。"}).status_code == 302
    assert decide not in client.get("/").content.decode()
    assert "已于此前决定" in client.get(decide).content.decode()
    label = f"{neighbour.full_name}（原棠下镇）"
    for words in ("棠下镇", neighbour.name):
        assert label in client.get("/cases/", {"q": words}).content.decode()
        assert label in client.get("/tasks/", {"q": words}).content.decode()
    client.force_login(cast.person("head_neighbour"))
    page = client.get(reverse("case", args=[case.pk])).content.decode()
    assert label in page
    assert "同意转办。" in page
    assert f"棠下镇的事项，由{neighbour.name}承接，整改现由党委书记许廿一负责" in page
    assert Case.objects.get(pk=case.pk).unit == neighbour


def test_a_refused_end_keeps_what_was_typed(client, sysadmin, town):
    case_in(CaseState.RECTIFYING)
    client.force_login(sysadmin)
    sent = PAPER | {"kind": "dissolved", "successor": "", "paper": pdf("批复.pdf")}
    answer = client.post(reverse("end_unit", args=[town.pk]), sent)
    assert answer.status_code == 422
    assert "还有未了结的事务，不能没有承接单位" in answer.content.decode()
    assert 'value="江民〔2026〕8号"' in answer.content.decode()
