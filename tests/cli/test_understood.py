"""What was understood of a file: how many places it names."""

import pandas as pd
import pytest

from turnout.cli.understood import scales_read


@pytest.mark.parametrize(
    ("places", "told"),
    [
        ({"district": ["Kec. Pasar", None, "PASAR"], "area": ["Murni", "murni", "Legok"]}, (2, 1)),
        ({"district": ["Pasar", "Utara", "Utara"], "area": ["Murni", "Legok", "Murni"]}, (3, 2)),
        ({"district": ["Pasar"] * 3, "area": ["Murni", "Murni", None]}, (1, 1)),
    ],
)
def test_places_are_counted_as_they_are_matched(
    places: dict[str, list[str | None]], told: tuple[int, int]
) -> None:
    contests = ["2019", "2020", "2019"]
    table = pd.DataFrame({**places, "area_id": None, "election": contests}, dtype="object")
    said = scales_read(table, "en")
    assert said.startswith(f"Places: area {told[0]}, district {told[1]}.")
