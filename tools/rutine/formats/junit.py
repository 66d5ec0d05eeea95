"""JUnit's XML, which every build server reads: a test case for each document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rutine.formats._plain import line, printable
from rutine.i18n import render
from rutine.model import Finding, Report, say


def findings(report: Report) -> str:
    """A document with errors is a failed test case; warnings stand in the suite's output.

    A failure tells all errors of its document: of several failures in one test case, build servers show only the first.
    """
    from xml.etree import ElementTree as Xml  # only this format needs it

    language = report.handbook.settings.language
    errors: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        if finding.severity == "error":
            errors[finding.place.path].append(finding)
    paths = sorted({*report.paths(), *(finding.place.path for finding in report.findings)})
    suites = Xml.Element("testsuites")
    suite = Xml.SubElement(suites, "testsuite", _facts(report, len(paths), len(errors)))
    properties = Xml.SubElement(suite, "properties")
    Xml.SubElement(properties, "property", name="on", value=report.today.isoformat())
    for path in paths:
        folder = path.rpartition("/")[0].replace("/", ".")
        case = Xml.SubElement(suite, "testcase", name=printable(path), classname=printable(folder), time="0")
        if found := errors.get(path):
            rules = ", ".join(dict.fromkeys(finding.rule for finding in found))
            total = render(say("Errors: {count} ({rules})", count=len(found), rules=rules), language)
            Xml.SubElement(case, "failure", type=found[0].rule, message=total).text = _lines(found, language)
    warnings = (finding for finding in report.findings if finding.severity == "warning")
    Xml.SubElement(suite, "system-out").text = _lines(warnings, language)
    Xml.SubElement(suite, "system-err")
    Xml.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(suites, encoding="unicode") + "\n"


def _facts(report: Report, tests: int, failures: int) -> dict[str, str]:
    name = printable(report.handbook.settings.name)
    return {
        "name": name, "package": "rutine", "id": "0", "hostname": "localhost", "time": "0",
        "timestamp": f"{report.today.isoformat()}T00:00:00",
        "tests": str(tests), "failures": str(failures), "errors": "0",
    }  # fmt: skip


def _lines(found: Iterable[Finding], language: str) -> str:
    return "".join(f"{line(finding, language)}\n" for finding in found)
