"""The rule on a count in progress: its rows are of the coming election."""

from __future__ import annotations

from turnout.elections import Election
from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule

OTHER_ELECTION = Rule(
    "other_election",
    "error",
    Text(
        en="a row of {found}, not of the {kind} of {day:day}.",
        id="baris ini dari {found}, bukan dari {kind} {day:day}.",
    ),
    Text(
        en="Give the count of the election that is forecast, or correct the date and the type; "
        "earlier elections belong to the past results.",
        id="Berikan hasil hitung dari pemilihan yang diprakirakan, atau perbaiki tanggal dan "
        "jenisnya; pemilihan sebelumnya termasuk hasil pemilihan yang lalu.",
    ),
)


def check_election(draft: Draft, election: Election) -> list[Finding]:
    """Find rows whose day or type is another than the coming election's; blanks are not."""
    table = draft.table
    other_day, other_type = election.differs(table)
    written = table["date"].dt.strftime("%Y-%m-%d").fillna("")
    found = (written + " " + table["election_type"].fillna("")).str.strip()
    told = table.assign(found=found, kind=election.election_type, day=election.date)
    return [
        *OTHER_ELECTION.at(draft, table.index[other_day], "date", told),
        *OTHER_ELECTION.at(draft, table.index[other_type & ~other_day], "election_type", told),
    ]
