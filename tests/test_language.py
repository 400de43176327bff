"""What people read is there in both languages, and says the same."""

import ast
import datetime as dt
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from turnout.errors import TurnoutError
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
        "lkj",
        "mae",
        "median",
        "model",
        "mundlak",
        "n",
        "prior",
        "seed",
        "target %",
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


@cache
def calls(path: Path) -> list[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


@cache
def texts() -> list[tuple[str, str | None, str | None]]:
    return list(found())


def found() -> Iterator[tuple[str, str | None, str | None]]:
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


FORMATS = {
    "",
    "time",
    "amount",
    "change",
    "figure",
    "goal",
    "count",
    "points",
    "probability",
    "day",
    "type",
    "percent",
    "lines",
    "list",
    "contest",
    "contests",
}

# Words that no sentence of the other language holds; names in quotes or of options may.
ENGLISH = {
    *("the", "and", "is", "are", "was", "were", "with", "without", "for", "from", "not", "this"),
    *("that", "or", "it", "which", "no", "of"),
}
INDONESIAN = {
    *("dan", "yang", "dari", "untuk", "dengan", "tanpa", "tidak", "bukan", "adalah", "atau"),
    *("pada", "oleh", "itu", "ini", "akan", "ada"),
}

# Functions that put a value into words of the language that they are given.
SPEAKING = {"listing", "number", "count", "amount", "percent", "points", "probability", "day"}
SPEAKING |= {"label_of", "place_labels", "goal_number", "place_name"}

# What shows a table in Jupyter, in English as the table's columns are.
JUPYTER = {"_repr_html_"}


def fields(template: str) -> set[tuple[str, str]]:
    """Names and formats; the two forms of an English noun are no part of a format."""
    parsed = string.Formatter().parse(template)
    # The time of the day is written 20:15 in English, 20.15 in Indonesian.
    plain = (
        (name, "time" if (spec or "").startswith("%") else spec) for _, name, spec, _ in parsed
    )
    return {(name, (spec or "").partition(":")[0]) for name, spec in plain if name}


def words(template: str) -> str:
    return "".join(before for before, *_ in string.Formatter().parse(template))


def sentence(template: str) -> set[str]:
    """Words of a sentence, without what it quotes and the options it names."""
    plain = re.sub(r"'[^']*'|\"[^\"]*\"|`[^`]*`|\(\w[^()]*\)|--[\w-]+", " ", words(template))
    return set(re.findall(r"[a-z]+", plain.casefold()))


def test_a_contest_is_read_by_its_label_and_a_label_of_ones_own_stands() -> None:
    text = Text(en="In {one:contest}: {all:contests2}.", id="Pada {one:contest}: {all:contests2}.")
    values = {"one": "2015-12-09-pemilu daerah", "all": ["A (2019-04-17-pileg)", "Putaran 2", "c"]}
    assert (
        text.say("en", **values) == "In pemilu daerah 2015: A (pileg 2019), Putaran 2 and 1 more."
    )
    assert text.say("id", **values).startswith("Pada Pemilu daerah 2015: A (Pileg 2019)")


def test_there_are_texts() -> None:
    assert len(texts()) > 20


def test_both_languages_are_there() -> None:
    missing = [f"{place}: {en!r}, {id_!r}" for place, en, id_ in texts() if not en or not id_]
    assert [one for one in missing if not one.endswith("'', ''")] == []


def test_both_languages_hold_the_same_figures_in_known_formats() -> None:
    faults = []
    for place, en, id_ in texts():
        if en is None or id_ is None:
            continue  # named above
        if fields(en) != fields(id_):
            faults.append(f"{place}: {sorted(fields(en) ^ fields(id_))}")
        faults += [
            f"{place}: unknown format {spec!r}"
            for _, spec in fields(en)
            if re.sub(r"(\d+|\{\w+\})$", "", spec) not in FORMATS
        ]
    assert faults == []


def test_each_language_is_in_its_own_words() -> None:
    faults = []
    for place, en, id_ in texts():
        if en is None or id_ is None:
            continue
        if en == id_ and en.casefold() not in SAME and any(map(str.isalpha, words(en))):
            faults.append(f"{place}: not translated: {en!r}")
        if foreign := sentence(en) & INDONESIAN:
            faults.append(f"{place}: Indonesian in English: {sorted(foreign)}")
        if foreign := sentence(id_) & ENGLISH:
            faults.append(f"{place}: English in Indonesian: {sorted(foreign)}")
    assert faults == []


def test_english_nouns_have_their_two_forms() -> None:
    """``{n:count:place:places}``, not "place(s)", which no editor prints."""
    assert [f"{place}: {en!r}" for place, en, _ in texts() if en and "(s)" in en] == []


def test_nothing_is_said_in_one_language_only() -> None:
    faults = []
    for path in MODULES:
        for call in calls(path):
            function = getattr(call.func, "attr", getattr(call.func, "id", ""))
            said = literal(call.args[0]) if call.args and function in SAYING else None
            if said and any(map(str.isalpha, said)):
                faults.append(f"{path.relative_to(PACKAGE)}:{call.lineno}: {said!r}")
    assert faults == []


def test_no_value_is_put_into_words_before_the_language_is_known() -> None:
    """An error or a finding is said later, in either language: "dan 2 lainnya", not "and 2 more".

    What it mentions must come to its text as figures and lists, which the text's formats say.
    """
    faults = []
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        shown = {
            id(node)
            for function in ast.walk(tree)
            if isinstance(function, ast.FunctionDef) and function.name in JUPYTER
            for node in ast.walk(function)
        }
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            name = getattr(call.func, "id", "")
            fixed = [one for one in call.args if getattr(one, "value", None) in LANGUAGES]
            if name in SPEAKING and fixed and id(call) not in shown:
                faults.append(f"{path.relative_to(PACKAGE)}:{call.lineno}: {ast.unparse(call)}")
    assert faults == []


def test_no_list_is_joined_by_a_word_in_the_code() -> None:
    joined = {" and ", " or ", " dan ", " atau ", ", and ", ", dan "}
    faults = [
        f"{path.relative_to(PACKAGE)}:{call.lineno}"
        for path in MODULES
        for call in calls(path)
        if getattr(call.func, "attr", "") == "join"
        and getattr(getattr(call.func, "value", None), "value", None) in joined
    ]
    assert faults == []


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


def test_a_list_is_said_in_either_language() -> None:
    text = Text(en="Not read: {names:list2}.", id="Tidak dibaca: {names:list2}.")
    names = ["a", "b", "c", "d"]
    assert text.say("en", names=names) == "Not read: a, b and 2 more."
    assert text.say("id", names=names) == "Tidak dibaca: a, b dan 2 lainnya."
    title = f"REKAPITULASI {'HASIL PEMILIHAN ' * 4}TAHUN 2018"
    assert Text(en="{t:lines}", id="{t:lines}").say("id", t=[title, "b"]) == f"{title}, b"
    with pytest.raises(TypeError, match="a list of names is due"):
        text.say("en", names="abc")


def test_an_error_says_its_list_in_either_language_and_hides_numbers_of_persons() -> None:
    text = Text(en="Unknown: {places:list1}.", id="Tidak dikenal: {places:list1}.")
    error = TurnoutError(text, places=["Murni", "Legok"])
    assert (error.say("en"), error.say("id")) == (
        "Unknown: Murni and 1 more.",
        "Tidak dikenal: Murni dan 1 lainnya.",
    )
    assert "1571012503900001" not in TurnoutError(text, places=["NIK 1571012503900001"]).say("id")
