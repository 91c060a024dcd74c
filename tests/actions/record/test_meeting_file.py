"""卷宗 of a meeting that is over: everything of it in order, verified without this program, for who sees all of it."""

from pathlib import Path

import pytest
import time_machine
from django.urls import reverse

from tests import cast
from tests.case_files import BOUND, PACKAGE, made, manifest, sealed, titles, unpacked, verified, words_of
from tests.factories import case_in, pdf
from tests.meeting_corrections import drafted, issued
from tests.meetings import AFTER, DISCUSSION, SHEET, convened, fresh, held, invitation_of, minuted, signed, written
from tests.refusals import appoint, not_theirs, refused
from tests.room_receipts import SCAN as RECEIPT
from tests.room_receipts import notice_on_paper
from tests.web import browser
from yuetan.actions.files.prepared_file import prepare_next
from yuetan.actions.meeting.agenda_files import add_agenda_files
from yuetan.actions.meeting.meetings import cancel_meeting
from yuetan.actions.meeting.minutes import digest_of_meeting, issue_meeting_minutes
from yuetan.actions.record.case_file import request_case_file
from yuetan.ledgers.export import BUILDERS
from yuetan.models import Event, Meeting
from yuetan.vocabulary import CaseState, PostKind

pytestmark = pytest.mark.usefixtures("office")
FILE = "议题汇报.pdf"


def over(case: object = None) -> Meeting:
    """Its 会议纪要 are issued, every row of it sealed as a commit does it."""
    meeting = minuted(case).meeting
    sealed()
    return Meeting.objects.with_people().get(pk=meeting.pk)


def test_the_package_holds_every_piece_and_verifies_offline(tmp_path: Path) -> None:
    meeting = over()
    folder = unpacked(made(meeting), tmp_path)
    name = meeting.title
    assert set(titles(folder)[:2]) == {f"{name}第1项议题：研究年度工作安排", f"关于召开{name}的通知"}
    assert set(titles(folder)[2:5]) == {f"{name}到会情况", f"{name}议定事项", f"{name}纪要"}
    assert titles(folder)[5:] == [f"{name}办理过程记录"]
    said = manifest(folder)
    assert (said["kind"], said["register_number"], said["unit"]) == ("会议", name, "")
    assert said["record"]["chain"] == f"meeting:{meeting.pk}"
    assert said["record"]["entries"] > 3
    code, words = verified(folder)
    assert (code, "核验通过" in words) == (0, True)
    (folder / "record/seals.jsonl").write_text("", encoding="utf-8")
    assert verified(folder)[0] == 1


def test_materials_and_corrections_are_in_it(tmp_path: Path) -> None:
    meeting = written()
    with time_machine.travel(AFTER, tick=False):
        add_agenda_files(meeting.items.get(), by=cast.person("officer"), papers=[pdf(FILE)])
    with time_machine.travel(AFTER, tick=False):
        issue_meeting_minutes(meeting, by=cast.person("director"), seen=digest_of_meeting(meeting))
        drafted(fresh(meeting))
        issued(fresh(meeting))
    meeting = fresh(meeting)
    folder = unpacked(made(meeting), tmp_path)
    pieces = manifest(folder)["pieces"]
    of_item = next(piece for piece in pieces if "项议题" in piece["title"])
    assert [file["role"] for file in of_item["files"]] == ["正文", "议题材料"]
    kept = folder / of_item["files"][1]["path"]
    assert kept.read_bytes() == pdf(FILE).read()
    minutes = [piece for piece in pieces if piece["title"] == f"{meeting.title}纪要"]
    assert {piece["remark"] for piece in minutes} == {"已被替代", ""}
    assert f"{meeting.title}纪要第1次更正" in titles(folder)


def test_the_discussion_and_the_signed_sheet_of_a_collective_conclusion_are_in_it(tmp_path: Path) -> None:
    item = held().items.get()
    with time_machine.travel(AFTER, tick=False) as clock:
        signed(item, scan=[pdf("前稿.pdf")])
        clock.shift(60)
        signed(item)
        issue_meeting_minutes(item.meeting, by=cast.person("director"), seen=digest_of_meeting(fresh(item.meeting)))
    folder = unpacked(made(fresh(item.meeting)), tmp_path)
    files = next(piece for piece in manifest(folder)["pieces"] if "项议题" in piece["title"])["files"]
    listed = [(file["role"], file["name"]) for file in files[1:]]
    assert listed == [("签名的集体结论", SHEET), ("前稿的签名页", "前稿.pdf")]
    assert (folder / files[1]["path"]).read_bytes() == pdf(SHEET).read()
    assert DISCUSSION in words_of(folder / files[0]["path"])


