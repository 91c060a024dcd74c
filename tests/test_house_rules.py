"""The architecture, held by a machine: who may import and write what, how things are named, how long they are."""

import ast
import inspect
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from itertools import combinations
from pathlib import Path
from typing import get_type_hints

import pytest
from django.urls import URLPattern, get_resolver

from tests.source_trees import ROOT, modules
from yuetan import permissions
from yuetan.actions.proposal.proposal import draft, revise_draft
from yuetan.forms.proposal.proposal import ProposalForm
from yuetan.models import Case, Letter, Task
from yuetan.models.case.steps import CASE_STEPS
from yuetan.rules.refusals import SENTENCES
from yuetan.views.steps.step_registry import STEP_PAGES
from yuetan.vocabulary import Verb

MAX_FUNCTION_LINES = 25
MAX_FILE_LINES = 300
WRITERS = (
    "yuetan/actions/",
    "yuetan/alerts.py",
    "yuetan/documents/exports/docx_copy.py",
    "yuetan/documents/exports/ofd.py",  # a file, into memory
    "yuetan/documents/issue.py",
    "yuetan/documents/number_series.py",
    "yuetan/documents/pdf_store.py",
    "yuetan/pending_steps.py",
    "yuetan/documents/case_file/binder.py",  # a PDF, to where it is asked for
    "yuetan/documents/case_file/verify.py",  # a digest
    "yuetan/documents/exports/page_renderer.py",  # a picture, to standard output
    "yuetan/grants.py",
    "yuetan/loading/",
    "yuetan/models/people/user.py",
    "yuetan/rules/files/picture_content.py",  # a picture, into memory
    "yuetan/scenarios/bulk/",
    "yuetan/search_index.py",
    "yuetan/scenarios/files.py",  # a picture, into memory
    "yuetan/scenarios/demo/",  # the first administrator, whom nobody could engage, and a mark
    "yuetan/imports/run.py",
)
WRITING = {"save", "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create"}
# Where somebody else's interface, or a table of any shape, leaves no better word than Any.
ANY_ALLOWED = {
    "yuetan/forms/people/account.py:LoginForm.__init__",  # as Django's own form of it
    "yuetan/forms/frame/bounds.py:parsed_json",  # as json.loads
    "yuetan/scenarios/bulk/rows.py:Row",  # a row of any table, as `values()` gives it
    "yuetan/database/statements.py:execute",  # the rows of any statement
}
OPEN_ADDRESSES = {
    *("login", "second_step", "passkey_login", "login_question", "sso_begin", "sso_callback"),
    *("ready", "verify"),
}
NAMES_OF_NOTHING = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "managers",
    "service",
    "services",
    "common",
    "misc",
}
# Words that mean ten things each: whoever reads or greps for one of them learns nothing.
BANNED_WORDS = {
    *("told", "tell", "tells", "telling", "said", "taken", "found", "way", "ways", "beside", "wrong", "mine"),
    *("owed", "deed", "deeds", "duty", "duties", "pressing", "act", "acts", "desk", "typed"),
}
# Words that are gone from whatever is named in the tests and the programs of script/, local variables too.
BANNED_EVERYWHERE = {"told", "tell", "tells", "telling", "teller", "tellers", "foretold", "desk"}
# How a stream says where it stands, and a story of many hours; and what a room still in work calls its finding.
BANNED_NAMES_LEFT = {"script/fault_rounds/people.py:tell", "tests/rounds.py:WRONG", "tests/rounds.py:found"}
NAMES_OF_OTHERS = {
    *("FileNotFoundError", "three_way_merge"),
    *("TypedDict", "TypedChoiceField"),
}
MAX_MODULES_OF_A_HELPER = 3
MAX_SAME_FIRST_LINES = 3
# A verb has its row as a step, its line in the permissions, its page and its driver, and nothing else by its name.
MAX_TABLES_OF_A_VERB = 4
OF_SEVERAL_AT_ONCE = {"BulkAction"}  # a button of a list, for the few steps that one may take for many
OWN_WORDS = ("yuetan/scenarios/demo/", "yuetan/scenarios/bulk/")  # what single stories change in the driver's keywords
# What an action goes through, and what stops it there: whoever calls one raises what it raises.
DOORS = {
    *("step", "room_step", "required_step", "require", "require_right", "require_as_seen", "require_as_shown"),
    *("refuse_if_any", "refuse_uncited", "refused_conflict", "refuse_selection"),
    *("examine_files", "examine_loose", "examine_rows", "examined_paper", "examined_receipt"),
}
# Hooks whose contract is Django's or the interpreter's own, and methods that a subclass must give.
EXCEPTIONS_OF_HOOKS = {"ValidationError", "forms.ValidationError", "CommandError", "NotImplementedError"}


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _body_lines(function: ast.FunctionDef) -> int:
    """Lines of what a function does: without its signature and its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def test_no_function_is_longer_than_a_screen_takes() -> None:
    long = [
        f"{name}:{f.name}"
        for name, tree in modules().items()
        for f in _functions(tree)
        if _body_lines(f) > MAX_FUNCTION_LINES
    ]
    assert long == []


def _says_any(annotation: ast.expr | None) -> bool:
    nodes = list(ast.walk(annotation)) if annotation else []
    texts = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    named = any(getattr(node, "id", getattr(node, "attr", "")) == "Any" for node in nodes)
    return named or any(re.search(r"\bAny\b", text) for text in texts)


def _annotations(node: ast.stmt) -> list[ast.expr | None]:
    """What a definition promises: of a function its signature, of a field its type, of an alias what it stands for."""
    if isinstance(node, ast.FunctionDef):
        own = node.args
        parameters = (*own.posonlyargs, *own.args, *own.kwonlyargs, own.vararg, own.kwarg)
        return [node.returns, *(each.annotation for each in parameters if each)]
    if isinstance(node, ast.AnnAssign):
        return [node.annotation]
    return [node.value] if isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript | ast.BinOp) else []


def _defined_name(node: ast.stmt) -> str:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return node.name
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    return target.id if isinstance(target, ast.Name) else ""


def _public_any(body: list[ast.stmt], inside: str = "") -> Iterator[str]:
    """Public functions, fields, class attributes and type aliases whose types say Any."""
    for node in body:
        name = _defined_name(node)
        if isinstance(node, ast.If):  # if TYPE_CHECKING
            yield from _public_any(node.body, inside)
        elif not name or (name.startswith("_") and not name.startswith("__")):
            continue
        elif isinstance(node, ast.ClassDef):
            yield from _public_any(node.body, f"{inside}{name}.")
        elif any(_says_any(annotation) for annotation in _annotations(node)):
            yield f"{inside}{name}"


def test_nothing_public_is_of_any_type() -> None:
    public = {f"{name}:{found}" for name, tree in modules().items() for found in _public_any(tree.body)}
    assert public == ANY_ALLOWED


def test_the_guard_against_any_sees_it() -> None:
    source = """
