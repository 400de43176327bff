"""A day that is typed, 05/07/2026, beside files that have the month first."""

from pathlib import Path

import pandas as pd
import pytest

from turnout.dates import Order
from turnout.errors import DataError
from turnout.reading.hints import Hints
from turnout.reading.results import read_results

FILES = {
    "month": ["11/8/2022", "5/17/2022"],
    "day": ["8/11/2022", "17/5/2022"],
    "iso": ["2022-11-08", "2022-05-17"],
}
BOTH = "5 July 2026 or 7 May 2026"


def written(folder: Path, order: str) -> str:
    rows = [
        f"{day},general,Ward {ward},{900 + ward},{500 + ward}\n"
        for day in FILES[order]
        for ward in range(1, 5)
    ]
    (folder / "results.csv").write_text("date,type,ward,registered,voters\n" + "".join(rows))
    return "results.csv"


@pytest.mark.parametrize("asked", ["run", "check"])
def test_a_day_that_is_another_in_the_order_of_the_file_is_asked_about(
    undrawn, tmp_path, capsys, asked
):
    path = written(tmp_path, "month")
    assert undrawn(asked, path, "--date", "05/07/2026", "--type", "general") == 2
    assert BOTH in capsys.readouterr().err
    assert undrawn(asked, path, "--date", "5-7-2026", "--type", "general", "--lang", "id") == 2
    assert "5 Juli 2026 atau 7 Mei 2026" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("order", "date", "day"),
    [
        ("month", "2026-05-07", "7 May"),
        ("month", "19/05/2026", "19 May"),
        ("month", "05/05/2026", "5 May"),
        ("day", "05/07/2026", "5 July"),
        ("iso", "05/07/2026", "5 July"),
    ],
)
def test_a_day_that_can_be_one_alone_is_read(undrawn, tmp_path, capsys, order, date, day):
    told = ("--date", date, "--type", "general", "--model", "last-turnout")
    assert undrawn("run", written(tmp_path, order), *told) == 0
    assert f"{day} 2026" in capsys.readouterr().out


def test_a_count_that_has_the_month_first_asks_too(undrawn, tmp_path, capsys):
    path = written(tmp_path, "iso")
    rows = "".join(f"5/7/2026,Ward {w},900,500\n5/17/2026,Ward {w},9,5\n" for w in range(1, 5))
    (tmp_path / "count.csv").write_text("date,ward,registered,voters\n" + rows)
    told = ("--counted", "count.csv", "--date", "05/07/2026", "--type", "general")
    assert undrawn("run", path, *told) == 2
    assert BOTH in capsys.readouterr().err


def test_a_day_said_of_a_part_of_the_file_is_asked_about():
    rows = {"ward": ["1", "2"] * 2, "registered": 900, "voters": [500, 510, 490, 480]}
    table = pd.DataFrame({"date": ["5/17/2022"] * 2 + ["2026"] * 2, "type": "general", **rows})
    with pytest.raises(DataError, match=BOTH):
        read_results(table, dates={"2026": "05/07/2026"})
    for day in ("2026-07-05", "19/05/2026", "05/05/2026"):
        Hints.of(dates={"2026": day}).refuse_doubtful_days(Order("month"))
