"""Kinds of office: words of eight languages, what is said, and days with several offices."""

import numpy as np
import pandas as pd
import pytest

from turnout import Election, TurnoutError
from turnout.areas import build_panel, past_turnout
from turnout.areas.contests import contests_of, scores_of_days
from turnout.elections import group_of_type
from turnout.goals.base_rates import last_pemilu_of
from turnout.kinds import SCORES, kind_of
from turnout.models.contest_kinds import ContestKinds
from turnout.rolling_origin import folds
from turnout.schema import canonical_results

HIGHEST = {
    1.0: "pilpres | presidential runoff | élection présidentielle | Bundespräsidentenwahl | "
    "elezioni presidenziali | presidenciales segunda vuelta | presidenciais | pemilu 2019",
    0.8: "pileg | general | parliamentary | Bundestagswahl | législatives | politiche | "
    "elecciones generales | legislativas | pilihan raya umum | house of representatives",
    0.5: "midterm | congressional midterm",
    0.4: "state | dprd kota | Landtagswahl | régionales | regionali | autonómicas | estaduais | "
    "pilihan raya negeri | state parliament | pemilu daerah",
    0.3: "pilkada | pilwako | municipal_runoff | Kommunalwahl | Oberbürgermeisterwahl | "
    "municipales | comunali | autárquicas | city council | pilkades",
    0.2: "European Parliament | Europawahl | européennes | referendum abrogativo | "
    "Volksabstimmung | by-election | législative partielle | pilihan raya kecil | state referendum",
    0.1: "primary | presidential primary | primaire | primarie | Vorwahl",
}
WORDS = [(word, score) for score, words in HIGHEST.items() for word in words.split(" | ")]


@pytest.mark.parametrize(("word", "score"), WORDS)
def test_the_words_of_a_type_say_its_office(word: str, score: float) -> None:
    assert kind_of(word.upper()).score == score


@pytest.mark.parametrize("word", ["kerb", "Stichwahl", "pemungutan suara ulang", "town hall", ""])
def test_a_type_that_names_no_office_has_no_score(word: str) -> None:
    assert kind_of(word).score is None
    assert kind_of(word).offices == frozenset()


def test_several_offices_count_as_the_highest_of_them() -> None:
    both = kind_of("municipal + referendum")
    assert both.score == 0.3
    assert both.offices == {"local", "referendum"}
    assert kind_of("pilpres dan pileg").score == 1.0


def test_every_office_names_itself() -> None:
    for office, score in SCORES.items():
        assert kind_of(office).offices == {office}
        assert kind_of(office).score == score


@pytest.mark.parametrize("kind", ["kerb", 1.2, "-0.1"])
def test_a_kind_that_says_nothing_is_refused(kind: str | float) -> None:
    with pytest.raises(TurnoutError, match="president"):
        Election("2029-02-14", "pemilu nasional", kind=kind)


def contests(*rows: tuple[str, str, str | None]) -> pd.DataFrame:
    dates, types, kinds = zip(*rows, strict=True)
    return canonical_results(
        pd.DataFrame(
            {
                "date": dates,
                "election_type": types,
                "kind": kinds,
                "city": "Kota",
                "registered": 100,
                "voters": 70,
            }
        )
    )


def test_contests_of_a_day_take_its_highest_office_and_what_is_said_goes_first() -> None:
    table = contests(
        ("2009-06-07", "european", None),
        ("2009-06-07", "municipal", None),
        ("2011-05-01", "kerb", "referendum"),
        ("2012-05-01", "european", "0.6"),
        ("2013-05-01", "kerb", None),
    )
    scores = scores_of_days(contests_of(table, None))
    np.testing.assert_allclose(scores, [0.3, 0.3, 0.2, 0.6, np.nan])


def test_a_coming_election_is_held_as_its_type_was_last_time() -> None:
    table = contests(
        ("2010-09-19", "regional", None),
        ("2014-09-14", "regional", None),
        ("2014-09-14", "national", None),
    )

    def coming(**said: str) -> str | None:
        found = contests_of(table, Election("2018-09-09", "regional", **said))
        return found["kind"].iloc[-1]

    assert coming() == "0.8"
    assert coming(kind="regional parliament") == "regional parliament"
    assert contests_of(table, Election("2012-09-09", "regional"))["kind"].iloc[1] == "0.4"


def test_the_panel_keeps_what_is_said_of_a_contest() -> None:
    table = contests(("2011-05-01", "kerb", None), ("2015-05-01", "kerb", "mayor"))
    panel = build_panel(table, election=Election("2019-05-01", "kerb"))
    assert panel.contests["kind"].tolist() == [None, "mayor", "0.3"]


def test_a_kind_in_the_results_that_says_nothing_is_refused() -> None:
    with pytest.raises(TurnoutError, match="'kerb'"):
        build_panel(contests(("2011-05-01", "pilkada", "kerb")))


def test_composites_share_their_parts_types_keep_their_own() -> None:
    table = pd.DataFrame(
        {
            "date": "2024-02-14",
            "election_type": ["pemilu nasional", "pilpres", "pilkada", "kerb", "kerb"],
            "type_group": ["pemilu", "pemilu", "pilkada", "kerb", "kerb"],
            "kind": None,
        }
    )
    common = ContestKinds.of(table).in_common
    np.testing.assert_allclose(common[0], [1, np.sqrt(0.5), 0, 0, 0])
    np.testing.assert_allclose(common[3], [0, 0, 0, 1, 1])
    assert np.linalg.eigvalsh(common).min() > -1e-12


def test_a_backtest_knows_what_else_is_elected_on_the_day() -> None:
    rows = [(f"{year}-09-15", "regional", None) for year in (2002, 2006, 2010)]
    table = contests(*rows, ("2014-09-14", "regional", None), ("2014-09-14", "national", None))
    found = {fold.election.election_type: fold.election.kind for fold in folds(table)}
    assert found == {"regional": 0.8, "national": 0.8}


FAMILIES = {
    "pemilu": "Presiden | PPWP | DPR RI | DPR | DPD | DPRD Kabupaten | Pemilihan Umum 2019 | "
    "Pemilu Presiden dan Wakil Presiden | legislatif",
    "pilkada": "Pemilihan Bupati dan Wakil Bupati | Walikota | wali kota | Gubernur | pilwalkot | "
    "Pemilihan Serentak 2024 | PSU Pilbup | pemilu daerah",
    None: "presidential | legislative | gubernatorial | Pilkades | pemilihan kepala desa | "
    "DPRD dan Gubernur | mayor",
}


@pytest.mark.parametrize(
    ("words", "family"),
    [(words, family) for family, each in FAMILIES.items() for words in each.split(" | ")],
)
def test_indonesian_types_are_of_their_family_however_they_are_worded(words, family):
    assert group_of_type(words) == (family or words.casefold())


def test_ballots_in_full_words_are_the_last_pemilu_of_a_place():
    """A goal was compared with the Pemilu of 2014, the newest one that was called so."""
    rows = [
        ("2014-07-09", "pilpres", 700),
        ("2019-04-17", "Presiden", 810),
        ("2019-04-17", "DPRD Kabupaten", 805),
        ("2024-02-14", "Presiden", 824),
    ]
    results = pd.DataFrame(rows, columns=["date", "election_type", "voters"])
    results = results.assign(area="Murni", registered=1000)
    history = past_turnout(build_panel(canonical_results(results)))
    assert last_pemilu_of(history, history["scale"].iloc[0]).turnout == pytest.approx(0.824)