Row = dict[str, Any]
class Page:
    form: "Any"
    def make(self, **kept: typing.Any) -> None: ...
    def _made(self) -> Any: ...
class _Inner:
    form: Any
def shown() -> list[Any]: ...
def plain(form: object) -> None:
    local: Any = form
"""
    assert list(_public_any(ast.parse(source).body)) == ["Row", "Page.form", "Page.make", "shown"]


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    long = [name for name in modules() if len((ROOT / name).read_text(encoding="utf-8").splitlines()) > MAX_FILE_LINES]
    assert long == []


def test_no_module_is_named_after_nothing() -> None:
    assert [name for name in modules() if Path(name).stem in NAMES_OF_NOTHING] == []


def test_everything_public_says_what_it_is() -> None:
    silent = []
    for name, tree in modules().items():
        public = [n for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef) and not n.name.startswith("_")]
        silent += [f"{name}:{node.name}" for node in public if not ast.get_docstring(node)]
        silent += [] if ast.get_docstring(tree) or Path(name).name == "__init__.py" else [name]
    assert silent == []


def _first_lines(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (ast.get_docstring(node) or "").splitlines()[:1]


def _repeated_lines(trees: Iterable[ast.Module]) -> dict[str, int]:
    """First lines of docstrings that stand too often to say what any of them is about."""
    counted = Counter(line for tree in trees for line in _first_lines(tree))
    return {line: times for line, times in counted.items() if times > MAX_SAME_FIRST_LINES}


def test_no_docstring_begins_as_more_than_two_others() -> None:
    """“Where it stands.” five times over names no thing: whoever greps for one finds all."""
    assert _repeated_lines(modules().values()) == {}


def test_the_guard_against_docstrings_that_begin_alike_counts_them() -> None:
    tree = ast.parse('def f():\n    """Where it stands.\n\n    Or stood.\n    """')
    assert _repeated_lines([tree] * (MAX_SAME_FIRST_LINES + 1)) == {"Where it stands.": MAX_SAME_FIRST_LINES + 1}
    assert _repeated_lines([tree] * MAX_SAME_FIRST_LINES) == {}


def _identifiers(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.keyword | ast.ExceptHandler | ast.alias):
            yield from {getattr(node, name, None) or "" for name in ("arg", "name", "asname")}


def _is_banned(identifier: str, banned: Set[str] = BANNED_WORDS) -> bool:
    parts = re.split(r"[_.-]+", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", identifier))
    return identifier not in NAMES_OF_OTHERS and not banned.isdisjoint(part.lower() for part in parts)


def test_no_name_is_made_of_a_word_that_means_ten_things() -> None:
    banned = {f"{name}:{each}" for name, tree in modules().items() for each in _identifiers(tree) if _is_banned(each)}
    banned |= {name for name in modules() if any(_is_banned(part) for part in Path(name).with_suffix("").parts)}
    assert banned == set()


def test_the_tests_and_programs_have_lost_the_oldest_of_them_too() -> None:
    banned = set()
    for path, tree in _programs():
        names = set(_identifiers(tree)) - {"tell"}  # where a stream stands
        banned |= {f"{path}:{each}" for each in names if _is_banned(each, BANNED_EVERYWHERE)}
    assert banned == set()


def _programs() -> Iterator[tuple[Path, ast.Module]]:
    for path in [*(ROOT / "tests").rglob("*.py"), *(ROOT / "script").rglob("*.py")]:
        yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def _defined_names(tree: ast.Module) -> Iterator[str]:
    """What others look up by its name: functions but tests, classes and their fields, arguments, constants."""
    fields = (node.body for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    for statement in (*tree.body, *(each for body in fields for each in body)):
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            yield from (each.id for one in targets for each in ast.walk(one) if isinstance(each, ast.Name))
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from [] if node.name.startswith("test_") else [node.name]


def test_what_tests_and_programs_define_is_named_as_the_house_is() -> None:
    """A test may be named by a sentence, and a local variable by the sentence it stands in."""
    banned = {f"{path}:{each}" for path, tree in _programs() for each in _defined_names(tree) if _is_banned(each)}
    assert banned == BANNED_NAMES_LEFT


def test_the_guard_over_tests_and_programs_sees_what_is_defined() -> None:
    source = """
