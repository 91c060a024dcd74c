"""卷宗 of a measure that is over: how it came about, papers, tasks, what was said and what followed."""

from pathlib import Path

import pytest
import time_machine
from django.urls import reverse

from tests import cast
from tests.case_files import BOUND, PACKAGE, made, manifest, sealed, titles, unpacked, verified, words_of
from tests.factories import later, pdf
from tests.ladder import listing_with_records, measure_in, put_right, take
from tests.pleas import ANSWER, revoked
from tests.refusals import appoint, not_theirs, refused
from tests.vetoes import AFTER, stationed
from tests.web import browser
from yuetan.actions.files.prepared_file import prepare_next
from yuetan.actions.papers.document import void_document
from yuetan.actions.record.case_file import request_case_file
from yuetan.documents.case_file.matter import matter_of_measure
from yuetan.documents.office_form_pdf import internal_content
from yuetan.ledgers.export import BUILDERS
from yuetan.models import AccountabilityMeasure, Event
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import DocumentKind, MeasureState, PostKind, Verb

pytestmark = pytest.mark.usefixtures("office")
OVER_IN = 200  # days, longer than half a year


def delisted() -> AccountabilityMeasure:
    """A 挂牌督办 with a work team and a refused request, ended by 摘牌; signed for, sealed as a commit does it."""
    measure = take(Verb.RECORD_SITE_CHECK, listing_with_records())
    measure = take(Verb.ASK_DELISTING, measure, papers=[pdf("完成情况.pdf")])
    measure = take(Verb.ACKNOWLEDGE_MEASURE, take(Verb.GRANT_DELISTING, measure))
    sealed()
    return anew(measure)


def anew(measure: AccountabilityMeasure) -> AccountabilityMeasure:
    """The same, read anew."""
    return AccountabilityMeasure.objects.get(pk=measure.pk)


def ended() -> AccountabilityMeasure:
    """A 通报 that closes nothing, its target found met."""
    return measure_in(MeasureState.ENDED)


def test_the_package_of_a_listing_holds_every_piece_and_verifies_offline(tmp_path: Path) -> None:
    measure = delisted()
    with later(days=OVER_IN):
        folder = unpacked(made(measure), tmp_path)
    listed = titles(folder)
    assert listed[-1] == f"{measure.title}办理过程记录"
    wanted = {f"{measure.title}责任措施呈批表", measure.title, f"关于{measure.matter}的摘牌通知书", "工作组人员"}
    assert wanted <= set(listed)
    assert listed.count("单位申请摘牌") == 2
    assert [each for each in listed if each.endswith("工作组报告")]
    assert [each for each in listed if "现场核查记录" in each]
    assert [each for each in listed if "整改任务" in each and "报告" in each]
    said = manifest(folder)
    roles = {file["role"] for piece in said["pieces"] if piece["document_number"] for file in piece["files"]}
    assert {"正文", "回执"} <= roles
    assert (said["kind"], said["register_number"], said["unit"]) == (
        "责任措施",
        measure.paper_number,
        measure.unit_label,
    )
    assert said["record"]["chain"] == f"accountabilitymeasure:{measure.pk}"
    names = [file["name"] for piece in said["pieces"] for file in piece["files"]]
    assert "完成情况.pdf" in names
    code, words = verified(folder)
    assert (code, "核验通过" in words) == (0, True)
    (folder / "record/seals.jsonl").write_text("", encoding="utf-8")
    assert verified(folder)[0] == 1


def test_nothing_that_was_uploaded_is_forgotten(tmp_path: Path) -> None:
    measure = delisted()
    with later(days=OVER_IN):
        folder = unpacked(made(measure), tmp_path)
    kept = {file["sha256"] for piece in manifest(folder)["pieces"] for file in piece["files"]}
    left_out = [each for piece in manifest(folder)["pieces"] for each in piece["left_out"]]
    assert left_out == []
    assert {one.sha256 for one in measure.attachments.all()} <= kept