def test_a_receipt_of_paper_lies_with_its_notice(tmp_path: Path) -> None:
    meeting = convened()
    notice_on_paper(meeting, "deputy", by=cast.person("officer"))
    cancel_meeting(meeting, by=cast.person("officer"), reason="时间冲突。")
    folder = unpacked(made(fresh(meeting)), tmp_path)
    files = next(piece for piece in manifest(folder)["pieces"] if piece["title"].startswith("关于召开"))["files"]
    assert [(file["role"], file["name"]) for file in files[1:]] == [("回执", files[1]["name"]), ("回执扫描件", RECEIPT)]
    assert "棠下镇党政办公室主任卫十三，2026年11月23日签收（纸质回执）" in words_of(folder / files[1]["path"])
    assert (folder / files[2]["path"]).read_bytes() == pdf(RECEIPT).read()
    record = manifest(folder)["pieces"][-1]["files"][0]
    words = words_of(folder / record["path"])
    assert "登记会议通知纸质回执" in words
    assert invitation_of(meeting, "deputy").label in words


def test_a_cancelled_meeting_has_one_too(tmp_path: Path) -> None:
    meeting = convened()
    cancel_meeting(meeting, by=cast.person("officer"), reason="时间冲突。")
    folder = unpacked(made(fresh(meeting)), tmp_path)
    assert titles(folder)[-1] == f"{meeting.title}办理过程记录"


def test_one_pdf_is_bound() -> None:
    prepared = made(over(), BOUND)
    assert prepared.problems == []
    assert prepared.file_name.endswith(".pdf")


def test_there_is_none_before_it_is_over_and_while_it_is_corrected() -> None:
    meeting = written()
    with refused(
        f"{meeting.title}现为“{meeting.state.label}”，印发会议纪要或者取消以后才有卷宗可取；请先印发会议纪要。"
    ):
        request_case_file(meeting, by=cast.person("officer"), form=PACKAGE)
    with time_machine.travel(AFTER, tick=False):
        issue_meeting_minutes(meeting, by=cast.person("director"), seen=digest_of_meeting(meeting))
        drafted(fresh(meeting))
    with refused(f"{meeting.title}的纪要正在更正，请先印发或者放弃更正，再取卷宗。"):
        request_case_file(fresh(meeting), by=cast.person("officer"), form=PACKAGE)


def test_none_is_made_while_it_is_corrected_though_it_was_asked_for_before() -> None:
    meeting = over()
    request_case_file(meeting, by=cast.person("officer"), form=PACKAGE)
    with time_machine.travel(AFTER, tick=False):
        drafted(meeting)
    prepared = prepare_next(BUILDERS)
    assert prepared is not None
    assert not prepared.file
    assert "没有生成卷宗" in prepared.problems[0]


@pytest.mark.parametrize("who", ["supervisor", "group_leader", f"head_{cast.TOWN}", "sysadmin"])
def test_others_may_not_take_it(who: str) -> None:
    meeting = over()
    with not_theirs():
        request_case_file(meeting, by=cast.person(who), form=PACKAGE)
    shown = browser(who).get(reverse("meeting", args=[meeting.pk])).content.decode()
    assert "取卷宗数据包" not in shown


def test_who_keeps_away_from_the_unit_of_an_item_may_not_either() -> None:
    case = case_in(CaseState.PROPOSED)
    meeting = over(case)
    appoint(cast.person("second_officer"), case.unit, PostKind.LEADER_IN_CHARGE, "副镇长")
    with not_theirs():
        request_case_file(meeting, by=cast.person("second_officer"), form=PACKAGE)
    assert made(meeting).file


def test_from_the_page_to_the_file_and_the_log() -> None:
    meeting, client = over(), browser("officer")
    page = reverse("meeting", args=[meeting.pk])
    assert "取卷宗数据包" in client.get(page).content.decode()
    asked = client.post(reverse("take_meeting_file", args=[meeting.pk]), {"form": "case_file"})
    prepare_next(BUILDERS)
    ready = client.get(asked.url).content.decode()
    assert "取走时记入操作日志" in ready
    assert page in ready
    served = client.post(f"{asked.url}fetch/")
    assert b"".join(served.streaming_content)[:2] == b"PK"
    taken = Event.objects.get(verb="take_case_file")
    assert (taken.data["name"], taken.data["form"]) == (meeting.title, "卷宗数据包")
    assert client.post(reverse("take_meeting_file", args=[meeting.pk]), {"form": "ledger"}).status_code == 404
