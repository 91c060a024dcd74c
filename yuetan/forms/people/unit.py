"""Forms of 单位与领导: units, and who begins or leaves a post."""

from __future__ import annotations

from typing import TypedDict, Unpack

from django import forms

from yuetan.actions.people.unit import SAME_NAME_TICK
from yuetan.forms.frame.fields import DayField, NameField, NeededFileField, ParagraphsField, UsernameField, WordsField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, field_of, mark_needed
from yuetan.forms.frame.person_search import PersonChoiceField, offer_people
from yuetan.forms.frame.unit_search import UnitChoiceField
from yuetan.forms.frame.unit_select import UnitSelect, offer_units
from yuetan.models import Unit, User
from yuetan.models.people.unit import UnitQuerySet
from yuetan.models.people.unit_change import ENDINGS, possible_successors
from yuetan.rules.dates import clock
from yuetan.vocabulary import (
    HEAD_POSTS,
    INTERVIEWED_UNIT_KINDS,
    INTERVIEWEE_NAMES,
    POSTS_OF_UNIT_KIND,
    Rank,
    UnitKind,
)

SAME_DAY = "变动在生效当天登记，不能填将来的日期；登记后当天生效。"


def counties() -> UnitQuerySet:
    """The 市（区） that a 镇（街） may belong to."""
    return Unit.objects.in_use().filter(kind=UnitKind.COUNTY)


def addressee_field() -> WordsField:
    """主送机关, where they are not the usual ones."""
    usual = "镇写“××镇党委、镇政府”，街道写“××街道党工委、办事处”，市（区）写“××区委、区政府”，部门写本名"
    return WordsField(
        printed=True,
        label="主送机关",
        needed=False,
        max_length=120,
        help_text=f"文书主送的机关，照此印在文书上。不填的，{usual}；不是这样的才填。",
    )


def superior_field() -> WordsField:
    """上级主管单位, of a unit that only stands here."""
    return WordsField(
        printed=True,
        label="上级主管单位",
        needed=False,
        max_length=80,
        help_text="只有中央和省、市驻本地的单位才填；需要实行一票否决权制的，书面建议发给它。",
    )


def founding_field() -> DayField:
    """设立日期, of a unit that was founded while the site runs."""
    return DayField(
        label="设立日期",
        needed=False,
        help_text="新设的单位填批准设立的日期，年度考核只计截止日以前设立的单位；早已设立、现在补登的不填。",
    )


class UnitForm(forms.Form):
    """新增单位: the leading group and its office are there from the start."""

    kind = forms.ChoiceField(
        label="类别", choices=[(kind.value, kind.label) for kind in INTERVIEWED_UNIT_KINDS], widget=forms.RadioSelect
    )
    name = WordsField(label="名称", max_length=80, help_text="镇（街）只写本名，如“棠下镇”。")
    code = WordsField(
        label="代码", max_length=20, help_text="市（区）、镇（街）填行政区划代码；成员单位自编，不得重复。"
    )
    parent = UnitChoiceField(
        Unit.objects.none(), label="所属市（区）", required=False, empty_label="无", help_text="镇（街）必须选择。"
    )
    addressee = addressee_field()
    superior = superior_field()
    began_on = founding_field()

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        offer_units(self, "parent", counties())

    def clean_parent(self) -> Unit | None:
        """Only a 镇（街） has a 市（区） as its parent."""
        parent: Unit | None = self.cleaned_data["parent"]
        kind = self.cleaned_data.get("kind")
        if parent is not None and kind and kind != UnitKind.TOWN:
            raise forms.ValidationError("只有镇（街）才选择所属市（区），请改为“无”。")
        return parent


class ChangeUnitForm(forms.Form):
    """变更单位: what kind of unit it is never changes."""

    name = WordsField(label="名称", max_length=80, help_text="只更正登记有误的用字；单位改了名的，请办理“单位更名”。")
    code = WordsField(label="代码", max_length=20)
    parent = UnitChoiceField(Unit.objects.none(), label="所属市（区）", required=False)
    addressee = addressee_field()
    superior = superior_field()
    began_on = founding_field()

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, unit: Unit, **options: Unpack[FormOptions]
    ) -> None:
        fields = ("name", "code", "addressee", "superior", "began_on")
        options["initial"] = {"parent": unit.parent_id} | {name: getattr(unit, name) for name in fields}
        super().__init__(data, files, **options)
        self.unit = unit
        offer_units(self, "parent", counties())
        mark_needed(self, "parent")
        if unit.kind != UnitKind.TOWN:
            del self.fields["parent"]
        if unit.kind not in INTERVIEWED_UNIT_KINDS:
            del self.fields["addressee"], self.fields["superior"], self.fields["began_on"]

    def clean(self) -> dict[str, object]:
        """What is not asked for of such a unit stays."""
        for name in {"parent", "addressee", "superior", "began_on"} - self.fields.keys():
            self.cleaned_data[name] = getattr(self.unit, name)
        return self.cleaned_data


