"""What is said of headers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from turnout.language import Text
from turnout.schema import SCALE_WORDS

_COLUMNS: Mapping[str, Text] = {
    "election": Text(en="name of the election", id="nama pemilihan"),
    "date": Text(en="polling day", id="hari pemungutan suara"),
    "year": Text(en="year", id="tahun"),
    "election_type": Text(en="type of election", id="jenis pemilihan"),
    "registered": Text(en="registered voters", id="pemilih terdaftar"),
    "registered_l": Text(en="registered men", id="pemilih terdaftar L"),
    "registered_p": Text(en="registered women", id="pemilih terdaftar P"),
    "voters": Text(en="voters", id="pengguna hak pilih"),
    "voters_l": Text(en="men who voted", id="pengguna hak pilih L"),
    "voters_p": Text(en="women who voted", id="pengguna hak pilih P"),
    "voters_dpt": Text(en="voters on the DPT", id="pengguna hak pilih DPT"),
    "voters_dptb": Text(en="voters on the DPTb", id="pengguna hak pilih DPTb"),
    "voters_dpk": Text(en="voters on the DPK", id="pengguna hak pilih DPK"),
    "voters_at_polls": Text(en="voters at the polls", id="pengguna hak pilih di TPS"),
    "voters_early": Text(en="early voters", id="pengguna hak pilih sebelum hari pemungutan"),
    "voters_by_post": Text(en="voters by post", id="pengguna hak pilih lewat pos"),
    "non_voters": Text(en="those who did not vote", id="yang tidak memilih"),
    "registered_basis": Text(en="denominator", id="penyebut"),
    "registered_disabled": Text(en="registered with a disability", id="pemilih disabilitas"),
    "voters_disabled": Text(en="voters with a disability", id="pengguna disabilitas"),
    "area_id": Text(en="code of the area", id="kode wilayah"),
    "note": Text(en="note", id="catatan"),
    "valid": Text(en="valid votes", id="suara sah"),
    "invalid": Text(en="invalid votes", id="suara tidak sah"),
    "turnout": Text(en="turnout", id="tingkat partisipasi"),
    "station": Text(en="number of the station", id="nomor TPS"),
    "stations_counted": Text(en="stations counted", id="TPS masuk"),
    "stations_total": Text(en="stations in all", id="jumlah TPS"),
    "stations_share": Text(en="share of the stations counted", id="persentase TPS masuk"),
    "type_group": Text(en="family of types", id="rumpun jenis pemilihan"),
    "turnout_percent": Text(en="turnout in percent", id="tingkat partisipasi dalam persen"),
    "estimated": Text(en="whether it is an estimate", id="perkiraan atau bukan"),
    "new_id": Text(en="code of the new area", id="kode wilayah baru"),
    "new_area": Text(en="new area", id="wilayah baru"),
    "old_id": Text(en="code of the old area", id="kode wilayah lama"),
    "old_area": Text(en="old area", id="wilayah lama"),
    "weight": Text(en="weight", id="bobot"),
    **SCALE_WORDS,
    "kind": Text(en="kind of activity", id="jenis kegiatan"),
    "segment": Text(en="segment", id="sasaran"),
    "reached": Text(en="people reached", id="peserta"),
    "cost": Text(en="cost", id="biaya"),
}


def column(name: str) -> Text | str:
    """Return what a column holds, in words; its name where it has none."""
    return _COLUMNS.get(name, name)


def columns(names: Iterable[str]) -> Text:
    """Return what columns hold, one after another."""
    told = [_COLUMNS[name] for name in names]
    return Text(en=", ".join(one.en for one in told), id=", ".join(one.id for one in told))


def columns_with_names(names: Iterable[str]) -> Text:
    """Return names of columns, in Indonesian behind what each holds."""
    return Text(
        en=", ".join(names), id=", ".join(f"{_COLUMNS[name].id} ({name})" for name in names)
    )


MISSING = Text(
    en="needed columns are missing: {names} (the headers are: {found:list}).",
    id="kolom yang diperlukan tidak ada: {names} (judul yang ada: {found:list}).",
)
MISSING_ALONE = Text(
    en="needed columns are missing: {names}.",
    id="kolom yang diperlukan tidak ada: {names}.",
)
MISSING_UNKNOWN = Text(
    en="needed columns are missing: {names} (headers that are not known: {found:list}).",
    id="kolom yang diperlukan tidak ada: {names} (judul yang tidak dikenal: {found:list}).",
)
RENAME = Text(
    en="If another column holds all of it, say so: {settings}; else add it, as the sum of columns "
    "that hold its parts.",
    id="Bila kolom lain memuat seluruhnya, sebutkan: {settings}; bila tidak ada, tambahkan "
    "kolomnya, misalnya sebagai jumlah kolom rinciannya.",
)
NAME_COLUMNS = Text(
    en="If columns of the file hold them, say so: {settings}; else add them.",
    id="Bila ada kolom yang memuatnya, sebutkan: {settings}; bila tidak ada, tambahkan kolomnya.",
)
TELL_ONCE = Text(
    en="Say once for the whole file: {settings}; or write it above the table: 'Election date: "
    "27 November 2024', 'Type of election: general election'.",
    id="Sebutkan sekali untuk seluruh berkas: {settings}; atau tulis di atas tabel: 'Tanggal: "
    "27 November 2024', 'Jenis pemilihan: pilkada'.",
)
TELL_BOTH = Text(
    en="If other columns hold them, say so; what holds for the whole file can be said once: "
    "{settings}; or stand above the table: 'Election date: 27 November 2024', 'Type of election: "
    "general election'.",
    id="Bila kolom lain memuatnya, sebutkan; yang berlaku untuk seluruh berkas cukup sekali: "
    "{settings}; atau ditulis di atas tabel: 'Tanggal: 27 November 2024', 'Jenis pemilihan: "
    "pilkada'.",
)
TELL_EACH = Text(
    en="Say it for each: {settings}.",
    id="Sebutkan untuk masing-masing: {settings}.",
)
ONLY_SHARE = Text(
    en="the voters are given in percent alone ({header}); a percentage is not a count.",
    id="pengguna hak pilih hanya dalam persen ({header}); persentase bukan jumlah.",
)
COMPUTE = Text(
    en="Give the counts, or have them computed from the registered: {setting}.",
    id="Berikan jumlahnya, atau minta dihitung dari pemilih terdaftar: {setting}.",
)
SHARE_BESIDE = Text(
    en="the voters are given in percent ({header}); whether {unknown:list} holds their counts is "
    "not known.",
    id="pengguna hak pilih diberikan dalam persen ({header}); apakah {unknown:list} memuat "
    "jumlahnya tidak diketahui.",
)
NAME_OR_COMPUTE = Text(
    en="If it holds those who voted, say so: {count}; if no column does, have them computed from "
    "the registered: {setting}.",
    id="Bila kolom itu memuat pengguna hak pilih, sebutkan: {count}; bila tidak ada kolomnya, "
    "minta dihitung dari pemilih terdaftar: {setting}.",
)
ONLY_WAYS = Text(
    en="the voters are given only by the way in which they voted: {headers:list}.",
    id="pengguna hak pilih hanya diberikan menurut cara memilihnya: {headers:list}.",
)
ADD_UP = Text(
    en="If these are all of them, have them added up: {settings}; else add a column of all voters.",
    id="Bila itu seluruhnya, minta agar dijumlahkan: {settings}; bila tidak, tambahkan kolom "
    "seluruh pengguna hak pilih.",
)
ONLY_VALID = Text(
    en="the valid votes are given ({header}), but not all who voted: invalid votes are missing.",
    id="yang ada hanya suara sah ({header}), bukan seluruh pengguna hak pilih: suara tidak sah "
    "tidak ada.",
)
ESTIMATE = Text(
    en="Give the invalid votes too, or take the valid ones as an estimate that is some percent "
    "too low: {setting}.",
    id="Berikan juga suara tidak sah, atau pakai suara sah sebagai perkiraan yang beberapa persen "
    "terlalu rendah: {setting}.",
)
THOUSANDS = Text(
    en="the header or a column of units says that the figures are in thousands or more, "
    "and rounded figures are no counts.",
    id="judul kolom atau kolom satuan menyebut angka dalam ribuan atau lebih, "
    "dan angka yang dibulatkan bukan jumlah.",
)
TITLE_IN_THOUSANDS = Text(
    en="this line says that the figures below it are in thousands or more, and rounded figures "
    "are no counts.",
    id="baris ini menyebut angka di bawahnya dalam ribuan atau lebih, dan angka yang dibulatkan "
    "bukan jumlah.",
)
IN_FULL_OR_NOT = Text(
    en="Give the counts in full: 100 thousand voters as 100000. If they stand in full, delete the "
    "words from the line.",
    id="Tulis jumlahnya lengkap: 100 ribu pemilih sebagai 100000. Bila angkanya sudah lengkap, "
    "hapus keterangan itu.",
)
IN_FULL = Text(
    en="Give the counts in full: 100 thousand voters as 100000.",
    id="Tulis jumlahnya lengkap: 100 ribu pemilih sebagai 100000.",
)
ANSWERED = Text(
    en="read as the {called}: for the {others} there is {there:list}.",
    id="dibaca sebagai {called}: untuk {others} sudah ada {there:list}.",
)
OVERRULE = Text(
    en="If that is wrong, say what it is; this leaves it out: {setting}.",
    id="Bila keliru, sebutkan artinya; ini membuatnya tidak dipakai: {setting}.",
)
ONLY_NON_VOTERS = Text(
    en="the voters are missing; {headers:list} is of those who did not vote.",
    id="pengguna hak pilih tidak ada; {headers:list} adalah tentang yang tidak memilih.",
)
SUBTRACT = Text(
    en="Add a column of voters: the registered minus all who did not vote, as counts.",
    id="Tambahkan kolom pengguna hak pilih: DPT dikurangi seluruh yang tidak memilih, berupa "
    "jumlah orang.",
)
CHOOSE = Text(
    en="Say which is meant: {setting}; any other name keeps it as a column of your own.",
    id="Sebutkan yang dimaksud: {setting}; nama lain menjadikannya kolom tambahan.",
)
RENAME_ONE = Text(
    en="Say which is right: {setting}; or rename the others in the file.",
    id="Sebutkan yang benar: {setting}; atau ganti judul yang lain di dalam berkas.",
)
RENAME_ALIKE = Text(
    en="They are written alike: give each a header of its own in the file. If they are of several "
    "elections, write type and day above each of them, as in 'General Election 7 May 2015'.",
    id="Tulisannya sama: beri setiap kolom judul yang berbeda di dalam berkas. Bila untuk beberapa "
    "pemilihan, tulis jenis dan harinya di atas setiap kolom, misalnya 'Pilkada 27 November 2024'.",
)
OF_NO_ELECTION = Text(
    en="the column names no election; it is used only for elections without a column of their own "
    "for {name}.",
    id="kolom ini tidak menyebut pemilihannya; hanya dipakai untuk pemilihan yang tidak punya "
    "kolom {name} sendiri.",
)
NOT_USED = Text(
    en="the column names no election and is not used: each election has its own column for {name}.",
    id="kolom ini tidak menyebut pemilihannya dan tidak dipakai: setiap pemilihan sudah punya "
    "kolom {name} sendiri.",
)
UNKNOWN_ELECTION = Text(
    en="this column and {other:list} are not read: their headers name no election.",
    id="kolom ini dan {other:list} tidak dibaca: judulnya tidak menyebut pemilihan.",
)
OF_UNKNOWN_ELECTION = Text(
    en="this column is not read: its header names no election.",
    id="kolom ini tidak dibaca: judulnya tidak menyebut pemilihan.",
)
NAME_ELECTION = Text(
    en="If it belongs to one election, name it in the header, as in '{example}'.",
    id="Bila milik satu pemilihan, sebutkan pada judul kolomnya, seperti pada '{example}'.",
)
UNKNOWN = Text(
    en="{setting} names a header that is not there (found: {found:list}).",
    id="{setting} menyebut judul yang tidak ada (yang ada: {found:list}).",
)
IN_TITLE = Text(
    en="{day:day} is taken as the polling day, since there is no column for it.",
    id="{day:day} dianggap hari pemungutan suara, karena kolom tanggalnya tidak ada.",
)
SAY_SO = Text(
    en="If that is wrong, correct the line; or take the day out of it and write 'Election date: "
    "{day:day}', with the right day, on a line above the table.",
    id="Bila keliru, perbaiki baris itu; atau hapus tanggalnya dan tulis 'Tanggal: {day:day}', "
    "dengan hari yang benar, pada satu baris di atas tabel.",
)
DAYS_DIFFER = Text(
    en="the lines above the table tell different polling days: {lines:lines}.",
    id="baris di atas tabel menyebut hari pemungutan suara yang berbeda: {lines:lines}.",
)
SAY_ONE = Text(
    en="Correct the line that is wrong, or say which day holds: {setting}.",
    id="Perbaiki baris yang keliru, atau sebutkan hari yang benar: {setting}.",
)
PERSONAL = Text(
    en="a column of personal data; nothing was read from it.",
    id="kolom data pribadi; isinya tidak dibaca.",
)
REMOVE = Text(
    en="Delete the column: counts per area are all that is needed.",
    id="Hapus kolomnya: yang diperlukan hanya jumlah per wilayah.",
)
AMBIGUOUS = Text(
    en="the header can mean several columns: {names}.",
    id="judul kolom ini bisa berarti: {names}.",
)
SUM_OF_CANDIDATES = Text(
    en="the header can mean several columns: {names}. Its figures are the sums of {parts:list3}: "
    "valid votes, not all who voted.",
    id="judul kolom ini bisa berarti: {names}. Angkanya adalah jumlah {parts:list3}: suara sah, "
    "bukan seluruh pengguna hak pilih.",
)
DOUBLED = Text(
    en="several headers stand for one column, {called}: {headers}.",
    id="beberapa judul berarti kolom yang sama, {called}: {headers}.",
)
DOUBLED_HIDDEN = Text(
    en="several headers stand for one column, {called}: {headers}; column {hidden} is hidden.",
    id="beberapa judul berarti kolom yang sama, {called}: {headers}; kolom {hidden} tersembunyi.",
)
DELETE_HIDDEN = Text(
    en="Delete the hidden column, or show it and rename what is not meant.",
    id="Hapus kolom tersembunyi itu, atau tampilkan lalu ganti judul yang tidak dimaksud.",
)
PRIVATE = Text(
    en="{n:count:cell holds a number:cells hold numbers} of a person (identity card, telephone or "
    "e-mail); rows: {rows:list}.",
    id="{n:count} sel memuat nomor pribadi seseorang (NIK, telepon, atau surel); baris: "
    "{rows:list}.",
)
REMOVE_CELLS = Text(
    en="Delete them: counts per area are all that is needed.",
    id="Hapus isinya: yang diperlukan hanya jumlah per wilayah.",
)
NAMELESS = Text(
    en="column {position} has {n:count:cell:cells} but no header and is left out.",
    id="kolom ke-{position} berisi {n:count} sel tetapi tanpa judul, sehingga tidak dibaca.",
)
NAME = Text(en="Give it a header if it matters.", id="Beri judul bila diperlukan.")
LONGER = Text(
    en="the row is longer than the header of {width:count} columns.",
    id="baris ini lebih panjang daripada judul yang berisi {width:count} kolom.",
)
QUOTE = Text(
    en="Look for a number with a comma, such as 1,026, or a name with one; put it in quotation "
    "marks or save the file with semicolons.",
    id="Periksa angka berkoma seperti 1,026 atau nama berkoma; beri tanda kutip atau simpan berkas "
    "dengan titik koma.",
)
SPELL = Text(en="Correct its spelling.", id="Perbaiki ejaannya.")
