"""Headers of those who did not vote: the registered less the voters, and never the voters."""

from __future__ import annotations

import re

from turnout.reading.headers.plain import in_full, words

NON_VOTERS = (
    "golput | golongan putih | tidak hadir | yang tidak hadir | pemilih tidak hadir"
    " | pemilih yang tidak hadir | tidak memilih | yang tidak memilih | pemilih tidak memilih"
    " | pemilih yang tidak memilih | tidak menggunakan hak pilih"
    " | yang tidak menggunakan hak pilih | pemilih tidak menggunakan hak pilih"
    " | pemilih yang tidak menggunakan hak pilih | tidak menggunakan hak pilihnya"
    " | pemilih yang tidak menggunakan hak pilihnya | tidak mencoblos | tidak memberikan suara"
    " | bukan pengguna hak pilih | tidak nyoblos | absen | pemilih absen"
    " | hak pilih tidak digunakan | hak pilih yang tidak digunakan"
    " | hak pilih tidak terpakai | abstain | abstained | abstentions | abstention | abstainers"
    " | non voters | nonvoters | non voting | did not vote | who did not vote"
    " | voters who did not vote | electors who did not vote | registered who did not vote"
    " | absent | nichtwähler | nichtwählende | abstención | abstenciones | abstenção"
    " | abstenções | qt abstencoes | astenuti | tidak keluar mengundi"
)
"""Headers that name all who did not vote."""

_WORDS = re.compile(
    r"\b(?:golput\w*|golongan putih|ketidakhadiran"
    r"|(?:tidak|belum|bukan|tanpa) (?:hadir|datang|ikut|memilih|mencoblos|nyoblos|menggunakan"
    r"|memberikan suara|keluar mengundi|pengguna)|absen"
    r"|hak pilih (?:yang )?(?:tidak|belum) (?:di|ter)(?:gunakan|pakai)"
    r"|abst(?:ain|en)\w*|astens?[iu]\w*|non ?vot(?:ers?|ing)|nicht ?wahl\w+"
    r"|(?:did|do|have|had) not vote[ds]?|didn t vote|not vot(?:ed|ing)"
    r"|absent(?! (?:vot|electors?|ballots?)))\b"
)


def names_non_voters(header: str) -> bool:
    """Whether a header speaks of those who did not vote, all or some, or of their share.

    >>> [names_non_voters(one) for one in ("Golput (%)", "Tdk Hadir L", "Hak Pilih Tdk Digunakan")]
    [True, True, True]
    >>> [names_non_voters(one) for one in ("Hadir", "Surat Suara Tidak Digunakan", "Absensi")]
    [False, False, False]
    """
    return _WORDS.search(in_full(words(header))) is not None
