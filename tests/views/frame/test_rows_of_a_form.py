"""Rows of a form: what is too much comes back as it was typed, and none of it is lost without a word."""

from django import forms

from yuetan.forms.frame.fields import MAX_ROWS, RowsField


class _RowForm(forms.Form):
    name = forms.CharField()


class _Form(forms.Form):
    names = RowsField(_RowForm, rows=1, label="名单")


def _entered(number: int) -> _Form:
    return _Form({"names-count": str(number), **{f"names-{i}-name": f"第{i + 1}人" for i in range(number)}})


def test_as_many_rows_as_there_may_be_are_all_taken() -> None:
    form = _entered(MAX_ROWS)
    assert form.is_valid()
    assert len(form.cleaned_data["names"]) == MAX_ROWS


def test_one_row_too_many_is_refused_and_shown_again() -> None:
    form = _entered(MAX_ROWS + 1)
    assert form.errors["names"] == ["最多填写40项，现有41项，请合并相近的各项，或者删去多余的。"]
    assert f"第{MAX_ROWS + 1}人" in str(form["names"])
