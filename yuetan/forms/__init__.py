"""Forms: the fields of a form are the keywords of its action; what Django's fields refuse, in the office's words."""

from django import forms
from django.db.models import UUIDField

from yuetan.forms.frame.bounds import within_numbers, within_years

NOT_FILLED_IN = "尚未填写。"
NOT_OFFERED = "所选的不在可选之列，请重新选择。"
NOT_RECEIVED = "没有收到文件，请重新选择。"
# None of them repeats what was sent: it stands in the field still, or was never typed by a person.
SENTENCES: dict[type, dict[str, str]] = {
    forms.Field: {"required": NOT_FILLED_IN},
    forms.CharField: {
        "max_length": "最多 %(limit_value)d 个字，现有 %(show_value)d 个字，请删减。",
        "null_characters_not_allowed": "含有不能保存的控制字符，请重新填写。",
    },
    forms.ChoiceField: {"required": "尚未选择。", "invalid_choice": NOT_OFFERED},
    forms.MultipleChoiceField: {"required": "尚未选择。", "invalid_choice": NOT_OFFERED, "invalid_list": NOT_OFFERED},
    forms.ModelChoiceField: {"required": "尚未选择。", "invalid_choice": NOT_OFFERED},
    forms.ModelMultipleChoiceField: {
        "invalid_choice": NOT_OFFERED,
        "invalid_list": NOT_OFFERED,
        "invalid_pk_value": NOT_OFFERED,
    },
    forms.DateField: {"invalid": "日期无法识别，请按年-月-日填写，如“2026-11-23”。"},
    forms.DateTimeField: {"invalid": "时间无法识别，请按年-月-日 时:分填写，如“2026-11-23 09:30”。"},
    forms.TimeField: {"invalid": "时间无法识别，请按时:分填写，如“09:30”。"},
    forms.IntegerField: {
        "invalid": "须填写整数，如“3”。",
        "min_value": "不得小于 %(limit_value)s。",
        "max_value": "不得大于 %(limit_value)s。",
    },
    forms.DecimalField: {
        "invalid": "须填写数字，如“3”或者“3.5”。",
        "max_digits": "数字最多 %(max)s 位。",
        "max_decimal_places": "小数最多 %(max)s 位。",
        "max_whole_digits": "整数部分最多 %(max)s 位。",
    },
    forms.FileField: {
        "required": "尚未选择文件。",
        "invalid": NOT_RECEIVED,
        "missing": NOT_RECEIVED,
        "empty": "所选的文件是空的，请核对后重新选择。",
        "max_length": "文件名最多 %(max)d 个字，现有 %(length)d 个字，请改短后重新选择。",
    },
    UUIDField: {"invalid": NOT_OFFERED},
}

for _field, _words in SENTENCES.items():
    # Read by every field as it is made, so this stands before the first form of ours. The stubs forget UUIDField's.
    _field.default_error_messages = {**vars(_field).get("default_error_messages", {}), **_words}  # type: ignore[attr-defined]

# Run by every field of these kinds, whoever declares it: a filter, a formset of Django's, a form of ours.
for _field in (forms.DateField, forms.DateTimeField):
    _field.default_validators = [within_years]
for _field in (forms.IntegerField, forms.DecimalField, forms.FloatField):
    _field.default_validators = [within_numbers]