def test_a_plea_and_its_answer_are_in_it(tmp_path: Path) -> None:
    measure = revoked()
    with later(days=30):
        folder = unpacked(made(anew(take_all(measure))), tmp_path)
    pieces = {piece["title"]: piece for piece in manifest(folder)["pieces"]}
    stated = pieces[f"{measure.unit_label}的申述"]
    words = words_of(folder / stated["files"][0]["path"])
    assert ANSWER["grounds"][:8] in words


def take_all(measure: AccountabilityMeasure) -> AccountabilityMeasure:
    """Signed for, where something of it still waits to be."""
    waits = anew(measure).pending_steps.now().filter(verb=Verb.ACKNOWLEDGE_MEASURE).exists()
    return take(Verb.ACKNOWLEDGE_MEASURE, measure) if waits else measure


def test_what_departments_said_before_a_veto_and_what_its_superior_did_are_in_it(tmp_path: Path) -> None:
    decided = stationed()
    with time_machine.travel(AFTER, tick=False):
        measure = take(Verb.PROPOSE_VETO, decided)
        with refused(f"{measure.title}还有没有办完的事（{Verb.RECORD_REFERRAL_RECEIPT.label}），请先办完，再取卷宗。"):
            request_case_file(anew(measure), by=cast.person("officer"), form=PACKAGE)
        while waits := anew(measure).pending_steps.now().order_by("pk").first():
            measure = take(Verb(waits.verb), measure)
        folder = unpacked(made(anew(measure)), tmp_path)
    listed = titles(folder)
    assert len([each for each in listed if each.startswith("商请")]) >= 2
    assert len([each for each in listed if each.endswith("的签收和结果")]) == 2
    assert [each for each in listed if each.startswith("商请函呈批表（")]


def test_the_scan_of_what_a_leader_decided_on_paper_is_with_the_form_of_approval(tmp_path: Path) -> None:
    measure = measure_in(MeasureState.PROPOSED)
    for verb in (Verb.REGISTER_MEASURE_PAPER, Verb.CONFIRM_MEASURE_DECISION, Verb.SERVE_MEASURE):
        measure = take(verb, measure)
    measure = take(Verb.CONCLUDE_MEASURE, put_right(take(Verb.ACKNOWLEDGE_MEASURE, measure)))
    folder = unpacked(made(anew(measure)), tmp_path)
    form = next(each for each in manifest(folder)["pieces"] if each["title"].endswith("责任措施呈批表"))
    assert ("审定凭据", "签批件.png") in [(file["role"], file["name"]) for file in form["files"]]


def test_a_unit_named_beside_the_first_has_the_same_form_with_the_same_scan(tmp_path: Path) -> None:
    measure = measure_in(MeasureState.PROPOSED, further_units=[cast.unit(cast.COUNTY)])
    for verb in (Verb.REGISTER_MEASURE_PAPER, Verb.CONFIRM_MEASURE_DECISION, Verb.SERVE_MEASURE):
        measure = take(verb, measure)
    other = measure.copies.get()
    page = browser("officer").get(page_of(other)).content.decode()
    assert "签批件.png" in page
    opinions = internal_content(DocumentKind.MEASURE_FORM, other)["opinions"]
    assert opinions == internal_content(DocumentKind.MEASURE_FORM, measure)["opinions"]
    assert {one.label: bool(one.signed) for one in opinions} == {"审定": True, "核稿": True, "拟稿": True}
    other = take(Verb.CONCLUDE_MEASURE, put_right(take(Verb.ACKNOWLEDGE_MEASURE, other)))
    sealed()
    folder = unpacked(made(anew(other)), tmp_path)
    form = next(each for each in manifest(folder)["pieces"] if each["title"].endswith("责任措施呈批表"))
    assert ("审定凭据", "签批件.png") in [(file["role"], file["name"]) for file in form["files"]]
    code, said = verified(folder)
    assert code == 0, said