WRONG, RIGHT = 1, 2
class Page:
    typed: str
    said = ""
async def told(page, *, is_found): ...
def test_what_is_said(mine):
    found = 1
"""
    seen = {each for each in _defined_names(ast.parse(source)) if _is_banned(each)}
    assert seen == {"WRONG", "typed", "said", "told", "is_found", "mine"}


def _names_in_script(text: str) -> set[str]:
    """Identifiers of a script of the pages, without its comments and its words."""
    words = r"//[^\n]*|/\*.*?\*/|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'"
    code = re.sub(words, " ", text, flags=re.DOTALL)
    return set(re.findall(r"[A-Za-z_$][\w$]*", code))


def test_no_name_in_a_script_of_the_pages_is_made_of_such_a_word() -> None:
    banned = {
        f"{path.relative_to(ROOT)}:{each}"
        for path in (ROOT / "static/js").rglob("*.js")
        for each in _names_in_script(path.read_text(encoding="utf-8"))
        if _is_banned(each)
    }
    assert banned == set()


def test_the_guard_against_such_words_reads_scripts() -> None:
    text = 'const said = "typed"; /** told\n mine */ this.#decide(isTaken); // found\nsay(`${wrong}`);'
    assert {each for each in _names_in_script(text) if _is_banned(each)} == {"said", "isTaken", "wrong"}


def _names_in_template(text: str) -> set[str]:
    """Variables and arguments in the tags of a template, and the names that scripts and styles look for."""
    tags = " ".join(re.findall(r"\{[{%](.*?)[%}]\}", text))
    names = set(re.findall(r"[A-Za-z_][\w.]*", re.sub(r"\"[^\"]*\"", "", tags)))
    names |= {each for value in re.findall(r"""\b(?:class|id|name)="([^"{]*)""", text) for each in value.split()}
    return names | set(re.findall(r"\bdata-[a-z-]+", text))


def test_no_name_in_a_template_is_made_of_such_a_word() -> None:
    banned = {
        f"{path.relative_to(ROOT)}:{each}"
        for path in (ROOT / "templates").rglob("*.html")
        for each in _names_in_template(path.read_text(encoding="utf-8"))
        if _is_banned(each)
    }
    assert banned == set()


def test_the_guard_against_such_words_reads_templates() -> None:
    form = '<form class="a desk-form" data-desk name="typed_seen">'
    text = form + '{{ typed.url }}{% if told %}said{% include "a/way.html" %}'
    assert {each for each in _names_in_template(text) if _is_banned(each)} == {
        *("desk-form", "data-desk", "typed_seen", "typed.url", "told"),
    }


@pytest.mark.parametrize(
    "source",
    [
        "def told(): ...",
        "class NextDeed: ...",
        "def f(*, is_mine): ...",
        "TAKEN_FILES = 1",
        "case.ways_on",
        "f(not_wrong=1)",
        "import acts as steps",
        "from steps import step as act",
    ],
)
def test_the_guard_against_such_words_sees_every_place_of_a_name(source: str) -> None:
    assert any(_is_banned(each) for each in _identifiers(ast.parse(source)))


def test_the_guard_against_such_words_lets_whole_words_pass() -> None:
    harmless = ("foundation", "always", "action", "FileNotFoundError", "actor", "mistaken", "determine")
    assert not any(_is_banned(each) for each in harmless)


def _crowded_helpers(modules: Mapping[str, ast.Module]) -> set[str]:
    """Names of private functions that more than three modules define, each for something else."""
    homes: dict[str, set[str]] = defaultdict(set)
    for name, tree in modules.items():
        for function in _functions(tree):
            if function.name.startswith("_") and not function.name.startswith("__"):
                homes[function.name].add(name)
    return {helper for helper, where in homes.items() if len(where) > MAX_MODULES_OF_A_HELPER}


def test_no_private_helper_is_named_alike_in_more_than_three_modules() -> None:
    assert _crowded_helpers(modules()) == set()


def test_the_guard_against_helpers_named_alike_counts_modules() -> None:
    tree = ast.parse("def _row(): ...")
    assert _crowded_helpers({str(n): tree for n in range(MAX_MODULES_OF_A_HELPER + 1)}) == {"_row"}
    assert _crowded_helpers({str(n): tree for n in range(MAX_MODULES_OF_A_HELPER)}) == set()


def _own_nodes(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """The nodes of a function without those of the functions inside it."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)


