"""The whole ladder of one unit (株洲 第二十八、二十九条): 通报, 约谈 and 挂牌督办, each not met in time, and 摘牌."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from yuetan.actions.office.office import change_office_setting, decide_setting_change
from yuetan.models import AccountabilityMeasure, Case, OfficeSetting, Regulation, SettingChange, Unit
from yuetan.models.ladder.offered import offered_by_measure
from yuetan.models.law.accountability import CARRIED_OUT
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.scenarios import drivers, keywords, measure_drivers
from yuetan.scenarios.actors import head, in_office, liaison
from yuetan.scenarios.demo.ladder_days import AFTERNOON, lay, on, put_right, walk, working_day
from yuetan.scenarios.files import written_scan
from yuetan.vocabulary import Verb

V = Verb
TEXT, CHOSEN = "zhuzhou", 120
UNIT, MATTER = "440785101", "城乡结合部治安乱点整治不力"
FACTS = (
    "两处城乡结合部治安乱点列入年度整治清单后，四个月没有形成整治方案；出租屋登记率不足五成，"
    "盗窃电动车警情同比上升四成，群众反映强烈。（演示）"
)
DEMANDS = (
    "逐处制定整治方案，明确责任人和完成时间。",
    "完成出租屋登记和视频探头补点，登记率达到九成以上。",
)
FACTS_LISTED = "约谈确定的两项措施到期均未完成，两处乱点仍有三成出租屋没有登记，补装的探头没有接入平台。（演示）"
DEMANDS_LISTED = (
    "完成全部出租屋登记，逐户建立台账。",
    "补装的视频探头全部接入平台，落实专人巡看。",
)
DONE = (
    "全部出租屋已登记1268户，逐户建立台账，抽查五十户均属实。（演示）",
    "补装的探头42个已全部接入平台，明确两名专职人员轮班巡看。（演示）",
)
SUBMISSION = {
    "situation": "两处乱点共有出租屋1268户、常住和流动人口四千余人，已登记出租屋610户。（演示）",
    "problems": "整治方案迟迟没有出台，登记工作没有落实到人，探头补点没有安排经费。",
    "causes": "镇党委对乱点整治研究不够，把任务交给派出所一家，督促检查不到位。",
    "measures": "由党委书记牵头，按片区包干，限期完成登记和探头补点。",
}
INTERVIEW_HOUR = time(15)
INTERVIEW_WORDS = {
    "problems": "通报了两处治安乱点整治逾期、出租屋登记率低的情况。",
    "statement": "镇党委承认部署迟、督促松，提出两项整改措施。",
    "discussion": "讨论认为措施可行，确定了两项措施的时限。",
}
TEAM = (
    {"name": "谈某", "title": "市公安局副局长", "leads": True},
    {"name": "宋某", "title": "市司法局科长", "leads": False},
)


def choose_the_text() -> None:
    """The office carries out 株洲's 责任制: proposed by its director, confirmed by the leader."""
    setting, title = OfficeSetting.objects.get(key=CARRIED_OUT), Regulation.objects.get(key=TEXT).title
    with on(CHOSEN):
        change_office_setting(setting, by=in_office("director"), value=title)
    with on(CHOSEN, steps=2):
        change = SettingChange.objects.get(setting=setting, decided_at=None)
        decide_setting_change(change, by=in_office("group_leader"), agreed=True)


def play_ladder() -> AccountabilityMeasure:
    """The whole way up and off again; returns the 挂牌督办, which has ended."""
    circular = _circular()
    case = _interviewed(circular)
    listing = _listed(case)
    _close_case(case)
    listing = put_right(listing, 54, DONE)
    put_right(circular, 53, DONE)
    met = {"met_on": working_day(52), "opinion": "两项要求逾期后均已完成，经抽查属实。"}
    walk(circular, (V.CONCLUDE_MEASURE,), 51, **met)
    visit = {
        "place": "镇综治中心和两处乱点",
        "findings": "登记台账与入户抽查一致，探头在线率百分之百。",
    }
    listing = walk(listing, (V.RECORD_SITE_CHECK,), 50, **visit, scan=written_scan("乱点整治的现场核查记录"))
    asked = {"words": "挂牌督办要求的两项整改已全部完成，申请摘牌。"}
    listing = walk(listing, (V.ASK_DELISTING,), 49, **asked)
    listing = walk(listing, (V.GRANT_DELISTING,), 48, opinion="经现场核查，整改目标已经完成。")
    return walk(listing, (V.ACKNOWLEDGE_MEASURE,), 47)


