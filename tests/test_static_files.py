"""Scripts and styles: a browser finds every module under its hashed name, and nothing is styled that is nowhere."""

import re
from pathlib import Path

from django.core.management import call_command

from yuetan.static_storage import HashedStaticFiles

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
IMPORT = re.compile(r'^(?:import|export)\b[^"]*?"(\.[^"]+)";', re.MULTILINE)
STYLED = re.compile(r"\.([a-zA-Z][\w-]*)")
CLASS_ATTRIBUTE = re.compile(r"""\bclass=["']((?:\{\{.*?\}\}|\{%.*?%\}|[^"'])*)["']""", re.DOTALL)
OF_TEMPLATES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
QUOTED = re.compile(r"""["'`]([^"'`\n]*)["'`]""")


def test_modules_import_each_other_by_their_hashed_names(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": f"{HashedStaticFiles.__module__}.{HashedStaticFiles.__name__}"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    hashed = [path for path in (tmp_path / "js").rglob("*.js") if re.search(r"\.[0-9a-f]{12}\.js$", path.name)]
    assert len(hashed) == len(list((STATIC / "js").rglob("*.js")))
    imports = [(path, name) for path in hashed for name in IMPORT.findall(path.read_text(encoding="utf-8"))]
    assert len(imports) == sum(len(IMPORT.findall(path.read_text("utf-8"))) for path in (STATIC / "js").rglob("*.js"))
    for path, name in imports:
        assert re.search(r"\.[0-9a-f]{12}\.js$", name), (path, name)
        assert (path.parent / name).is_file(), (path, name)


def _styled_classes() -> set[str]:
    """Every class that a style sheet names in a selector."""
    classes = set()
    for path in (STATIC / "css").glob("*.css"):
        content = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        classes |= {name for selector in re.findall(r"([^{}]+)\{", content) for name in STYLED.findall(selector)}
    return classes


def _given_classes() -> set[str]:
    """Every word of a class attribute in a template, of a quoted class in Python or of a string in a script.

    A word of a template that a variable ends stays open: `light-*` stands for every class that begins so.
    """
    given: set[str] = set()
    for path in (ROOT / "templates").rglob("*.html"):
        for value in CLASS_ATTRIBUTE.findall(path.read_text(encoding="utf-8")):
            given |= set(OF_TEMPLATES.sub(lambda tag: "*" if tag[0][1] == "{" else " ", value).split())
    for path in (ROOT / "yuetan").rglob("*.py"):
        for value in re.findall(r"""class["']?[=:] ?["']([^"']*)["']""", path.read_text(encoding="utf-8")):
            given |= set(value.split())
    for path in (STATIC / "js").rglob("*.js"):
        for value in QUOTED.findall(path.read_text(encoding="utf-8")):
            given |= set(value.split())
    return given


def test_every_class_that_is_styled_stands_somewhere():
    given = _given_classes()
    beginnings = tuple(name.removesuffix("*") for name in given if name.endswith("*") and len(name) > 2)
    assert sorted(name for name in _styled_classes() - given if not name.startswith(beginnings)) == []


def test_every_class_that_stands_is_styled_or_looked_for():
    known = set()
    for folder, pattern in (
        ("static", "*.js"),
        ("static", "*.css"),
        ("tests", "*.py"),
        ("script", "*.py"),
        ("yuetan", "*.py"),
    ):
        for path in (ROOT / folder).rglob(pattern):
            known |= set(re.findall(r"[\w-]+", path.read_text(encoding="utf-8")))
    words: set[str] = set()
    pages = [path for path in (ROOT / "templates").rglob("*.html") if path.parent.name != "documents"]  # papers stay
    for path in pages:
        for value in CLASS_ATTRIBUTE.findall(path.read_text(encoding="utf-8")):
            words |= set(OF_TEMPLATES.sub(lambda tag: "*" if tag[0][1] == "{" else " ", value).split())
    assert words
    assert sorted(word for word in words - known if "*" not in word) == []


def test_every_template_is_named_somewhere():
    """By its whole path, or by a path of which a variable is one part; errors and styles of Django by their names."""
    named = set()
    for folder, pattern in (("templates", "*"), ("yuetan", "*.py")):
        for path in (ROOT / folder).rglob(pattern):
            if path.is_file():
                named |= set(re.findall(r"[\w{}./-]+\.(?:html|css|txt)", path.read_text(encoding="utf-8")))
    open_names = [
        re.compile(re.sub(r"\\\{.*?\\\}", r"[\\w-]+", re.escape(name)) + "$") for name in named if "{" in name
    ]
    templates = [path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.html")]
    assert templates
    of_django = ("404.html", "django/forms/widgets/select.html")
    unnamed = [name for name in templates if name not in named and not any(one.match(name) for one in open_names)]
    unnamed = [name for name in unnamed if name not in of_django]
    assert sorted(unnamed) == []
