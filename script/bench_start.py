"""How long a process takes to start and how heavy it is, beside an empty Django with the same packages."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

from benchmark.lines import report

ROUNDS = 5
WEIGHED = "; import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
OURS = "import yuetan.wsgi"
# The same installed packages, with an empty list of addresses in place of ours.
EMPTY = """
import sys, types
from django.conf import settings
from yuetan.settings import INSTALLED_APPS, DATABASES, MIDDLEWARE
addresses = sys.modules["addresses"] = types.ModuleType("addresses")
addresses.urlpatterns = []
apps = [app for app in INSTALLED_APPS if app not in ("yuetan", "guardian", "axes")]
settings.configure(INSTALLED_APPS=apps, DATABASES=DATABASES, ROOT_URLCONF="addresses", SECRET_KEY="none")
from django.core.wsgi import get_wsgi_application
get_wsgi_application()"""


def started(arguments: list[str], **environment: str) -> tuple[float, str]:
    """Milliseconds of a whole process (the median), and what it printed last."""
    took, said = [], ""
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        ran = subprocess.run(
            [sys.executable, *arguments], check=True, capture_output=True, text=True, env=os.environ | environment
        )
        took.append((time.perf_counter() - begun) * 1000)
        said = ran.stdout
    return statistics.median(took), said


def main() -> None:
    """One line for a worker of the site, one for a command."""
    ours, weight = started(["-c", OURS + WEIGHED], DJANGO_SETTINGS_MODULE="yuetan.settings")
    limit, bare = started(["-c", EMPTY + WEIGHED])
    line = {"start": "wsgi", "ours_ms": round(ours), "limit_ms": round(limit), "ratio": round(ours / limit, 2)}
    report(**line, ours_mb=round(int(weight) / 1024), limit_mb=round(int(bare) / 1024))
    ours, _ = started(["manage.py", "help"], DJANGO_SETTINGS_MODULE="yuetan.settings")
    report(start="manage.py help", ours_ms=round(ours), limit_ms=round(limit), ratio=round(ours / limit, 2))


if __name__ == "__main__":
    main()
