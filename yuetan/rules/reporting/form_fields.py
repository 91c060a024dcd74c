"""The form of a report as data: its fields, what must hold of them, and what is not right with what was filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from yuetan.rules.kept_keys import kept_keys
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of, require_words
from yuetan.rules.text.official_text import joined
from yuetan.rules.text.personal_data import personal_data
from yuetan.vocabulary import ReportFieldCheck, ReportFieldKind

MAX_FIELDS = 30
MAX_COUNTED = 999_999_999
ROWS = "fields_asked"
Values = Mapping[str, object]


WHETHER = "是否"
# What says 是: of a period each unit once, of what is reported at any time each report, of several periods each return.
UNITS, REPORTS, RETURNS = ("单位", "个"), ("报告", "件"), ("报表", "份")


@dataclass(frozen=True)
class ReportField:
    """One field; `key` stays the same in every version that has a field of this label."""

    key: str
    label: str
    kind: str
    unit: str = ""
    needed: bool = True
    check: str = ""
    of: tuple[str, ...] = ()  # keys of the fields that the check names

    @property
    def is_count(self) -> bool:
        """Whether it is a number."""
        return self.kind == ReportFieldKind.COUNT

    @property
    def is_summed(self) -> bool:
        """Whether it is added up: a number, or how many say 是."""
        return self.is_count or self.kind == ReportFieldKind.FLAG

    def sum_head(self, counted_in: tuple[str, str] = UNITS) -> tuple[str, str]:
        """What the sum of it is called, and in what it is counted: 摸排场所, 处; 召开专题会议的单位, 个."""
        if self.is_count:
            return self.label, self.unit
        noun, measure = counted_in
        return f"{_affirmed(self.label)}的{noun}", measure

    @property
    def is_running_total(self) -> bool:
        """Whether it is added up over the periods."""
        return bool(self.check) and ReportFieldCheck(self.check).is_running_total

    def as_json(self) -> dict[str, object]:
        """The field as a version of the scheme keeps it."""
        return {**asdict(self), "of": list(self.of)}

    def shown(self, value: object) -> str:
        """A value in words: 12 处, 是, 否."""
        if value is None or value == "":
            return "—"
        if self.kind == ReportFieldKind.FLAG:
            return "是" if value else "否"
        return f"{value} {self.unit}".strip() if self.is_count else str(value)


def _affirmed(label: str) -> str:
    """What those have in common that say 是: 召开专题会议, of 是否召开专题会议; of another label “label”为“是”."""
    asked = label.strip().rstrip("？?。")
    statement = asked.replace(WHETHER, "")
    return statement if asked.count(WHETHER) == 1 and statement else f"“{label}”为“是”"


@dataclass(frozen=True)
class FieldRow:
    """A field as somebody describes it: the fields that its check names by their labels."""

    label: str
    kind: str
    unit: str = ""
    needed: bool = True
    check: str = ""
    of: str = ""

    @property
    def words(self) -> str:
        """摸排场所（数字，处，等于所列各项之和：其中娱乐场所、其中其他场所）."""
        check = str(ReportFieldCheck(self.check).label) if self.check else ""
        optional = "" if self.needed else "可以不填"
        parts = (
            str(ReportFieldKind(self.kind).label),
            self.unit,
            optional,
            f"{check}：{self.of}" if self.of else check,
        )
        return f"{self.label}（{'，'.join(filter(None, parts))}）"


def fields_from(stored: Sequence[Mapping[str, object]]) -> list[ReportField]:
    """The fields as a version keeps them."""
    return [_field(each) for each in stored]


def _field(stored: Mapping[str, object]) -> ReportField:
    words = {name: str(stored[name]) for name in ("key", "label", "kind", "unit", "check")}
    named = stored["of"]
    assert isinstance(named, list)
    return ReportField(**words, needed=bool(stored["needed"]), of=tuple(map(str, named)))


def described(fields: Sequence[ReportField]) -> list[FieldRow]:
    """Fields as rows of the form in which somebody would describe them."""
    labels = {field.key: field.label for field in fields}
    return [
        FieldRow(
            field.label, field.kind, field.unit, field.needed, field.check, joined([labels[key] for key in field.of])
        )
        for field in fields
    ]


def fields_described(rows: Sequence[FieldRow], former: Iterable[ReportField]) -> list[ReportField]:
    """The fields that were described; one that has the label of a former one has its key too.

    `former` are those of all versions, the newest first: what was added up under a key never comes to be another thing.
    """
    keys = kept_keys([(field.label, field.key) for field in former], [row.label for row in rows], "f")
    return [
        ReportField(keys[row.label], row.label, row.kind, row.unit, row.needed, row.check, _keys_in(row.of, keys))
        for row in rows
    ]


def _keys_in(labels: str, keys: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(keys[label] for label in _labels_in(labels) if label in keys)


def _labels_in(text: str) -> list[str]:
    return [label.strip() for label in text.replace("，", "、").replace(",", "、").split("、") if label.strip()]


def description_problems(rows: Sequence[FieldRow], year: int) -> Iterator[Finding]:
    """What stands against a form that is described so."""
    if not rows:
        yield finding("report_fields_missing", ROWS)
    if len(rows) > MAX_FIELDS:
        yield finding("report_fields_too_many", ROWS, most=MAX_FIELDS, number=len(rows))
    labels = [row.label for row in rows]
    for number, row in enumerate(rows, start=1):
        if not row.label or not row.kind:
            yield finding("report_field_incomplete", ROWS, number=number)
        elif labels.index(row.label) != number - 1:
            yield finding("report_field_twice", ROWS, label=row.label)
        else:
            yield from _check_problems(row, rows)
        yield from personal_data(ROWS, f"第{number}项的名称", row.label, year)


def _check_problems(row: FieldRow, rows: Sequence[FieldRow]) -> Iterator[Finding]:
    if not row.check:
        return
    if row.kind != ReportFieldKind.COUNT:
        yield finding("report_check_of_no_count", ROWS, label=row.label)
        return
    if ReportFieldCheck(row.check).is_running_total:
        return
    counts = {each.label for each in rows if each.kind == ReportFieldKind.COUNT and each.label != row.label}
    named = _labels_in(row.of)
    if unknown := [label for label in named if label not in counts]:
        yield finding("report_check_names_unknown", ROWS, label=row.label, unknown=joined(unknown))
    elif not named or (row.check == ReportFieldCheck.AT_LEAST and len(named) > 1):
        many = "一项或者几项" if row.check == ReportFieldCheck.SUM else "一项"
        yield finding(
            "report_check_names_none", ROWS, label=row.label, check=ReportFieldCheck(row.check).label, many=many
        )


def zero_values(fields: Sequence[ReportField], before: Values) -> dict[str, object]:
    """What 零报告 says: nothing new. Every number is 0, a running total and what is made of one stay as `before`."""
    counts, carried = [field for field in fields if field.is_count], totals_at_end(fields)
    values = {field.key: _former(before, field.key) if field.key in carried else 0 for field in counts}
    for _ in counts:  # a sum may be made of sums
        for field in counts:
            least = sum(values[key] for key in field.of)
            if field.check == ReportFieldCheck.SUM:
                values[field.key] = least
            elif field.check == ReportFieldCheck.AT_LEAST:
                values[field.key] = max(values[field.key], least)
    return dict(values)


def totals_at_end(fields: Sequence[ReportField]) -> set[str]:
    """The keys of running totals, and of what is checked by one of them: of several periods the last says all."""
    carried = {field.key for field in fields if field.is_running_total}
    for _ in fields:
        carried |= {field.key for field in fields if carried.intersection(field.of)}
    return carried


def _former(before: Values, key: str) -> int:
    """A number that was reported before; 0 where there is none, or the field was no number then."""
    return _as_number(before.get(key)) if _is_count(before.get(key)) else 0


def before_in(fields: Sequence[ReportField], before: Values, *, same_year: bool) -> Values:
    """Of what was reported before, what a period goes on from: a total of the year begins anew with the year."""
    anew = set() if same_year else {one.key for one in fields if one.check == ReportFieldCheck.AT_LEAST_IN_YEAR}
    return {key: value for key, value in before.items() if key not in anew}


def running_totals(fields: Sequence[ReportField], *, same_year: bool) -> set[str]:
    """The keys of the totals that go on from an earlier period, of the same year or not."""
    in_year = ReportFieldCheck.AT_LEAST_IN_YEAR
    return {field.key for field in fields if field.is_running_total and (same_year or field.check != in_year)}


def value_problems(
    fields: Sequence[ReportField],
    values: Values,
    *,
    before: Values,
    after: Values,
    with_file: frozenset[str],
    year: int,
) -> Iterator[Finding]:
    """What is missing, no number, or breaks a check; `before` and `after` are what the unit reported of the periods
    around this one."""
    needed = {field.key: (field.label, not _is_missing(field, values, with_file)) for field in fields if field.needed}
    yield from missing_of("report_incomplete", needed)
    for field in fields:
        value = values.get(field.key)
        if field.is_count and value is not None and not _is_count(value):
            yield finding("report_no_count", field.key, label=field.label, most=MAX_COUNTED)
        if isinstance(value, str) and value:
            yield from require_words(value, finding("report_incomplete", field.key, missing=field.label))
            yield from personal_data(field.key, f"“{field.label}”", value, year)
    yield from check_problems(fields, values, before, after)


def check_problems(fields: Sequence[ReportField], values: Values, before: Values, after: Values) -> Iterator[Finding]:
    """Which numbers break a check."""
    by_key = {field.key: field for field in fields}
    for field in fields:
        value = values.get(field.key)
        if not field.check or not _is_count(value):
            continue
        others = {by_key[key].label: _as_number(values.get(key)) for key in field.of}
        words: dict[str, object] = {"label": field.label, "value": value, "others": _quoted(others)}
        total = sum(others.values())
        if field.check == ReportFieldCheck.SUM and value != total:
            yield finding("report_sum_broken", field.key, total=total, **words)
        if field.check == ReportFieldCheck.AT_LEAST and _as_number(value) < total:
            yield finding("report_less_than_other", field.key, total=total, **words)
        if field.is_running_total and _as_number(value) < _former(before, field.key):
            yield finding("report_less_than_before", field.key, before=before[field.key], **words)
        if field.is_running_total and _is_count(after.get(field.key)) and _as_number(value) > _former(after, field.key):
            yield finding("report_more_than_after", field.key, after=after[field.key], **words)


def _quoted(others: Mapping[str, int]) -> str:
    return "、".join(f"“{label}”" for label in others)


def _as_number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_COUNTED


def _is_missing(field: ReportField, values: Values, with_file: frozenset[str]) -> bool:
    if field.kind == ReportFieldKind.FILE:
        return field.key not in with_file
    return values.get(field.key) in (None, "")


@dataclass(frozen=True)
class Difference:
    """What a later version says otherwise."""

    label: str
    before: str
    after: str


def differences(fields: Sequence[ReportField], before: Values, after: Values) -> list[Difference]:
    """The fields of which two versions say something else, in words."""
    pairs = [(field.label, field.shown(before.get(field.key)), field.shown(after.get(field.key))) for field in fields]
    return [Difference(*pair) for pair in pairs if pair[1] != pair[2]]
