"""The forms of a measure of a 责任制 (责任措施): its draft, and one for each step that asks for something."""

from __future__ import annotations

from typing import Self, Unpack

from django import forms
from django.db.models import Q
from django.forms.utils import ErrorDict

from yuetan.documents.typesetting.title_breaking import MAX_LINES
from yuetan.forms.frame.bounds import is_key
from yuetan.forms.frame.case_field import CaseField
from yuetan.forms.frame.fields import DayField, ParagraphsField, RowsField, SeenField, WordsField
from yuetan.forms.frame.handling import CopiedFields, PaperHandlingFields
from yuetan.forms.frame.matter_field import MatterField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, choice_of, field_of, mark, mark_needed
from yuetan.forms.frame.paper_receipt import ReceiptFields
from yuetan.forms.frame.sheets import SheetsField, SheetsOfUnit, sheets_to_offer, shown_of
from yuetan.forms.frame.unit_search import UnitChoiceField
from yuetan.forms.frame.unit_select import UnitSelect, offer_units
from yuetan.forms.frame.units_field import NamedUnitsField
from yuetan.models import Accountability, AccountabilityMeasure, Case, Circumstance, Door, Ground, Rung, Unit, User
from yuetan.models.ladder.laid_rungs import standing_after
from yuetan.models.ladder.named_units import MAX_UNITS
from yuetan.models.ladder.rungs import PAPER_OF_RUNG
from yuetan.rules.text.handling import Handling

ANSWERS = (("", "请选择"), ("yes", "有"), ("no", "没有"))
TITLE_BREAK_WORDS = f"不填的由系统分行。要自己分的，照标题原文填写，一行一行，最多 {MAX_LINES} 行。"


class DoorField(forms.ModelChoiceField):
    """A door by the words of its article."""

    def label_from_instance(self, door: Door) -> str:
        """通报：具有……（第二十八条）."""
        return f"{door.rung.get_kind_display()}：{door.words}（{door.article.name}）"


class GroundsOfTextField(forms.ModelMultipleChoiceField):
    """Grounds in the words of the text."""

    def label_from_instance(self, ground: Ground) -> str:
        """第二十六条第一项：……."""
        return str(ground)


class CircumstanceRowForm(forms.Form):
    """One circumstance: whether it applies, and why."""

    use_required_attribute = False
    circumstance = forms.ModelChoiceField(Circumstance.objects.all(), label="情节", widget=forms.HiddenInput)
    applies = forms.TypedChoiceField(
        label="是否具有",
        choices=ANSWERS,
        required=False,
        coerce=lambda answer: answer == "yes",
        empty_value=None,
    )
    reason = WordsField(label="理由", needed=False, max_length=500)

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        mark(self, "reason", wide=True)


class MeasureForm(SheetsOfUnit):
    """A measure under one 责任制: its rungs, doors, grounds and circumstances are what is offered."""

    unit = UnitChoiceField(Unit.objects.none(), label="单位", required=False, widget=UnitSelect)
    further_units = NamedUnitsField(
        label="一并通报的单位",
        help_text=f"一份通报发几个单位的，其余单位写在这里，一行一个全称或者代码，连首列单位最多 {MAX_UNITS} 个；"
        "印发后各单位分别签收、整改、认定，互相看不到办理情况。只发一个单位的不填。",
    )
    rung = forms.ModelChoiceField(Rung.objects.none(), label="责任措施", required=False, widget=forms.RadioSelect)
    door = DoorField(Door.objects.none(), label="条件", required=False, widget=forms.RadioSelect)
    door_words = ParagraphsField(
        label="符合条件的说明",
        needed=False,
        rows=3,
        help_text="以危害、影响为条件的必须写明具体情况。内部记录，印入呈批表，单位看不到。",
    )
    case = CaseField(
        label="关联的约谈事项", required=False, help_text="不关联约谈事项的不填；受到约谈后逾期未完成整改的必须填。"
    )
    matter = MatterField(
        printed=True, label="事由", help_text="填“……”部分，系统自动成“关于……的通报”“关于……的挂牌督办通知书”。"
    )
    grounds = GroundsOfTextField(
        Ground.objects.none(), label="情形", required=False, widget=forms.CheckboxSelectMultiple
    )
    sheets = SheetsField()
    facts = ParagraphsField(
        printed=True,
        label="存在的问题",
        rows=7,
        help_text="写明事实和数据；不写群众、举报人、涉案人员的个人信息。一行一段。",
    )
    demands = ParagraphsField(printed=True, label="整改要求", rows=5, help_text="一行一项，逐项编号印在文书上。")
    limit = DayField(label="整改期限")
    circumstances = RowsField(
        CircumstanceRowForm,
        rows=1,
        fixed=True,
        label="从重、从轻情节",
        help_text="逐项答复并写明理由，报核以前须答复完毕。内部记录，印入呈批表，单位看不到。",
    )

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        by: User,
        accountability: Accountability,
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        offer_units(self)
        mark_needed(self, "unit")
        rungs = accountability.rungs.filter(kind__in=PAPER_OF_RUNG)
        doors = Door.objects.filter(rung__in=rungs).select_related("rung", "article")
        self._offer("rung", list(rungs))
        choice_of(self, "rung").queryset = rungs
        choice_of(self, "door").queryset = doors
        self._offer("door", list(doors))
        grounds = accountability.grounds_article.grounds.select_related("article")
        choice_of(self, "grounds").queryset = grounds
        mark_needed(self, "grounds")
        named = self.initial.get("case")  # what a measure was drafted about may be over by now
        field_of(self, "case", CaseField).offer(Case.objects.visible_to(by).filter(_open_or(named)))
        self._ask_circumstances(accountability)
        self.offer_sheets(sheets_to_offer(self._unit_now(), by))

    def _unit_now(self) -> Unit | None:
        """The unit that is chosen by now."""
        key = str(self["unit"].value() or "")
        return Unit.objects.select_related("parent").filter(pk=int(key)).first() if is_key(key) else None

    def _offer(self, name: str, rows: list[Rung] | list[Door]) -> None:
        """What must be chosen; the only one there is stands chosen."""
        mark_needed(self, name)
        choice_of(self, name).empty_label = None
        if len(rows) == 1 and name not in self.initial:
            self.initial[name] = rows[0].pk

    def _ask_circumstances(self, accountability: Accountability) -> None:
        asked = list(accountability.circumstances.select_related("article").order_by("article__number", "number"))
        rows = field_of(self, "circumstances", RowsField)
        rows.widget.captions = [str(one) for one in asked]
        answered = {row["circumstance"]: row for row in self.initial.get("circumstances", ())}
        self.initial["circumstances"] = [answered.get(one.pk, {"circumstance": one.pk}) for one in asked]


