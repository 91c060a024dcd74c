"""What every action of the later rooms leaves in the log, with its facts, and whom it tells in which words."""

import pytest

from tests import stories_of_rooms as stories
from yuetan.models import Alert, Event

ABOUT = ("assessment", "meeting", "title", "scheme", "analysis")
# What stands in many lines, said shortly here.
SHORT = {
    "2026年度考核的结果由98.0分，第73名，优秀更正为78.0分，第73名，不合格（江扫黑办考〔2026〕2号）": "的结果更正",
    "head head_440700-113 head_440783001 liaison liaison_440700-113 liaison_440783001": "units",
    "head head_440705 liaison liaison_440705": "both",
    "head_440705 liaison_440705": "county",
    "head_440783001 liaison_440783001": "street",
    "2026年11月20日至11月26日": "本期",
    "2026年11月27日至12月3日": "下期",
    "2026年12月4日至12月10日": "再下期",
    "每周线索摸排情况": "周报",
    "检察建议书（江门市人民检察院江检建〔2026〕": "来函（",
    "2026年11月25日（星期三）上午9:00": "周三上午",
    "市委大院1号楼302会议室": "会议室",
    "江扫黑会纪〔2026〕": "会纪",
    "江扫黑督意〔2026〕": "督意",
    "江扫黑督通〔2026〕": "督通",
    "市扫黑除恶专项斗争领导小组副组长孙六": "副组长",
    "签收人由“卫十三”更正为“冯十”": "改签收人",
    "原登记由卫十三（棠下镇党政办公室主任）于2026年11月23日签收，登记有误，已撤销": "撤销",
    "登记时看错了。": "看错",
    "领导小组2026年": "",
    "蓬江区棠下镇": "镇",
    "开平市三埠街道": "街道",
    "2026年11月23日 10:00": "周一",
    "冯十（镇党委书记）": "书记",
    "褚十二（联络员）": "联络员",
    "2026年度联动督导": "督导",
    "听取棠下镇整治进展情况汇报": "汇报",
    "江门市人民政府授予“平安建设先进集体”（江府〔2026〕8号）": "表彰",
}
LEFT = {
    stories.an_assessment: (
        """
        create_assessment 2026年度考核
        revise_assessment_scheme 2026年度考核 reason=优秀线过低。 version=2
        score_assessment 2026年度考核 indicator=工作实绩 points=30.5 unit=镇
        withdraw_score 2026年度考核 reason=评错了单位。 unit=镇
        present_assessment 2026年度考核 units=107 until=2026-11-30
        withdraw_assessment_sheets 2026年度考核 reason=方案有误。
        present_assessment 2026年度考核 units=107 until=2026-11-30
        raise_assessment_objection 2026年度考核 indicator=来函办理 unit=镇
        decide_assessment_objection 2026年度考核 decision=经核对，酌情改分。 indicator=来函办理 outcome=upheld unit=镇
        close_assessment 2026年度考核
        publish_assessment 2026年度考核 document=江扫黑办考〔2026〕1号
        propose_assessment_correction 2026年度考核 reason=评分时误将另一单位的台账计入，现已查清。 unit=镇
        decide_assessment_correction 2026年度考核 document=江扫黑办考〔2026〕2号 granted=True opinion=同意更正。 unit=镇
        """,
        """
        units: 本单位2026年度考核的得分已送核对，有异议的请在2026年11月30日前提出。
        units: 办公室撤回了送核的2026年度考核得分，将重新送核：方案有误。
        deputy director first_deputy group_leader: 镇对2026年度考核“来函办理”的得分提出异议，请处理。
        head liaison: 本单位对2026年度考核“来函办理”的异议已处理（异议成立，改为 18.0 分）：经核对，酌情改分。
        director: 2026年度考核已关闭，名次和等次已确定，请核对后印发考核结果通报。
        units: 2026年度考核结果已公布（江扫黑办考〔2026〕1号），请查看本单位的名次、等次和通报。
        deputy director first_deputy group_leader: 张一提出更正镇2026年度考核的得分，请审定。
        head liaison: 本单位的结果更正，请查看更正通报。
        officer second_officer: 镇的结果更正：可以据此提出约谈建议、起草通报。
        """,
    ),
    stories.a_scheme_with_its_reports: (
        """
        create_scheme 周报
        open_period 周报 period=本期 units=73
        revise_scheme 周报 reason=提前一天。 version=2
        fill_report 周报 period=本期 unit=镇 version=1
        send_back_report 周报 period=本期 reason=请核对场所数。 unit=镇 version=1
        fill_report 周报 period=本期 unit=镇 version=2
        confirm_report 周报 period=本期 unit=镇 version=2
        return_report 周报 period=本期 reason=数字偏小。 unit=镇 version=2
        fill_report 周报 period=本期 unit=镇 version=3
        confirm_report 周报 period=本期 unit=镇 version=3
        accept_report 周报 period=本期 unit=镇 version=3
        fill_report 周报 period=本期 unit=街道 version=1
        confirm_report 周报 period=本期 unit=街道 version=1
        mark_report 周报 mark=谎报 period=本期 unit=街道 words=实地核查场所 9 处，上报 5 处。
        withdraw_report_mark 周报 mark=谎报 period=本期 reason=核查有误。 unit=街道
        open_period 周报 period=下期 units=73
        open_period 周报 period=再下期 units=73
        chase_reports 周报 periods=下期 unit=镇
        """,
        """
        head: 褚十二填报了镇本期周报（第1版），请确认报送或者退回。
        liaison: 冯十退回了镇本期周报：请核对场所数。请修改后重新填报。
        head: 褚十二填报了镇本期周报（第2版），请确认报送或者退回。
        head liaison: 办公室退回了镇本期周报：数字偏小。请修改后于2026年11月28日前重新报送。
        street: 办公室标记街道本期周报为谎报：实地核查场所 9 处，上报 5 处。
        street: 办公室撤销了街道本期周报的谎报标记：核查有误。
        head liaison: 周报有1期到期未报（下期），请立即报送。
        """,
    ),
    stories.reports_that_are_settled: (
        """
        create_scheme 周报
        open_period 周报 period=本期 units=73
        create_scheme 重大情况
        open_period 重大情况 period=2026年 units=0
        register_paper_report 周报 brought_by=联络员 period=本期 received_at=周一 signed_by=书记 unit=镇 version=1
        excuse_reports 周报 number=1 period=本期 reason=台风防御。 units=街道
        mark_report 重大情况 mark=瞒报 period=2026年 unit=镇 words=发生一起事件，没有报送。
        end_scheme 周报 from_day=2026-12-04 reason=并入月报。
        """,
        """
        head liaison: 办公室代录了本单位的纸质报表：镇本期周报（第1版），请核对。
        street: 办公室决定周报（本期）不报：台风防御。
        head liaison: 办公室标记镇2026年重大情况第1件为瞒报：发生一起事件，没有报送。
        head head_440783001 liaison liaison_440783001: 周报自2026年12月4日起停止报送：并入月报。
        """,
    ),
    stories.an_analysis: (
        """
        create_scheme 周报
        open_period 周报 period=本期 units=73
        draft_report_analysis 本期“周报”分析报告
        revise_report_analysis 本期“周报”分析报告
        return_report_analysis 本期“周报”分析报告 reason=缺下一步工作。
        endorse_report_analysis 本期“周报”分析报告
        issue_report_analysis 本期“周报”分析报告 document=江扫黑办报〔2026〕1号
        draft_report_analysis 本期“周报”分析报告
        withdraw_report_analysis 本期“周报”分析报告 reason=不再更正。
        """,
        """
        officer: 周七退回了本期“周报”分析报告：缺下一步工作。请修改。
        director: 本期“周报”分析报告已核稿，请印发。
        """,
    ),
    stories.meetings: (
        """
        call_meeting 第1次会议 begins_at=周三上午 place=会议室
        revise_meeting 第1次会议 begins_at=周三上午 place=302会议室
        add_agenda_item 第1次会议 item=研究年度工作安排
        call_meeting 第2次会议 begins_at=周三上午 place=会议室
        add_agenda_item 第2次会议 item=汇报
        add_agenda_files 第2次会议 files=1 number=1
        convene_meeting 第2次会议 document=江扫黑办会〔2026〕1号 people=1 units=1
        add_agenda_files 第2次会议 files=1 number=1
        remove_agenda_file 第2次会议 file=补充材料.pdf number=1 sha256=…
        add_agenda_item 第2次会议 item=研究年度工作安排
        remove_agenda_item 第2次会议 files=1 item=汇报 withdrawn=镇
        call_meeting 第3次会议 begins_at=周三上午 place=会议室
        add_agenda_item 第3次会议 item=研究年度工作安排
        convene_meeting 第3次会议 document=江扫黑办会〔2026〕2号 people=2 units=1
        receive_meeting_notice 第3次会议 of=镇
        register_meeting_receipt 第3次会议 of=副组长 signer=卫十三（棠下镇党政办公室主任）
        correct_meeting_receipt 第3次会议 changed=改签收人 document=江扫黑办会〔2026〕2号 of=副组长 reason=看错
        cancel_meeting 第3次会议 reason=领导另有安排。
        """,
        """
        director group_leader head liaison: 请参加第2次会议：周三上午，会议室。请在“会议”中查阅并签收会议通知。
        head liaison: 第2次会议第1项议题有新的材料，请在“会议”中查阅。
        director group_leader: 第2次会议（周三上午）增加议题：研究年度工作安排。
        head liaison: 第2次会议（周三上午）移出议题：汇报。原列席这一议题的单位不用再参加会议。
        director group_leader: 第2次会议（周三上午）移出议题：汇报。
        deputy director group_leader head liaison: 请参加第3次会议：周三上午，会议室。请在“会议”中查阅并签收会议通知。
        deputy: 第3次会议，江扫黑办会〔2026〕2号的纸质回执登记有误，市扫黑办已更正，请核对。
        director second_officer: 第3次会议，江扫黑办会〔2026〕2号的纸质回执已更正。
        deputy director group_leader head liaison: 原定周三上午的第3次会议取消：领导另有安排。
        """,
    ),
    stories.minutes_and_their_correction: (
        """
        call_meeting 第1次会议 begins_at=周三上午 place=会议室
        add_agenda_item 第1次会议 item=研究年度工作安排
        convene_meeting 第1次会议 document=江扫黑办会〔2026〕1号 people=2 units=1
        record_attendance 第1次会议 invited=4 there=4
        conclude_agenda_item 第1次会议 names=0 number=1
        record_resolutions 第1次会议 number=1
        issue_meeting_minutes 第1次会议 document=会纪1号 resolutions=1
        correct_meeting_minutes 第1次会议 reason=结论文字有误
        withdraw_meeting_correction 第1次会议 reason=另行更正。
        correct_meeting_minutes 第1次会议 reason=结论文字有误
        issue_meeting_correction 第1次会议 document=会纪2号 reason=结论文字有误 replaced=会纪1号
        """,
        """
        deputy director group_leader head liaison: 请参加第1次会议：周三上午，会议室。请在“会议”中查阅并签收会议通知。
        head liaison 陈十一: 棠下镇“第1次会议”交由您单位承办，请看每项的时限，按时报告办理情况。
        supervisor: 棠下镇“第1次会议”已交办。
        officer: 李二放弃了您拟定的第1次会议纪要更正：另行更正。
        deputy group_leader head liaison: 第1次会议纪要（会纪1号）已更正，以会纪2号为准：结论文字有误
        """,
    ),
    stories.rounds: (
        """
        plan_round 另一次督导 days=2026年11月24日至2026年12月4日 units=2
        announce_round 另一次督导 units=2
        cancel_round 另一次督导 reason=改为联合督查。
        plan_round 督导 days=2026年11月24日至2026年12月4日 units=2
        revise_round 督导 days=2026年11月24日至2026年12月4日 units=2
        announce_round 督导 units=2
        receive_round_paper 督导 paper=督导通知书 unit=镇
        register_round_receipt 督导 paper=督导通知书 signer=卫十三（棠下镇党政办公室主任） unit=新会区
        correct_round_receipt 督导 changed=撤销 document=督通4号 paper=督导通知书 reason=看错 unit=新会区
        move_visit 督导 before=2026-11-25 day=2026-11-27 unit=新会区
        adjust_team 督导 joined=0 leader=张一 left=0 reason=主任外出。
        record_round_finding 督导 files=0 number=1 unit=镇
        withdraw_round_finding 督导 number=1 reason=登记到了别的单位。 unit=镇
        record_round_finding 督导 files=0 number=2 unit=镇
        conclude_visit 督导 names=3 unit=镇
        issue_round_opinion 督导 document=督意1号 unit=镇
        drop_visit 督导 reason=已由上级督导。 unit=新会区
        correct_round_opinion 督导 reason=漏列一项问题 unit=镇
        withdraw_opinion_correction 督导 reason=另行更正。 unit=镇
        correct_round_opinion 督导 reason=漏列一项问题 unit=镇
        reissue_round_opinion 督导 document=督意2号 reason=漏列一项问题 replaced=督意1号 unit=镇
        end_round 督导 units=1
        """,
        """
        both: 办公室定于2026年11月25日对本单位开展另一次督导，请在“督导”中查阅并签收督导通知书。
        both: 另一次督导取消：改为联合督查。
        both: 办公室定于2026年11月25日对本单位开展督导，请在“督导”中查阅并签收督导通知书。
        county: 督导，督通4号的纸质回执登记有误，市扫黑办已更正，请重新签收。
        director second_officer: 督导，督通4号的纸质回执已更正。
        county: 督导对本单位的督导日期由2026年11月25日改为2026年11月27日。
        director both: 督导的督导组调整为：带队人张一（承办人）；成员周七（督查员）、王三（主任）。
        head liaison: 办公室印发了督导对本单位的督导意见书（督意1号），请在“督导”中查阅并签收。
        county: 督导不再对本单位开展：已由上级督导。
        officer: 周七放弃了您拟定的督导（镇）督导意见书更正：另行更正。
        head liaison: 督导对本单位的督导意见书（督意1号）已更正，以督意2号为准，请重新签收：漏列一项问题
        """,
    ),
    stories.letters: (
        """
        register_received_letter unit=镇 words=来函（4号）
        withdraw_received_letter reason=误登。 unit=镇 words=来函（4号）
        register_received_letter unit=镇 words=来函（3号）
        reply_received_letter unit=镇 version=1 words=来函（3号）
        return_received_reply reason=没有责任人。 unit=镇 version=1 words=来函（3号）
        reply_received_letter unit=镇 version=2 words=来函（3号）
        close_received_letter opinion=整改到位，同意办结。 unit=镇 words=来函（3号）
        withdraw_received_closing reason=有反复。 unit=镇 words=来函（3号）
        register_received_letter unit=镇 words=来函（5号）
        reply_received_letter unit=镇 version=1 words=来函（5号）
        register_received_letter unit=镇 words=来函（6号）
        set_received_due day=2026-12-15 reason=同意延期。 unit=镇 words=来函（6号）
        add_received_scan reason=缺第2页。 unit=镇 words=来函（6号）
        record_received_recall opinion=已另行发函。 unit=镇 words=来函（6号）
        """,
        """
        head liaison: 办公室登记了本单位收到的来函（4号）：货运市场巡查不到位，回复期限为2026年12月4日。
        head liaison: 办公室撤销了本单位收到的来函（4号）的登记，不必再办：误登。
        head liaison: 办公室登记了本单位收到的来函（3号）：货运市场巡查不到位，回复期限为2026年12月4日。
        head liaison: 办公室退回了本单位对来函（3号）的回复，回复期限为2026年12月4日：没有责任人。
        head liaison: 来函（3号）已办结：整改到位，同意办结。
        head liaison: 来函（3号）的办结已撤回：有反复。
        head liaison: 办公室登记了本单位收到的来函（5号）：货运市场巡查不到位，回复期限为2026年12月4日。
        head liaison: 办公室代录了本单位对来函（5号）的回复。
        head liaison: 办公室登记了本单位收到的来函（6号）：货运市场巡查不到位，回复期限为2026年12月4日。
        head liaison: 来函机关改定了来函（6号）的回复期限，由2026年12月4日改为2026年12月15日：同意延期。
        head liaison: 办公室补传了本单位收到的来函（6号）的扫描件：缺第2页。
        head liaison: 来函机关撤回了来函（6号），不必再办：已另行发函。
        """,
    ),
    stories.dossiers: (
        """
        enter_dossier name=冯十 unit=棠下镇 version=1 year=2026
        return_dossier name=冯十 reason=数字有误。 unit=棠下镇 version=1 year=2026
        enter_dossier name=冯十 unit=棠下镇 version=2 year=2026
        confirm_dossier name=冯十 unit=棠下镇 version=2 year=2026
        read_dossier name=冯十 note=内容翔实。 unit=棠下镇 version=2 year=2026
        record_commendation unit=棠下镇 words=镇：2026年5月4日，表彰
        withdraw_commendation reason=误登。 unit=棠下镇 words=镇：2026年5月4日，表彰
        """,
        """
        head: 褚十二提交了冯十2026年度实绩材料（第1版），请确认或者退回。
        liaison: 冯十退回了冯十2026年度实绩材料（第1版）：数字有误。请修改后提交新的版本。
        head: 褚十二提交了冯十2026年度实绩材料（第2版），请确认或者退回。
        director supervisor: 镇确认了冯十2026年度实绩材料（第2版），请查阅。
        head: 办公室已查阅您的2026年度实绩材料：内容翔实。
        """,
    ),
}