class EffectiveDayField(DayField):
    """The day from which a change of a unit holds, as its paper says; never ahead."""

    def __init__(self) -> None:
        super().__init__(label="生效日期", help_text="以文件写明的日期为准；变动在生效以后登记，不能填将来的日期。")


def paper_field() -> NeededFileField:
    """The file of the paper that decides it."""
    return NeededFileField(
        label="依据文件", required=False, allow_empty_file=True, help_text="批复或者通知的扫描件：PDF、OFD、JPG、PNG。"
    )


class RenameUnitForm(forms.Form):
    """单位更名: a new name from a day on, by a paper."""

    name = WordsField(label="新名称", max_length=80, help_text="镇（街）只写本名。已印发的文书保留原名称。")
    effective_on = EffectiveDayField()
    paper_number = WordsField(label="文号", max_length=100, help_text="如“江民〔2026〕8号”。")
    paper = paper_field()

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, unit: Unit, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        self.unit = unit


class EndUnitForm(forms.Form):
    """单位撤并: merged into another unit or dissolved, and who goes on."""

    kind = forms.ChoiceField(
        label="撤并方式",
        required=False,
        widget=forms.RadioSelect,
        choices=[(kind.value, kind.label) for kind in ENDINGS],
    )
    successor = UnitChoiceField(
        Unit.objects.none(),
        label="承接单位",
        required=False,
        empty_label="没有承接单位",
        widget=UnitSelect,
        help_text="原单位的约谈事项、整改任务、提醒函由它继续办理；还有未了结的，必须选择。",
    )
    effective_on = EffectiveDayField()
    paper_number = WordsField(label="文号", max_length=100, help_text="如“粤府函〔2026〕8号”。")
    paper = paper_field()

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, unit: Unit, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        self.unit = unit
        offer_units(self, "successor", possible_successors(unit))
        mark_needed(self, "kind")


class CarryOverForm(forms.Form):
    """转由承接单位办理: why, in words."""

    opinion = ParagraphsField(label="意见", rows=3, help_text="记入每件事项，承接单位会原样看到。")


class EmptyForm(forms.Form):
    """A step that asks for nothing but a confirmation."""


class DateOptions(TypedDict, total=False):
    """How a field of a day on which something changes is made."""

    label: str
    help_text: str


class DateOfChangeField(forms.DateField):
    """The day on which somebody begins or leaves a post: today unless told otherwise."""

    def __init__(self, **kwargs: Unpack[DateOptions]) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, initial=clock.today, **kwargs)


class PostForm(forms.Form):
    """登记任职: somebody who is known already, or somebody new."""

    kind = forms.ChoiceField(label="职务类别", widget=forms.RadioSelect)
    title = WordsField(label="职务名称", max_length=60, help_text="文书上的写法，如“党委书记”“局长”“联络员”。")
    rank = forms.ChoiceField(label="职级", required=False, choices=[("", "不登记"), *Rank.choices])
    began_on = DateOfChangeField(label="任职日期", help_text=f"{SAME_DAY}当天起即可办理本职务的事项。")
    holder = PersonChoiceField(
        User.objects.none(),
        label="已登记的人员",
        required=False,
        empty_label="不在其中，下面填写新人员",
        help_text="系统里已有的人一定从这里选，不要重复建立。",
    )
    name = NameField(label="新人员姓名", needed=False, max_length=40)
    same_name = forms.BooleanField(label=SAME_NAME_TICK, required=False, help_text="系统里没有同名的人的，不必勾选。")
    username = UsernameField(
        label="新人员账号", needed=False, help_text="需要登录的才填。只登记任职、不登录的，不设账号。"
    )
    password = forms.CharField(
        label="初始密码",
        required=False,
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少 10 个字符，不能全是数字或与账号相近。设账号的必须填写；没有登记成功的，须重新输入。",
    )

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, unit: Unit, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        kinds = POSTS_OF_UNIT_KIND[UnitKind(unit.kind)]
        field_of(self, "kind", forms.ChoiceField).choices = [(kind.value, kind.label) for kind in kinds]
        offer_people(self, "holder", User.objects.all())
        if any(kind in HEAD_POSTS for kind in kinds):
            heads = INTERVIEWEE_NAMES[UnitKind(unit.kind)]
            rank_hint = "必须填写，据此确定约谈人" if unit.kind == UnitKind.TOWN else "可以不登记"
            self.fields["rank"].help_text = f"{heads}{rank_hint}。"
        else:
            self.fields["rank"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, object]:
        """One person, not two."""
        filled = [name for name in ("name", "username", "password") if self.cleaned_data.get(name)]
        if self.cleaned_data.get("holder") and filled:
            self.add_error(filled[0], "已选择登记过的人员，不再填写新人员的姓名、账号和密码。")
        return self.cleaned_data


class EndPostForm(forms.Form):
    """登记离任."""

    ended_on = DateOfChangeField(label="离任日期", help_text=f"{SAME_DAY}自这一天起不再任职。")
