"""What people read is there in both languages, and says the same."""

import ast
import datetime as dt
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from turnout.language import (
    LANGUAGES,
    Text,
    count,
    day,
    listing,
    number,
    percent,
    points,
    probability,
)

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "turnout"
MODULES = sorted(PACKAGE.rglob("*.py"))

# Words that are the same in English and Indonesian.
SAME = {
    *(
        "bias",
        "crps",
        "data",
        "mae",
        "median",
        "model",
        "mundlak",
        "n",
        "prior",
        "seed",
        "total",
        "wis",
    ),
    "median {median:percent}",
}

# Calls that put their words before a reader: a literal there is in one language only.
SAYING = {
    "print",
    "add_column",
    "set_title",
    "set_xlabel",
    "set_ylabel",
    "set_label",
    "suptitle",
    "supxlabel",
    "supylabel",
    "annotate",
    "status",
}


def calls(path: Path) -> Iterator[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def texts() -> Iterator[tuple[str, str | None, str | None]]:
    for path in MODULES:
        for call in calls(path):
            if getattr(call.func, "id", "") == "Text":
                if all(isinstance(word.value, ast.Subscript | ast.Call) for word in call.keywords):
                    continue  # of a saved forecast, or put together from other texts
                parts = {word.arg: literal(word.value) for word in call.keywords}
                yield f"{path.stem}:{call.lineno}", parts.get("en"), parts.get("id")


def literal(node: ast.expr) -> str | None:
    """Return a text as written; constants of the code in it count as a figure."""
    if isinstance(node, ast.JoinedStr):
        return "".join(literal(part) or "0" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


ALL_TEXTS = list(texts())


def fields(template: str) -> set[tuple[str, str]]:
    """Names and formats; the two forms of an English noun are no part of a format."""
    parsed = string.Formatter().parse(template)
    return {(name, (spec or "").partition(":")[0]) for _, name, spec, _ in parsed if name}


def test_there_are_texts() -> None:
    assert len(ALL_TEXTS) > 20


@pytest.mark.parametrize(("place", "en", "id_"), ALL_TEXTS, ids=[t[0] for t in ALL_TEXTS])
def test_both_languages_say_the_same_with_the_same_figures(
    place: str, en: str | None, id_: str | None
) -> None:
    assert en is not None, f"{place}: no plain English text"
    assert id_ is not None, f"{place}: no plain Indonesian text"
    assert bool(en) == bool(id_), f"{place}: one language is silent"
    assert fields(en) == fields(id_), place
    assert en != id_ or en.casefold() in SAME or not any(map(str.isalpha, words(en))), (
        f"{place}: {en!r}"
    )
    for _, spec in fields(en):
        known = ("", "amount", "count", "points", "probability", "day", "percent")
        assert spec.rstrip("0123") in known, f"{place}: unknown format {spec!r}"


def words(template: str) -> str:
    return "".join(before for before, *_ in string.Formatter().parse(template))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_is_said_in_one_language_only(path: Path) -> None:
    for call in calls(path):
        function = getattr(call.func, "attr", getattr(call.func, "id", ""))
        said = literal(call.args[0]) if call.args and function in SAYING else None
        assert not said or not any(map(str.isalpha, said)), f"{path.name}:{call.lineno}: {said!r}"


def test_numbers_follow_the_language() -> None:
    assert (count(455276, "en"), count(455276, "id")) == ("455,276", "455.276")
    assert (percent(0.6245, "en", 2), percent(0.6245, "id", 2)) == ("62.45%", "62,45%")
    assert (points(-0.0004, "en"), points(0.151, "id")) == ("0.0", "15,1")
    assert number(-1234.56, "id", 1) == "-1.234,6"


@pytest.mark.parametrize(
    ("share", "said"), [(0.0, "<1%"), (0.0099, "<1%"), (0.01, "1%"), (0.5, "50%"), (1.0, ">99%")]
)
def test_a_probability_is_never_certain(share: float, said: str) -> None:
    assert {probability(share, lang) for lang in LANGUAGES} == {said}


def test_one_is_singular_in_english() -> None:
    text = Text(en="{n:count:election:elections}", id="{n:count} pemilihan")
    assert [text.say("en", n=n) for n in (0, 1, 1026)] == [
        "0 elections", "1 election", "1,026 elections",
    ]  # fmt: skip
    assert text.say("id", n=1) == "1 pemilihan"


def test_dates_and_lists_follow_the_language() -> None:
    august = dt.date(2024, 8, 17)
    assert (day(august, "en"), day(august, "id")) == ("17 August 2024", "17 Agustus 2024")
    assert listing(["a", "b", "c"], "id", most=2) == "a, b dan 1 lainnya"


def test_a_field_without_a_format_is_said_as_it_is() -> None:
    assert Text(en="file {name}", id="berkas {name}").say("id", name="a.csv") == "berkas a.csv"