def _raised(function: ast.FunctionDef) -> set[str]:
    raised = [node.exc for node in _own_nodes(function) if isinstance(node, ast.Raise) and node.exc is not None]
    return {ast.unparse(one.func if isinstance(one, ast.Call) else one) for one in raised}


def _public_functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Functions of the module and methods of its public classes."""
    for node in tree.body:
        inside = node.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_") else [node]
        yield from (each for each in inside if isinstance(each, ast.FunctionDef) and not each.name.startswith("_"))


def _called(function: ast.FunctionDef) -> set[str]:
    calls = [node.func for node in _own_nodes(function) if isinstance(node, ast.Call)]
    return {getattr(each, "attr", getattr(each, "id", "")) for each in calls}


def _says_so(function: ast.FunctionDef) -> bool:
    return bool(re.search(r"\braises?\b", ast.get_docstring(function) or "", re.IGNORECASE))


def _silent_raisers(tree: ast.Module, doors: Set[str] = frozenset()) -> list[str]:
    """Of functions that raise, or go through doors, themselves or in a function of the module that they call."""
    through = {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and _called(node) & doors}
    return [
        function.name
        for function in _public_functions(tree)
        if (_raised(function) - EXCEPTIONS_OF_HOOKS or _called(function) & (doors | through)) and not _says_so(function)
    ]


def test_a_public_function_that_raises_says_so() -> None:
    silent = [
        f"{name}:{function}"
        for name, tree in modules().items()
        for function in _silent_raisers(tree, DOORS if name.startswith("yuetan/actions/") else frozenset())
    ]
    assert silent == []


def test_the_doors_stand_and_say_what_they_raise() -> None:
    """A door that is renamed would drop out of the rule above, and nobody would see it."""
    doors = {
        function.name: _says_so(function)
        for name, tree in modules().items()
        if name.startswith("yuetan/actions/")
        for function in _public_functions(tree)
        if function.name in DOORS
    }
    assert doors == dict.fromkeys(DOORS, True)


def test_the_guard_for_what_is_raised_sees_a_silent_function() -> None:
    raising = "def f():\n    {}\n    if 1:\n        raise NotYours('verb')"
    assert _silent_raisers(ast.parse(raising.format('"Take the step."'))) == ["f"]
    assert _silent_raisers(ast.parse(raising.format('"Take the step. Raises NotYours."'))) == []
    assert _silent_raisers(ast.parse("class Letter:\n    def sign(self):\n        raise Refused()")) == ["sign"]


@pytest.mark.parametrize(
    "body",
    ["refuse_if_any(case, [])", "with step(case, verb, by=by): pass", "ENDING.require(row, by)", "_end(case)"],
)
def test_the_guard_for_what_is_raised_sees_the_doors(body: str) -> None:
    ends = "def _end(case):\n    with room_step(ENDING, case): pass\n"
    closes = 'def close(case):\n    "End it{}."\n    ' + body
    assert _silent_raisers(ast.parse(ends + closes.format("")), DOORS) == ["close"]
    assert _silent_raisers(ast.parse(ends + closes.format("; raises NotYours")), DOORS) == []
    assert _silent_raisers(ast.parse(ends + closes.format(""))) == []


def _one_letter_apart(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == len(longer):
        return sum(a != b for a, b in zip(shorter, longer, strict=True)) == 1
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def test_no_two_modules_of_a_folder_are_one_letter_apart() -> None:
    folders: dict[Path, set[str]] = defaultdict(set)
    for name in modules():
        path = Path(name)
        folders[path.parent].add(path.stem)
        folders[path.parent.parent].add(path.parent.name)
    twins = [
        (str(folder), *pair)
        for folder, names in folders.items()
        for pair in combinations(sorted(names), 2)
        if _one_letter_apart(*pair)
    ]
    assert twins == []


def test_the_guard_against_twins_sees_them() -> None:
    assert _one_letter_apart("step_page", "step_pages")
    assert _one_letter_apart("typed", "types")
    assert not _one_letter_apart("alerts", "letters")
    assert not _one_letter_apart("step", "step")


def _writing_calls(tree: ast.Module) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITING
        and not (isinstance(node.func.value, ast.Name) and node.func.value.id in ("reasons", "facts", "known"))
    ]


def test_only_actions_write() -> None:
    written = [
        f"{name}:{call.lineno}"
        for name, tree in modules().items()
        if not name.startswith(WRITERS)
        for call in _writing_calls(tree)
    ]
    assert written == []


def test_whoever_may_write_does() -> None:
    writers = {name for name, tree in modules().items() if _writing_calls(tree)}
    assert [place for place in WRITERS if not any(name.startswith(place) for name in writers)] == []


def test_the_guard_against_writing_sees_a_write() -> None:
    assert _writing_calls(ast.parse("case.save()"))
    assert _writing_calls(ast.parse("Case.objects.filter().update(a=1)"))


def _is_a_models_state(module: str, target: ast.expr) -> bool:
    """`something.state = …`; what a class outside models/ calls its own state is no field."""
    if not isinstance(target, ast.Attribute) or target.attr != "state":
        return False
    own = isinstance(target.value, ast.Name) and target.value.id == "self"
    return not own or module.startswith("yuetan/models/")


def test_no_state_is_set_round_the_machine() -> None:
    for name, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                assert not any(_is_a_models_state(name, target) for target in targets), name
    assert all(model._meta.get_field("state").protected for model in (Case, Task, Letter))


def _actions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Public functions of actions/ that take an actor."""
    for name, tree in modules().items():
        if not name.startswith("yuetan/actions/"):
            continue
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and any(arg.arg == "by" for arg in node.args.kwonlyargs):
                yield name, node


