"""One person who has no mouse: everything is reached by Tab, and what has the focus is seen to have it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect

from tests.e2e.person import Person

MAX_STOPS = 400  # of the longest page, and round again
HAS_FOCUS = "element => element === document.activeElement"
OF_ITS_GROUP = """element => document.activeElement?.type === "radio"
    && document.activeElement.name === element.name && document.activeElement.form === element.form"""
PLACE_AND_VALUE = """(list, words) => { const place = [...list.options].findIndex(option => option.label === words);
    return [place, list.options[place].value]; }"""
IS_SEEN = """element => { const style = getComputedStyle(element);
    return style.outlineStyle !== "none" || style.boxShadow !== "none"; }"""


class KeyboardPerson(Person):
    """The same words as a person with a mouse, done by Tab, arrows, space and enter."""

    def follow(self, words: str) -> None:
        """A link by its words, and enter."""
        self._keep_picture(words)
        self._press_enter_on(self.page.get_by_role("link", name=words, exact=True).first)

    def press(self, words: str) -> None:
        """A button by its words, and enter."""
        self._keep_picture(words)
        self._press_enter_on(self.page.get_by_role("button", name=words, exact=True))

    def write(self, label: str, value: str) -> None:
        """Into the one field that bears these words."""
        self._put(self.page.get_by_label(label), value)

    def type(self, **fields: Any) -> None:
        """Into fields by name."""
        for name, value in fields.items():
            self._put(self.field(name.replace("__", "-")), value)

    def choose(self, *words: str) -> None:
        """Boxes by space, dots by the arrows."""
        for each in words:
            exactly = self.page.get_by_label(each, exact=True)
            box = (exactly if exactly.count() else self.page.get_by_label(each)).first
            if box.get_attribute("type") == "radio":
                self._walk_to(box)
            else:
                self._tick(box)
            expect(box).to_be_checked()

    def tick(self, *names: str) -> None:
        """Boxes by the names of their fields."""
        for name in names:
            self._tick(self.field(name))

    def _tick(self, box: Locator) -> None:
        if not box.is_checked():
            self._reach(box)
            self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def select(self, **fields: str) -> None:
        """In a list by the arrows."""
        for name, words in fields.items():
            field = self.field(name.replace("__", "-"))
            self._reach(field)
            place, value = field.evaluate(PLACE_AND_VALUE, words)
            self.page.keyboard.press("Home")
            for _ in range(place):
                self.page.keyboard.press("ArrowDown")
            expect(field).to_have_value(value)

    def offer(self, name: str, *files: Path) -> None:
        """Real files from the disk: the field is reached; the window that it opens is the system's own."""
        self._reach(self.field(name))
        super().offer(name, *files)

    def _put(self, field: Locator, value: str) -> None:
        self._reach(field)
        if field.get_attribute("type") in ("date", "datetime-local"):
            self._put_moment(field, value)
        else:
            self.page.keyboard.press("Control+A")
            self.page.keyboard.insert_text(value)
            expect(field).to_have_value(value)

    def _put_moment(self, field: Locator, value: str) -> None:
        """Part by part, as this Chromium orders them: month, day, year, hour, minute, half of the day."""
        day, _, time = value.partition("T")
        year, month, of_month = day.split("-")
        self.page.keyboard.type(f"{month}{of_month}{year}")
        if time:
            hour, minute = map(int, time.split(":"))
            self.page.keyboard.press("ArrowRight")
            self.page.keyboard.type(f"{(hour - 1) % 12 + 1:02}{minute:02}{'AM' if hour < 12 else 'PM'}")
        expect(field).to_have_value(value)

    def _press_enter_on(self, target: Locator) -> None:
        self._reach(target)
        target.press("Enter")  # unlike the keyboard alone, waits for the page it leads to

    def _walk_to(self, dot: Locator) -> None:
        self._reach(dot, OF_ITS_GROUP)
        if self.page.evaluate("document.activeElement.checked") is False:
            self.page.keyboard.press("Space")
        for _ in range(MAX_STOPS):
            if dot.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError("no arrow leads to it")

    def _skip_the_menu(self) -> None:
        """From the top of a page just come to, as its first link offers."""
        if self.page.evaluate("document.activeElement === document.body"):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("document.activeElement.matches('.skip-link')"):
                self.page.keyboard.press("Enter")

    def _reach(self, target: Locator, arrived: str = HAS_FOCUS) -> None:
        """Tab until it has the focus, which must be seen; a page may be replaced by its answer meanwhile."""
        expect(target, f"at {self.page.url}, “{self.page.title()}”").to_be_attached()
        self.page.wait_for_load_state()  # a page that goes on loading takes the focus away again
        self._skip_the_menu()
        element = target.element_handle()  # looked for once, not at every stop
        for _ in range(MAX_STOPS):
            is_there, is_here, is_seen = element.evaluate(
                f"element => [element.isConnected, ({arrived})(element), ({IS_SEEN})(document.activeElement)]"
            )
            if not is_there:
                element = target.element_handle()
            elif is_here:
                assert is_seen, f"nobody sees the focus at {self.page.url}"
                return
            else:
                self.page.keyboard.press("Tab")
        raise AssertionError(f"no key leads to {target} at {self.page.url}")
