"""The headers that are known for each column of results and rolls.

Aliases are compared in their normal form, without case, accents, spaces and punctuation, however
they are written here. Words such as *jumlah* before a count, *nama* before a name, and L/P/JML
behind a count by sex need no alias of their own; nor does a percentage, see `measures`.
Indonesian and English first; then the words of the commissions' exports, and the basics of German,
French, Italian, Spanish, Portuguese, Malay, Dutch, Swedish, Danish, Norwegian, Polish, Czech and
Turkish.
"""

from __future__ import annotations

from turnout.reading.headers.non_voters import NON_VOTERS
from turnout.reading.headers.vocabulary import KnownColumn, Vocabulary

STATION = "station"
"""Number of a polling station: no column of a results table, its rows are summed per area."""

PLACES = (
    KnownColumn("nation", "name", "negara | country | pays | paese | pais | nazione"),
    KnownColumn(
        "province",
        "name",
        "provinsi | propinsi | prov | state | provinsi nama | province | bundesland | land | kanton"
        " | regione | comunidad autonoma | comunidad | estado | uf | sg uf | negeri"
        " | provincie | län | województwo | kraj | il",
    ),
    KnownColumn(
        "city",
        "name",
        "kabupaten | kota | kabkota | kab/kota | kabupaten kota | kota kabupaten | kabko | kab"
        " | county | kabupaten kota nama | kabupaten nama | municipality | kreis | landkreis"
        " | departement | libellé du département | provincia | concelho | distrito | parlimen"
        " | local authority | local authority name | local government area | lga | kommun"
        " | kommune | powiat | okres | pc name",
    ),
    KnownColumn(
        "district",
        "name",
        "kecamatan | distrik | kec | region | kecamatan distrik | kapanewon | kemantren"
        " | kecamatan nama | samtgemeinde | verbandsgemeinde | canton | libellé du canton | dun"
        " | constituency | constituency name | electoral district | electoral division | riding"
        " | division | wahlkreis | stadtbezirk | circonscription | libellé de la circonscription"
        " | ac name | ilçe",
    ),
    KnownColumn(
        "area",
        "name",
        "kelurahan | desa | gampong | nagari | unit | ward | precinct | kelurahan desa"
        " | desa kelurahan | kel desa | desa kel | kel | pekon | kampung | kalurahan"
        " | kelurahan desa nama | kelurahan nama | desa nama | area name | gemeinde"
        " | gemeindename | gebiet name | gebietsname | stadtteil | stimmbezirk | wahlbezirk"
        " | village | barangay | commune | libellé de la commune | libellé commune | comune"
        " | municipio | município"
        " | freguesia | daerah mengundi | nm municipio | kecamatan kelurahan | kecamatan desa"
        " | kecamatan desa kelurahan | kecamatan kelurahan desa | gebiet | gebietsbezeichnung"
        " | comuna | caw name | gemeente | valdistrikt | afstemningsområde | valgkrets | gmina"
        " | obec | mahalle | electoral ward | electoral ward name | name of ward | parish ward"
        " | local electoral area | lea | district electoral area | dea | registration area"
        " | registration area ward",
        weak="polling district | polling district name | polling division | polling area"
        " | electoral area | voting area | voting district",
    ),
    KnownColumn(
        "area_id",
        "code",
        "kode wilayah | kode kelurahan | kode desa | kode kelurahan desa | kode desa kelurahan"
        " | kelurahan kode | kelurahan desa kode | desa kode | kode kel | kode area | unit id"
        " | id wilayah | id kelurahan | id desa | kode kemendagri | kode bps | area code"
        " | gemeindeschlüssel | gebiet nr | code insee | code istat | codice istat",
        weak="kode | code | id | ags",
    ),
)