def test_actions_take_their_object_and_then_keywords_only() -> None:
    loose = [f"{name}:{f.name}" for name, f in _actions() if f.name in Verb.values and len(f.args.args) > 1]
    assert loose == []


def test_there_is_an_action_for_every_verb() -> None:
    assert {f.name for _, f in _actions()} >= set(Verb.values)


def _keywords(action: Callable[..., object]) -> set[str]:
    """Its own keywords, and those of the typed dict that it takes as `**`."""
    parameters = inspect.signature(action).parameters.values()
    own = {p.name for p in parameters if p.kind is p.KEYWORD_ONLY} - {"by"}
    shared = [get_type_hints(action)[p.name] for p in parameters if p.kind is p.VAR_KEYWORD]
    return own.union(*(get_type_hints(hint.__args__[0]) for hint in shared))


@pytest.mark.parametrize("verb", STEP_PAGES)
def test_the_fields_of_a_form_are_the_keywords_of_its_action(verb: str) -> None:
    page = STEP_PAGES[verb]
    assert set(page.form.base_fields) == _keywords(page.action)


def test_the_proposal_asks_what_drafting_takes() -> None:
    assert set(ProposalForm.base_fields) == _keywords(draft) == _keywords(revise_draft)


def test_every_step_and_act_has_its_page_and_no_page_is_without_a_step() -> None:
    on_the_case = {step.verb for step in CASE_STEPS if not step.has_own_page}
    assert set(STEP_PAGES) == on_the_case - {Verb.REVISE_DRAFT}


