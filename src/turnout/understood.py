"""Rules whose warnings only tell how a file was understood."""

from __future__ import annotations

UNDERSTOOD = frozenset(
    {
        "attendance_assumed",
        "carried_forward",
        "carried_names",
        "changed_district",
        "coarse_code",
        "day_first_dates",
        "heading_rows",
        "month_first_dates",
        "names_cut_short",
        "no_votes_without_roll",
        "of_one_office",
        "open_total",
        "other_offices",
        "partial_count",
        "place_by_spelling",
        "remark_rows",
        "report_replaced",
        "roll_of_all_stations",
        "row_number",
        "splits_beside_whole",
        "total_found",
        "totals_left_out",
        "voters_beside_parts",
    }
)
"""Rules whose warnings ask for nothing where what they tell is right."""
