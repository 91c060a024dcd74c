"""A text as a pattern for SQL's format(): the words of a case become arguments, all else stays as it is."""

from datetime import date

from django.db import connection

from yuetan.scenarios.bulk.wording import Wording, places

WORDS = {"蓬江区棠下镇": 1, "棠下镇": 2, "冯十": 3}


def wording():
    """Of a case in autumn 2026; dates come after the fifth argument."""
    return Wording(WORDS, date(2026, 9, 1), date(2027, 3, 1), 5)


def filled(pattern, *words):
    """What PostgreSQL makes of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT format(%s, VARIADIC %s::text[])", [pattern, list(words)])
        return cursor.fetchone()[0]


def test_the_longest_word_is_taken():
    assert wording().pattern("蓬江区棠下镇（棠下镇）冯十") == "%1$s（%2$s）%3$s"


def test_a_word_across_the_lines_of_a_paper_is_taken_and_the_marks_stay():
    text = '对蓬江区棠</span><br><span class="tracking-8">下镇进行约谈'
    assert wording().pattern(text, is_paper=True) == '对%1$s</span><br><span class="tracking-8">进行约谈'
    assert wording().pattern(text) == text


def test_dates_of_the_case_move_and_those_of_a_law_do_not():
    dated = wording()
    assert dated.pattern("2026年11月3日（星期二），自2019年1月1日起施行") == "%6$s（星期二），自2019年1月1日起施行"
    assert dated.pattern('{"on": "2026-11-03", "at": "2026-11-10T09:30:00+08:00"}').count("$s") == 2
    assert dated.dates_after(0) == ["2026年11月3日", "2026-11-03", "2026-11-10"]
    assert dated.dates_after(-5) == ["2026年9月29日", "2026-09-29", "2026-10-06"]


def test_a_date_across_the_lines_of_a_paper_moves():
    dated = wording()
    assert dated.pattern("2026年1</span><span>1月3日", is_paper=True) == "%6$s</span><span>"
    assert dated.dates_after(1) == ["2026年11月10日"]


def test_a_percent_sign_comes_out_as_it_went_in(db):
    pattern = wording().pattern("覆盖率100%，由冯十负责，%1$s")
    assert filled(pattern, "", "", "陈十一") == "覆盖率100%，由陈十一负责，%1$s"


def test_of_two_words_that_are_the_same_the_first_counts():
    assert places(["新会区", "新会区", "", "440705"], 1) == {"新会区": 1, "440705": 4}
