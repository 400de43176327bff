"""Rows and where they stand in the user's files."""

import pandas as pd

from turnout.rules.draft import Draft


def test_rows_are_found_again_where_their_findings_stand() -> None:
    table = pd.DataFrame({"area": list("ABC"), "voters": [1, 2, 3]})
    draft = Draft.of_table(table)
    spots = draft.spots([0, 2], "voters")
    assert [(spot.row, spot.column) for spot in spots] == [(0, "voters"), (2, "voters")]
    assert draft.rows_at(spots).tolist() == [0, 2]
    assert draft.rows_at([draft.spot(1)]).tolist() == [1]
    assert draft.rows_at([]).tolist() == []
