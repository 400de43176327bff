"""Runs that add up: parts drawn by themselves from the file are the single run, bit for bit."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import turnout
from turnout import Election, HierarchicalModel, TurnoutError
from turnout.nation import add_up, draw_shared
from turnout.nation.file import read_shared, write_shared

from .conftest import COMING, made, nation, single_run


def of(province: str) -> pd.DataFrame:
    """Return a province's own rows: in another order, without what lies above it."""
    own = nation()[nation()["province"] == province].iloc[::-1]
    return own.assign(nation=None, province=province.upper()).reset_index(drop=True)


@pytest.mark.slow
def test_the_parts_add_up_to_the_single_run_draw_by_draw(tmp_path: Path) -> None:
    single = single_run()
    write_shared(made(), tmp_path / "shared.npz")
    parts = []
    for name in ("Riau", "Jambi"):
        known = read_shared(tmp_path / "shared.npz")
        parts.append(known.forecast(known.number_of(of(name))))
        assert parts[-1].top == "province"
    whole = add_up(read_shared(tmp_path / "shared.npz"), parts)
    np.testing.assert_array_equal(whole.draws, single.draws)
    pd.testing.assert_frame_equal(whole.places, single.places)
    pd.testing.assert_frame_equal(whole.history, single.history, check_dtype=False)
    pd.testing.assert_frame_equal(whole.at("nation").intervals(), single.at("nation").intervals())
    assert whole.summary("id") == single.summary("id")


@pytest.mark.slow
def test_draws_on_disk_are_those_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("turnout.forecast.room.MOST_IN_MEMORY", 0)
    on_disk = HierarchicalModel(integration=64).fit(nation()).forecast(COMING, draws=1100, seed=3)
    np.testing.assert_array_equal(on_disk.draws, single_run().draws)
    whole = add_up(made(), (made().forecast(number) for number in (1, 0)))
    np.testing.assert_array_equal(whole.draws, single_run().draws)
    for scale in single_run().scales:
        one, other = (forecast.at(scale).draws for forecast in (on_disk, single_run()))
        np.testing.assert_array_equal(one, other)


def test_what_does_not_add_up_is_refused() -> None:
    shared = made()
    jambi, riau = (shared.forecast(number) for number in (0, 1))
    for parts, word in [
        ([jambi], "1 part is missing: Riau"),
        ([jambi, riau, jambi], "Jambi is there twice"),
        ([jambi, replace(riau, draws=riau.draws[:1000])], "1,000 draws"),
        ([jambi, replace(riau, election=Election("2029-11-27", "pilkada"))], "another election"),
        ([jambi, replace(riau, places=riau.places.assign(area="Other"))], "other places"),
        ([jambi, replace(riau, places=riau.places.assign(province="Aceh"))], "Aceh"),
    ]:
        with pytest.raises(TurnoutError, match=word):
            add_up(shared, parts)


def test_a_part_is_run_with_its_own_rows_alone() -> None:
    shared = made()
    changed = of("Riau")
    changed.loc[0, "voters"] += 1
    with pytest.raises(TurnoutError, match="results of Riau are not those"):
        shared.number_of(changed)
    for rows in (nation(), of("Riau").assign(province="Aceh"), of("Riau").assign(province=None)):
        with pytest.raises(TurnoutError, match="exactly one place"):
            shared.number_of(rows)
    assert shared.number_of(of("Riau")) == 1


def test_a_file_of_something_else_is_refused_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "shared.npz"
    with pytest.raises(TurnoutError, match="There is no file"):
        read_shared(path)
    path.write_bytes(b"mine")
    with pytest.raises(TurnoutError, match="no file of shared draws"):
        write_shared(made(), path)
    assert path.read_bytes() == b"mine"
    path.unlink()
    assert write_shared(made(), path).digest == read_shared(path).digest
    monkeypatch.setattr(turnout, "__version__", "99.0")
    with pytest.raises(TurnoutError, match="Install the same version"):
        read_shared(path)


def test_a_whole_without_parts_is_refused() -> None:
    areas = nation()[nation()["area"].notna()]
    names = areas["province"].fillna("") + areas["city"].fillna("") + areas["area"]
    flat = areas.assign(area=names, province=None, city=None)
    with pytest.raises(TurnoutError, match="no parts"):
        draw_shared(HierarchicalModel(integration=64).fit(flat), COMING, draws=100, seed=3)
