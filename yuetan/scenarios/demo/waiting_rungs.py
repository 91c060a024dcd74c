"""Rungs of the demonstration that wait for somebody: one in each state, so that every home of a role shows one."""

from __future__ import annotations

from typing import Any

from yuetan.actions.ladder.inquiries import ask_restrictions, digest_of_answer, reply_to_inquiry
from yuetan.actions.proposal.proposal import draft as draft_case
from yuetan.models import AccountabilityMeasure, RestrictionInquiry, Unit
from yuetan.models.assessment.evidence import unqualified_sheets
from yuetan.models.assessment.offered import offered_by_sheet
from yuetan.models.case.gravity import gravity_doors
from yuetan.rules.dates import clock
from yuetan.scenarios import drivers, keywords, measure_drivers
from yuetan.scenarios.actors import head, in_office
from yuetan.scenarios.demo.ladder import TEAM
from yuetan.scenarios.demo.ladder import UNIT as ASKED_ABOUT
from yuetan.scenarios.demo.ladder_days import lay, on, put_right, walk, working_day
from yuetan.scenarios.demo.vetoes import consulted
from yuetan.scenarios.files import written_scan
from yuetan.scenarios.keywords import task_report
from yuetan.vocabulary import PleaOutcome, Verb

V = Verb
UNQUALIFIED = "440703101"
BEFORE_DECISION = (V.SUBMIT_MEASURE, V.ENDORSE_MEASURE)


def play_waiting_rungs() -> None:
    """One measure for each thing that waits, and two letters of 组织部: one has its 复函, one waits for it."""
    for play in (  # in the order in which their papers were issued
        _late,
        _listed,
        _reported,
        _veto,
        _before_a_leader,
        _signed_on_paper,
        _to_be_served,
        _unsigned,
        _in_review,
        _draft,
    ):
        play()
    _interview_by_gravity()
    _with_its_reply()
    _asked()


def _draft() -> None:
    stated: dict[str, Any] = {"facts": "抽查的二十件矛盾纠纷，有九件没有化解记录，台账日期前后矛盾。（演示）"}
    _begun("440784103", 1, matter="矛盾纠纷排查台账不实", demands="逐件复核矛盾纠纷台账，补齐化解记录。", **stated)


def _in_review() -> None:
    """考核 found it 不合格 (第二十六条第四项): its sheet is the evidence."""
    (sheet,) = unqualified_sheets(Unit.objects.get(code=UNQUALIFIED))
    offered = offered_by_sheet(sheet)
    assert offered is not None
    stated: dict[str, Any] = {"facts": f"{offered.facts}（演示）", "sheets": [sheet]}
    demands = "对照考核扣分项逐条提出整改措施。\n每月书面报告一次整改进展。"
    measure = _begun(UNQUALIFIED, 2, ground=4, matter="年度工作考核不合格", demands=demands, **stated)
    walk(measure, (V.SUBMIT_MEASURE,), 1)


def _before_a_leader() -> None:
    stated: dict[str, Any] = {
        "facts": "两个建材市场整治验收后一个月内又出现强买强卖，区里没有采取措施。（演示）",
        "door_words": "整治验收后一个月内反弹，被媒体连续报道，影响特别重大，尚不够实施一票否决权制。",
        "demands": "对两个建材市场重新开展整治，逐家登记经营户。\n建立市场巡查制度，每周通报一次。",
    }
    words: dict[str, Any] = {"matter": "建材市场欺行霸市问题反弹", **stated}
    measure = _begun("440704", 3, ground=5, text=measure_drivers.listed_supervision, **words)
    walk(measure, BEFORE_DECISION, 2)


def _signed_on_paper() -> None:
    """A leader decided on paper (签批件); the officer has registered it, and somebody else has to compare the scan."""
    stated: dict[str, Any] = {"facts": "河堤两处游商聚集点的治安投诉连续三个月位居全区前列，没有整治安排。（演示）"}
    demands = "提出两处聚集点的整治安排，明确责任领导。\n落实夜间巡逻，每月报告一次。"
    measure = _begun("440705103", 4, matter="河堤游商聚集点治安混乱", demands=demands, **stated)
    measure = walk(measure, BEFORE_DECISION, 3)
    signed = {"given_on": working_day(2), "opinion": "同意通报，限期整改。", "proof": written_scan("通报签批件")}
    walk(measure, (V.REGISTER_MEASURE_PAPER,), 1, **signed)