_REGISTERED = (
    "dpt | pemilih terdaftar | pemilih tetap | daftar pemilih tetap | pemilih dpt"
    " | pemilih dalam dpt | pemilih dalam daftar pemilih tetap | daftar pemilih tetap dpt"
    " | pemilih terdaftar dpt | pemilih terdaftar dalam dpt | terdaftar | terdaftar dalam dpt"
    " | dpt tps masuk | dpt tps yang masuk | dpt tps yang sudah masuk | dpt di tps masuk"
    " | dpt di tps yang sudah masuk | dpt pada tps masuk | pemilih terdaftar tps masuk"
    " | pemilih terdaftar di tps masuk | pemilih terdaftar di tps yang sudah masuk"
    " | electorate | registered voters | voters registered | electors | registered electors"
    " | eligible voters | eligible electors | registration | enrolled | enrolment"
    " | total enrolment | electors on roll | electors on the roll | electors on register"
    " | electors on the register | on register | on the register | names on register"
    " | names on roll | electors registered | eligible electorate | registered electorate"
    " | size of electorate"
    " | persons entitled to vote | entitled to vote | eligible to vote | no of electors"
    " | registered voters on roll | wahlberechtigte | wahlberechtigte insgesamt"
    " | wahlberechtigte gesamt | stimmberechtigte | inscrits | électeurs inscrits"
    " | nombre d'inscrits | elettori | elettori totali | totale elettori | iscritti"
    " | censo | censo electoral | censo total | total censo electoral | electores"
    " | electores hábiles | reg voters | electores inscritos | lista nominal | padron"
    " | padrón electoral | inscritos | eleitores"
    " | eleitores inscritos | aptos | eleitores aptos | qt aptos | eleitorado | eleitorado apto"
    " | pengundi berdaftar"
    " | jumlah pengundi berdaftar | pemilih berdaftar | kiesgerechtigden | röstberättigade"
    " | stemmeberettigede | stemmeberettigete | voliči v seznamu | kayıtlı seçmen"
    " | kayıtlı seçmen sayısı | liczba wyborców uprawnionych do głosowania"
)

_VOTERS = (
    "pengguna hak pilih | pengguna hak | pengguna total | total pengguna | pengguna | hadir"
    " | pemilih hadir | pemilih yang hadir | yang hadir | hadir memilih | yang hadir memilih"
    " | hadir di tps | yang hadir di tps | pemilih hadir di tps"
    " | ballots | ballots cast | votes cast | turned out"
    " | voted | ballot papers counted | ballot papers verified | verified ballot papers"
    " | verified total | total verified | verified votes | votes verified | ballots verified"
    " | total poll | total polled | polled | total voting | number voting | persons voting"
    " | electors voting | who voted | electors who voted | voters who voted | persons who voted"
    " | people who voted | people voted | ballots returned | no of voters"
    " | total ballots cast | ballots counted | votes polled | total votes polled | actual voters"
    " | menggunakan hak pilih | yang menggunakan hak pilih | pemilih menggunakan hak pilih"
    " | pemilih yang menggunakan hak pilih | penggunaan hak pilih | seluruh pengguna hak pilih"
    " | pengguna hak pilih total | pengguna hak pilih dalam | memilih | yang memilih | php"
    " | wähler | wählende"
    " | wählerinnen und wähler | wähler insgesamt | abgegebene stimmen | votants"
    " | nombre de votants | votanti | totale votanti | votanti totali | votantes"
    " | total votantes | votos emitidos | total de votantes | eleitores votantes"
    " | comparecimento | qt comparecimento | keluar mengundi | jumlah keluar mengundi"
    " | kertas undi dikeluarkan | ciudadanos que votaron | electores que votaron | wähler gesamt"
    " | voters who actually voted | accredited voters | voters accredited | votaron"
    " | toegelaten kiezers | röstande | antal röstande"
    " | avgivna röster | afgivne stemmer | avgitte stemmer | oy kullanan | oy kullanan seçmen"
    " | oy kullanan seçmen sayısı"
)

_BASIS = KnownColumn("registered_basis", "name", "basis dpt | dasar dpt | penyebut | denominator")

_STATIONS = (
    KnownColumn(
        "stations_total",
        "count",
        "jumlah tps | tps total | total tps | jml tps | tps seluruhnya | seluruh tps"
        " | stations | polling stations | number of stations | max schnellmeldungen",
    ),
    KnownColumn(
        STATION,
        "code",
        "no tps | nomor tps | tps no | tps nomor | nama tps | tps nama | polling station"
        " | kode tps | poll number | poll no | polling station number | nr zona | zona eleitoral"
        " | bureau de vote | code du b vote | sezione | mesa | stembureau | sandık no"
        " | polling unit | polling unit code | booth no | booth number"
        " | clustered precinct | clustered precinct no | polling booth",
        weak="poll name | polling station name | polling unit name | booth | booth name",
    ),
)

_NOTE = KnownColumn("note", "name", "catatan | keterangan | ket | notes | remark | remarks")

_DISABLED = KnownColumn(
    "registered_disabled",
    "count",
    "pemilih disabilitas | pemilih penyandang disabilitas | jumlah pemilih disabilitas"
    " | pemilih terdaftar disabilitas | dpt disabilitas | disabled voters registered",
)

