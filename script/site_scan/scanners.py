"""The scanners: wapiti finds every page and form of one person and attacks one of each; sqlmap tries each parameter."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from site_scan.address import PLANTED
from site_scan.installation import VAR, Installation

TOOLS = VAR.with_name("scan_tools") / "bin"
HITS = VAR.with_name("scan_found")
# What a person would end their own log-in by; everything else may be done to the throw-away installation.
NOT_TOUCHED = ("/logout/", "/account/*", "/password/*")
QUICK = ("csp", "http_headers", "cookieflags", "methods", "redirect", "crlf", "upload", "csrf")  # some requests a page
THOROUGH = ("sql", "xss", "permanentxss", "exec", "file")  # many for each parameter
QUICK_SECONDS = 30
KEYS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\b\d+\b")
INJECTABLE = re.compile(r"^Parameter: (\S+)", re.MULTILINE)


@dataclass(frozen=True)
class Finding:
    """What a scanner calls it, where, in which parameter, and what it says of it."""

    scanner: str
    name: str
    path: str
    parameter: str = ""
    words: str = ""

    @property
    def is_planted(self) -> bool:
        """Whether it is where the flaws were planted."""
        return self.path.startswith(PLANTED)


@dataclass
class Scan:
    """What one person's scan has looked at, and what it found."""

    person: str
    crawled: int = 0
    attacked: int = 0
    parameters: int = 0
    tried_by_sqlmap: int = 0  # each name of a parameter once, on the first page that has it
    left_by_sqlmap: int = 0
    reached: dict[str, int] = field(default_factory=dict)  # by each module of wapiti, pages and forms
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class _Form:
    """One page or form as wapiti keeps it."""

    method: str
    path: str
    parameters: tuple[tuple[str, str], ...]


def scan(site: Installation, person: str, cookies: str, minutes: int) -> Scan:
    """All that both scanners find as this person, in about so many minutes."""
    done = Scan(person)
    folder = HITS / person
    folder.mkdir(parents=True)
    _run_wapiti(site, cookies, folder, "-m", "", "--max-scan-time", str(60 + minutes * 6), name="crawl")
    (database,) = folder.glob("session/*.db")
    forms = _keep_one_of_each(database, done)
    for modules, seconds in ((QUICK, QUICK_SECONDS), (THOROUGH, minutes * 60 // len(THOROUGH))):
        share = ("--max-attack-time", str(seconds))
        _run_wapiti(site, cookies, folder, "--skip-crawl", "-m", ",".join(modules), *share, name=modules[0])
    done.reached = _reached(database)
    done.findings = [each for modules in (QUICK, THOROUGH) for each in _hits_of_wapiti(folder / f"{modules[0]}.json")]
    until = time.monotonic() + minutes * 60
    tried = set[str]()
    for form in forms:
        names = [name for name, _ in form.parameters if name not in tried]
        if names and (time.monotonic() < until or form.path.startswith(PLANTED)):
            done.findings += _run_sqlmap(site, cookies, form, names, folder)
            tried |= set(names)
    done.tried_by_sqlmap = len(tried)
    done.left_by_sqlmap = len({name for form in forms for name, _ in form.parameters} - tried)
    return done


def _run_wapiti(site: Installation, cookies: str, folder: Path, *arguments: str, name: str) -> None:
    command = [TOOLS / "wapiti", "-u", f"{site.address}/", "-s", f"{site.address}{PLANTED}", "--scope", "folder"]
    command += ["-C", cookies, "--tasks", "3", "--max-links-per-page", "60", "--max-files-per-dir", "40", "-d", "4"]
    command += [word for path in NOT_TOUCHED for word in ("-x", f"{site.address}{path}")]
    # It asks nobody outside: neither its own address for what comes back from a server, nor for reports of its faults.
    command += ["--endpoint", f"{site.address}/", "--dns-endpoint", "localhost", "--no-bugreport"]
    command += ["--store-session", folder / "session", "--store-config", folder / "config"]
    command += ["-f", "json", "-o", folder / f"{name}.json", *arguments]
    done = subprocess.run(list(map(str, command)), check=False, capture_output=True, text=True)
    (folder / f"{name}.log").write_text(done.stdout + done.stderr, encoding="utf-8")


def _keep_one_of_each(database: Path, done: Scan) -> list[_Form]:
    """Of pages and forms that differ by a key alone, let the one with most parameters be attacked; those with any."""
    with closing(sqlite3.connect(database)) as session, session:
        parameters: dict[int, list[tuple[str, str]]] = {}
        for key, name, value in session.execute("SELECT path_id, name, value1 FROM params ORDER BY param_id"):
            parameters.setdefault(key, []).append((name, value or ""))
        chosen: dict[tuple[str, str], int] = {}
        forms: dict[int, _Form] = {}
        for key, address, method in session.execute("SELECT path_id, path, method FROM paths WHERE NOT evil"):
            path = urlsplit(address).path
            forms[key] = _Form(method, path, tuple(parameters.get(key, ())))
            alike = method, KEYS.sub("*", path)
            if alike not in chosen or len(forms[chosen[alike]].parameters) < len(forms[key].parameters):
                chosen[alike] = key
        kept = set(chosen.values())
        gone = [(key,) for key in forms if key not in kept]
        session.executemany("DELETE FROM params WHERE path_id = ?", gone)
        session.executemany("DELETE FROM paths WHERE path_id = ?", gone)
    done.crawled, done.attacked = len(forms), len(kept)
    done.parameters = sum(len(forms[key].parameters) for key in kept)
    return [forms[key] for key in sorted(kept) if forms[key].method == "GET" and forms[key].parameters]


def _reached(database: Path) -> dict[str, int]:
    with closing(sqlite3.connect(database)) as session:
        return dict(session.execute("SELECT module, count(DISTINCT path_id) FROM attack_logs GROUP BY module"))


def _hits_of_wapiti(report: Path) -> Iterator[Finding]:
    if not report.is_file():
        raise SystemExit(f"wapiti 没有写出报告，见 {report.with_suffix('.log')}")
    written = json.loads(report.read_text(encoding="utf-8"))
    for group in ("vulnerabilities", "anomalies"):
        for name, entries in written[group].items():
            for each in entries:
                path = urlsplit(each["path"]).path
                yield Finding("wapiti", name, path, each.get("parameter") or "", each.get("info") or "")


def _run_sqlmap(site: Installation, cookies: str, form: _Form, names: list[str], folder: Path) -> list[Finding]:
    """What sqlmap can inject into these parameters of one page; it is told the database, and asks nothing."""
    query = urlencode([(name, value or "1") for name, value in form.parameters])
    command = [TOOLS / "sqlmap", "-u", f"{site.address}{form.path}?{query}", "--cookie", cookies, "--batch"]
    command += ["-p", ",".join(names)]
    command += ["--dbms=postgresql", "--technique=BET", "--level=1", "--risk=1", "--threads=2", "--skip-waf"]
    command += ["--flush-session", "--disable-coloring", "--output-dir", folder / "sqlmap", "--timeout=60"]
    done = subprocess.run(list(map(str, command)), check=False, capture_output=True, text=True)
    with (folder / "sqlmap.log").open("a", encoding="utf-8") as log:
        log.write(done.stdout + done.stderr)
    injected = INJECTABLE.findall(done.stdout)
    return [Finding("sqlmap", "SQL Injection", form.path, name) for name in injected]
