"""The headers that are known for each column of an activity log."""

from __future__ import annotations

from turnout.reading.headers.aliases import PLACES
from turnout.reading.headers.vocabulary import KnownColumn, Vocabulary
from turnout.schema import PLACE_COLUMNS

OUTREACH = Vocabulary(
    role="outreach",
    columns=(
        KnownColumn(
            "date",
            "date",
            "tanggal | tgl | tanggal kegiatan | tgl kegiatan | hari tanggal | waktu"
            " | waktu kegiatan | tanggal pelaksanaan | waktu pelaksanaan | day",
        ),
        *PLACES,
        KnownColumn(
            "kind",
            "name",
            "jenis kegiatan | bentuk kegiatan | metode | metode sosialisasi | jenis sosialisasi"
            " | bentuk sosialisasi | activity | activity kind",
            weak="jenis | bentuk | kegiatan | nama kegiatan | type",
        ),
        KnownColumn(
            "segment",
            "name",
            "segmen | segmen pemilih | sasaran | kelompok sasaran | basis | basis pemilih"
            " | target sasaran | audience | target group",
        ),
        KnownColumn(
            "reached",
            "count",
            "peserta | jumlah peserta | peserta hadir | hadir | jumlah hadir | kehadiran"
            " | jumlah orang | orang | jangkauan | terjangkau | orang terjangkau | attendance"
            " | participants | attendees | people reached | people met | contacts"
            " | people contacted | contacts made | voters contacted | persons reached"
            " | number reached | recipients",
        ),
        KnownColumn(
            "cost",
            "amount",
            "biaya | anggaran | realisasi anggaran | biaya rp | anggaran rp | biaya kegiatan"
            " | costs | budget",
        ),
        KnownColumn(
            "note", "name", "catatan | keterangan | ket | uraian | notes | remark | remarks"
        ),
    ),
    needed=(("date",), (*PLACE_COLUMNS[::-1], "area_id")),
    questions={},
    may_be_empty=True,
)