_WAYS = (
    KnownColumn(
        "voters_at_polls",
        "count",
        "urnenwähler | urnenwählende | wähler an der urne | wähler im wahllokal"
        " | election day ballots | election day voters | ballots cast on election day"
        " | polling place voters | in person ballots | in person voters",
    ),
    KnownColumn(
        "voters_early",
        "count",
        "early ballots | early voters | early voting ballots | advance voters | advance ballots",
    ),
    KnownColumn(
        "voters_by_post",
        "count",
        "briefwähler | briefwählende | wähler per brief | postal voters | postal ballots"
        " | absentee ballots | absentee voters | mail ballots | mail in ballots | vote by mail"
        " ballots",
    ),
)
"""The voters by the way in which they voted: together all of them."""

RESULTS = Vocabulary(
    role="results",
    columns=(
        KnownColumn("election", "name", "pemilihan | kontes | contest | nama pemilihan | pemilu"),
        KnownColumn(
            "date",
            "date",
            "tanggal | tanggal pemilihan | tanggal pemungutan suara | tanggal pemungutan"
            " | hari pemungutan suara | hari tanggal pemungutan suara | hari tanggal pemungutan"
            " | tanggal pelaksanaan | hari tanggal pelaksanaan | hari tanggal pemilihan"
            " | tanggal pemilu | tanggal pencoblosan | hari tanggal pencoblosan | polling day"
            " | polling date | election date | election day | hari tanggal | datum | wahltag"
            " | wahldatum | date du scrutin | date de l'élection | data | data elezione | fecha"
            " | fecha elección | data da eleição | data eleição | dt eleicao | tarikh"
            " | tarikh pilihan raya | date of poll | date of polling | poll date | date of voting"
            " | voting date | voting day | date of election",
            weak="hari pelaksanaan | hari pemungutan | hari pemilihan | hari pencoblosan",
        ),
        KnownColumn(
            "year",
            "code",
            "tahun | thn | tahun pemilihan | tahun pemilu | election year | jahr | wahljahr"
            " | année | anno | año | ano | ano eleicao | nr ano",
        ),
        KnownColumn(
            "election_type",
            "name",
            "jenis | jenis pemilihan | jenis pemilu | tipe | tipe pemilihan | type"
            " | type of election | wahl | wahlart | wahltyp | abstimmung | type d'élection"
            " | scrutin | tipo | tipo elezione | elezione | tipo de elección | elección"
            " | tipo de eleição | eleição | ds eleicao | jenis pilihan raya",
        ),
        KnownColumn("type_group", "name", "kelompok jenis | rumpun | kelompok pemilihan"),
        KnownColumn("kind", "name", "jenis jabatan | jabatan | kind of office | office"),
        *PLACES,
        KnownColumn("registered", "count", _REGISTERED),
        KnownColumn(
            "voters",
            "count",
            _VOTERS,
            weak="ballot papers | surat suara digunakan | surat suara yang digunakan"
            " | ballot papers issued | ballots issued | vydané obálky"
            " | liczba wyborców, którym wydano karty do głosowania",
        ),
        KnownColumn(
            "turnout",
            "share",
            "partisipasi | tingkat partisipasi | partisipasi pemilih | tingkat partisipasi pemilih"
            " | angka partisipasi | persentase partisipasi | tingkat kehadiran | voter turnout"
            " | percentage poll | poll percentage"
            " | turnout rate | wahlbeteiligung | participation | taux de participation"
            " | affluenza | stimmbeteiligung | participación | participação"
            " | peratusan keluar mengundi | vot ins | opkomst | valdeltagande | stemmeprocent"
            " | valgdeltakelse | frekwencja | katılım oranı",
        ),
        KnownColumn("turnout_percent", "share"),
        _BASIS,
        *_STATIONS,
        KnownColumn(
            "stations_counted",
            "count",
            "tps masuk | jumlah tps masuk | tps terhitung | tps counted | tps sudah masuk"
            " | tps yang masuk | stations reported | anz schnellmeldungen",
        ),
        KnownColumn(
            "stations_share",
            "share",
            "progres | progress | progres tps | progres penghitungan",
        ),
        KnownColumn(
            "valid",
            "count",
            "suara sah | sah | valid votes | valid poll | total valid poll | valid ballot papers"
            " | valid ballots | seluruh suara sah | formal votes | gültige stimmen"
            " | gültig | gültige | exprimés | suffrages exprimés | voti validi | votos válidos"
            " | undi sah | geldige stemmen | giltiga röster | gyldige stemmer | platné hlasy"
            " | liczba głosów ważnych | geçerli oy | geçerli oy sayısı",
            weak="votos a candidaturas",
        ),
        KnownColumn(
            "invalid",
            "count",
            "suara tidak sah | tidak sah | invalid votes | suara batal | rejected votes | rejected"
            " | invalid ballots | invalid ballot papers | spoilt votes | spoiled votes"
            " | spoilt ballot papers | rejected papers"
            " | rejected ballots | rejected ballot papers | ballot papers rejected"
            " | informal votes | spoilt ballots | spoiled ballots"
            " | ungültige stimmen | ungültig | ungültige | blancs et nuls | votos nulos"
            " | undi rosak | undi ditolak | ongeldige stemmen | ogiltiga röster | ugyldige stemmer"
            " | liczba głosów nieważnych | geçersiz oy | geçersiz oy sayısı",
        ),
        KnownColumn("registered_l", "count", "electeurs hommes | elettori maschi | männlich"),
        KnownColumn("registered_p", "count", "electrices | elettori femmine | weiblich"),
        KnownColumn("voters_l", "count", "votanti maschi"),
        KnownColumn("voters_p", "count", "votanti femmine"),
        _DISABLED,
        KnownColumn(
            "voters_disabled",
            "count",
            "pengguna disabilitas | pengguna hak pilih disabilitas | disabled voters who voted"
            " | pengguna hak pilih penyandang disabilitas",
        ),
        KnownColumn(
            "voters_dpt",
            "count",
            "pengguna dpt | pengguna hak pilih dpt | pengguna hak pilih dalam dpt",
        ),
        KnownColumn(
            "voters_dptb",
            "count",
            "pengguna dptb | pengguna hak pilih dptb | pengguna hak pilih dalam dptb"
            " | pengguna dpph | pengguna hak pilih dpph",
        ),
        KnownColumn(
            "voters_dpk",
            "count",
            "pengguna dpk | pengguna hak pilih dpk | pengguna hak pilih dalam dpk"
            " | pengguna non dpt | pengguna hak pilih non dpt | pengguna dpktb",
        ),
        *_WAYS,
        KnownColumn("non_voters", "count", NON_VOTERS),
        _NOTE,
    ),
    needed=(
        ("date",),
        ("election_type",),
        ("registered",),
        ("voters",),
        ("area", "district", "city", "province", "nation", "area_id"),
    ),
    questions={
        "tps": (STATION, "stations_counted", "stations_total"),
        "pemilih": ("registered", "voters"),
        "hak pilih": ("registered", "voters"),
        "suara": ("voters", "valid"),
        "suara masuk": ("voters", "valid"),
        "votes": ("voters", "valid"),
        "stimmen": ("voters", "valid"),
        "voix": ("voters", "valid"),
        "voti": ("voters", "valid"),
        "votos": ("voters", "valid"),
        "jumlah": ("registered", "voters"),
        "jml": ("registered", "voters"),
        "jlh": ("registered", "voters"),
        "jmlh": ("registered", "voters"),
        "total": ("registered", "voters"),
        "l": ("registered_l", "voters_l"),
        "p": ("registered_p", "voters_p"),
        "laki laki": ("registered_l", "voters_l"),
        "lelaki": ("registered_l", "voters_l"),
        "perempuan": ("registered_p", "voters_p"),
    },
    evident={"pemilih": "registered", "hak pilih": "registered"},
    derived={
        "stations_counted": (("stations_share", "stations_total"),),
        "registered": (("registered_l", "registered_p"),),
        "voters": (
            ("voters_l", "voters_p"),
            ("voters_dpt", "voters_dptb", "voters_dpk"),
            ("voters_at_polls", "voters_early", "voters_by_post"),
            ("voters_at_polls", "voters_by_post"),
            ("valid", "invalid"),
            ("registered", "non_voters"),
            ("turnout_percent", "registered"),
        ),
    },
)

ROLL = Vocabulary(
    role="roll",
    columns=(
        *PLACES,
        KnownColumn(
            "registered",
            "count",
            f"{_REGISTERED} | voters",
            weak="pemilih | jumlah pemilih | total pemilih | jumlah | jml | jlh | jmlh | total"
            " | l p",
        ),
        KnownColumn("registered_l", "count", weak="l | lk | laki laki | lelaki"),
        KnownColumn("registered_p", "count", weak="p | pr | perempuan"),
        _DISABLED,
        _BASIS,
        *_STATIONS,
        KnownColumn(
            "estimated", "flag", "estimasi | perkiraan | taksiran | is estimated | estimate"
        ),
        _NOTE,
    ),
    needed=(
        ("registered",),
        ("area", "district", "city", "province", "nation", "area_id"),
    ),
    questions={"tps": (STATION, "stations_total")},
    derived={"registered": (("registered_l", "registered_p"),)},
)