def _to_be_served() -> None:
    stated: dict[str, Any] = {"facts": "三条河道的采砂船只没有登记，夜间盗采警情连续三个月上升。（演示）"}
    demands = "完成采砂船只登记，建立夜间联合巡查制度。"
    measure = _begun("440700-122", 3, matter="河道采砂船只监管缺位", demands=demands, **stated)
    walk(walk(measure, (V.SUBMIT_MEASURE,), 2), (V.DECIDE_MEASURE,), 1)


def _unsigned() -> None:
    """A 通报 that should have been signed for three working days ago: the officer's to see to, and the director's."""
    stated: dict[str, Any] = {"facts": "旅馆业实名登记抽查二十家，有六家未落实，复查仍有四家未改。（演示）"}
    measure = _begun("440781", 6, matter="旅馆业实名登记不落实", demands="对全市旅馆逐家复查，限期整改到位。", **stated)
    measure = walk(walk(measure, (V.SUBMIT_MEASURE,), 6), (V.DECIDE_MEASURE,), 5)
    walk(measure, (V.SERVE_MEASURE,), 4)


def _reported() -> None:
    """One task reported, and the report on the other prepared for the head; a plea whose answer waits for decision."""
    stated: dict[str, Any] = {"facts": "校园周边三处治安隐患点通报两次仍未整治。（演示）"}
    demands = "整治校园周边三处治安隐患点。\n上下学时段落实护学巡逻。"
    measure = lay(_begun("440705102", 20, matter="校园周边治安隐患整治不力", demands=demands, **stated), 19)
    measure = _pleaded(measure)
    done = "三处隐患点已拆除违建、补装路灯和探头，照片和验收单附后。（演示）"
    with on(3):
        measure = measure_drivers.take(V.PREPARE_REPORT, measure, by=None, **task_report(measure, text=done))
    measure = walk(measure, (V.HAND_IN_REPORT,), 2)
    prepared = "已制定护学巡逻排班表，每日上下学时段各安排六人。（演示）"
    with on(1):
        measure_drivers.take(V.PREPARE_REPORT, measure, by=None, **task_report(measure, text=prepared))


def _pleaded(measure: AccountabilityMeasure) -> AccountabilityMeasure:
    """The head pleads against the measure; the officer would have it stand, and who decided it has to say."""
    words = (
        "通报所称“通报两次仍未整治”与实际有出入：第二次通报前，东侧隐患点已经整治完毕，验收单附后，请予核对。（演示）"
    )
    papers = [written_scan("东侧隐患点整治验收单")]
    measure = walk(measure, (V.PREPARE_PLEA, V.STATE_PLEA), 10, words=words, papers=papers)
    grounds = "经核对，验收单的日期在第二次通报之后；另外两处当时均未动工，通报认定的事实成立。（演示）"
    return walk(measure, (V.DRAFT_PLEA_ANSWER,), 5, outcome=PleaOutcome.UPHELD, grounds=grounds)


def _late() -> None:
    """A 通报 that was pleaded against, upheld, and not met: the door to an interview stands open."""
    stated: dict[str, Any] = {"facts": "出租屋和流动人口底数不清，抽查五十户有二十一户没有登记。（演示）"}
    demands = "完成出租屋和流动人口登记，建立网格台账。"
    measure = _begun("440703101", 46, matter="流动人口服务管理缺位", demands=demands, until=4, **stated)
    measure = lay(measure, 45)
    words = "登记率偏低是因为拆迁片区集中搬离，名册没有及时注销，请予核对。（演示）"
    measure = walk(measure, (V.PREPARE_PLEA, V.STATE_PLEA), 41, words=words)
    grounds = "经核对，抽查的五十户均不在拆迁片区，二十一户没有登记属实，通报认定的事实成立。（演示）"
    measure = walk(measure, (V.DRAFT_PLEA_ANSWER,), 40, outcome=PleaOutcome.UPHELD, grounds=grounds)
    measure = walk(measure, (V.UPHOLD_MEASURE,), 39, opinion="经复核，认定的事实清楚，维持原通报。")
    walk(measure, (V.ACKNOWLEDGE_MEASURE,), 38)


