"""The throw-away installation that is attacked: set up anew with the demonstration, and removed at the end."""

from __future__ import annotations

import http.cookiejar
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ["YUETAN_VAR"])
LOG = VAR.with_name("scan.log")
PASSWORD = "quiet lantern of the scan 48"
PATIENCE = 900  # seconds, on a machine that is busy with other things
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


class Installation:
    """One under script/server, on a port and a database of its own."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"

    @contextmanager
    def running(self) -> Iterator[Installation]:
        """Set it up, start it, and end it with all that it has begun."""
        shutil.rmtree(VAR, ignore_errors=True)
        for name in ("fonts", "font_sources"):
            shutil.copytree(Path(os.environ["YUETAN_SCAN_SOURCE"], name), VAR / name, symlinks=True)
        with LOG.open("wb") as log:
            server = subprocess.Popen(
                ["script/server"], cwd=ROOT, env=self._environment(), stdout=log, stderr=log, start_new_session=True
            )
        try:
            self._await_answer(server)
            yield self
        finally:
            server.terminate()
            with suppress(subprocess.TimeoutExpired):
                server.wait(90)
            shutil.rmtree(VAR, ignore_errors=True)

    def _environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "YUETAN_VAR")}
        own = {
            "YUETAN_LISTEN": f"127.0.0.1:{self.port}",
            "YUETAN_DEMO": "yes",
            "YUETAN_DEMO_PASSWORD": PASSWORD,
            "DJANGO_SETTINGS_MODULE": "site_scan.settings",
            "PYTHONPATH": str(ROOT / "script"),
        }
        return kept | own

    def _await_answer(self, server: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and server.poll() is None:
            with suppress(OSError), urllib.request.urlopen(f"{self.address}/ready/", timeout=5):
                return
            time.sleep(1)
        raise SystemExit(f"网站没有启动，原因见 {LOG}")

    def log_in(self, username: str) -> str:
        """The cookies of a browser in which this person has logged in, as a header holds them."""
        jar = http.cookiejar.CookieJar()
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        page = browser.open(f"{self.address}/login/").read()
        token = TOKEN.search(page)
        assert token, "no form to log in by"
        typed = {"username": username, "password": PASSWORD, "csrfmiddlewaretoken": token[1].decode()}
        browser.open(f"{self.address}/login/", urllib.parse.urlencode(typed).encode())
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)
        if not self.is_logged_in(cookies):
            raise SystemExit(f"{username} 没有登录成功")
        return cookies

    def is_logged_in(self, cookies: str) -> bool:
        """Whether somebody with these cookies is let in."""
        request = urllib.request.Request(f"{self.address}/account/", headers={"Cookie": cookies})
        with suppress(urllib.error.HTTPError), urllib.request.urlopen(request, timeout=60) as answer:
            return urllib.parse.urlsplit(answer.url).path == "/account/"
        return False
