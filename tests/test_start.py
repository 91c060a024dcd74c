"""A process starts without what only some of its requests need."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAX_MEMORY_MB = 110
# A worker as gunicorn starts it, with every address, its page and its action.
WORKER = """
import json, sys
from pathlib import Path
from django.urls import get_resolver
import yuetan.wsgi
assert get_resolver().url_patterns
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(json.dumps([sorted(sys.modules), int(peak.split()[1])]))
"""


def _heavy() -> set[str]:
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    return set(rules["flake8-tidy-imports"]["banned-module-level-imports"])


def test_a_worker_starts_small_and_without_heavy_libraries() -> None:
    command = [sys.executable, "-W", "ignore", "-c", WORKER]
    started = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    modules, kilobytes = json.loads(started.stdout)
    assert "yuetan.views.papers.number_register" in modules
    assert _heavy() & set(modules) == set()
    assert kilobytes / 1024 < MAX_MEMORY_MB


def test_every_heavy_module_of_the_list_is_there() -> None:
    """A name that is misspelt would ban nothing."""
    own = {name for name in _heavy() if name.startswith("yuetan.")}
    assert own
    assert [name for name in own if not (ROOT / f"{name.replace('.', '/')}.py").is_file()] == []
