"""A file beside the documents that can run something: a program, a script, a web page, or a drawing with a script in it.

Readers open what the handbook gives them. A page or a drawing from the handbook's own address may do whatever the
handbook may do, in the name of the reader.

Attach documents, tables and pictures: PDF, office formats, PNG. Export a drawing as PNG, or as SVG without scripts,
links and embedded pages. What belongs to the site itself goes into its theme.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from posixpath import splitext

from rutine.model import Handbook, Place, Problem, say

SEVERITY = "error"
PROGRAMS = frozenset(
    [
        "apk",
        "app",
        "appimage",
        "bat",
        "bash",
        "bin",
        "chm",
        "cmd",
        "com",
        "command",
        "cpl",
        "deb",
        "desktop",
        "dll",
        "dmg",
        "docm",
        "dotm",
        "elf",
        "exe",
        "gadget",
        "hta",
        "inf",
        "iso",
        "jar",
        "jnlp",
        "lnk",
        "msc",
        "msi",
        "msix",
        "msp",
        "pif",
        "pkg",
        "potm",
        "ppam",
        "pptm",
        "ps1",
        "psm1",
        "py",
        "pyw",
        "rb",
        "reg",
        "rpm",
        "scf",
        "scr",
        "sct",
        "sh",
        "swf",
        "url",
        "vb",
        "vbe",
        "vbs",
        "wsc",
        "wsf",
        "wsh",
        "xlam",
        "xll",
        "xlsm",
        "xltm",
        "xpi",
    ]
)
PAGES = frozenset(
    ["htm", "html", "js", "mht", "mhtml", "mjs", "php", "shtml", "svgz", "xht", "xhtml", "xml", "xsl", "xslt"]
)


def check_handbook(handbook: Handbook, _today: date) -> Iterator[Problem]:
    """Files of types that run, and drawings that the survey has found to hold more than a drawing."""
    if handbook.settings.address == "html":
        return  # published by a generator of its own, which needs such files
    records = handbook.settings.records_folder.strip("/") + "/"
    for path in sorted(handbook.files - handbook.entries.keys()):
        suffix = splitext(path)[1].lower().lstrip(".")
        if path.startswith(records):
            continue
        if path in handbook.unsafe_files:
            message = say(
                "This drawing holds a script, a link to another file or an embedded page. Save it as PNG, or as SVG without them."
            )
            yield Problem(Place(path), message)
        elif suffix in PROGRAMS or suffix in PAGES:
            message = say(
                "Files of the type .{suffix} can run programs or scripts. Remove the file, or attach it as PDF or picture.",
                suffix=suffix,
            )
            yield Problem(Place(path), message)
