"""The sentences and headings of the invented handbook, in Norwegian (nb) and Danish (da).

Slots: {n} a noun, {d} the noun, {m} nouns, {r} a role, {i} infinitive, {v} present, {p} participle, {a} adjective,
{k} a small number, {s} a place.
"""

from typing import Final

TITLES: Final = {
    "nb": [
        "Håndtering av {m}",
        "Bruk av {n} ved {n}",
        "Oppfølging av {m}",
        "Kontroll av {m} og {m}",
        "Melding av {m}",
        "Rutine for {n}",
        "Ansvar for {n} og {n}",
        "Innføring av {n} – ansvar og kontroll",
    ],
    "da": [
        "Håndtering af {m}",
        "Brug af {n} ved {n}",
        "Opfølgning på {m}",
        "Kontrol af {m} og {m}",
        "Melding af {m}",
        "Procedure for {n}",
        "Ansvar for {n} og {n}",
        "Indførelse af {n} – ansvar og kontrol",
    ],
}

OPENINGS: Final = {  # a main clause with the verb in front follows
    "nb": [
        "Før oppstart",
        "Ved mistanke om {n}",
        "Når {d} er {p}",
        "Dersom {n} mangler",
        "Ved endring i {d}",
        "Senest {k} virkedager etter {d}",
        "Hver {k}. uke",
        "Etter avtale med {r}",
        "Ved vaktskifte på {s}",
        "Utenom ordinær arbeidstid",
        "Så snart {d} er kjent",
        "Når {k} eller flere {m} foreligger",
    ],
    "da": [
        "Før opstart",
        "Ved mistanke om {n}",
        "Når {d} er {p}",
        "Hvis {n} mangler",
        "Ved ændring i {d}",
        "Senest {k} hverdage efter {d}",
        "Hver {k}. uge",
        "Efter aftale med {r}",
        "Ved vagtskifte på {s}",
        "Uden for normal arbejdstid",
        "Så snart {d} er kendt",
        "Når {k} eller flere {m} foreligger",
    ],
}
INVERTED: Final = {
    "nb": [
        "skal {r} {i} {d}",
        "{v} {r} {d} og {d}",
        "er {r} ansvarlig for at {d} blir {p}",
        "gjelder {d} for alle {m}",
        "skal {d} være {p} i {n}",
        "kan {r} {i} {a} {n}",
        "sørger {r} for {n} og {n}",
        "legges {d} fram for {r}",
    ],
    "da": [
        "skal {r} {i} {d}",
        "{v} {r} {d} og {d}",
        "er {r} ansvarlig for, at {d} er {p}",
        "gælder {d} for alle {m}",
        "skal {d} være {p} i {n}",
        "kan {r} {i} {a} {n}",
        "sørger {r} for {n} og {n}",
        "forelægges {d} for {r}",
    ],
}
STRAIGHT: Final = {
    "nb": [
        "{r} skal {i} {d}",
        "{r} {v} {d} og {v} {m}",
        "{d} er {p} av {r}",
        "Alle {m} skal være {p}",
        "Ingen {m} tas i bruk før {d} er {p}",
        "{d} omfatter {n}, {n} og {n}",
        "Kopi av {d} sendes til {r}",
        "Den som oppdager {n}, skal {i} {d}",
        "{d} på {s} har egen {n}",
        "Resultatet av {d} føres i {n}",
        "Målet er at {d} er {p} innen {k} dager",
        "Vi {v} {m} for å {i} {d}",
    ],
    "da": [
        "{r} skal {i} {d}",
        "{r} {v} {d} og {v} {m}",
        "{d} er {p} af {r}",
        "Alle {m} skal være {p}",
        "Ingen {m} tages i brug, før {d} er {p}",
        "{d} omfatter {n}, {n} og {n}",
        "Kopi af {d} sendes til {r}",
        "Den, der opdager {n}, skal {i} {d}",
        "{d} på {s} har sin egen {n}",
        "Resultatet af {d} føres i {n}",
        "Målet er, at {d} er {p} inden for {k} dage",
        "Vi {v} {m} for at {i} {d}",
    ],
}
TAILS: Final = {
    "nb": [
        "slik at {d} kan kontrolleres i ettertid",
        "før {d} blir {p}",
        "med kopi til {r}",
        "uten unødig opphold",
        "dersom {d} ikke er {p}",
        "som beskrevet i {n}",
        "i tråd med {d}",
        "for å unngå {n}",
        "med unntak av {m}",
    ],
    "da": [
        "så {d} kan kontrolleres efterfølgende",
        "før {d} bliver {p}",
        "med kopi til {r}",
        "uden unødigt ophold",
        "hvis {d} ikke er {p}",
        "som beskrevet i {n}",
        "i overensstemmelse med {d}",
        "for at undgå {n}",
        "med undtagelse af {m}",
    ],
}
PURPOSES: Final = {
    "nb": "Prosedyren skal sikre at {d} blir {p}, og at {r} kan {i} {d}.",
    "da": "Proceduren skal sikre, at {d} bliver {p}, og at {r} kan {i} {d}.",
}
DUTIES: Final = {
    "nb": ["{i} {d}", "{i} {n} og {n}", "{i} alle {m}", "{i} {d} innen {k} dager"],
    "da": ["{i} {d}", "{i} {n} og {n}", "{i} alle {m}", "{i} {d} inden for {k} dage"],
}
CHANGES: Final = {
    "nb": ["Første utgave", "Ny frist for {n}", "Tydeligere ansvar for {n}", "Tatt inn {n}", "Språklig gjennomgang"],
    "da": ["Første udgave", "Ny frist for {n}", "Tydeligere ansvar for {n}", "Indføjet {n}", "Sproglig gennemgang"],
}
SEE: Final = {
    "nb": ["Se også {link}.", "Videre oppfølging står i {link}.", "Ved tvil gjelder {link}."],
    "da": ["Se også {link}.", "Den videre opfølgning står i {link}.", "I tvivlstilfælde gælder {link}."],
}

