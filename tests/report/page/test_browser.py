"""report.html as a browser shows it: phone, desktop, paper, keyboard, screen reader."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from turnout.language import LANGUAGES, Language

SCREENS = {"phone": (390, 844), "desktop": (1280, 800)}


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module", params=LANGUAGES)
def report(request: pytest.FixtureRequest, whole_page: Callable[[Language], Path]) -> Path:
    return whole_page(request.param)


def opened(browser: Browser, report: Path, screen: str) -> tuple[Page, list[str]]:
    """Open a report; returns the page and what its console complains of."""
    width, height = SCREENS[screen]
    page = browser.new_page(viewport={"width": width, "height": height})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda sent: complaints.append(sent.url[:80]) if "http" in sent.url else 0)
    page.goto(report.as_uri())
    return page, complaints


@pytest.mark.slow
@pytest.mark.parametrize("screen", SCREENS)
def test_it_renders_without_complaint_and_nothing_sticks_out(
    browser: Browser, report: Path, screen: str
) -> None:
    page, complaints = opened(browser, report, screen)
    assert complaints == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0
    loaded = "[...document.images].every(one => one.complete && one.naturalWidth > 0)"
    assert page.evaluate(loaded)
    page.close()


@pytest.mark.parametrize("screen", SCREENS)
def test_the_first_screen_holds_the_four_answers(
    browser: Browser, report: Path, screen: str
) -> None:
    page, _ = opened(browser, report, screen)
    cards = page.locator(".card").all()
    assert len(cards) == 4
    height = SCREENS[screen][1]
    for card in [*cards, page.locator(".gauge").first]:
        box = card.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= height
    page.close()


@pytest.mark.parametrize("at", [0, 50, 100])
def test_the_goals_name_stays_on_the_page(browser: Browser, report: Path, at: int) -> None:
    page, _ = opened(browser, report, "phone")
    name = page.locator(".gauge .goal").first
    name.evaluate(f"one => {{ one.style.left = '{at}%'; one.style.setProperty('--at', {at}); }}")
    box, bar = name.bounding_box(), page.locator(".gauge .bar").first.bounding_box()
    assert box is not None
    assert bar is not None
    assert bar["x"] - 1 <= box["x"]
    assert box["x"] + box["width"] <= bar["x"] + bar["width"] + 1
    page.close()


def test_it_has_no_serious_barrier(browser: Browser, report: Path) -> None:
    """Each language on one of the screens: what a screen hides is hidden in both languages."""
    page, _ = opened(browser, report, {"en": "phone", "id": "desktop"}[report.stem])
    found = Axe().run(page).response["violations"]
    serious = [
        (one["id"], one["nodes"][0]["html"][:200], len(one["nodes"]))
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []
    page.close()


@pytest.mark.few(1)
def test_tables_sort_by_the_keyboard(browser: Browser, report: Path) -> None:
    page, _ = opened(browser, report, "desktop")
    table = page.locator("table.places").first
    heading = table.locator("thead th").nth(2)  # the median
    column = "rows => [...rows].map(row => Number(row.cells[2].dataset.v))"

    def medians() -> list[float]:
        values: list[float] = table.locator("tbody tr").evaluate_all(column)
        return values

    before = medians()
    heading.locator("button").focus()
    page.keyboard.press("Enter")
    assert medians() == sorted(before, reverse=True)
    assert heading.get_attribute("aria-sort") == "descending"
    page.keyboard.press("Enter")
    assert medians() == sorted(before)
    table.locator("thead button").first.click()
    names = table.locator("tbody th").evaluate_all("cells => cells.map(cell => cell.textContent)")
    assert names == sorted(names)
    assert heading.get_attribute("aria-sort") is None
    page.close()


@pytest.mark.few(1)
def test_a_place_can_be_found(browser: Browser, report: Path) -> None:
    page, _ = opened(browser, report, "phone")
    page.locator("input[type=search]").fill("kasang jaya")
    rows = page.locator("#area tbody tr:visible")
    assert rows.count() == 1
    assert "Kasang Jaya" in rows.first.inner_text()
    page.close()


@pytest.mark.few(1)
def test_it_is_whole_without_scripts(browser: Browser, report: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(report.as_uri())
    assert page.locator("#area tbody tr").count() == 68
    assert page.locator("button").count() == 0
    context.close()


@pytest.mark.slow
def test_it_prints_on_a4_with_its_bars(browser: Browser, report: Path, tmp_path: Path) -> None:
    page, _ = opened(browser, report, "desktop")
    printed = page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    assert printed.startswith(b"%PDF")
    assert 5 <= printed.count(b"/Type /Page\n") <= 14
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    colour = "bar => getComputedStyle(bar).printColorAdjust"
    assert page.locator(".bar").first.evaluate(colour) == "exact"
    page.close()
