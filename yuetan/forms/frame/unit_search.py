"""One unit among more than a list can hold: by its full name or code, part of the name, or initials of its pinyin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from yuetan.forms.frame.name_search import MAX_CANDIDATES, Finder, SearchedChoiceField
from yuetan.models import Unit

if TYPE_CHECKING:
    from yuetan.models.people.unit import UnitQuerySet


class UnitFinder(Finder[Unit]):
    """蓬江区棠下镇（440703100): by name and code."""

    noun, counted, name, known_by = "单位", "个", "名称", "名称、代码或者拼音"
    hint = "填全称或者代码；只记得名称的一部分、拼音首字母的，填好后查找，再从符合的单位里选择。"
    rows: UnitQuerySet

    def key_of(self, unit: Unit) -> str:
        """Its code."""
        return unit.code

    def words_of(self, unit: Unit) -> str:
        """蓬江区棠下镇（440703100）."""
        return f"{unit.full_name}（{unit.code}）"

    def remark_on(self, unit: Unit) -> str:
        """镇（街）."""
        return unit.get_kind_display()

    def called(self, words: str) -> list[Unit]:
        """Of that whole name or code."""
        name = words.strip()
        code = name.rpartition("（")[2].removesuffix("）")
        endings = [name[start:] for start in range(len(name))]
        near = self.rows.filter(Q(code__in=[name, code]) | Q(name__in=endings)).select_related("parent")
        known = list(near[: 10 * MAX_CANDIDATES])
        exact = [unit for unit in known if name in (unit.code, self.words_of(unit))]
        return exact or [unit for unit in known if name in (unit.name, unit.full_name)]

    def like(self, words: str) -> list[Unit]:
        """Whose name, former name, code, pinyin or full name the words are part of."""
        in_full = Concat(F("parent__name"), Value(""), F("name"))
        alike = Q(pk__in=self.rows.matching(words)) | Q(in_full__contains=words)
        return list(self.rows.annotate(in_full=in_full).filter(alike).select_related("parent")[: MAX_CANDIDATES + 1])

    def of_key(self, key: object) -> Unit | None:
        """With the unit above it, which stands in its name."""
        return Unit.objects.select_related("parent").filter(pk=int(str(key))).first()


class UnitChoiceField(SearchedChoiceField[Unit]):
    """A unit in a list; of more than a list can hold, by its words."""

    def label_from_instance(self, unit: Unit) -> str:
        """蓬江区棠下镇."""
        return unit.full_name
