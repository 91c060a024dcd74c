"""Attack the throw-away installation as two people, and say in words what was looked at and what was found."""

from __future__ import annotations

import argparse
import shutil
from collections import Counter

from site_scan.installation import Installation
from site_scan.scanners import FOUND, Finding, Scan, scan

PEOPLE = {"officer": "承办人", "liaison_440703101": "被约谈单位联络员"}
# The flaws that each scan must see, or it has seen nothing of worth.
SELF_CHECK = {("wapiti", "SQL Injection"), ("wapiti", "Reflected Cross Site Scripting"), ("sqlmap", "SQL Injection")}
# What is so because the scan asks without https, which YUETAN_HTTPS=yes mends (tests/test_security_settings.py).
WITHOUT_HTTPS = {"Secure Flag cookie", "HTTP Strict Transport Security (HSTS)"}
# What wapiti says where a page takes long, which is not what it is asked for here.
SLOW = {"Resource consumption"}


def main() -> int:
    """0 if the planted flaws were found and nothing else, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="script/scan")
    parser.add_argument("--minutes", type=int, default=20, help="of each scanner for each person, about")
    wanted = parser.parse_args()
    shutil.rmtree(FOUND, ignore_errors=True)
    is_well = True
    with Installation().running() as site:
        for person, post in PEOPLE.items():
            cookies = site.log_in(person)
            done = scan(site, person, cookies, wanted.minutes)
            is_well &= _say(done, post, is_still_in=site.is_logged_in(cookies))
    print(f"各次扫描的原始记录在 {FOUND}。")  # noqa: T201
    return 0 if is_well else 1


def _say(done: Scan, post: str, *, is_still_in: bool) -> bool:
    """Print what was looked at and found; whether all is as it should be."""
    seen = {(each.scanner, each.name) for each in done.findings if each.is_planted}
    missed = sorted(SELF_CHECK - seen)
    own = [each for each in done.findings if not each.is_planted]
    expected = [each for each in own if each.name in WITHOUT_HTTPS]
    found = [each for each in own if each.name not in WITHOUT_HTTPS | SLOW]
    checked = "预埋的漏洞都找到了" if not missed else f"没有找到预埋的 {missed}"
    lines = [
        f"以{post}（{done.person}）登录：找到 {done.crawled} 个页面和表单，同类各取一个，"  # noqa: ISC004 - one line
        f"攻击 {done.attacked} 个、{done.parameters} 个参数；"
        f"sqlmap 试了 {done.tried_by_sqlmap} 个参数（同名的试一次），另有 {done.left_by_sqlmap} 个时间到了没有试。",
        *(f"  没有做完：{words}" for words in done.unfinished),
        f"  自查：{checked}。",
        f"  扫描期间登录{'一直有效' if is_still_in else '已经失效，后面的结果不能作数'}。",
        f"  因不用 https 而报的：{len(expected)} 处。发现的问题：{len(found)} 处。",
        *_words_of(found),
    ]
    print("\n".join(lines), flush=True)  # noqa: T201
    return not missed and not found and is_still_in


def _words_of(found: list[Finding]) -> list[str]:
    counted = Counter((each.scanner, each.name, each.path, each.parameter, each.words) for each in found)
    return [
        f"  ！！ {scanner}：{name}，{path}{f'，参数 {parameter}' if parameter else ''}（{number} 次）{words}"
        for (scanner, name, path, parameter, words), number in sorted(counted.items())
    ]


if __name__ == "__main__":
    raise SystemExit(main())
