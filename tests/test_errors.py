"""Errors: what they carry comes through to another process."""

import pickle

import pytest
from joblib import Parallel, delayed

from turnout.errors import (
    DataError,
    Finding,
    FoundWarning,
    HistoryError,
    Spot,
    ToldWarning,
    TurnoutError,
    kinds_of_findings,
    tell,
)
from turnout.language import LANGUAGES, Text
from turnout.models.base import UnusedInputError

TEXT = Text(en="{n:count} rows of {name} are odd.", id="{n:count} baris {name} janggal.")
FIX = Text(en="Mend them.", id="Perbaiki.")
FOUND = Finding("odd", "error", TEXT, FIX, Spot("a.csv", row=4), {"n": 1200, "name": "Murni"})

ERRORS = [
    TurnoutError(TEXT, n=1200, name="Murni"),
    HistoryError(TEXT, n=1200, name="Murni"),
    UnusedInputError(TEXT, n=1200, name="Murni"),
    DataError(TEXT, n=1200, name="Murni"),
    DataError(TEXT, [FOUND], n=1200, name="Murni"),
    DataError.of([FOUND, FOUND]),
]


def every(kind: type[TurnoutError]) -> set[type[TurnoutError]]:
    return {kind}.union(*(every(finer) for finer in kind.__subclasses__()))


def test_every_error_is_among_those_tried() -> None:
    assert {type(error) for error in ERRORS} == every(TurnoutError)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_comes_back_from_a_pickle_as_it_was(error: TurnoutError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert [again.say(lang) for lang in LANGUAGES] == [error.say(lang) for lang in LANGUAGES]
    assert again.values == error.values
    assert getattr(again, "findings", None) == getattr(error, "findings", None)


def test_a_warning_comes_back_from_a_pickle_as_it_was() -> None:
    text = Text(en="Look.", id="Lihat.")
    again = pickle.loads(pickle.dumps(ToldWarning(text)))
    assert (str(again), again.text) == ("Look.", text)


def fail() -> None:
    raise HistoryError(TEXT, n=1200, name="Murni")


@pytest.mark.slow
def test_an_error_of_a_worker_is_raised_here() -> None:
    with pytest.raises(HistoryError, match="1,200 rows of Murni"):
        Parallel(n_jobs=2)(delayed(fail)() for _ in range(2))


def test_what_reading_found_can_be_said_in_both_languages_after_a_pickle_too() -> None:
    head = Text(en="{n:count:thing:things} to look at:", id="{n:count} hal perlu dilihat:")
    again = pickle.loads(pickle.dumps(FoundWarning(head, [FOUND])))
    assert str(again) == again.say("en")
    assert again.say("id").splitlines() == [
        "1 hal perlu dilihat:",
        "a.csv, baris 4: 1.200 baris Murni janggal. Perbaiki.",
    ]


def test_a_sum_of_stations_is_told_as_such() -> None:
    spot = Spot("tps.csv", row=3, column="DPT", value="Σ 12: 3282")
    assert spot.say() == "tps.csv, row 3, column DPT (sum of 12 stations: 3,282)"
    assert spot.say("id") == "tps.csv, baris 3, kolom DPT (jumlah 12 TPS: 3.282)"
    assert Spot(column="DPT", value="12: 3282").say("id") == "kolom DPT ('12: 3282')"


def test_what_asks_for_something_is_told_before_what_was_merely_understood() -> None:
    names = [("total_found", "warning"), ("low_turnout", "warning"), ("zero", "error")]
    found = [Finding(rule, severity, Text(en=rule, id=rule), FIX) for rule, severity in names]  # type: ignore[arg-type]
    assert [line.split()[0] for line in tell(found)] == ["Zero", "Low_turnout", "Total_found"]
    heads = [head for head, _ in kinds_of_findings(found)]
    assert [head.say("id").split()[0] for head in heads] == ["Harus", "Perlu", "Cara"]
    assert len(kinds_of_findings(found[:1])) == 1
    row, other, table = Spot("a.csv", row=3), Spot("a.csv", row=4), Spot("a.csv", column="DPT")
    spots = [(row, ()), (table, ()), (row, (row, other)), (other, (other,))]
    found = [
        Finding(f"r{n}", "error", FIX, FIX, one, {}, rows) for n, (one, rows) in enumerate(spots)
    ]
    assert [one.rule for one in kinds_of_findings(found)[0][1]] == ["r1", "r2", "r0", "r3"]


def test_rows_are_told_in_their_order() -> None:
    spots = [Spot("a.csv", row=row) for row in (1, 2, 3, 40, "b", 9, 10)]
    [told] = tell([Finding("odd", "error", FIX, FIX, spot) for spot in spots])
    assert "and 4 more: rows 9, 10, 40, b" in told
    cells = [Spot("a.csv", row=row, column=name) for row in (1, 2, 3) for name in "abc"]
    [told] = tell([Finding("odd", "error", FIX, FIX, spot) for spot in cells])
    assert "and 6 more, in 2 rows: 2, 3" in told


def test_each_remedy_of_a_rule_stands_under_what_it_mends() -> None:
    other = Text(en="Delete them.", id="Hapus.")
    found = [Finding("odd", "error", TEXT, fix, Spot("a.csv", row=row), {"n": row, "name": "x"})
             for row, fix in ((4, FIX), (5, other), (6, FIX))]  # fmt: skip
    first, second = tell(found)
    assert "row 4" in first
    assert "row 6" in first
    assert first.endswith(FIX.en)
    assert second == f"a.csv, row 5: {TEXT.say('en', n=5, name='x')} {other.en}"


def test_what_stands_in_no_file_begins_with_a_capital_and_a_name_as_it_is_written() -> None:
    said = Text(en="rows are odd.", id="baris janggal.")
    named = Text(en="{place}: odd.", id="{place}: janggal.")
    found = [Finding("odd", "warning", text, FIX, values={"place": "desa A"})
             for text in (said, named)]  # fmt: skip
    assert [one.say_problem("id") for one in found] == ["Baris janggal.", "desa A: janggal."]
    at_row = Finding("odd", "warning", said, FIX, Spot("a.csv"))
    assert at_row.say_problem("en") == "a.csv: rows are odd."
