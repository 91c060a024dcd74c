"""The modules of the application as syntax trees, parsed by the first test that reads them and not by every worker."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@cache
def modules() -> dict[str, ast.Module]:
    """Each module but the migrations, by its path in the repository."""
    paths = sorted(path for path in (ROOT / "yuetan").rglob("*.py") if "migrations" not in path.parts)
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in paths}