def as_drafted(measure: AccountabilityMeasure) -> dict[str, object]:
    """The text of a measure as its form takes it."""
    texts = ("door_words", "matter", "facts", "demands", "limit")
    answers = [
        {"circumstance": one.circumstance_id, "applies": "yes" if one.applies else "no", "reason": one.reason}
        for one in measure.circumstance_answers.all()
    ]
    rows: dict[str, object] = {"unit": measure.unit_id, "rung": measure.rung_id, "door": measure.door_id}
    grounds = list(measure.measure_grounds.values_list("ground", flat=True))
    rows |= {"case": measure.case_id, "further_units": "\n".join(unit.full_name for unit in measure.further_units)}
    rows["sheets"] = list(shown_of(measure))
    return rows | {"grounds": grounds, "circumstances": answers} | {name: getattr(measure, name) for name in texts}


def _open_or(named: object) -> Q:
    is_open = Q(pk__in=Case.objects.open().order_by().values("pk"))
    return is_open | Q(pk=named) if named else is_open


def as_following(before: Case | AccountabilityMeasure) -> dict[str, object]:
    """What is known of a measure that follows because a rung was not met in time: its unit, matter and first open door.

    What was found on that day stands as the beginning of what is wrong.
    """
    doors = [one for one in standing_after(before) if one.door.rung in PAPER_OF_RUNG]
    case = before if isinstance(before, Case) else before.case
    known: dict[str, object] = {"unit": before.unit_id, "matter": before.matter, "case": case and case.pk}
    if not isinstance(before, Case):
        known["grounds"] = list(before.lead.measure_grounds.values_list("ground", flat=True))
    if doors:
        known |= {"rung": doors[0].row.rung_id, "door": doors[0].row.pk, "facts": doors[0].facts}
    return known


class MeasureStepForm(forms.Form):
    """A step of a measure; by itself it asks for nothing but a confirmation."""

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        measure: AccountabilityMeasure,
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        self.measure = measure
        for name, value in self.prefilled().items():
            self.fields[name].initial = value
        self.prepare()

    def prepare(self) -> None:
        """Let its fields offer and say what goes with the measure; each kind adds to what those below it do."""

    def prefilled(self) -> dict[str, object]:
        """What the measure already knows."""
        return {}

    def as_sent(self) -> Self:
        """The form as it was sent, without judging it."""
        self._errors, self.cleaned_data = ErrorDict(), {}
        return self

    def spelled_out(self) -> list[tuple[str, str]]:
        """What stands beside the fields on the page that asks for a confirmation."""
        return []


class ReturnMeasureForm(MeasureStepForm):
    """退回."""

    reason = ParagraphsField(label="退回原因", rows=4, help_text="写明哪里要改，拟稿人会原样看到。")


class WithdrawMeasureForm(MeasureStepForm):
    """撤回."""

    reason = ParagraphsField(label="撤回原因", rows=4, help_text="草稿、原因和撤回人都保留，办公室看得到。")


class SignMeasureForm(MeasureStepForm):
    """签收 of the paper that was shown."""

    seen = SeenField()

    def prefilled(self) -> dict[str, object]:
        """The key of the paper that waits to be signed for."""
        return {"seen": str(self.measure.paper_to_sign.pk) if self.measure.paper_id else ""}


class SeenMeasureForm(MeasureStepForm):
    """A step on the text that was shown."""

    seen = SeenField()

    def prefilled(self) -> dict[str, object]:
        """The digest of the text."""
        return {"seen": self.measure.digest}


class EndorseMeasureForm(SeenMeasureForm):
    """核稿，报领导审定."""

    opinion = ParagraphsField(label="核稿意见", rows=3, initial="同意，报审定。")


class DecideMeasureForm(SeenMeasureForm):
    """审定."""

    opinion = ParagraphsField(label="审定意见", rows=3, initial="同意。")


class DeclineMeasureForm(SeenMeasureForm):
    """不予实施."""

    opinion = ParagraphsField(label="不予实施的理由", rows=4)


class ConcludeMeasureForm(MeasureStepForm):
    """认定整改完成."""

    met_on = DayField(label="整改完成日期")
    opinion = ParagraphsField(label="认定意见", rows=4, help_text="写明逐项核查的情况；单位看得到。")


class ServeMeasureForm(CopiedFields, PaperHandlingFields, MeasureStepForm):
    """印发送达: what the paper bears beside its text."""

    def prepare(self) -> None:
        super().prepare()
        self.fold_up(Handling())
        self.fields["title_break"].help_text = TITLE_BREAK_WORDS
        self.offer_copies(self.measure.unit)


class RegisterMeasureReceiptForm(ReceiptFields, MeasureStepForm):
    """登记纸质回执."""
