"""The words of the invented handbook, in Norwegian (nb) and Danish (da).

Compounds are formed as in real text (first element + head), so the number of distinct words grows with the corpus
instead of stopping at the length of a list. Lists begin with the words that should be common.
"""

from typing import Final

# Short name, Norwegian and Danish title. Every fifth is an area; the four after it lie below it.
UNITS: Final = [
    ("adm", "Administrasjon", "Administration"),
    ("ark", "Dokumentsenteret", "Dokumentcenteret"),
    ("per", "Personal", "Personale"),
    ("lon", "Lønn og regnskap", "Løn og regnskab"),
    ("ikt", "IKT-drift", "IT-drift"),
    ("hel", "Helse og omsorg", "Sundhed og omsorg"),
    ("hjt", "Hjemmetjenesten", "Hjemmeplejen"),
    ("syk", "Sykehjemmet", "Plejecenteret"),
    ("leg", "Legevakten", "Lægevagten"),
    ("lab", "Laboratoriet", "Laboratoriet"),
    ("opp", "Oppvekst", "Børn og unge"),
    ("sko", "Skole", "Skole"),
    ("bhg", "Barnehage", "Dagtilbud"),
    ("bvn", "Barneverntjenesten", "Familieafdelingen"),
    ("bib", "Biblioteket", "Biblioteket"),
    ("tek", "Teknikk og samfunn", "Teknik og miljø"),
    ("byg", "Plan og byggesak", "Plan og byggesag"),
    ("vva", "Vei, vann og avløp", "Vej, vand og afløb"),
    ("brn", "Brann og redning", "Brand og redning"),
    ("ren", "Renhold", "Rengøring"),
]

# Short name, Norwegian and Danish title.
ROLES: Final = [
    ("kommunedirektor", "Kommunedirektør", "Kommunaldirektør"),
    ("omradeleder", "Områdeleder", "Områdechef"),
    ("enhetsleder", "Enhetsleder", "Enhedsleder"),
    ("avdelingsleder", "Avdelingsleder", "Afdelingsleder"),
    ("teamleder", "Teamleder", "Teamleder"),
    ("kvalitetsradgiver", "Kvalitetsrådgiver", "Kvalitetskonsulent"),
    ("personvernombud", "Personvernombud", "Databeskyttelsesrådgiver"),
    ("verneombud", "Verneombud", "Arbejdsmiljørepræsentant"),
    ("tillitsvalgt", "Tillitsvalgt", "Tillidsrepræsentant"),
    ("saksbehandler", "Saksbehandler", "Sagsbehandler"),
    ("arkivar", "Arkivar", "Arkivar"),
    ("jurist", "Jurist", "Jurist"),
    ("okonomisjef", "Økonomisjef", "Økonomichef"),
    ("lonnskonsulent", "Lønnskonsulent", "Lønkonsulent"),
    ("innkjoper", "Innkjøper", "Indkøber"),
    ("driftsleder", "Driftsleder", "Driftsleder"),
    ("systemansvarlig", "Systemansvarlig", "Systemansvarlig"),
    ("sykepleier", "Sykepleier", "Sygeplejerske"),
    ("lege", "Lege", "Læge"),
    ("helsefagarbeider", "Helsefagarbeider", "Social- og sundhedsassistent"),
    ("bioingenior", "Bioingeniør", "Bioanalytiker"),
    ("rektor", "Rektor", "Skoleleder"),
    ("styrer", "Styrer", "Institutionsleder"),
    ("kontaktperson", "Kontaktperson", "Kontaktperson"),
    ("bibliotekar", "Bibliotekar", "Bibliotekar"),
    ("byggesaksbehandler", "Byggesaksbehandler", "Byggesagsbehandler"),
    ("vaktmester", "Vaktmester", "Teknisk servicemedarbejder"),
    ("brannsjef", "Brannsjef", "Beredskabschef"),
    ("renholdsleder", "Renholdsleder", "Rengøringsleder"),
    ("ansatt", "Ansatt", "Medarbejder"),
]

GIVEN_NAMES: Final = """Anne Bjørn Camilla Daniel Eirik Frida Gunnar Hilde Ivar Jorunn Knut Lise Magnus Nora Olav Petra
Ragnar Siri Torstein Unni Vidar Ylva Åse Øystein Mette Søren Karen Rasmus Birgit Niels""".split()
SURNAMES: Final = """Aas Bakke Dahl Eide Fosse Grønli Haugen Iversen Jakobsen Kvam Lunde Moe Nygård Opsahl Ruud Sæther
Tangen Ulven Vik Ødegård Holm Kjær Mortensen Nissen Østergaard""".split()
PLACES: Final = "Berg Dal Eik Fjell Grøn Hav Kirke Lang Mo Nord Rå Sand Sol Strand Sør Tine Vest Øst Ås Øvre".split()
PLACE_ENDS: Final = "bu by dal eng fjord gård haug heim holt lia lund mark moen nes rud sand stad vang vik ås".split()

