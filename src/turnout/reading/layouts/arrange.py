"""What the rows of a table are: areas, their polling stations, totals, votes without a roll."""

from __future__ import annotations

from turnout.reading.headers.aliases import STATION
from turnout.reading.layouts.codes import believe_codes
from turnout.reading.layouts.postal import place_postal_votes
from turnout.reading.layouts.repeated_rows import without_repeated_rows
from turnout.reading.layouts.repeated_totals import without_repeated_totals
from turnout.reading.layouts.rounded_totals import settle_named
from turnout.reading.layouts.splits import without_wholes_of_splits
from turnout.reading.layouts.stations import sum_stations
from turnout.reading.layouts.totals import find_totals
from turnout.reading.layouts.ways_of_places import with_ways_added_up
from turnout.rules.draft import Draft
from turnout.schema import PLACE_COLUMNS


def arrange(draft: Draft) -> Draft:
    """Return the draft with one row per contest and place.

    Codes that are none go back to the user's own columns, polling stations are summed, so are rows
    of one place by the way of voting, rows that equal the sum of others become totals, what two
    sheets tell alike counts once, so does a place beside its own splits, and votes without a roll
    join the place around them.
    """
    stations = without_wholes_of_splits(believe_codes(draft), STATION)
    totalled = settle_named(find_totals(with_ways_added_up(sum_stations(stations))))
    once = without_repeated_totals(without_repeated_rows(totalled))
    finest = [name for name in PLACE_COLUMNS if name in once.table]
    return place_postal_votes(without_wholes_of_splits(once, finest[-1] if finest else "area"))