def _listed() -> None:
    """A 挂牌督办 that was put right and looked at on the spot; who listed it has to decide on 摘牌."""
    stated: dict[str, Any] = {
        "facts": "两处矿区因争抢运输发生聚众械斗，市里没有及时处置。（演示）",
        "door_words": "聚众械斗致多人受伤，影响特别重大，尚不够实施一票否决权制。",
        "demands": "整顿两处矿区运输秩序，明确承运企业。\n矿区周边设立警务室，落实巡逻。",
    }
    words: dict[str, Any] = {"matter": "矿区运输秩序混乱", **stated}
    measure = lay(_begun("440781", 32, text=measure_drivers.listed_supervision, **words), 31)
    measure = walk(measure, (V.SET_WORK_TEAM,), 26, members=TEAM, since=working_day(26))
    done = ("两处矿区运输已通过公开招标确定承运企业。（演示）", "警务室已挂牌运行，每日巡逻两次。（演示）")
    measure = put_right(measure, 5, done)
    visit = {"place": "两处矿区和新设警务室", "findings": "承运企业已进场，警务室有人值守，台账齐全。"}
    measure = walk(measure, (V.RECORD_SITE_CHECK,), 3, **visit, scan=written_scan("矿区的现场核查记录"))
    walk(measure, (V.ASK_DELISTING,), 2, words="两项整改已经完成，秩序平稳，申请摘牌。")


def _veto() -> None:
    """A 一票否决 before the leading group: one department has answered, the other is waited for."""
    stated: dict[str, Any] = {
        "facts": "两年内四起非法采矿案件的线索均未移交，其中一起造成人员死亡。（演示）",
        "door_words": "线索长期不移交，非法采矿造成人员死亡，影响特别重大。",
    }
    matter = "非法采矿线索不移交造成严重后果"
    measure = _begun("440700-118", 9, ground=3, text=measure_drivers.veto, matter=matter, **stated)
    measure = walk(measure, BEFORE_DECISION, 8)
    consulted(measure, (("市委组织部", "干部监督科科长袁某"), ("市应急管理局", "")), 6)


def _with_its_reply() -> None:
    """Of the leader whose unit was listed; a second person looks and issues the 复函 the day after."""
    unit = Unit.objects.get(code=ASKED_ABOUT)
    post = next(post for post in unit.posts.current() if post.holder == head(unit))
    letter: dict[str, Any] = {"letter_number": "11号", "letter_on": working_day(7), "purpose": "拟提拔人选考察"}
    whom: dict[str, Any] = {"unit": None, "name": post.holder.name, "title": post.full_title}
    with on(6):
        inquiry = _asking(**letter, day=working_day(6), **whom)
    with on(5):
        reply_to_inquiry(inquiry, by=in_office("director"), seen=digest_of_answer(inquiry))


def _asked() -> None:
    letter: dict[str, Any] = {"letter_number": "18号", "letter_on": working_day(2), "purpose": "综合性评选资格审核"}
    _asking(**letter, day=clock.today(), unit=Unit.objects.get(code=ASKED_ABOUT), name="", title="")


def _asking(*, letter_number: str, **asked: Any) -> RestrictionInquiry:
    number = f"江组函〔{clock.today().year}〕{letter_number}（演示）"
    return ask_restrictions(by=in_office("officer"), organ="江门市委组织部", letter_number=number, who="", **asked)


def _interview_by_gravity() -> None:
    """An interview proposed at once because of what has come of it (第二十八条), before a leader since today: the
    record of cases is in the order of its days, and the others are played before."""
    unit = Unit.objects.get(code="440784103")
    (door,) = gravity_doors(clock.today())
    stated: dict[str, Any] = keywords.proposal(
        unit,
        matter="出租屋火灾隐患排查走过场",
        facts="三百六十间出租屋的消防排查台账由一人代填，起火楼栋登记为“无隐患”。（演示）",
        reference_number="火灾事故调查通报第4号",
        reference_summary="起火楼栋三个月内两次登记为“无隐患”，实际电气线路严重老化。",
        door=door,
        door_words="排查台账造假，一栋出租屋起火致二人受伤，被多家媒体报道，影响重大。",
    )
    case = draft_case(by=in_office("officer"), **stated)
    for verb in (V.SUBMIT, V.ENDORSE):
        case = drivers.take(verb, case)


def _begun(code: str, ago: int, *, ground: int = 1, until: int = -20, **stated: Any) -> AccountabilityMeasure:
    """Drafted by the officer so many working days ago, under a ground by its number, to be put right by then."""
    unit = Unit.objects.get(code=code)
    text = stated.pop("text", measure_drivers.circular)
    rows = list(measure_drivers.draft.accountability_today().grounds_article.grounds.filter(number=ground))
    limit: dict[str, Any] = {} if text is measure_drivers.veto else {"limit": working_day(until)}
    with on(ago):
        return measure_drivers.begin(unit, text=text, grounds=rows, **limit, **stated)
