"""The fixed words of compare.html."""

from __future__ import annotations

from turnout.language import Text

TITLE = Text(en="What changed: {place}", id="Yang berubah: {place}")
KICKER = Text(en="Two forecasts compared", id="Perbandingan dua prakiraan")
OLD = Text(en="Old", id="Lama")
NEW = Text(en="New", id="Baru")
WHY = Text(en="Why", id="Mengapa")
WHERE = Text(en="Where", id="Di mana")
PLACE = Text(en="Place", id="Wilayah")
REGISTERED = Text(en="Registered", id="Pemilih terdaftar")
MEDIAN = Text(en="Median", id="Median")
CHANGE = Text(en="Change (points)", id="Perubahan (poin)")
CHANCE = Text(en="Probability of the goal", id="Peluang target")
PICTURE = Text(
    en="Intervals and medians from {low} to {high}: above old (grey), below new (coloured)",
    id="Rentang dan median dari {low} sampai {high}: atas lama (abu-abu), bawah baru (berwarna)",
)
MORE = Text(en="{n:count} more in compare.csv.", id="{n:count} lainnya ada di compare.csv.")
FILES = Text(
    en="Files that differ, by their digests (SHA-256)",
    id="Berkas yang berbeda, menurut sidik digitalnya (SHA-256)",
)
