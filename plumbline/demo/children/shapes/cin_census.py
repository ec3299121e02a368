"""The children in need census (XML) of the children in an extract, for the year that ends on a day."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
from lxml import etree

from plumbline.demo.children.reading import opened

SQL = Path(__file__).with_suffix(".sql")
NAME = "cin_census.xml"
AUTHORITY = "999"
Row = tuple[Any, ...]


def write_cin_census(extract: Path, on: date, out: Path) -> dict[str, int]:
    """Children written. One child is in memory at a time."""
    connection = opened(extract)
    connection.execute(f"set variable on_day = date '{on}'")
    prepare, question = SQL.read_text(encoding="utf-8").split("-- children\n")
    connection.execute(prepare)
    out.mkdir(parents=True, exist_ok=True)
    children = 0
    with etree.xmlfile(str(out / NAME), encoding="utf-8") as file:
        file.write_declaration()
        with file.element("Message"):
            file.write(_header(on), pretty_print=True)
            with file.element("Children"):
                for _, rows in groupby(_answer(connection, question), key=lambda row: row[0]):
                    file.write(_child(list(rows), on), pretty_print=True)
                    children += 1
    connection.close()
    return {NAME: children}


def _answer(connection: duckdb.DuckDBPyConnection, question: str) -> Iterator[Row]:
    answer = connection.execute(question)
    while some := answer.fetchmany(1_000):
        yield from some


def _header(on: date) -> etree._Element:
    header = etree.Element("Header")
    details = etree.SubElement(header, "CollectionDetails")
    _put(details, "Collection", "CIN")
    _put(details, "Year", str(on.year))
    _put(details, "ReferenceDate", on)
    source = etree.SubElement(header, "Source")
    for name, text in (
        ("SourceLevel", "L"),
        ("LEA", AUTHORITY),
        ("SoftwareCode", "Synthetic"),
        ("SerialNo", "001"),
        ("DateTime", f"{on.isoformat()}T12:00:00"),
    ):
        _put(source, name, text)
    return header


def _child(rows: list[Row], on: date) -> etree._Element:
    person_id, upn, born, expected, sex, ethnicity, disabilities = rows[0][:7]
    child = etree.Element("Child")
    identifiers = etree.SubElement(child, "ChildIdentifiers")
    _put(identifiers, "LAchildID", person_id)
    _put(identifiers, "UPN", upn)
    _put(identifiers, "UPNunknown", None if upn else "UN1")
    _put(identifiers, "PersonBirthDate", born)
    _put(identifiers, "ExpectedPersonBirthDate", None if born else expected)
    _put(identifiers, "Sex", sex)
    characteristics = etree.SubElement(child, "ChildCharacteristics")
    _put(characteristics, "Ethnicity", ethnicity)
    listed = etree.SubElement(characteristics, "Disabilities")
    for code in disabilities or ["NONE"]:
        _put(listed, "Disability", code)
    for row in rows:
        child.append(_details(row, on))
    return child


def _details(row: Row, on: date) -> etree._Element:
    referred, source, need, closed, reason, nfa, transferred, assessed, planned, enquired, protected = row[7:]
    details = etree.Element("CINdetails")
    _put(details, "CINreferralDate", referred)
    _put(details, "ReferralSource", source)
    _put(details, "PrimaryNeedCode", need if nfa == "N" else None)
    _put(details, "CINclosureDate", closed)
    _put(details, "ReasonForClosure", reason)
    _put(details, "DateOfInitialCPC", transferred)
    for one in assessed:
        assessment = etree.SubElement(details, "Assessments")
        _put(assessment, "AssessmentActualStartDate", one["began"])
        _put(assessment, "AssessmentAuthorisationDate", one["done"])
        if one["factors"]:
            factors = etree.SubElement(assessment, "FactorsIdentifiedAtAssessment")
            for code in one["factors"]:
                _put(factors, "AssessmentFactors", code)
    for one in planned:
        plan = etree.SubElement(details, "CINPlanDates")
        _put(plan, "CINPlanStartDate", one["began"])
        _put(plan, "CINPlanEndDate", one["ended"])
    for one in enquired:
        enquiry = etree.SubElement(details, "Section47")
        _put(enquiry, "S47ActualStartDate", one["began"])
        _put(enquiry, "InitialCPCtarget", one["target"])
        _put(enquiry, "DateOfInitialCPC", one["held"])
        _put(enquiry, "ICPCnotRequired", "true" if one["unneeded"] else "false")
    _put(details, "ReferralNFA", "true" if nfa == "Y" else "false")
    for one in protected:
        plan = etree.SubElement(details, "ChildProtectionPlans")
        _put(plan, "CPPstartDate", one["began"])
        _put(plan, "CPPendDate", one["ended"])
        _put(plan, "InitialCategoryOfAbuse", one["initial"])
        _put(plan, "LatestCategoryOfAbuse", one["latest"])
        _put(plan, "NumberOfPreviousCPP", str(one["previous"]))
        held = [day for day in one["reviews"] if day <= on]
        if held:
            reviews = etree.SubElement(plan, "Reviews")
            for day in held:
                _put(reviews, "CPPreviewDate", day)
    return details


def _put(parent: etree._Element, name: str, value: date | str | None) -> None:
    """Adds an element with the value; nothing when there is none."""
    if value is not None and value != "":
        etree.SubElement(parent, name).text = value.isoformat() if isinstance(value, date) else value
