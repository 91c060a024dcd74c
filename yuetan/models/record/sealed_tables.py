"""THE table of what the record keeps: of these tables every row that a transaction leaves is sealed in a chain."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Field, ForeignKey, Model

from yuetan.models.rectification.task_origin import ORIGINS, leads


@dataclass(frozen=True)
class SealedTable:
    """What its rows are called, and which foreign keys lead to the case, letter, unit or person that they are of.

    The first that leads anywhere counts; then, with `of_rooms`, the row of a room that it names. What is of nobody is
    in the one chain of its table, or with `alone` in one of its own. `unsealed` are columns that change without
    anything having been done.
    The program may change a row unless it is `final`, and delete one only if it `goes`; the database allows no more.
    """

    label: str
    leads: tuple[str, ...] = ()
    of_rooms: bool = False
    alone: bool = False
    unsealed: tuple[str, ...] = ()
    final: bool = False
    goes: bool = False


OF_ITSELF = "."
ROOM = "room"  # what the names of chains of rows of rooms begin with; no table is called so
# As long as a word and the longest key allow: room:supervision_round:… has 59 characters of 60.
_CHAIN_OF_ROOM = (
    f"CASE WHEN t.room <> '' THEN '{ROOM}:' || t.room || ':' || coalesce(t.room_uuid::text, t.room_number::text) END"
)
CASE, OF_SUBJECT = ("case",), ("case", "letter", "measure_laid", "assignment")
OF_ORIGIN = tuple(ORIGINS)
OF_RECEIVED = ("letter__first_unit", "letter__unit")  # what has gone over stays in the chain of the first
OF_RECEIVED_LINK = tuple(f"received_{path}" for path in OF_RECEIVED)
OF_RECEIVED_PAPER = tuple(f"{of}{path}" for of in ("", "reply__", "closing__", "due_change__") for path in OF_RECEIVED)
# Where its facts stand; one of these leads there always. What was drafted is named for what is destroyed with a case.
OF_SOURCE = ("visit__round", "report__unit", "scheme", *OF_RECEIVED_LINK, "sheet__unit", "case", "letter")
OF_TASK = leads("task__")
OF_DOCUMENT = tuple(f"document__{name}" for name in OF_SUBJECT)
OF_ROOM_PAPER = ("document__meeting", "document__visit__round")

SEALED_TABLES: Mapping[str, SealedTable] = {
    "event": SealedTable("操作日志", OF_SUBJECT, of_rooms=True, final=True),
    "case": SealedTable("约谈事项", (OF_ITSELF,)),
    "caseground": SealedTable("约谈情形", CASE, goes=True),
    "proposalversion": SealedTable("建议稿各版", CASE, final=True),
    "decisionregistration": SealedTable("审定登记", ("case", "measure_laid")),
    "paperfiling": SealedTable("纸质材料登记", OF_SUBJECT, final=True),
    "interview": SealedTable("约谈记录", CASE),
    "intervieweeattendance": SealedTable("被约谈人到场", ("interview__case",), goes=True),
    "participant": SealedTable("参加人员", ("interview__case",), goes=True),
    "measure": SealedTable("整改措施", ("interview__case",), goes=True),
    "absence": SealedTable("缺席", CASE, final=True),
    "leave": SealedTable("请假", CASE),
    "submission": SealedTable("书面材料", CASE),
    "minutes": SealedTable("纪要", CASE),
    "minutesversion": SealedTable("纪要各版", CASE, final=True),
    "minutescorrection": SealedTable("纪要更正", CASE),
    "task": SealedTable("整改任务", OF_ORIGIN),
    "taskreport": SealedTable("整改报告", OF_TASK),
    "extension": SealedTable("延期", OF_TASK),
    "pause": SealedTable("中止计时", OF_TASK),
    "chase": SealedTable("催办", OF_TASK),
    "sitecheck": SealedTable("现场核查", OF_TASK, final=True),
    "inspection": SealedTable("督查", CASE),
    "taskfinding": SealedTable("督查认定", ("inspection__case",), final=True),
    "inspectionteam": SealedTable("督查组", OF_ORIGIN),
    "teammember": SealedTable("督查组成员", leads("team__"), goes=True),
    "revisit": SealedTable("回头看", CASE),
    "reworkrequest": SealedTable("退回、重启的提请", CASE),
    "consequence": SealedTable("后果", CASE),
    "legalhold": SealedTable("卷宗冻结", CASE),
    "destruction": SealedTable("销毁清册"),
    "destructionentry": SealedTable("销毁清册的卷宗"),
    "destroyedpaper": SealedTable("已销毁的文书", final=True),
    "destroyedfile": SealedTable("已销毁的文件"),
    "supervisionletter": SealedTable("督办单", OF_DOCUMENT),
    "letter": SealedTable("提醒函", (OF_ITSELF,)),
    "accountabilitymeasure": SealedTable("责任措施", (OF_ITSELF,)),
    "assignment": SealedTable("交办事项", (OF_ITSELF,)),
    "measureground": SealedTable("责任措施的情形", ("measure_laid",), goes=True),
    "namedunit": SealedTable("一并通报的单位", ("measure_laid",), goes=True),
    "circumstanceanswer": SealedTable("责任措施的情节认定", ("measure_laid",), goes=True),
    "restriction": SealedTable("资格限制", ("measure_laid",)),
    "restrictioninquiry": SealedTable("资格限制查询"),
    "consultation": SealedTable("商有关部门", ("measure_laid",)),
    "teammembership": SealedTable("工作组成员", ("measure_laid",)),
    "teamreport": SealedTable("工作组报告", ("measure_laid",), final=True),
    "delistingrequest": SealedTable("摘牌的申请、决定", ("measure_laid",)),
    "referral": SealedTable("移送、书面建议", ("measure_laid",)),
    "plea": SealedTable("申述和答复", ("measure_laid",)),
    "document": SealedTable("文书", OF_SUBJECT),
    "receipt": SealedTable("签收", OF_DOCUMENT, goes=True),
    "receiptcorrection": SealedTable("签收更正", (*OF_DOCUMENT, *OF_ROOM_PAPER), final=True),
    "printing": SealedTable("打印记录", OF_DOCUMENT, final=True),
    "scan": SealedTable("盖章扫描件", OF_DOCUMENT),
    "attachment": SealedTable("附件", OF_SUBJECT, goes=True),
    "statisticssheet": SealedTable("约谈工作统计表", final=True),
    "numberentry": SealedTable("文号", CASE, alone=True),
    "numbercounter": SealedTable("文号计数", alone=True),
    "unit": SealedTable("单位", (OF_ITSELF,)),
    "post": SealedTable("任职", ("unit",)),
    "postcorrection": SealedTable("任职更正", ("post__unit",), final=True),
    "unitchange": SealedTable("单位变更", ("unit",)),
    "unitpaper": SealedTable("单位变更文件", ("change__unit",)),
    "user": SealedTable("人员和账号", (OF_ITSELF,), unsealed=("last_login",)),
    "delegation": SealedTable("委托", ("delegator",)),
    "dossierentry": SealedTable("实绩材料", ("person",)),
    "commendation": SealedTable("表彰奖励", ("unit",)),
    "dossierpaper": SealedTable("实绩档案的文件", ("entry__person", "commendation__unit")),
    "reportscheme": SealedTable("报送事项"),
    "schemeversion": SealedTable("报送事项各版", final=True),
    "schemeend": SealedTable("报送事项的停止", final=True),
    "reportperiod": SealedTable("报送的各期", final=True),
    "reportversion": SealedTable("报表各版", ("report__unit",)),
    "reportmark": SealedTable("瞒报、谎报标记", ("report__unit",)),
    "reportfile": SealedTable("报表的文件", ("version__report__unit", "mark__report__unit")),
    "reportanalysis": SealedTable("分析报告"),
    "meeting": SealedTable("会议", (OF_ITSELF,)),
    "agendaitem": SealedTable("议题", ("case", "meeting"), goes=True),
    "agendafile": SealedTable("议题材料", ("item__case", "item__meeting"), goes=True),
    "unitatitem": SealedTable("议题的列席单位", ("item__case", "item__meeting"), goes=True),
    "invitation": SealedTable("会议通知的签收和到会", ("meeting",)),
    "resolution": SealedTable("议定事项", ("meeting",), goes=True),
    "meetingcorrection": SealedTable("会议纪要更正", ("meeting",)),
    "receivedletter": SealedTable("三书一函", ("first_unit", "unit")),
    "receivedreply": SealedTable("三书一函的回复", OF_RECEIVED),
    "receivedclosing": SealedTable("三书一函的办结", OF_RECEIVED),
    "receivedduechange": SealedTable("三书一函回复期限的改定", OF_RECEIVED, final=True),
    "receivedpaper": SealedTable("三书一函的扫描件", OF_RECEIVED_PAPER),
    "assessment": SealedTable("年度考核", (OF_ITSELF,)),
    "assessmentscheme": SealedTable("考核方案各版", ("assessment",), final=True),
    "assessmentscore": SealedTable("考核评分", ("unit",)),
    "assessmentsheet": SealedTable("考核得分表", ("unit",)),
    "assessmentobjection": SealedTable("考核异议", ("sheet__unit",)),
    "assessmentcorrection": SealedTable("考核更正", ("sheet__unit",)),
    "sheetevidence": SealedTable(
        "作为依据的考核得分表", tuple(f"attachment__{path}" for path in OF_SUBJECT), final=True, goes=True
    ),
    "assessmentpaper": SealedTable("考核的文件", ("score__unit", "objection__sheet__unit", "correction__sheet__unit")),
    "supervisionround": SealedTable("督导", (OF_ITSELF,)),
    "roundmember": SealedTable("督导组成员", ("round",), goes=True),
    "roundvisit": SealedTable("对单位的督导", ("round",), goes=True),
    "roundfinding": SealedTable("督导情况", ("visit__round",)),
    "opinioncorrection": SealedTable("督导意见书更正", ("visit__round",)),
    "roundfile": SealedTable("督导的文件", ("visit__round", "finding__visit__round")),
    "receiptscan": SealedTable("会议、督导的纸质回执", OF_ROOM_PAPER),
    "followup": SealedTable("据此办理的事项", OF_SOURCE, final=True),
    "officesetting": SealedTable("办公室设定"),
    "settingchange": SealedTable("设定修改"),
    "standardparagraph": SealedTable("标准文本", final=True),
    "calendaryear": SealedTable("年度放假安排"),
    "calendarday": SealedTable("工作日历", goes=True),
    "regulation": SealedTable("办法", final=True),
    "article": SealedTable("条文", final=True),
    "ground": SealedTable("情形", final=True),
    "interviewerrule": SealedTable("约谈人规则", final=True),
    "citation": SealedTable("条文引用", final=True),
    "accountability": SealedTable("责任制", final=True),
    "rung": SealedTable("责任制的档次", final=True),
    "door": SealedTable("各档次的条件", final=True),
    "effect": SealedTable("各档次的期限和限制", final=True),
    "circumstance": SealedTable("从重、从轻情节", final=True),
    "articlenote": SealedTable("条文说明", final=True),
}


def model_of(table: str) -> type[Model]:
    """The model behind a name of the table."""
    return apps.get_model("yuetan", table)


def chain_of(row: Model) -> str:
    """The name of the chain of a case, letter, unit or person, in which all that is of it is sealed."""
    return f"{row._meta.model_name}:{row.pk}"


def sealed_rows_sql(table: str, condition: str) -> str:
    """A query of key, content as JSON and chain of those rows `t` for which the condition holds."""
    model, joins = model_of(table), []
    chains = []
    for number, lead in enumerate(SEALED_TABLES[table].leads):
        joined, chain = _chain(model, lead, f"j{number}_")
        joins += joined
        chains.append(chain)
    if SEALED_TABLES[table].of_rooms:
        chains.append(_CHAIN_OF_ROOM)
    key = model._meta.pk.column
    chains.append(f"'{table}:' || t.{key}::text" if SEALED_TABLES[table].alone else f"'{table}'")
    return (
        f"SELECT t.{key}::text, to_jsonb(t)::text, COALESCE({', '.join(chains)}) "  # nosec B608 - names of our own
        f"FROM {model._meta.db_table} AS t {' '.join(joins)} WHERE {condition}"
    )


def _chain(model: type[Model], lead: str, prefix: str) -> tuple[list[str], str]:
    """The joins along a lead, and the name of the chain at its end; null where it leads nowhere."""
    if lead == OF_ITSELF:
        return [], f"'{model._meta.model_name}:' || t.{model._meta.pk.column}::text"
    joins, alias = [], "t"
    *between, last = lead.split("__")
    for step in between:
        key = _foreign_key(model, step)
        model = key.related_model
        joined = f"{prefix}{step}"
        joins.append(f"LEFT JOIN {model._meta.db_table} AS {joined} ON {joined}.id = {alias}.{key.column}")
        alias = joined
    key = _foreign_key(model, last)
    return joins, f"'{key.related_model._meta.model_name}:' || {alias}.{key.column}::text"


def _foreign_key(model: type[Model], name: str) -> ForeignKey[Model, Model]:
    field = model._meta.get_field(name)
    assert isinstance(field, ForeignKey)
    return field


def empty_values(table: str) -> dict[str, object]:
    """What each column says where it says nothing: such a column stands in no canonical form.

    So a column that a later version adds, empty, changes no digest. A column that may be null says nothing by null
    alone: an empty text in it is another content.
    """
    fields: Collection[Field[object, object]] = model_of(table)._meta.concrete_fields
    return {str(field.column): _empty(field) for field in fields}


def _empty(field: Field[object, object]) -> object:
    if field.null:
        return None
    if field.get_internal_type() == "JSONField":
        return field.get_default()
    if field.get_internal_type() == "BooleanField":
        return False
    return 0 if "Integer" in field.get_internal_type() else ""