def test_one_pdf_is_bound() -> None:
    prepared = made(ended(), BOUND)
    assert prepared.problems == []
    assert prepared.file_name.endswith(".pdf")


def test_there_is_none_while_it_goes_on_closes_something_or_waits() -> None:
    served = measure_in(MeasureState.SERVED)
    state = f"{served.title}现为“{served.get_state_display()}”"
    with refused(f"{state}，整改完成、摘牌、撤销、作废或者提出书面建议后才可取卷宗；请先办完。"):
        request_case_file(served, by=cast.person("officer"), form=PACKAGE)
    assert "取卷宗数据包" not in browser("officer").get(page_of(served)).content.decode()
    measure = delisted()
    last = measure.restrictions.latest("until").until
    with refused(f"{measure.title}的资格限制到{chinese_date(last)}为止，请期满以后再取卷宗。"):
        request_case_file(measure, by=cast.person("officer"), form=PACKAGE)
    with later(days=(last - clock.today()).days + 1):
        assert made(measure).file


def test_what_was_voided_is_over_and_goes_into_the_archive(tmp_path: Path) -> None:
    measure = measure_in(MeasureState.SERVED)
    void_document(measure.issued_paper, by=cast.person("director"), reason="编号有误。")
    assert "取卷宗数据包" in browser("officer").get(page_of(measure)).content.decode()
    sealed()
    folder = unpacked(made(anew(measure)), tmp_path)
    assert measure.title in titles(folder)
    ended = matter_of_measure(anew(measure)).ended
    assert ended.endswith(f"，现为“{anew(measure).get_state_display()}”，文书已于{chinese_date(clock.today())}作废。")
    assert verified(folder)[0] == 0


@pytest.mark.parametrize("who", ["supervisor", "group_leader", f"head_{cast.TOWN}", "sysadmin"])
def test_others_may_not_take_it(who: str) -> None:
    measure = ended()
    with not_theirs():
        request_case_file(measure, by=cast.person(who), form=PACKAGE)
    assert "取卷宗数据包" not in browser(who).get(page_of(measure)).content.decode()


def test_who_has_a_post_in_its_unit_may_not_either() -> None:
    measure = ended()
    appoint(cast.person("second_officer"), measure.unit, PostKind.LEADER_IN_CHARGE, "副镇长")
    with not_theirs():
        request_case_file(measure, by=cast.person("second_officer"), form=PACKAGE)
    assert made(measure).file


def test_who_has_a_post_in_a_unit_that_the_text_names_beside_may_not_either() -> None:
    measure = measure_in(MeasureState.ENDED, further_units=[cast.unit(cast.DIVISION_TOWN)])
    appoint(cast.person("second_officer"), cast.unit(cast.DIVISION_TOWN), PostKind.LEADER_IN_CHARGE, "副主任")
    with not_theirs():
        request_case_file(measure, by=cast.person("second_officer"), form=PACKAGE)
    assert made(measure).file


def test_from_the_page_to_the_file_and_the_log() -> None:
    measure, client = ended(), browser("officer")
    assert "取卷宗数据包" in client.get(page_of(measure)).content.decode()
    asked = client.post(reverse("take_measure_file", args=[measure.pk]), {"form": "case_file"})
    prepare_next(BUILDERS)
    assert page_of(measure) in client.get(asked.url).content.decode()
    served = client.post(f"{asked.url}fetch/")
    assert b"".join(served.streaming_content)[:2] == b"PK"
    assert Event.objects.get(verb="take_case_file").data["name"] == measure.paper_number
    assert client.post(reverse("take_measure_file", args=[measure.pk]), {"form": "ledger"}).status_code == 404


def page_of(measure: AccountabilityMeasure) -> str:
    """Its page."""
    return reverse("measure_laid", args=[measure.pk])
