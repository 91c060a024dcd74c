"""Attack the throw-away installation as two people, and say in words what was looked at and what was found."""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
from collections import Counter

from site_scan.installation import Installation
from site_scan.scanners import HITS, Finding, Scan, scan

PEOPLE = {"officer": "承办人", "liaison_440703101": "被约谈单位联络员"}
# The flaws that each scan must see, or it has seen nothing of worth.
SELF_CHECK = {("wapiti", "SQL Injection"), ("wapiti", "Reflected Cross Site Scripting"), ("sqlmap", "SQL Injection")}
# What a scanner calls amiss and is meant so: its name, where, and why.
ACCEPTED = {
    ("Secure Flag cookie", "/"): "扫描不经 https；设 YUETAN_HTTPS=yes 以后有此标志（tests/test_security_settings.py）",
    ("HTTP Strict Transport Security (HSTS)", "/"): "扫描不经 https；设 YUETAN_HTTPS=yes 以后有此标头",
    ("HttpOnly Flag cookie", "/"): "csrftoken 由本站脚本读取，自动保存要用；会话的 cookie 脚本读不到",
    ("Cross Site Request Forgery", "/verify/"): "公开的核验页，不用登录，什么也不改",
}


def main() -> int:
    """0 if the planted flaws were found and nothing else, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="script/scan")
    parser.add_argument("--minutes", type=int, default=20, help="of each scanner for each person, about")
    wanted = parser.parse_args()
    shutil.rmtree(HITS, ignore_errors=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the installation is ended too
    is_well = True
    with Installation().running() as site:
        for person, post in PEOPLE.items():
            cookies = site.log_in(person)
            done = scan(site, person, cookies, wanted.minutes)
            is_well &= _say(done, post, is_still_in=site.is_logged_in(cookies))
    print(f"各次扫描的原始记录在 {HITS}。")  # noqa: T201
    return 0 if is_well else 1


def _say(done: Scan, post: str, *, is_still_in: bool) -> bool:
    """Print what was looked at and found; whether all is as it should be."""
    seen = {(each.scanner, each.name) for each in done.findings if each.is_planted}
    missed = sorted(SELF_CHECK - seen)
    own = [each for each in done.findings if not each.is_planted]
    accepted = sorted({(each.name, each.path) for each in own if (each.name, each.path) in ACCEPTED})
    hits = [each for each in own if (each.name, each.path) not in ACCEPTED]
    reached = "，".join(f"{name} {number}" for name, number in sorted(done.reached.items()))
    checked = "预埋的漏洞都找到了" if not missed else f"没有找到预埋的 {missed}"
    lines = [
        f"以{post}（{done.person}）登录：找到 {done.crawled} 个页面和表单，同类各取一个，"  # noqa: ISC004 - one line
        f"攻击 {done.attacked} 个、{done.parameters} 个参数；"
        f"sqlmap 试了 {done.tried_by_sqlmap} 个参数（同名的试一次），另有 {done.left_by_sqlmap} 个时间到了没有试。",
        f"  wapiti 各项查到的页面和表单：{reached}。",
        f"  自查：{checked}。",
        f"  扫描期间登录{'一直有效' if is_still_in else '已经失效，后面的结果不能作数'}。",
        *(f"  报了但本应如此：{name}，{path}：{ACCEPTED[name, path]}。" for name, path in accepted),
        f"  发现的问题：{len(hits)} 处。",
        *_words_of(hits),
    ]
    print("\n".join(lines), flush=True)  # noqa: T201
    return not missed and not hits and is_still_in


def _words_of(hits: list[Finding]) -> list[str]:
    counted = Counter((each.scanner, each.name, each.path, each.parameter, each.words) for each in hits)
    return [
        f"  ！！ {scanner}：{name}，{path}{f'，参数 {parameter}' if parameter else ''}（{number} 次）{words}"
        for (scanner, name, path, parameter, words), number in sorted(counted.items())
    ]


if __name__ == "__main__":
    raise SystemExit(main())
