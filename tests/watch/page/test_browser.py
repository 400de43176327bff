"""The page of the night in a browser: phone and desk, both languages, updates while it is open."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from turnout import Election
from turnout.language import LANGUAGES, Language
from turnout.watch.night import Standing
from turnout.watch.page.page import night_page
from turnout.watch.serving import LOOPBACK, Board, served
from turnout.watch.update import Point, Update, Whole

ELECTION = Election("2024-11-27", "pilkada")
SCREENS = {"phone": (390, 844), "desktop": (1280, 800)}
NASTY = "<img src=x onerror=alert(1)> & {{ 7*7 }} ke-1"


def whole(median: float, share: float) -> Whole:
    spread = 0.05 * (1 - share)
    lower = (median - spread, median - 2 * spread, median - 3 * spread)
    upper = (median + spread, median + 2 * spread, median + 3 * spread)
    counted = 400_000 * share
    return Whole(400_000.0, median, median, lower, upper, 0.8, share, counted, 0.6 * counted)


def standing(updates: int, names: tuple[str, ...] = ("Paal Merah", NASTY)) -> Standing:
    """Return a night after so many updates, with 130 areas in as many districts as names."""
    rng = np.random.default_rng(2)
    size = 130
    places = pd.DataFrame(
        {
            "key": [str(number) for number in range(size)],
            "name": [f"Kelurahan {number}" for number in range(size)],
            "parent": [names[number % len(names)] for number in range(size)],
            "registered": rng.integers(1000, 9000, size).astype(float),
            "mean": rng.uniform(0.5, 0.7, size),
            "counted_registered": 0.0,
            "counted_voters": 0.0,
            "counted_share": 0.0,
            "complete": [number < updates for number in range(size)],
        }
    )
    districts = pd.DataFrame(
        {
            "name": names,
            "registered": 200_000.0,
            "counted_registered": [100_000.0, 0.0],
            "counted_voters": [62_000.0, 0.0],
            "counted_share": [0.5, 0.0],
            "median": 0.6,
            "lower": 0.57,
            "upper": 0.63,
            "chance": 0.7,
            "places_out": 40,
            "doubtful": False,
        }
    )
    start = dt.datetime(2024, 11, 27, 19, 0, tzinfo=dt.UTC)
    changes = ({"en": f"{NASTY} came in.", "id": f"{NASTY} masuk."},)
    times = [start + dt.timedelta(minutes=9 * number) for number in range(updates)]
    points = tuple(
        Point(number, at, None, whole(0.6 + 0.004 * number, number / 30), changes)
        for number, at in enumerate(times)
    )
    last = points[-1]
    place = {"en": "Kota Jambi", "id": "Kota Jambi"}
    update = Update(
        last.at, "x", "y", dt.datetime(2024, 11, 27, 21, 30), last.whole, places, districts,
        pd.DataFrame(), changes, 0.61, 0.6, place,
    )  # fmt: skip
    return Standing(update, points, (), last.at)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def board() -> Board:
    board = Board(ELECTION, "en")
    board.put(standing(8))
    return board


@pytest.fixture
def address(board: Board) -> Iterator[str]:
    with served(board, LOOPBACK, 0) as address:
        yield address


def opened(browser: Browser, address: str, screen: str) -> tuple[Page, list[str]]:
    """Open the page; returns it and what its console complains of, or loads from elsewhere."""
    width, height = SCREENS[screen]
    page = browser.new_page(viewport={"width": width, "height": height})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    own = address.split("?")[0]
    page.on(
        "request",
        lambda sent: (
            None if sent.url.startswith((own, "data:")) else (complaints.append(sent.url[:80]))
        ),
    )
    page.goto(address)
    return page, complaints


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("screen", SCREENS)
def test_it_shows_everything_without_complaint(
    browser: Browser, address: str, screen: str, lang: Language
) -> None:
    page, complaints = opened(browser, f"{address}?lang={lang}", screen)
    assert page.locator(".card").count() == 5
    assert page.locator("svg:visible").count() == 3
    assert page.locator("#districts tbody tr").count() == 2
    assert page.locator("#out tbody tr").count() == 100
    assert NASTY in page.locator("#districts").inner_text()
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0
    labels = page.locator("svg:visible text").evaluate_all(
        "all => all.map(one => { const r = one.getBoundingClientRect();"
        " return r.left >= 0 && r.right <= innerWidth && r.height > 8; })"
    )
    assert all(labels)
    found = Axe().run(page).response["violations"]
    serious = [
        (one["id"], one["nodes"][0]["html"][:200])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []
    assert complaints == []
    page.close()


def test_an_update_arrives_while_the_page_is_open(
    browser: Browser, address: str, board: Board
) -> None:
    page, complaints = opened(browser, address, "desktop")
    page.locator("#earlier summary").click()
    page.locator("#out .scroll").focus()
    page.locator("#out .scroll").evaluate("one => { one.scrollTop = 200; }")
    before = page.locator(".card.main dd").inner_text()
    board.put(standing(12))
    expect(page.locator(".card.main dd")).not_to_have_text(before, timeout=10_000)
    # What is open, has the focus and is scrolled stays so.
    expect(page.locator("#earlier")).to_have_attribute("open", "")
    assert page.locator("#out .scroll").evaluate("one => one === document.activeElement")
    assert page.locator("#out .scroll").evaluate("one => one.scrollTop") == 200
    assert complaints == []
    page.close()


def test_a_broken_input_has_a_banner_that_goes_again(
    browser: Browser, address: str, board: Board
) -> None:
    page, complaints = opened(browser, f"{address}?lang=id", "phone")
    assert page.locator(".banner:visible").count() == 0
    trouble = {"en": f"{NASTY} is broken.", "id": f"{NASTY} rusak."}
    board.put(replace(standing(8), troubles=(trouble,)))
    banner = page.locator(".banner:visible")
    expect(banner).to_contain_text(f"{NASTY} rusak.", timeout=10_000)
    expect(banner).to_contain_text("Angkanya masih yang sebelum masukan ini")
    board.put(standing(8))
    expect(banner).to_have_count(0, timeout=10_000)
    assert complaints == []
    page.close()


def test_the_first_forecast_comes_to_a_page_that_was_empty(browser: Browser) -> None:
    board = Board(ELECTION, "en")
    board.put(Standing())
    with served(board, LOOPBACK, 0) as address:
        page, complaints = opened(browser, address, "phone")
        expect(page.locator("#glance")).to_contain_text("first forecast is being made")
        board.put(standing(1))
        expect(page.locator(".card")).to_have_count(5, timeout=10_000)
        expect(page.locator("h1")).to_have_text("Kota Jambi")
        assert complaints == []
        page.close()


def test_a_server_that_has_gone_is_told(browser: Browser, board: Board) -> None:
    with served(board, LOOPBACK, 0) as address:
        page, _ = opened(browser, address, "phone")
    expect(page.locator("#lost")).to_be_visible(timeout=10_000)
    assert page.locator(".card.main dd").inner_text() != ""
    page.close()


def test_the_keyboard_reaches_everything(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address, "desktop")
    reached = []
    for _ in range(6):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.className || document.activeElement.tagName")
        )
    assert reached == ["skip", "A", "SUMMARY", "scroll", "scroll long", "BODY"]
    page.close()


def test_the_file_stands_alone(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "night.html"
    path.write_text(night_page(standing(8), "en", ELECTION), encoding="utf-8")
    page, complaints = opened(browser, path.as_uri(), "phone")
    assert page.locator(".card").count() == 5
    assert page.locator("script").count() == 0
    assert page.locator(".card").first.evaluate("one => getComputedStyle(one).borderLeftWidth") == (
        "5px"
    )
    assert complaints == []
    page.close()
