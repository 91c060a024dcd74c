"""For the programs of the installation that is broken on purpose: its clock is as far ahead or behind as a file says.

libfaketime would shift every clock of a process, but what Debian has makes Python's own sleep fail.
"""

import os
import sys
from datetime import timedelta
from importlib.abc import MetaPathFinder
from importlib.machinery import PathFinder
from pathlib import Path

CLOCK = "yuetan.rules.dates.clock"


class _Shifting(MetaPathFinder):
    """Finds the one module that knows the time, and lets its `now` be shifted before anybody keeps it."""

    def find_spec(self, name, path, target=None):
        if name != CLOCK:
            return None
        spec = PathFinder.find_spec(name, path, target)
        run = spec.loader.exec_module

        def run_and_shift(module):
            run(module)
            true_now = module.now
            # A moment that is only supposed (`supposed_at`) is no clock's, so no wrong clock shifts it.
            module.now = lambda: module._set_moment.get() or true_now() + timedelta(seconds=_seconds())  # noqa: SLF001

        spec.loader.exec_module = run_and_shift
        return spec


def _seconds() -> int:
    try:
        return int(Path(os.environ["YUETAN_FAULTS_CLOCK"]).read_text())
    except (KeyError, OSError, ValueError):
        return 0


sys.meta_path.insert(0, _Shifting())
