"""卷宗 of a round that is over: plan, papers, findings, conclusions and what followed, for who sees all of it."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse

from tests import cast
from tests.case_files import BOUND, PACKAGE, made, manifest, sealed, titles, unpacked, verified, words_of
from tests.factories import pdf
from tests.opinion_corrections import BETTER, afterwards, corrected_draft, reissued, standing
from tests.refusals import appoint, not_theirs, refused
from tests.room_receipts import SCAN as RECEIPT
from tests.room_receipts import round_paper_on_paper
from tests.rounds import (
    CONCLUSION,
    END,
    WRONG,
    announced,
    covert_round,
    ended,
    found,
    given_of_round,
    informed_visit,
    planned_round,
    signed_for,
    there,
    visit,
    visit_of,
)
from tests.web import browser
from yuetan.actions.files.prepared_file import prepare_next
from yuetan.actions.record.case_file import request_case_file
from yuetan.actions.rounds.closing import cancel_round, drop_visit, end_round
from yuetan.actions.rounds.findings import withdraw_round_finding
from yuetan.actions.rounds.opinion_correction import (
    correct_round_opinion,
    digest_of_correction,
    digest_to_correct,
    reissue_round_opinion,
    withdraw_opinion_correction,
)
from yuetan.actions.rounds.reschedule import move_visit
from yuetan.ledgers.export import BUILDERS
from yuetan.models import Event, SupervisionRound
from yuetan.vocabulary import PostKind

pytestmark = pytest.mark.usefixtures("office")
UNIT = "蓬江区棠下镇"


def over() -> SupervisionRound:
    """Ended, with a photo, a finding that was withdrawn, and a task handed out; sealed as a commit does it."""
    of_round = announced()
    with time_machine.travel(there(), tick=False):
        wrong = found(visit_of(of_round), words="误记的一项")
        withdraw_round_finding(wrong, by=cast.person("officer"), reason="记错了单位。")
    first = informed_visit(of_round=of_round, proof=[pdf("市场照片.pdf")])
    informed_visit(cast.COUNTY, of_round=of_round)
    given_of_round(first)
    with time_machine.travel(there(), tick=False):
        end_round(of_round, by=cast.person("officer"))
    sealed()
    return SupervisionRound.objects.with_people().get(pk=of_round.pk)


def test_the_package_holds_every_piece_and_verifies_offline(tmp_path: Path) -> None:
    of_round = over()
    folder = unpacked(made(of_round), tmp_path)
    town, county = (cast.unit(code).full_name for code in (cast.TOWN, cast.COUNTY))
    listed = titles(folder)
    assert listed[0] == f"{of_round.title}方案"
    assert listed[-1] == f"{of_round.title}办理过程记录"
    for unit in (town, county):
        assert {f"{unit}督导情况", f"{unit}集体结论"} <= set(listed)
    assert f"{town}督导之后" in listed
    assert f"{county}督导之后" not in listed
    said = manifest(folder)
    numbered = [piece for piece in said["pieces"] if piece["document_number"]]
    assert len(numbered) == 4  # a notice and an opinion to each
    assert {file["role"] for piece in numbered for file in piece["files"]} == {"正文", "回执"}
    assert (said["kind"], said["register_number"]) == ("督导", of_round.title)
    assert said["record"]["chain"] == f"supervisionround:{of_round.pk}"
    code, words = verified(folder)
    assert (code, "核验通过" in words) == (0, True)


def test_photos_signed_sheets_and_withdrawn_findings_are_in_it(tmp_path: Path) -> None:
    folder = unpacked(made(over()), tmp_path)
    town = cast.unit(cast.TOWN).full_name
    pieces = {piece["title"]: piece for piece in manifest(folder)["pieces"]}
    seen, concluded = pieces[f"{town}督导情况"]["files"], pieces[f"{town}集体结论"]["files"]
    assert [file["role"] for file in seen] == ["正文", "照片、材料"]
    assert (folder / seen[1]["path"]).read_bytes() == pdf("市场照片.pdf").read()
    assert [file["role"] for file in concluded] == ["正文", "签名的集体结论"]
    words = words_of(folder / seen[0]["path"])
    for each in (WRONG, "误记的一项", "记错了单位"):
        assert each in words
    assert CONCLUSION[:10] in words_of(folder / concluded[0]["path"])


def test_a_receipt_of_paper_lies_with_its_paper_and_who_registered_it_is_on_the_record(tmp_path: Path) -> None:
    of_round = announced()
    round_paper_on_paper(visit_of(of_round), by=cast.person("officer"))
    cancel_round(of_round, by=cast.person("officer"), reason="另行安排。")
    folder = unpacked(made(SupervisionRound.objects.with_people().get(pk=of_round.pk)), tmp_path)
    pieces = manifest(folder)["pieces"]
    (of_town,) = [piece["files"] for piece in pieces if "回执扫描件" in [file["role"] for file in piece["files"]]]
    assert [file["role"] for file in of_town] == ["正文", "回执", "回执扫描件"]
    assert "棠下镇党政办公室主任卫十三，2026年11月23日签收（纸质回执）" in words_of(folder / of_town[1]["path"])
    assert (folder / of_town[2]["path"]).read_bytes() == pdf(RECEIPT).read()
    record = words_of(folder / pieces[-1]["files"][0]["path"])
    assert "登记督导通知书纸质回执" in record


def test_a_cancelled_one_has_one_too_and_one_pdf_is_bound(tmp_path: Path) -> None:
    of_round = covert_round()
    cancel_round(of_round, by=cast.person("officer"), reason="另行安排。")
    cancelled = SupervisionRound.objects.with_people().get(pk=of_round.pk)
    assert titles(unpacked(made(cancelled), tmp_path)) == [f"{of_round.title}方案", f"{of_round.title}办理过程记录"]
    bound = made(SupervisionRound.objects.with_people().get(pk=ended().pk), BOUND)
    assert bound.problems == []
    assert bound.file_name.endswith(".pdf")


def test_why_nobody_went_is_in_it_though_the_unit_was_dropped(tmp_path: Path) -> None:
    of_round = covert_round()
    with time_machine.travel(there(), tick=False):
        by = cast.person("officer")
        move_visit(visit_of(of_round), by=by, day=END, reason="带队人因公外出。")
        drop_visit(visit_of(of_round), by=by, reason="已由上级督导。")
        informed_visit(cast.COUNTY, of_round=of_round)
        end_round(of_round, by=by)
    sealed()
    folder = unpacked(made(SupervisionRound.objects.with_people().get(pk=of_round.pk)), tmp_path)
    plan = next(piece for piece in manifest(folder)["pieces"] if piece["title"] == f"{of_round.title}方案")
    assert "原定2026年11月25日：带队人因公外出。" in words_of(folder / plan["files"][0]["path"])


def test_a_corrected_opinion_is_in_it_beside_the_one_before_with_what_changed_and_both_receipts(tmp_path: Path) -> None:
    of_round = announced(visits=[visit()])
    of_visit = informed_visit(of_round=of_round)
    with time_machine.travel(there(), tick=False):
        signed_for(of_visit, by=cast.person(f"head_{cast.TOWN}"))
    corrected_draft(of_visit, conclusion=BETTER)
    new = reissued(of_visit)
    old = new.replaces
    with time_machine.travel(afterwards(), tick=False):
        end_round(of_round, by=cast.person("officer"))
    sealed()
    folder = unpacked(made(SupervisionRound.objects.with_people().get(pk=of_round.pk)), tmp_path)
    pieces = manifest(folder)["pieces"]
    papers = {piece["document_number"]: piece for piece in pieces if piece["document_number"]}
    assert (papers[old.number]["remark"], papers[new.number]["remark"]) == ("已被替代", "")
    receipts = {number: words_of(folder / papers[number]["files"][-1]["path"]) for number in papers}
    assert "签收" in receipts[old.number]
    assert "未签收" not in receipts[old.number]
    assert "未签收" in receipts[new.number]
    by_title = {piece["title"]: piece for piece in pieces}
    concluded_first = by_title[f"{UNIT}集体结论"]
    assert CONCLUSION in words_of(folder / concluded_first["files"][0]["path"])
    assert [file["name"] for file in concluded_first["files"][1:]] == ["集体结论签名.pdf"]
    corrected = by_title[f"{UNIT}督导意见书第1次更正"]
    said = words_of(folder / corrected["files"][0]["path"])
    assert f"更正前：{CONCLUSION}" in said
    assert f"更正后：{BETTER}" in said
    assert [file["name"] for file in corrected["files"][1:]] == ["更正签名页.pdf"]


def test_what_was_signed_for_drafts_is_in_it_apart_from_what_was_issued(tmp_path: Path) -> None:
    of_round = announced(visits=[visit()])
    of_visit = informed_visit(of_round=of_round)
    corrected_draft(of_visit, scan=[pdf("放弃的.pdf")], conclusion="另一种结论。")
    with time_machine.travel(afterwards(), tick=False):
        withdraw_opinion_correction(of_visit, by=cast.person("officer"), reason="不必更正。")
    corrected_draft(of_visit, scan=[pdf("前稿.pdf")], conclusion="又一种结论。")
    with time_machine.travel(afterwards() + timedelta(minutes=1), tick=False):
        stated = {"reason": "结论有误", "corrected": standing(visit_of(of_round), conclusion=BETTER)}
        seen, by = digest_to_correct(of_visit), cast.person("officer")
        correct_round_opinion(of_visit, by=by, seen=seen, scan=[pdf("定稿.pdf")], **stated)
        reissue_round_opinion(of_visit, by=cast.person("director"), seen=digest_of_correction(of_visit))
        end_round(of_round, by=by)
    sealed()
    folder = unpacked(made(SupervisionRound.objects.with_people().get(pk=of_round.pk)), tmp_path)
    by_title = {piece["title"]: piece for piece in manifest(folder)["pieces"]}
    given_up = by_title[f"{UNIT}放弃的督导意见书更正稿"]
    assert "另一种结论" in words_of(folder / given_up["files"][0]["path"])
    files = given_up["files"][1:] + by_title[f"{UNIT}督导意见书第1次更正"]["files"][1:]
    assert [(file["role"], file["name"]) for file in files] == [
        ("前稿的签名页", "放弃的.pdf"),
        ("签名的集体结论", "定稿.pdf"),
        ("前稿的签名页", "前稿.pdf"),
    ]


def test_there_is_none_before_it_is_over() -> None:
    for of_round in (planned_round(), announced(title="另一次督导")):
        words = f"{of_round.title}现为“{of_round.state.label}”，结束或者取消以后才有卷宗可取；请先结束督导。"
        with refused(words):
            request_case_file(of_round, by=cast.person("officer"), form=PACKAGE)
        assert "取卷宗数据包" not in browser("officer").get(page_of(of_round)).content.decode()


@pytest.mark.parametrize("who", ["supervisor", "group_leader", f"head_{cast.TOWN}", "sysadmin"])
def test_others_may_not_take_it(who: str) -> None:
    of_round = ended()
    with not_theirs():
        request_case_file(of_round, by=cast.person(who), form=PACKAGE)
    assert "取卷宗数据包" not in browser(who).get(page_of(of_round)).content.decode()


def test_who_has_a_post_in_a_unit_of_it_may_not_either() -> None:
    of_round = ended()
    appoint(cast.person("second_officer"), cast.unit(cast.COUNTY), PostKind.LEADER_IN_CHARGE, "副县长")
    with not_theirs():
        request_case_file(of_round, by=cast.person("second_officer"), form=PACKAGE)
    assert made(of_round).file


def test_from_the_page_to_the_file_and_the_log() -> None:
    of_round, client = over(), browser("officer")
    assert "取卷宗数据包" in client.get(page_of(of_round)).content.decode()
    asked = client.post(reverse("take_round_file", args=[of_round.pk]), {"form": "case_file"})
    prepare_next(BUILDERS)
    ready = client.get(asked.url).content.decode()
    assert page_of(of_round) in ready
    served = client.post(f"{asked.url}fetch/")
    assert b"".join(served.streaming_content)[:2] == b"PK"
    assert Event.objects.get(verb="take_case_file").data["name"] == of_round.title
    assert client.post(reverse("take_round_file", args=[of_round.pk]), {"form": "ledger"}).status_code == 404


def page_of(of_round: SupervisionRound) -> str:
    """Its page."""
    return reverse("supervision_round", args=[of_round.pk])
