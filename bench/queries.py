"""Thirty queries as people write them, each with the document that answers it: chosen by reading the example handbook."""

from typing import Final

QUERIES: Final = {
    "another form of the word": [
        ("varslingene", "hr/varsling"),
        ("innsynskravene", "arkiv/innsyn"),
        ("overtidstimer", "hr/arbeidstid"),
        ("vernerundene", "hr/hms-og-vernerunde"),
        ("anskaffet", "okonomi/anskaffelser"),
        ("legemiddelhåndteringen", "helse/legemidler-i-hjemmet"),
        ("reiseregninger", "okonomi/reiseregning"),
        ("klagen på vedtaket", "saksbehandling/klage"),
        ("enkeltvedtakene", "saksbehandling/enkeltvedtak"),
        ("security incidents", "ikt/incident-response"),
    ],
    "part of a compound": [
        ("kopi", "ikt/sikkerhetskopi"),
        ("melding bekymring", "barnevern/bekymringsmelding"),
        ("strøing vinter", "teknisk/vinterdrift"),
        ("vakt drikkevann", "teknisk/drikkevann"),
        ("journal pasient", "helse/journalforing"),
        ("styring tilgang", "ikt/tilgangsstyring"),
        ("avtale databehandler", "personvern/databehandleravtaler"),
    ],
    "misspelt, or without æ, ø and å": [
        ("brannovelse", "beredskap/brannvern"),
        ("lonnskjoring", "hr/lonnskjoring"),
        ("broyting", "teknisk/vinterdrift"),
        ("ernaering", "helse/ernaering"),
        ("anskafelser", "okonomi/anskaffelser"),
        ("bekymrigsmelding", "barnevern/bekymringsmelding"),
        ("personvernkonsekvens vudering", "personvern/dpia"),
        ("kirseledelse", "beredskap/kriseledelse"),
    ],
    "a document's number": [
        ("HR-012", "hr/varsling"),
        ("hr 31", "hr/tilsetting"),
        ("vva003", "teknisk/drikkevann"),
        ("BYG-001", "byggesak/soknad-om-tiltak"),
        ("pvo-2", "personvern/brudd"),
    ],
}
