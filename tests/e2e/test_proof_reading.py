"""Remarks of the proof-reader while somebody types: beside the field, found by a click, gone once put right."""

from playwright.sync_api import expect

from tests.e2e.person import PHONE

SELECTED = "field => field.value.slice(field.selectionStart, field.selectionEnd)"


def test_a_slip_is_pointed_out_while_it_is_typed_selected_and_put_right(come_in, it_is):
    it_is(11, 23, 10)
    supervisor = come_in("supervisor", width=PHONE)
    supervisor.page.goto("/letters/new/")
    field, remarks = supervisor.page.locator("#id_problems"), supervisor.page.locator("#id_problems_remarks")
    field.press_sequentially("𬱖某线索摸排不深入。\n上报不及时,已逾期。")
    expect(remarks.get_by_role("listitem")).to_have_count(1)
    expect(remarks).to_contain_text("第2段“上报不及时,已逾期。”：半角“,”应为全角“，”。")
    supervisor.meets_no_barrier(PHONE)
    remarks.get_by_role("button", name="选中").click()
    expect(field).to_be_focused()
    assert field.evaluate(SELECTED) == ","
    supervisor.page.keyboard.type("，")
    expect(remarks.get_by_role("listitem")).to_have_count(0)
    expect(field).to_have_value("𬱖某线索摸排不深入。\n上报不及时，已逾期。")