def line_of(event):
    """One line of the log in words: the verb, what it is about, and the facts by their names."""
    facts = {name: value if len(str(value)) < 64 else "…" for name, value in sorted(event.data.items())}
    about = [facts.pop(name) for name in ABOUT if name in facts]
    return " ".join([event.verb, *about, *(f"{name}={value}" for name, value in facts.items())])


def sentences():
    """Each sentence that was sent, before it those who got it; of the town, by what they are there."""
    sent = {}
    for one in Alert.objects.select_related("recipient").order_by("pk"):
        name = one.recipient.username or one.recipient.name
        sent.setdefault(one.text, set()).add({stories.HEAD: "head", stories.LIAISON: "liaison"}.get(name, name))
    return [f"{' '.join(sorted(names))}: {text}" for text, names in sent.items()]


def shortly(line):
    for words, short in SHORT.items():
        line = line.replace(words, short)
    return line


def lines_in(text):
    return [line.strip() for line in text.strip().splitlines()]


@pytest.mark.parametrize("story", LEFT, ids=lambda story: story.__name__)
def test_what_is_left_in_the_log_and_who_hears_of_it(office, story):
    story()
    logged, said = LEFT[story]
    of_no_step = Event.objects.filter(case=None, letter=None, measure_laid=None, assignment=None).order_by("pk")
    assert [shortly(line_of(event)) for event in of_no_step] == lines_in(logged)
    assert [shortly(line) for line in sentences()] == lines_in(said)