def _verbs_with_a_row(tree: ast.Module) -> Iterator[str]:
    """Verbs that a table of the module has a line for: as the key of a dictionary, or first in a row of a table."""
    tables = [node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    for node in (each for table in tables for each in ast.walk(table)):
        first: list[ast.expr | None] = []
        if isinstance(node, ast.Dict):
            first = node.keys
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") not in OF_SEVERAL_AT_ONCE:
            first = node.args[:1]
        verbs = (re.fullmatch(r"Verb\.([A-Z_]+)(\.value)?", ast.unparse(key)) for key in first if key is not None)
        yield from (verb[1] for verb in verbs if verb)


def test_a_verb_is_described_in_four_tables_at_most() -> None:
    tables: dict[str, set[str]] = defaultdict(set)
    for name, tree in modules().items():
        if not name.startswith(OWN_WORDS):
            for verb in _verbs_with_a_row(tree):
                tables[verb].add(name)
    assert set(tables) == {verb.name for verb in Verb}
    assert {verb: names for verb, names in tables.items() if len(names) > MAX_TABLES_OF_A_VERB} == {}


def test_the_guard_against_more_tables_sees_a_line() -> None:
    source = (
        "ROWS = (Step(Verb.CHASE, ()), other(Verb.CLOSE))\nWORDS: dict[str, str] = {Verb.ASSIGN: '', 'x': Verb.CLOSE}"
        "\nMORE = {Verb.VOID.value: ''}"
    )
    assert sorted(_verbs_with_a_row(ast.parse(source))) == ["ASSIGN", "CHASE", "CLOSE", "VOID"]


def test_every_address_asks_for_a_login_but_the_short_open_list() -> None:
    patterns = [pattern for pattern in get_resolver().url_patterns if isinstance(pattern, URLPattern)]
    assert len(patterns) == len(get_resolver().url_patterns)
    open_ones = {p.name for p in patterns if not getattr(p.callback, "login_required", True)}
    assert open_ones == OPEN_ADDRESSES


def test_no_article_number_stands_in_code() -> None:
    """第七条 in a sentence that people read must come from a row; docstrings may name what they carry out."""
    offending = []
    for name, tree in modules().items():
        docstrings = {
            id(n.body[0].value)
            for n in ast.walk(tree)
            if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(n)
        }
        offending += [
            f"{name}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
            and re.search(r"第[一二三四五六七八九十]+条", node.value)
        ]
    assert offending == []


SAY_BY_A_CODE = ("finding", "refuses", "missing_of", "recused_today", "recused_then")


def test_every_refusal_in_code_is_in_the_catalogue_and_none_is_idle() -> None:
    used = set()
    for tree in modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAY_BY_A_CODE:
                used |= {c.value for c in ast.walk(node.args[0]) if isinstance(c, ast.Constant)}
    named_by_rule = {f"{part}_missing" for part in ("problems", "statement", "discussion")}
    assert set(SENTENCES) <= used | named_by_rule
    assert {code for code in used if code.islower()} - {"_missing"} <= set(SENTENCES)


def test_every_permission_asked_for_in_code_is_in_the_table() -> None:
    codenames = {permission.codename for permission in permissions.PERMISSIONS}
    asked = set()
    for name in modules():
        text = (ROOT / name).read_text(encoding="utf-8")
        asked |= set(re.findall(r'(?:permissions\.name|permission)\("(\w+)"\)', text))
    assert asked <= codenames


def test_templates_hold_no_inline_style_or_script() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        printed = path.parent.name == "documents"
        assert " style=" not in text, path
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), path
        assert printed or "<style" not in text, path