FIRST: Final = {
    "nb": """kvalitets avviks bruker opplærings risiko sikkerhets personvern vakt drifts journal vedlikeholds arkiv data
saks vedtaks innkjøps kontrakts leverandør beredskaps brann smittevern legemiddel pasient barnehage skole elev foreldre
barne familie bolig bygge plan vann avløps vei renholds avfalls kjøkken mat prøve laboratorie utstyrs maskin verne
tilsyns revisjons styrings leder personal lønns fraværs ferie permisjons tilsettings introduksjons kompetanse kurs
varslings hendelses melde kontroll måle kalibrerings hygiene isolasjons temperatur kjøle infusjons sår ernærings fall
utskrivnings mottaks overførings samtykke innsyns klage taushets tilgangs passord nettverks server program lisens
regnskaps faktura budsjett rapporterings økonomi eiendoms nøkkel adgangs besøks pårørende verge skyss kultur bibliotek
møte høring valg organisasjons prosess rolle fullmakts signatur publiserings versjons forbedrings årsaks tiltaks
oppfølgings evaluerings støy støv gass kjemikalie løfte kran stillas hanske førstehjelps ambulanse rehabiliterings tolke
flyktning nabo kart oppmålings gebyr parkerings skjenke snø strøm alarm rømnings slokke ventilasjons heis tak
fasade""".split(),
    "da": """kvalitets afvigelses borger oplærings risiko sikkerheds databeskyttelses vagt drifts journal vedligeholds
arkiv data sags afgørelses indkøbs kontrakt leverandør beredskabs brand smitteværns medicin patient
dagtilbuds skole elev forældre børne familie bolig bygge plan vand afløbs vej rengørings affalds køkken mad
prøve laboratorie udstyrs maskin værne tilsyns revisions styrings leder personale løn fraværs ferie orlovs
ansættelses introduktions kompetence kursus varslings hændelses melde kontrol måle kalibrerings hygiejne
isolations temperatur køle infusions sår ernærings fald udskrivnings modtage overflytnings samtykke indsigts
klage tavsheds adgangs kode netværks server program licens regnskabs faktura budget rapporterings økonomi
ejendoms nøgle besøgs pårørende værge befordrings kultur biblioteks møde hørings valg organisations proces
rolle fuldmagts underskrifts udgivelses versions forbedrings årsags tiltags opfølgnings evaluerings støj
støv gas kemikalie løfte kran stillads handske førstehjælps ambulance genoptrænings tolke flygtninge nabo
kort opmålings gebyr parkerings bevillings sne strøm alarm flugtvejs sluknings ventilations elevator tag
facade""".split(),
}