# Purpose, scope, responsibilities, method, references.
SECTIONS: Final = {
    "nb": ["Formål", "Omfang", "Ansvar", "Fremgangsmåte", "Henvisninger"],
    "da": ["Formål", "Anvendelsesområde", "Ansvar", "Fremgangsmåde", "Henvisninger"],
}
STEPS: Final = {
    "nb": [
        "Forberedelse",
        "Gjennomføring",
        "Dokumentasjon",
        "Avvik og oppfølging",
        "Opplæring",
        "Kontroll på stedet",
        "Varsling",
        "Etterarbeid",
    ],
    "da": [
        "Forberedelse",
        "Gennemførelse",
        "Dokumentation",
        "Afvigelser og opfølgning",
        "Oplæring",
        "Kontrol på stedet",
        "Varsling",
        "Efterarbejde",
    ],
}
TABLE: Final = {"nb": ["Hva", "Hvem", "Frist", "Hvor"], "da": ["Hvad", "Hvem", "Frist", "Hvor"]}
NOTE: Final = {"nb": "Merk", "da": "Bemærk"}
DAYS: Final = {"nb": "dager", "da": "dage"}

# Identifier and sections that exist.
REGULATIONS: Final = [
    ("LOV-2005-06-17-62", ["§ 2-1", "§ 3-1", "§ 3-2", "§ 4-1", "§ 4-3", "§ 2 A-1"]),
    ("LOV-2018-06-15-38", ["§ 1", "§ 8", "§ 9", "§ 16"]),
    ("LOV-1967-02-10", ["§ 11", "§ 13", "§ 16", "§ 17", "§ 24", "§ 28"]),
    ("LOV-2018-06-22-83", ["§ 1-1", "§ 25-1"]),
    ("LOV-2006-05-19-16", ["§ 3", "§ 13", "§ 29"]),
    ("32016R0679", ["artikkel 5", "artikkel 30", "artikkel 32", "artikkel 33"]),
]
