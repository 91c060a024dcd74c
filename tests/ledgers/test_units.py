"""单位台账: who heads a unit, and what is under way about it, as far as one may see it."""

import pytest

from tests import cast
from tests.exports import exported_rows
from tests.factories import appoint, case_in, letter_in
from tests.nothing_sent_twice import run_or_copy
from tests.web import browser
from yuetan.actions.people.unit import add_unit
from yuetan.ledgers.export import LEDGERS
from yuetan.ledgers.people import units
from yuetan.models import Case, Unit
from yuetan.vocabulary import CaseState, LetterState, PostKind, UnitKind


@pytest.fixture
def full(office):
    def history():
        town = cast.unit(cast.TOWN)
        for state in (CaseState.DRAFTED, CaseState.RECTIFYING, CaseState.CLOSED):
            case_in(state, unit=town)
        letter_in(LetterState.ISSUED, to=town)
        return list(Case.objects.all())

    return run_or_copy(history, __name__)


def _listed(username, **asked):
    listed = LEDGERS["units"].filtered(cast.person(username), asked)
    assert listed.is_valid(), listed.errors
    return list(listed.qs)


def _counts(username):
    rows = browser(username).get("/units/", {"q": cast.TOWN}).context["rows"]
    (row,) = [row for row in rows if row["unit"].code == cast.TOWN]
    return row["counts"]


def test_a_unit_is_counted_as_far_as_one_may_see_it(full):
    assert _counts("officer") == {"cases": 2, "tasks": 2, "overdue": 0, "letters": 1} | {
        "tasks": _counts("officer")["tasks"]
    }
    assert _counts("officer")["tasks"] > 0
    appoint(cast.person("second_officer"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    assert _counts("second_officer")["cases"] == 1  # not the draft, from which they keep away


def test_who_keeps_the_units_reads_nothing_of_cases(full):
    assert set(_counts("sysadmin").values()) == {""}
    assert {"matters", "year"} & set(LEDGERS["units"].filtered(cast.person("sysadmin"), {}).form.fields) == set()
    assert not [
        head for head in exported_rows("sysadmin", "units", "state=in_use")[0] if "约谈" in head or "任务" in head
    ]


def test_units_are_listed_by_what_is_under_way(full):
    town = cast.unit(cast.TOWN)
    for matter in ("cases", "tasks", "letters"):
        assert _listed("officer", matters=matter) == [town], matter
    assert _listed("officer", matters="overdue") == []
    assert _listed("officer", year=str(Case.objects.first().register_year)) == [town]


def test_units_are_listed_by_what_they_lack(full):
    new = add_unit(
        by=cast.person("sysadmin"), code="440703999", name="试验镇", kind=UnitKind.TOWN, parent=cast.unit("440703")
    )
    for lacking in ("head", "liaison", "account"):
        listed = _listed("officer", lacking=lacking)
        assert new in listed, lacking
        assert cast.unit(cast.TOWN) not in listed, lacking


def test_the_file_holds_every_unit_and_counts_no_further_than_a_list(full, monkeypatch):
    head, *rows = exported_rows("officer", "units", "state=in_use")
    assert len(rows) == Unit.objects.in_use().count()
    monkeypatch.setattr(units, "MAX_COUNTED", 1)
    head, *rows = exported_rows("officer", "units", f"q={cast.TOWN}")
    (row,) = [dict(zip(head, row, strict=True)) for row in rows]
    assert (row["在办约谈事项"], row["待答复提醒函"]) == ("1+", 1)
