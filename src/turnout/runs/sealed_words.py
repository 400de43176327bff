"""What the program in a sealed folder says; it lies beside it as words.json."""

from __future__ import annotations

from turnout.language import Text

WORDS = {
    "digest": Text(
        en="Digest of the seal: {digest}",
        id="Sidik segel: {digest}",
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
        en="added after sealing: {name}",
        id="ditambahkan setelah disegel: {name}",
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
        en="None of the {n} places is in the file. Write codes or names as in run/forecast.csv.",
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
        en="{scale}, {level}: {held} of {n} intervals held; mean error {mae} points, bias "
        "{bias}, width {width}, CRPS {crps}.",
        id="{scale}, {level}: {held} dari {n} rentang memuat hasilnya; galat rata-rata "
        "{mae} poin, bias {bias}, lebar {width}, CRPS {crps}.",
    ),
    "missing": Text(
        en="{n} places ({scale}) have no result in the file.",
        id="{n} wilayah ({scale}) tidak punya hasil dalam berkas.",
    ),
    "partial": Text(
        en="Not final: stations are missing in the outcome.",
        id="Belum final: masih ada TPS yang belum masuk.",
    ),
}
