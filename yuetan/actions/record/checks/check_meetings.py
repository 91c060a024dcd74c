"""会议: where a meeting stands is what its papers, those convened, its items and its 更正 say; what was agreed was
handed out; and what rests on a conclusion decides what was concluded."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.actions.record.disagreement import Disagreement
from yuetan.models import AgendaItem, Meeting, Resolution
from yuetan.vocabulary import RecordKind

# Where a meeting stands beside its papers, what is noted of those convened, its items, and its corrections: of these
# the last says what stands.
_MEETINGS = """
    SELECT * FROM (
        SELECT meeting.*,
            (meeting.convened_at IS NOT NULL) <> (papers.notices = 1) AS unconvened,
            (meeting.minuted_at IS NOT NULL) <> (papers.minutes = 1) AS unminuted,
            CASE WHEN meeting.held_at IS NULL
                THEN convened.came > 0 OR convened.noted > 0 AND convened.noted = convened.number
                WHEN meeting.minuted_at IS NULL THEN convened.came = 0
                ELSE convened.came = 0 OR convened.noted <> convened.number END AS unattended,
            meeting.minuted_at IS NOT NULL AND convened.presiding <> 1
                OR meeting.held_at IS NULL AND convened.presiding > 0 AS unpresided,
            meeting.held_at IS NULL AND items.concluded > 0
                OR meeting.minuted_at IS NOT NULL AND items.concluded < items.number AS unconcluded,
            made.number <> papers.replaced OR NOT COALESCE(made.says_so, true) AS uncorrected
        FROM yuetan_meeting AS meeting
        CROSS JOIN LATERAL (
            SELECT count(*) FILTER (WHERE kind = 'meeting_notice') AS notices,
                count(*) FILTER (WHERE kind = 'meeting_minutes' AND replaced_by_id IS NULL) AS minutes,
                count(*) FILTER (WHERE kind = 'meeting_minutes' AND replaced_by_id IS NOT NULL) AS replaced
            FROM yuetan_document WHERE meeting_id = meeting.id
        ) AS papers
        CROSS JOIN LATERAL (
            SELECT count(*) AS number, count(*) FILTER (WHERE presence <> '') AS noted,
                count(*) FILTER (WHERE attended_name <> '') AS came,
                count(*) FILTER (WHERE presided) AS presiding
            FROM yuetan_invitation WHERE meeting_id = meeting.id AND withdrawn_at IS NULL
        ) AS convened
        CROSS JOIN LATERAL (
            SELECT count(*) AS number, count(concluded_at) AS concluded
            FROM yuetan_agendaitem WHERE meeting_id = meeting.id
        ) AS items
        CROSS JOIN LATERAL (
            SELECT count(*) AS number, (array_agg(
                meeting.observers = issued.text -> 'meeting' -> meeting.id::text ->> 'observers'
                AND NOT EXISTS (
                    SELECT FROM yuetan_agendaitem AS item WHERE item.meeting_id = meeting.id
                        AND item.conclusion <> issued.text -> 'agendaitem' -> item.id::text ->> 'conclusion'
                )
                AND NOT EXISTS (
                    SELECT FROM yuetan_resolution AS agreed WHERE agreed.meeting_id = meeting.id AND NOT
                        issued.text -> 'resolution' @> jsonb_build_array(jsonb_build_object(
                            'number', agreed.number, 'text', agreed.text, 'unit_id', agreed.unit_id,
                            'due_on', agreed.due_on::text
                        ))
                )
                ORDER BY confirmed_at DESC
            ))[1] AS says_so
            FROM yuetan_meetingcorrection AS issued
            WHERE issued.meeting_id = meeting.id AND issued.confirmed_at IS NOT NULL
        ) AS made
    ) AS compared
    WHERE unconvened OR unminuted OR unattended OR unpresided OR unconcluded OR uncorrected
    ORDER BY id
"""
_WORDS = {
    "unconvened": "通知与印发的会议通知不一致",
    "unminuted": "印发纪要与现行的会议纪要不一致",
    "unattended": "召开与各单位、人员的到会情况不一致",
    "unpresided": "主持人与会议的状态不一致",
    "unconcluded": "议题的结论与会议的状态不一致",
    "uncorrected": "纪要的更正与印发的纪要或者现在的内容不一致",
}
# What was agreed at a meeting whose 会议纪要 are issued, and no unit has as a task: the one that it was given to, also
# where that one ended and another goes on for it.
_UNGIVEN = """
    SELECT agreed.* FROM yuetan_resolution AS agreed
    JOIN yuetan_meeting AS meeting ON meeting.id = agreed.meeting_id
    WHERE meeting.minuted_at IS NOT NULL AND NOT EXISTS (
        SELECT FROM yuetan_assignment AS given JOIN yuetan_task AS task ON task.assignment_id = given.id
        WHERE given.meeting_id = meeting.id AND COALESCE(given.first_unit_id, given.unit_id) = agreed.unit_id
            AND task.content = agreed.text
    )
    ORDER BY agreed.id
"""
# Items on whose conclusion something rests that decides otherwise, or on something else: a registered 审定 of a case, a
# measure, the answer to a plea.
_CITED_OTHERWISE = """
    SELECT item.* FROM yuetan_agendaitem AS item WHERE EXISTS (
        SELECT FROM yuetan_decisionregistration AS cited
        WHERE cited.item_id = item.id AND cited.accepted IS DISTINCT FROM false
            AND (cited.case_id, cited.decision, cited.approver_id)
                IS DISTINCT FROM (item.case_id, item.decision, item.decided_by_id)
    ) OR EXISTS (
        SELECT FROM yuetan_accountabilitymeasure AS laid
        WHERE laid.decision_item_id = item.id AND (
            COALESCE(laid.copy_of_id, laid.id) IS DISTINCT FROM item.measure_laid_id
            OR item.is_of_plea OR item.decision = ''
            OR laid.state = 'declined' AND item.decision <> 'declined'
            OR laid.state IN ('decided', 'served', 'ended', 'suggested', 'revoked') AND item.decision <> 'approved'
        )
    ) OR EXISTS (
        SELECT FROM yuetan_plea AS plea
        WHERE plea.decision_item_id = item.id AND (
            plea.measure_laid_id IS DISTINCT FROM item.measure_laid_id OR NOT item.is_of_plea
            OR item.decision <> CASE plea.outcome WHEN 'revoked' THEN 'declined' ELSE 'approved' END
        )
    )
    ORDER BY item.id
"""


def check_meetings() -> Iterator[Disagreement]:
    """Every meeting that stands otherwise than what is kept of it says, every 议定事项 that was not handed out, and
    every conclusion on which rests what decides otherwise."""
    for meeting in Meeting.objects.raw(_MEETINGS):
        for name, words in _WORDS.items():
            if getattr(meeting, name):
                yield Disagreement(RecordKind.MEETING, f"会议 {str(meeting.pk)[:8]}", words)
    for agreed in Resolution.objects.raw(_UNGIVEN):
        words = f"议定事项第{agreed.number}项没有交办给承办单位"
        yield Disagreement(RecordKind.MEETING, f"会议 {str(agreed.meeting_id)[:8]}", words)
    for item in AgendaItem.objects.raw(_CITED_OTHERWISE):
        words = f"第{item.number}项议题的结论与据以作出的审定不一致"
        yield Disagreement(RecordKind.MEETING, f"会议 {str(item.meeting_id)[:8]}", words)