# Indefinite, definite, indefinite plural.
HEADS: Final = {
    "nb": [
        tuple(word.split("/"))
        for word in """plan/planen/planer skjema/skjemaet/skjemaer liste/listen/lister
vurdering/vurderingen/vurderinger melding/meldingen/meldinger rapport/rapporten/rapporter kontroll/kontrollen/kontroller
logg/loggen/logger avtale/avtalen/avtaler gjennomgang/gjennomgangen/gjennomganger tiltak/tiltaket/tiltak
krav/kravet/krav oversikt/oversikten/oversikter instruks/instruksen/instrukser møte/møtet/møter rom/rommet/rom
analyse/analysen/analyser måling/målingen/målinger frist/fristen/frister register/registeret/registre
mappe/mappen/mapper sjekkliste/sjekklisten/sjekklister protokoll/protokollen/protokoller vedtak/vedtaket/vedtak
grense/grensen/grenser verdi/verdien/verdier tavle/tavlen/tavler kontakt/kontakten/kontakter område/området/områder
løsning/løsningen/løsninger feil/feilen/feil avvik/avviket/avvik hendelse/hendelsen/hendelser behov/behovet/behov
skap/skapet/skap merking/merkingen/merkinger standard/standarden/standarder bestilling/bestillingen/bestillinger
levering/leveringen/leveringer øvelse/øvelsen/øvelser gruppe/gruppen/grupper tjeneste/tjenesten/tjenester
plikt/plikten/plikter nivå/nivået/nivåer sone/sonen/soner anlegg/anlegget/anlegg filter/filteret/filtre
pakke/pakken/pakker nummer/nummeret/numre kopi/kopien/kopier matrise/matrisen/matriser samtale/samtalen/samtaler
søknad/søknaden/søknader svar/svaret/svar brev/brevet/brev""".split()
    ],
    "da": [
        tuple(word.split("/"))
        for word in """plan/planen/planer skema/skemaet/skemaer liste/listen/lister
vurdering/vurderingen/vurderinger melding/meldingen/meldinger rapport/rapporten/rapporter kontrol/kontrollen/kontroller
log/loggen/logge aftale/aftalen/aftaler gennemgang/gennemgangen/gennemgange tiltag/tiltaget/tiltag krav/kravet/krav
oversigt/oversigten/oversigter instruks/instruksen/instrukser møde/mødet/møder rum/rummet/rum analyse/analysen/analyser
måling/målingen/målinger frist/fristen/frister register/registret/registre mappe/mappen/mapper
tjekliste/tjeklisten/tjeklister protokol/protokollen/protokoller afgørelse/afgørelsen/afgørelser
grænse/grænsen/grænser værdi/værdien/værdier tavle/tavlen/tavler kontakt/kontakten/kontakter område/området/områder
løsning/løsningen/løsninger fejl/fejlen/fejl afvigelse/afvigelsen/afvigelser hændelse/hændelsen/hændelser
behov/behovet/behov skab/skabet/skabe mærkning/mærkningen/mærkninger standard/standarden/standarder
bestilling/bestillingen/bestillinger levering/leveringen/leveringer øvelse/øvelsen/øvelser gruppe/gruppen/grupper
ydelse/ydelsen/ydelser pligt/pligten/pligter niveau/niveauet/niveauer zone/zonen/zoner anlæg/anlægget/anlæg
filter/filtret/filtre pakke/pakken/pakker nummer/nummeret/numre kopi/kopien/kopier matrix/matrixen/matricer
samtale/samtalen/samtaler ansøgning/ansøgningen/ansøgninger svar/svaret/svar brev/brevet/breve""".split()
    ],
}

# Infinitive, present, past participle.
VERBS: Final = {
    "nb": [
        tuple(word.split("/"))
        for word in """kontrollere/kontrollerer/kontrollert registrere/registrerer/registrert
vurdere/vurderer/vurdert godkjenne/godkjenner/godkjent oppdatere/oppdaterer/oppdatert sende/sender/sendt
varsle/varsler/varslet gjennomgå/gjennomgår/gjennomgått arkivere/arkiverer/arkivert signere/signerer/signert
bestille/bestiller/bestilt merke/merker/merket oppbevare/oppbevarer/oppbevart teste/tester/testet
lukke/lukker/lukket dokumentere/dokumenterer/dokumentert evaluere/evaluerer/evaluert sikre/sikrer/sikret
avklare/avklarer/avklart fordele/fordeler/fordelt overlevere/overleverer/overlevert hente/henter/hentet
erstatte/erstatter/erstattet slette/sletter/slettet måle/måler/målt kassere/kasserer/kassert
bekrefte/bekrefter/bekreftet publisere/publiserer/publisert""".split()
    ],
    "da": [
        tuple(word.split("/"))
        for word in """kontrollere/kontrollerer/kontrolleret
registrere/registrerer/registreret vurdere/vurderer/vurderet godkende/godkender/godkendt opdatere/opdaterer/opdateret
sende/sender/sendt varsle/varsler/varslet gennemgå/gennemgår/gennemgået arkivere/arkiverer/arkiveret
underskrive/underskriver/underskrevet bestille/bestiller/bestilt mærke/mærker/mærket opbevare/opbevarer/opbevaret
afprøve/afprøver/afprøvet lukke/lukker/lukket dokumentere/dokumenterer/dokumenteret evaluere/evaluerer/evalueret
sikre/sikrer/sikret afklare/afklarer/afklaret fordele/fordeler/fordelt overdrage/overdrager/overdraget
hente/henter/hentet erstatte/erstatter/erstattet slette/sletter/slettet måle/måler/målt kassere/kasserer/kasseret
bekræfte/bekræfter/bekræftet udgive/udgiver/udgivet""".split()
    ],
}

ADJECTIVES: Final = {
    "nb": """skriftlig gjeldende daglig oppdatert nødvendig tydelig felles lokal intern ekstern midlertidig alvorlig
planlagt uventet manglende forseglet sporbar elektronisk muntlig årlig ukentlig faglig lovpålagt endelig""".split(),
    "da": """skriftlig gældende daglig opdateret nødvendig tydelig fælles lokal intern ekstern midlertidig alvorlig
planlagt uventet manglende forseglet sporbar elektronisk mundtlig årlig ugentlig faglig lovpligtig endelig""".split(),
}