def _circular() -> AccountabilityMeasure:
    unit = Unit.objects.get(code=UNIT)
    words: dict[str, Any] = {"matter": MATTER, "facts": FACTS, "demands": "\n".join(DEMANDS), "limit": working_day(95)}
    with on(114):
        measure = measure_drivers.begin(unit, **words)
    return lay(measure, 113)


def _interviewed(circular: AccountabilityMeasure) -> Case:
    """The 通报 was not met: an interview is opened out of it and prepared."""
    walk(circular, (V.OPEN_INTERVIEW,), 93)
    case = Case.objects.get(rung_laid=circular)
    with on(93, steps=3):
        stated = keywords.proposal(case.unit, matter=MATTER, **offered_by_measure(circular).under_ground)
        case = drivers.take(V.REVISE_DRAFT, case, by=None, **stated)
    with on(93, steps=4):
        case = drivers.take(V.SUBMIT, case)
    for verb, ago in ((V.ENDORSE, 92), (V.APPROVE, 91)):
        case = _one_day(case, verb, ago)
    at = datetime.combine(working_day(85), INTERVIEW_HOUR, CHINA_STANDARD_TIME)
    case = _one_day(case, V.SERVE_NOTICE, 90, matter_facts=FACTS, scheduled_at=at, attendees=[])
    case = _one_day(case, V.ACKNOWLEDGE_RECEIPT, 89)
    case = _one_day(case, V.PREPARE_SUBMISSION, 88, **SUBMISSION)
    return _held(_one_day(case, V.HAND_IN_SUBMISSION, 87))


def _held(case: Case) -> Case:
    """The interview itself, its minutes, and its tasks handed over."""
    record = _record(case)
    with on(85, AFTERNOON):
        case = drivers.take(V.HOLD_INTERVIEW, case, by=None, **record)
    for verb, ago in ((V.CONFIRM_MINUTES, 84), (V.SEND_MINUTES, 83), (V.ANSWER_MINUTES, 82), (V.ISSUE_MINUTES, 81)):
        case = _one_day(case, verb, ago)
    return _one_day(case, V.ASSIGN, 80)


def _one_day(case: Case, verb: Verb, ago: int, **changed: object) -> Case:
    with on(ago):
        return drivers.take(verb, case, by=None, **changed)


def _record(case: Case) -> dict[str, object]:
    shown_by = {
        "due_on": working_day(70),
        "proof_required": "方案、台账",
        "acceptance_standard": "入户抽查三十户，均属实",
    }
    rows = [keywords.measure(words, 0, head(case.unit).name) | shown_by for words in DEMANDS]
    attendees = [{"name": in_office("director").name, "title": "市扫黑办主任"}]
    observers = [{"name": liaison(case.unit).name, "title": f"{case.unit.full_name}联络员"}]
    return {**INTERVIEW_WORDS, "measures": rows, "attendees": attendees, "observers": observers}


def _listed(case: Case) -> AccountabilityMeasure:
    """What the interview fixed was not done either: the unit is listed, and a team is sent."""
    words: dict[str, Any] = {"facts": FACTS_LISTED, "demands": "\n".join(DEMANDS_LISTED), "limit": working_day(40)}
    with on(69):
        listing = measure_drivers.begin(case.unit, text=lambda unit, **stated: _after(case, **stated), **words)
    listing = lay(listing, 68)
    listing = walk(listing, (V.SET_WORK_TEAM,), 64, members=TEAM, since=working_day(64))
    report = {
        "reported_on": working_day(60),
        "words": "到两处乱点走访三十户，登记台账有七户与实际不符，已当场要求更正。",
    }
    return walk(listing, (V.RECORD_TEAM_REPORT,), 60, **report)


def _after(case: Case, **stated: object) -> dict[str, object]:
    return measure_drivers.after_interview(Case.objects.get(pk=case.pk), **stated)


def _close_case(case: Case) -> None:
    """What the interview fixed is done at last, looked at and closed."""
    for number, words in enumerate(DONE):
        with on(59, steps=2 * number):
            case = drivers.take(V.PREPARE_REPORT, case, by=None, **keywords.task_report(case, text=words))
        with on(59, steps=2 * number + 1):
            case = drivers.take(V.HAND_IN_REPORT, case)
    for number in range(len(DONE)):
        with on(58, steps=number):
            case = drivers.take(V.ACCEPT_TASK, case)
    case = _one_day(case, V.BEGIN_INSPECTION, 57)
    case = _one_day(case, V.CONCLUDE_INSPECTION, 56, scan=written_scan("乱点整治的督查记录"))
    _one_day(case, V.CLOSE, 55)
