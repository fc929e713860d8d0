"""How people fill in any page: with a finger, with the keyboard alone, and wrongly."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page

from tests.journeys.visitors import Visitor

FIELDS = "main form input:not([type=hidden]), main form textarea, main form select"
CHOOSERS = ("radio", "checkbox")
FOLDED = "element => element.closest('details:not([open])') !== null"
TOO_LONG = "long " * 1000
#: A picture of one pixel would be refused as too small, words are no picture at all.
NO_PICTURE = {"name": "words.txt", "mimeType": "text/plain", "buffer": b"These are words."}


def fields(page: Page) -> dict[str, list[Locator]]:
    """Return the fields of the page's question, by name; not the box beside "other, say what"."""
    found: dict[str, list[Locator]] = {}
    for field in page.locator(FIELDS).all():
        name = field.get_attribute("name") or ""
        if name.startswith("answer"):
            found.setdefault(name, []).append(field)
    if "answer" in found and kind_of(found["answer"][0]) in CHOOSERS:
        found.pop("answer_words", None)
    return found


def kind_of(field: Locator) -> str:
    """Return "radio", "checkbox", "file", "select" or "text"."""
    tag: str = field.evaluate("element => element.tagName.toLowerCase()")
    kind = (field.get_attribute("type") or "text") if tag == "input" else tag
    return kind if kind in (*CHOOSERS, "file", "select") else "text"


def in_reach(found: list[Locator], opens: Callable[[Locator], None]) -> list[Locator]:
    """Return the choices that are not folded away; unfold the first group if all are."""
    shown = [field for field in found if not field.evaluate(FOLDED)]
    if not shown:
        opens(found[0].locator("xpath=ancestor::details/summary"))
        shown = [field for field in found if not field.evaluate(FOLDED)]
    return shown


def answer(visitor: Visitor, words: str) -> bool:
    """Answer the page in front of somebody; tell whether anything was answered."""
    done = False
    for number, (name, found) in enumerate(fields(visitor.page).items()):
        kind = kind_of(found[0])
        if not found[0].is_visible() and kind == "text":
            continue
        if kind in CHOOSERS:
            in_reach(found, Locator.click)[0].check(force=True)
        elif kind == "select":
            found[0].select_option(index=number + 1)
        elif kind == "text":
            found[0].fill(typed(visitor.page, name, words))
        done = done or kind != "file"
    return done


def answer_by_keyboard(visitor: Visitor, words: str) -> bool:
    """Answer the page with Tab, Space, arrows and letters only."""
    done = False
    for number, (name, found) in enumerate(fields(visitor.page).items()):
        kind = kind_of(found[0])
        if kind == "file" or (not found[0].is_visible() and kind == "text"):
            continue
        keys = visitor.page.keyboard
        if kind in CHOOSERS:
            first = in_reach(found, lambda summary: unfold(visitor, summary))[0]
            value = first.get_attribute("value")
            visitor.tab_to(f"main [name='{name}'][value='{value}']")
            keys.press("Space")
            assert first.is_checked()
            done = True
            continue
        visitor.tab_to(f"main [name='{name}']")
        if kind == "select":
            for _ in range(number + 1):
                keys.press("ArrowDown")
        else:
            keys.type(typed(visitor.page, name, words))
        done = True
    return done


def unfold(visitor: Visitor, summary: Locator) -> None:
    """Open a group of choices with Tab and Enter."""
    del summary  # the first one that Tab reaches
    visitor.tab_to("main details:not([open]) summary")
    visitor.page.keyboard.press("Enter")


def typed(page: Page, name: str, words: str) -> str:
    """Return what belongs in a box: a number where numbers are asked for, else words."""
    field = page.locator(f"main [name='{name}']").first
    if name.endswith("year"):
        return "2024"
    numeric = field.get_attribute("inputmode") in ("numeric", "decimal")
    return "3" if numeric else words


def spoil(visitor: Visitor, kind: str) -> bool:
    """Fill in the page so that it must be refused; tell whether that is possible."""
    if kind != "information":
        SPOILING.get(kind, choose_what_is_gone)(visitor.page)
    return kind != "information"


def send_no_picture(page: Page) -> None:
    """Choose a file that is neither a picture nor a recording."""
    page.locator("main input[type=file]").set_input_files(NO_PICTURE)  # type: ignore[arg-type]  # a file


def write_too_much(page: Page) -> None:
    """Write more than can be kept."""
    page.locator("main textarea, main input[type=text]").first.fill(TOO_LONG)


def write_no_figures(page: Page) -> None:
    """Write something else than figures in every box."""
    for box in page.locator("main input[name^=answer]").all():
        box.fill("99x")


def choose_everything(page: Page) -> None:
    """Tick all boxes: too many, and some that rule each other out."""
    for box in page.locator("main input[type=checkbox]").all():
        box.check(force=True)


def find_nowhere(page: Page) -> None:
    """Write a postcode that nobody knows; in easy read its box is opened first."""
    box = page.locator("main [name=answer_postcode]")
    if not box.is_visible():
        page.locator("main details:has([name=answer_postcode]) > summary").click()
    box.fill("ZZ9")


def choose_what_is_gone(page: Page) -> None:
    """Choose an answer of an old page, which is not offered any more."""
    choice = page.locator("main input[type=radio]").first
    choice.evaluate("element => { element.value = 'gone' }")
    choice.check(force=True)


def choose_twice(page: Page) -> None:
    """Give two places to the same thing; easy read asks for one place a page."""
    lists = page.locator("main select[name^=answer]").all()
    for one in lists[:2]:
        one.select_option(index=1)
    if not lists:
        choose_what_is_gone(page)


#: How a page of a kind is filled in wrongly; where choosing is all there is, an old page is sent.
SPOILING: dict[str, Callable[[Page], None]] = {
    "picture": send_no_picture,
    "recording": send_no_picture,
    "short_text": write_too_much,
    "long_text": write_too_much,
    "number": write_no_figures,
    "date": write_no_figures,
    "multi": choose_everything,
    "area": find_nowhere,
    "ranking": choose_twice,
}
