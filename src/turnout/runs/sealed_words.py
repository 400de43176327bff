"""What the program in a sealed folder says; it lies beside it as words.json."""

from __future__ import annotations

from turnout.language import Text
from turnout.schema import SCALE_WORDS

WORDS = {
    **{f"scale_{scale}": text for scale, text in SCALE_WORDS.items()},
    "more": Text(en="and {n} more", id="dan {n} lainnya"),
    "digest": Text(
        en="Code of the seal (SHA-256): {digest}",
        id="Sidik digital segel (SHA-256): {digest}",
    ),
    "whole": Text(
        en="The seal is whole: every file is as it was sealed.",
        id="Segel utuh: semua berkas sama seperti saat disegel.",
    ),
    "broken": Text(
        en="THE SEAL IS BROKEN. Nothing is scored. Take an untouched copy of the folder.",
        id="SEGEL RUSAK. Tidak ada yang dinilai. Pakai salinan folder yang belum diubah.",
    ),
    "other_digest": Text(
        en="seal.json is not the one that was published: {published}, here {digest}",
        id="seal.json bukan yang diumumkan: {published}, di sini {digest}",
    ),
    "file_missing": Text(
        en="missing: {name}",
        id="hilang: {name}",
    ),
    "file_changed": Text(
        en="changed: {name} (sealed {sealed}, now {now})",
        id="berubah: {name} (disegel {sealed}, kini {now})",
    ),
    "file_added": Text(
        en="added after sealing: {name} (move your own files out of the folder)",
        id="ditambahkan setelah disegel: {name} (pindahkan berkas Anda sendiri ke luar folder)",
    ),
    "other_input": Text(
        en="not an input of this forecast: {name}",
        id="bukan masukan prakiraan ini: {name}",
    ),
    "unreadable": Text(
        en="{name} cannot be read ({reason}). Save the table as CSV (UTF-8).",
        id="{name} tidak dapat dibaca ({reason}). Simpan tabelnya sebagai CSV (UTF-8).",
    ),
    "number": Text(
        en="Row {row}, {column}: '{text}' is no count. Write counts with digits alone: 1234.",
        id="Baris {row}, {column}: '{text}' bukan bilangan cacah. Tulis dengan angka saja: 1234.",
    ),
    "day": Text(
        en="Row {row}: '{text}' is no day. Write days as 2024-11-27.",
        id="Baris {row}: '{text}' bukan tanggal. Tulis tanggal sebagai 2024-11-27.",
    ),
    "contests": Text(
        en="The file holds several contests ({names}). Keep the rows of one.",
        id="Berkas memuat beberapa pemilihan ({names}). Sisakan baris salah satunya.",
    ),
    "columns": Text(
        en="No row tells registered and voters of the {kind} of {date}. The file needs the"
        " columns registered, voters, and area_id or the names of the places.",
        id="Tidak ada baris dengan registered dan voters untuk {kind} {date}. Berkas "
        "memerlukan kolom registered, voters, dan area_id atau nama wilayah.",
    ),
    "nothing": Text(
        en="No place of the forecast ({n}) is in the file. Write codes or names as in"
        " run/forecast.csv.",
        id="Tidak satu pun dari {n} wilayah ada dalam berkas. Tulis kode atau nama seperti"
        " dalam run/forecast.csv.",
    ),
    "place": Text(
        en="The whole: turnout {actual}, {verdict} the {level} interval of {lower} to "
        "{upper} (median {median}).",
        id="Keseluruhan: partisipasi {actual}, {verdict} rentang {level} dari {lower} s.d."
        " {upper} (median {median}).",
    ),
    "inside": Text(
        en="inside",
        id="di dalam",
    ),
    "outside": Text(
        en="outside",
        id="di luar",
    ),
    "goal": Text(
        en="Goal {goal}: {verdict}; its probability was {chance}.",
        id="Target {goal}: {verdict}; peluangnya {chance}.",
    ),
    "reached": Text(
        en="reached",
        id="tercapai",
    ),
    "missed": Text(
        en="not reached",
        id="tidak tercapai",
    ),
    "scale": Text(
        en="{scale}, {level}: intervals that held: {held} of {n}; mean error {mae} points, bias "
        "{bias}, width {width}, CRPS {crps}.",
        id="{scale}, {level}: {held} dari {n} rentang memuat hasilnya; galat rata-rata "
        "{mae} poin, bias {bias}, lebar {width}, CRPS {crps}.",
    ),
    "missing": Text(
        en="{n} places ({scale}) have no result in the file: {names}.",
        id="{n} wilayah ({scale}) tidak punya hasil dalam berkas: {names}.",
    ),
    "missing_one": Text(
        en="1 place ({scale}) has no result in the file: {names}.",
        id="1 wilayah ({scale}) tidak punya hasil dalam berkas: {names}.",
    ),
    "unmatched": Text(
        en="{n} rows of the file are of no place of the forecast (row in brackets): {names}.",
        id="{n} baris berkas bukan wilayah prakiraan (nomor baris dalam kurung): {names}.",
    ),
    "unmatched_one": Text(
        en="1 row of the file is of no place of the forecast (row in brackets): {names}.",
        id="1 baris berkas bukan wilayah prakiraan (nomor baris dalam kurung): {names}.",
    ),
    "over": Text(
        en="{n} places have more voters than registered and count as 100% (row in brackets):"
        " {names}. Look at the figures.",
        id="{n} wilayah memiliki pengguna hak pilih lebih banyak daripada pemilih terdaftar dan"
        " dihitung 100% (nomor baris dalam kurung): {names}. Periksa angkanya.",
    ),
    "over_one": Text(
        en="1 place has more voters than registered and counts as 100% (row in brackets):"
        " {names}. Look at the figures.",
        id="1 wilayah memiliki pengguna hak pilih lebih banyak daripada pemilih terdaftar dan"
        " dihitung 100% (nomor baris dalam kurung): {names}. Periksa angkanya.",
    ),
    "roll": Text(
        en="Registered are {outcome} in the file and {forecast} in the forecast, for the same"
        " places: more than 25% apart. Look whether they are counts of the same people.",
        id="Pemilih terdaftar {outcome} dalam berkas dan {forecast} dalam prakiraan, untuk wilayah"
        " yang sama: selisihnya lebih dari 25%. Periksa apakah yang dihitung orang yang sama.",
    ),
    "above_parts": Text(
        en="Registered and voters of a total are other than its parts add up to: {names}. Look"
        " whether a part is missing.",
        id="Jumlah pemilih terdaftar dan pengguna hak pilih berbeda dari hasil penjumlahan"
        " rinciannya: {names}. Periksa apakah ada rincian yang kurang.",
    ),
    "twice": Text(
        en="{name} stands in rows {row} and {other} with different figures. Keep the right row.",
        id="{name} ada di baris {row} dan {other} dengan angka yang berbeda. Sisakan baris yang"
        " benar.",
    ),
    "ambiguous": Text(
        en="Row {row}: '{name}' may be several places ({places}). Add area_id, or the names above"
        " it.",
        id="Baris {row}: '{name}' dapat berarti beberapa wilayah ({places}). Tambahkan area_id,"
        " atau nama wilayah di atasnya.",
    ),
    "total": Text(
        en="Row {row}, {column}: the total {name} is {given}, but its parts add up to {parts}."
        " Find in the source document which is wrong, and correct that.",
        id="Baris {row}, {column}: jumlah {name} {given}, padahal rinciannya menjadi {parts}."
        " Cari di dokumen sumbernya mana yang keliru, lalu perbaiki yang itu.",
    ),
    "out_inside": Text(
        en="{name} would lie in the sealed folder and break the seal. Name a place outside it.",
        id="{name} akan berada di dalam folder segel dan merusak segelnya. Sebutkan tempat di"
        " luarnya.",
    ),
    "unwritable": Text(
        en="{name} cannot be written ({reason}). Name another place with --out.",
        id="{name} tidak dapat ditulis ({reason}). Sebutkan tempat lain dengan --out.",
    ),
    "partial": Text(
        en="Not final: stations are missing in the outcome.",
        id="Belum final: masih ada TPS yang belum masuk.",
    ),
}
