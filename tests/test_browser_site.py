"""The site in a real browser, served by the real command.

Skipped where there is no Chromium: on Debian, `apt-get install chromium` brings it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Route,
    expect,
    sync_playwright,
)

from search.model import Publication
from search.searcher import Library
from tests.records import make_case, make_publication, make_section
from tests.sites import HOSTILE, hostile_publication, make_library, revised_publication

pytestmark = pytest.mark.browser

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
LONG = "/p/long-book/many-meetings"
PUMP = "/p/river-and-road/clean-water-for-two-villages"
PAGES = {
    "front": "/",
    "results": "/search?q=council&part=South+Hills&match=any",
    "many": "/search?publication=long-book&per_page=10&page=2",
    "nothing": "/search?q=pump&part=North+Valley",
    "absence": "/search/absence?q=pump&part=North+Valley",
    "hostile absence": "/search/absence?q=nobody+wrote+this",
    "hostile results": "/search?publication=hostile",
    "facet": "/search/facet/organisation",
    "publications": "/p/",
    "publication": "/p/river-and-road",
    "case": PUMP,
    "matches": f"{PUMP}?q=the+council+pump",
    "hostile case": "/p/hostile/case?q=quoted",
    "side by side": "/beside/hostile/hostile-in-russian/case",
    "cases side by side": "/beside/hostile/hostile-in-russian",
    "occurrences": "/concordance?q=council",
    "many occurrences": "/concordance?q=ferry&sort=left&per_page=10&page=2",
    "hostile occurrences": "/concordance?q=quoted&publication=hostile",
    "no occurrence": "/concordance?q=pump+council&part=North+Valley",
    "words and phrases": "/concordance",
    "profile": "/profile?q=council",
    "neighbours": "/collocations?q=ferry",
    "shared phrases": "/shared-phrases?words=4",
    "counts": "/count?phrases=council%0Apump",
    "many counts": "/count?phrases=council%0Athe+ferry+was+agreed%0A" + "council+" * 40,
    "changes": "/changes/hostile",
    "former edition": "/p/hostile/case?edition=1",
    "strip": "/p/river-and-road?q=council",
    "help": "/help",
    "not found": "/nowhere",
    "gone": "/p/river-and-road/a-lost-ferry",
}
Opener = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no Chromium here; on Debian, apt-get install chromium brings it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return where `casebook serve` shows a small library."""
    folder = tmp_path_factory.mktemp("site")
    records = revised_publication(), hostile_publication(), _translation(), _long_publication()
    with make_library(folder, *records) as library:
        _publish_second_edition(library, folder / "hostile.txt")
    command = [sys.executable, "-m", "casebook", "--library", str(folder / "library")]
    with subprocess.Popen(
        [*command, "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).resolve().parents[1],
        text=True,
    ) as server:
        assert server.stdout is not None
        found = re.search(r"http://\S+", server.stdout.readline())
        assert found, "casebook serve did not say where it listens"
        yield found[0].rstrip("/")
        server.terminate()


def _publish_second_edition(library: Library, source: Path) -> None:
    """The hostile publication says one thing otherwise, one thing more, and each at length."""
    first = library.publication("hostile")
    section = make_section("activity", HOSTILE.replace("quoted", "quoted" * 40))
    more = make_section("results", f"{HOSTILE} {'more' * 60}")
    case = replace(first.cases[0], sections=(section, more))
    library.publish(replace(first, cases=(case,), edition=2), source=source)


def _translation() -> Publication:
    """The hostile publication's own translation."""
    record = replace(hostile_publication(), language="ru", translation_of="hostile")
    return replace(record, id="hostile-in-russian")


def _long_publication() -> Publication:
    filler = "Nobody was in a hurry, and every village sent somebody to speak. " * 12
    sections = [
        make_section(f"meeting-{n}", filler, f"Here the ferry was agreed, meeting {n}. {filler}")
        for n in range(1, 31)
    ]
    case = make_case("many-meetings", "Many Meetings", *sections, by="Crossing " + "society" * 20)
    return make_publication("long-book", title="A Long Book", cases=(case,))


@pytest.fixture
def open_at(browser: Browser, address: str) -> Iterator[Opener]:
    """Return what opens a page; at the end, no page may have had an error in its console."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(path: str, *, script: bool = True, **settings: object) -> Page:
        context = browser.new_context(
            **{"viewport": WIDE, "java_script_enabled": script, **settings}  # type: ignore[arg-type]
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    # The browser notes every page whose status is an error; that is no fault of the page.
    assert [c for c in complaints if "status of 404" not in c and "status of 410" not in c] == []


@pytest.mark.parametrize("script", [True, False])
def test_from_a_question_to_the_text_and_back(open_at: Opener, *, script: bool) -> None:
    page = open_at("/", script=script)
    page.get_by_label("Search the library").fill("council")
    page.get_by_label("Search the library").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("for “council”")
    value = page.get_by_role("navigation", name="Filters").get_by_role("link", name="South Hills")
    count = value.inner_text().split()[-1]
    value.click()
    expect(page).to_have_title(re.compile(rf"^“council”: {count} sections? "))
    results = page.url
    page.get_by_role("article").get_by_role("link", name="Activity").first.click()
    expect(page).to_have_url(re.compile(r"/p/river-and-road/.*\?q=council&part=South\+Hills#act"))
    expect(page.locator("#activity mark").first).to_be_in_viewport()
    page.go_back()
    expect(page).to_have_url(results)
    expect(page.get_by_role("list", name="Chosen filters")).to_contain_text("South Hills")


def test_the_link_back_leads_to_the_same_list(open_at: Opener) -> None:
    page = open_at("/search?q=council&part=South+Hills&sort=book")
    results = page.url
    page.get_by_role("article").get_by_role("link", name="Clean Water").click()
    page.get_by_role("link", name="Back to the results").click()
    expect(page).to_have_url(results)


def each_page(page: Page, address: str) -> Iterator[str]:
    """Take a page through every kind of page; yield the name of each."""
    for name, path in PAGES.items():
        page.goto(address + path)
        yield name


@pytest.mark.parametrize("width", [320, 360])
def test_no_page_scrolls_sideways_on_a_phone(open_at: Opener, address: str, width: int) -> None:
    page = open_at("/", viewport={**PHONE, "width": width}, has_touch=True)
    widths = {}
    for name in each_page(page, address):
        page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
        widths[name] = page.evaluate("document.documentElement.scrollWidth")
    assert widths == dict.fromkeys(PAGES, width)


def test_no_page_scrolls_sideways_without_a_script(open_at: Opener, address: str) -> None:
    page = open_at("/", script=False, viewport=PHONE, has_touch=True)
    for name in each_page(page, address):
        page.mouse.wheel(500, 0)
        box = page.get_by_role("main").bounding_box()
        assert box is not None, name
        assert (box["x"], box["width"]) == (0, PHONE["width"]), name


SMALL_TARGETS = """
() => [...document.querySelectorAll('a, button, input, summary')]
  .filter((e) => e.checkVisibility() && !e.closest('.skip, .plain p, .nothing, .cite, .about'))
  .filter((e) => !e.closest('.notice-of-edition'))
  .filter((e) => !['hidden', 'checkbox', 'radio'].includes(e.type))
  .map((e) => {
    const after = getComputedStyle(e, '::after');
    const box = e.getBoundingClientRect().height;
    const bleed = -(parseFloat(after.top) + parseFloat(after.bottom));
    const reach = Math.max(parseFloat(after.height) || 0, box + bleed || 0);
    return [after.content === 'none' ? box : Math.max(box, reach), e.outerHTML.slice(0, 90)];
  })
  .filter(([height]) => height < 43.5)
"""


def test_on_a_phone_a_finger_hits_what_it_aims_at(open_at: Opener, address: str) -> None:
    page = open_at("/", viewport=PHONE, has_touch=True)
    small = {name: page.evaluate(SMALL_TARGETS) for name in each_page(page, address)}
    assert small == {name: [] for name in PAGES}


def test_a_marked_word_stands_on_the_line_of_its_neighbours(open_at: Opener) -> None:
    page = open_at(f"{PUMP}?q=pump")
    edges = page.locator("article p mark").first.evaluate(
        "(m) => { const r = document.createRange(); r.selectNodeContents(m);"
        " return [m.getBoundingClientRect().bottom, r.getBoundingClientRect().bottom]; }"
    )
    assert edges[0] == edges[1]  # nothing around it that could push it down


def test_a_section_is_announced_by_its_heading_alone(open_at: Opener) -> None:
    page = open_at(PUMP)
    assert page.locator("h2 a").count() == 0
    assert page.get_by_role("region").count() == 0


LOW_CONTRAST = """
() => {
  const parse = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (e) => {
    for (let up = e; up; up = up.parentElement) {
      const [r, g, b, a = 1] = parse(getComputedStyle(up).backgroundColor);
      if (a === 1) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const texts = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.nodeValue.trim());
  return [...document.body.querySelectorAll('*')]
    .filter((e) => e.checkVisibility() && texts(e) && !e.closest('.unseen, .skip'))
    .map((e) => {
      const style = getComputedStyle(e);
      const pair = [light(parse(style.color)), light(ground(e))].sort((a, b) => b - a);
      return [(pair[0] + 0.05) / (pair[1] + 0.05), style.opacity, e.outerHTML.slice(0, 80)];
    })
    .filter(([ratio, opacity]) => ratio < 4.5 && opacity === '1');
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(open_at: Opener, address: str, scheme: str) -> None:
    page = open_at("/", color_scheme=scheme)
    faint = {name: page.evaluate(LOW_CONTRAST) for name in each_page(page, address)}
    assert faint == {name: [] for name in PAGES}


def test_marks_stand_out_in_forced_colours(open_at: Opener) -> None:
    page = open_at(f"{PUMP}?q=pump", forced_colors="active")
    colours = page.locator("mark").first.evaluate(
        "(m) => [m, document.body].map((e) => getComputedStyle(e).backgroundColor)"
    )
    assert colours[0] != colours[1]


def test_the_first_key_offers_to_skip_to_the_content(open_at: Opener) -> None:
    page = open_at(PUMP)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_a_slash_goes_to_the_search_box_and_escape_leaves_it(open_at: Opener) -> None:
    page = open_at("/search?q=pump")
    box = page.get_by_label("Search the library")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("n/p")
    expect(box).to_have_value("n/p")
    page.keyboard.press("Escape")
    expect(box).not_to_be_focused()


def suggested(page: Page, typed: str) -> Locator:
    """Type into the search box; return the list of suggestions that opens."""
    page.get_by_label("Search the library").press_sequentially(typed)
    options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(options.first).to_be_visible()
    return options


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_a_suggestion_is_chosen_by_key(open_at: Opener, size: dict[str, int]) -> None:
    page = open_at("/", viewport=size)
    options = suggested(page, "counc")
    box = page.get_by_role("combobox", name="Search the library")
    expect(box).to_have_attribute("aria-expanded", "true")
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    active = box.get_attribute("aria-activedescendant")
    assert active == options.first.get_attribute("id")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("for “council”")


def test_suggestions_that_come_late_leave_a_choice_alone(open_at: Opener) -> None:
    page = open_at("/")
    options = suggested(page, "coun")
    held: list[Route] = []
    page.route("**/api/suggest*", lambda route: held.append(route))  # noqa: PLW0108 - no builtin
    box = page.get_by_role("combobox", name="Search the library")
    with page.expect_request("**/api/suggest*"):
        box.press_sequentially("c")
    box.press("ArrowDown")
    with page.expect_response("**/api/suggest*"):
        held[0].continue_()
    page.evaluate("() => new Promise((done) => window.setTimeout(done))")
    expect(options.first).to_have_attribute("aria-selected", "true")


def test_enter_searches_what_was_typed_unless_a_suggestion_is_chosen(open_at: Opener) -> None:
    page = open_at("/")
    suggested(page, "counc")
    box = page.get_by_role("combobox", name="Search the library")
    box.press("ArrowDown")
    box.press("ArrowUp")
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=counc$"))


def test_escape_closes_the_suggestions_and_leaves_the_box_only_then(open_at: Opener) -> None:
    page = open_at("/search?q=pump")
    page.get_by_label("Search the library").fill("")
    options = suggested(page, "coun")
    box = page.get_by_role("combobox", name="Search the library")
    box.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_be_focused()
    expect(box).to_have_value("coun")
    box.press("Escape")
    expect(box).not_to_be_focused()


def test_a_suggested_case_leads_to_its_page(open_at: Opener) -> None:
    page = open_at(PUMP)  # the box of the masthead
    suggested(page, "many meet")
    page.get_by_role("option", name="Many Meetings Case").click()
    expect(page).to_have_url(re.compile(rf"{LONG}$"))


def test_what_would_like_to_be_markup_is_suggested_as_text(open_at: Opener) -> None:
    page = open_at("/")
    options = suggested(page, "quoted")
    expect(options.filter(has_text="<script>").first).to_be_visible()


def test_keys_move_between_matches_and_clear_them(open_at: Opener) -> None:
    page = open_at(f"{LONG}?q=ferry")
    where = page.get_by_role("navigation", name="Matches on this page").locator(".where")
    expect(where).to_have_text("30 matches")
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(where).to_have_text("2 of 30")
    expect(page.locator("#hit-2")).to_be_in_viewport()
    expect(page.locator("#hit-2")).to_be_focused()
    page.keyboard.press("p")
    page.keyboard.press("p")
    expect(where).to_have_text("30 of 30")
    expect(page.locator("#hit-30")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("mark")).to_have_count(0)
    expect(page).to_have_url(re.compile(rf"{LONG}$"))


def test_buttons_go_on_from_the_match_one_arrived_at(open_at: Opener) -> None:
    page = open_at(f"{LONG}?q=ferry#meeting-7-p2")
    bar = page.get_by_role("navigation", name="Matches on this page")
    expect(bar.locator(".where")).to_have_text("7 of 30")
    bar.get_by_role("button", name="Next match").click()
    expect(bar.locator(".where")).to_have_text("8 of 30")
    expect(page.locator("#hit-8")).to_be_in_viewport()


def test_matches_can_be_reached_without_a_script(open_at: Opener) -> None:
    page = open_at(f"{LONG}?q=ferry", script=False)
    bar = page.get_by_role("navigation", name="Matches on this page")
    bar.get_by_text("Go to").click()
    bar.get_by_role("link", name="12", exact=True).click()
    expect(page.locator("#hit-12")).to_be_in_viewport()


def test_the_keys_can_be_switched_off(open_at: Opener) -> None:
    page = open_at("/help")
    page.get_by_label("Use these keys").uncheck()
    page.keyboard.press("/")
    expect(page.get_by_label("Search the library")).not_to_be_focused()
    page.reload()
    expect(page.get_by_label("Use these keys")).not_to_be_checked()


def test_a_link_is_copied_announced_and_leads_to_its_place(open_at: Opener) -> None:
    page = open_at(LONG, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name="Link to paragraph 2").nth(20).click()
    expect(page.locator(".announcer")).to_have_text("Link copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"{LONG}/meeting-21/p2")
    page.goto(copied)
    expect(page).to_have_url(re.compile(r"#meeting-21-p2$"))
    expect(page.locator("#meeting-21-p2")).to_be_in_viewport()


def test_filters_fold_on_a_phone_and_stand_open_beside_the_list(open_at: Opener) -> None:
    phone = open_at("/search?q=council", script=False, viewport=PHONE)
    value = phone.get_by_role("link", name=re.compile("South Hills"))
    expect(value).to_be_hidden()
    phone.get_by_text("Filters", exact=True).click()
    expect(value).to_be_visible()
    wide = open_at("/search?q=council", script=False)
    expect(wide.get_by_role("link", name=re.compile("South Hills"))).to_be_visible()
    expect(wide.get_by_text("Filters", exact=True)).to_be_hidden()


def test_on_paper_the_text_stands_with_its_source(open_at: Opener) -> None:
    page = open_at(f"{PUMP}?q=pump")
    page.emulate_media(media="print")
    for name in (".masthead", ".hits", ".turn", ".inside", ".pilcrow"):
        expect(page.locator(name).first).to_be_hidden()
    expect(page.get_by_text("Cite this case")).to_be_visible()
    expect(page.get_by_text("Printed from http://")).to_be_visible()


def test_on_a_phone_one_language_can_be_read_alone(open_at: Opener) -> None:
    page = open_at(PAGES["side by side"], script=False, viewport=PHONE)
    one, other = page.locator(".side.one").first, page.locator(".side.other").first
    expect(one).to_be_visible()
    expect(other).to_be_visible()
    page.get_by_role("radio", name="Russian").check()
    expect(one).to_be_hidden()
    page.get_by_role("radio", name="English").check()
    expect(one).to_be_visible()
    expect(other).to_be_hidden()


def test_on_a_wide_screen_both_languages_stand_side_by_side(open_at: Opener) -> None:
    page = open_at(PAGES["side by side"])
    one = page.locator(".side.one").first.bounding_box()
    other = page.locator(".side.other").first.bounding_box()
    assert one
    assert other
    assert one["x"] + one["width"] <= other["x"]
    assert one["y"] == other["y"]
