"""How much of the past is in doubt is told beside the headline, unless it is a few places."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from tests.rules.test_multiplied import DAYS, N, elections, multiplied

from turnout.cli.notes import with_doubts, with_parts_in_doubt
from turnout.elections import Election
from turnout.forecast import Forecast
from turnout.goals import check_goal
from turnout.models import LastTurnout
from turnout.reading.results import load_results
from turnout.rules.in_doubt import figures_in_doubt

COMING = Election("2024-11-27", "pilkada")
FIGURES = ["dpt", "pengguna hak pilih"]


def copied(table: pd.DataFrame, n: int) -> pd.DataFrame:
    """Return the elections with the figures of the second in the first `n` places of the third."""
    table.loc[2 * N : 2 * N + n - 1, FIGURES] = table.loc[N : N + n - 1, FIGURES].to_numpy()
    return table


@pytest.mark.parametrize(
    ("edit", "contests", "n"),
    [
        (lambda t: t, (), 0),
        (lambda t: multiplied(t, 3, DAYS[2]), ("2020-12-09-pilkada",), N),
        (lambda t: copied(t, N), ("2020-12-09-pilkada", "2015-12-09-pilkada"), N),
        (lambda t: copied(t, 4), ("2020-12-09-pilkada", "2015-12-09-pilkada"), 4),
        (lambda t: copied(t, 2), (), 0),  # a few places
    ],
)
def test_what_of_the_past_is_in_doubt(
    edit: Callable[[pd.DataFrame], pd.DataFrame], contests: tuple[str, ...], n: int
) -> None:
    reading = load_results(edit(elections()))
    found = figures_in_doubt(reading.findings, reading.table)
    assert (() if found is None else (*found.contests, found.n, found.places)) == (
        (*contests, n, N) if contests else ()
    )


def test_doubts_stand_beside_every_headline(tmp_path: Path) -> None:
    for edit, told in ((lambda t: multiplied(t, 3, DAYS[2]), True), (lambda t: t, False)):
        reading = load_results(edit(elections()))
        forecast = LastTurnout().fit(reading.table).forecast(COMING, draws=50, seed=1)
        with_doubts(forecast, {"results": reading}, COMING).save(tmp_path / "draws")
        forecast = Forecast.load(tmp_path / "draws")
        check = check_goal(forecast, 0.7)
        for said in (forecast.summary("en"), check.say("en")):
            assert ("in doubt: those of pilkada 2020 in 12 of 12 places" in said) is told
        for said in (forecast.summary("id"), check.say("id")):
            assert ("diragukan: Pilkada 2020, 12 dari 12 wilayah" in said) is told
    # Of parts that are added up those in doubt are named.
    [note] = with_parts_in_doubt(forecast, ["riau"], 38).about.in_doubt
    assert "those of 1 of 38 parts (riau)" in note.say("en")
    assert with_parts_in_doubt(forecast, [], 38).about.in_doubt == ()
    # Elections after the coming one are no past.
    earlier = Election("2016-12-09", "pilkada")
    reading = load_results(multiplied(elections(), 3, DAYS[2]))
    assert with_doubts(forecast, {"results": reading}, earlier).about.in_doubt == ()
