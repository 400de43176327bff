"""Ways in which people vote: words that tell that a count is only of those who voted so."""

from __future__ import annotations

from collections.abc import Mapping

from turnout.reading.files.cells import listed

WAYS_OF_VOTING: Mapping[str, str] = {
    **dict.fromkeys(
        listed(
            "election day | on the day | at the polls | at polls | polling day | polling place"
            " | polling station | in person | urne | urnenwahl | wahllokal | hari h | di tps"
        ),
        "voters_at_polls",
    ),
    **dict.fromkeys(
        listed(
            "early | early voting | early in person | advance | advance voting | advance poll"
            " | one stop"
        ),
        "voters_early",
    ),
    **dict.fromkeys(
        listed(
            "absentee | absentee by mail | absentee mail | mail | by mail | mail in | vote by mail"
            " | postal | postal votes | by post | post | brief | briefwahl | correspondance | pos"
            " | surat pos"
        ),
        "voters_by_post",
    ),
    "provisional": "",
}
"""Ways of voting, and the column of those who voted so; provisional ballots have none."""

_VOTERS = listed(
    "voter | voters | voted | vote | votes | ballot | ballots | cast | counted | returned | total"
    " | number | of | who | pengguna hak pilih | pemilih | suara | wahler"
)


def way_of(header: str) -> str | None:
    """Return the way of voting that a header in plain words names, beside words for voters.

    >>> way_of("absentee ballots cast"), way_of("early"), way_of("vote by mail voters")
    ('absentee', 'early', 'by mail')
    >>> way_of("absentee ballots requested") is None
    True
    """
    if header in WAYS_OF_VOTING:
        return header
    rest = " ".join(word for word in header.split() if word not in _VOTERS)
    return rest if rest in WAYS_OF_VOTING else None


def is_of_a_part(remark: str) -> bool:
    """Whether a remark beside a count tells that it is of some of the voters alone.

    >>> is_of_a_part("postal voters"), is_of_a_part("proxy"), is_of_a_part("incl postal voters")
    (True, True, False)
    """
    rest = " ".join(word for word in remark.split() if word not in _VOTERS | {"electors"})
    return way_of(remark) is not None or rest in _PARTS


_PARTS = listed("proxy | proxies | overseas | service | attainers | tendered | eu | eu citizens")