def test_a_cell_that_is_a_block_on_phones_holds_what_must_not_break_in_one_box() -> None:
    """The parts of a stacked cell stand side by side, and what stands beside two that never break is cut off."""
    cell = re.compile(r"<td data-label[^>]*>(.*?)</td>", re.DOTALL)
    for path in (ROOT / "templates").rglob("*.html"):
        for held in cell.findall(path.read_text(encoding="utf-8")):
            assert held.count('class="nowrap"') < 2 or held.strip().startswith("<div>"), (path, held)


def test_no_file_names_a_registry_host() -> None:
    hosts = re.compile(
        "|".join(("pypi" + r"\.org", "pythonhosted" + r"\.org", "npmjs" + r"\.(org|com)", "deb" + r"\.debian\.org"))
    )
    kept = [p for p in ROOT.iterdir() if p.name not in {".git", ".venv", "var", ".mypy_cache", ".ruff_cache"}]
    files = [f for p in kept for f in (p.rglob("*") if p.is_dir() else [p]) if f.is_file() and f.suffix != ".pyc"]
    named = [
        str(f)
        for f in files
        if f.suffix in {".py", ".toml", ".lock", ".md", ".sh", ".txt", ""}
        and hosts.search(f.read_text(errors="ignore"))
    ]
    assert named == []


ROOMS_OF_THE_YEAR = {"assessment", "dossier", "meeting", "received", "reporting", "rounds"}
REGISTER_OF_RESTRICTIONS = ("yuetan/actions/ladder/restrictions.py", "yuetan/actions/ladder/inquiries.py")
DONE_BY_THE_DOOR = {"select_for_update", "log_event", "kept_whole", "require_right", "examine_loose", "NotYours"}


def _names_in(tree: ast.Module) -> set[str]:
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return names | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def test_rooms_of_the_year_act_through_their_door() -> None:
    """What holds rows stands in `*_rows.py`; everything else takes a RoomStep, which asks, holds, keeps and logs."""
    rooms = tuple(f"yuetan/actions/{room}/" for room in ROOMS_OF_THE_YEAR)
    acting = {
        name: _names_in(tree)
        for name, tree in modules().items()
        if name.startswith((*rooms, *REGISTER_OF_RESTRICTIONS)) and not name.endswith("_rows.py")
    }
    assert {name.split("/")[2] for name in acting} == {*ROOMS_OF_THE_YEAR, "ladder"}
    assert {name: used & DONE_BY_THE_DOOR for name, used in acting.items() if used & DONE_BY_THE_DOOR} == {}


# What an officer does with a row there goes through the door; the rest is of oneself, or nobody's step (0141).
KEPT_BY_OFFICERS = (
    *("yuetan/actions/people/", "yuetan/actions/office/", "yuetan/actions/record/destruction.py"),
    *(f"yuetan/actions/papers/{name}.py" for name in ("number_register", "statistics_sheet", "wording")),
)
OF_ONESELF = {"passkeys", "password", "saved_filter", "second_factor", "sessions"}
OF_NOBODY = {"counted_dates", "demo_accounts", "first_administrator", "for_unit", "post_access"}


def test_what_officers_keep_goes_through_the_door_of_the_rooms() -> None:
    """The same of people and the office; what is left out is named, and does need what it is left out for."""
    acting = {
        name: _names_in(tree) & DONE_BY_THE_DOOR
        for name, tree in modules().items()
        if name.startswith(KEPT_BY_OFFICERS) and not name.endswith("_rows.py")
    }
    by_hand = {name.rsplit("/", 1)[1].removesuffix(".py") for name, used in acting.items() if used}
    assert by_hand == OF_ONESELF | OF_NOBODY
    assert {name for name in KEPT_BY_OFFICERS if name.endswith(".py")} <= acting.keys()


def test_a_step_of_a_room_is_named_by_the_participle_of_its_verb() -> None:
    """WITHDRAWING, beside the verb WITHDRAW: no second verb has to be thought of, and none to be guessed."""
    steps = [
        (name, node.targets[0].id)
        for name, tree in modules().items()
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func).partition("[")[0] == "RoomStep"
    ]
    assert len(steps) > 120
    assert [each for each in steps if not each[1].split("_")[0].endswith("ING")] == []


def test_a_row_of_a_room_is_joined_with_nothing_while_it_is_waited_for() -> None:
    """In one statement the row comes as it is now, and what is joined to it as before: `hold_row` asks twice."""
    joined = [
        f"{name}:{node.lineno}"
        for name, tree in modules().items()
        if name.startswith("yuetan/actions/") and name.endswith("_rows.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and "select_for_update" in (text := ast.unparse(node))
        and "select_related" in text
    ]
    assert joined == []
