"""Each page lists the sector's words that stand on it, and the glossary explains every one of them."""

import re
from html import unescape
from typing import Any

import pytest

from plumbline.framework.actions.shipped import load_shipped
from plumbline.framework.models import Criterion
from plumbline.shared.glossary import glossary, terms_in, terms_on_page
from tests.factories.audits import make_audit, make_round
from tests.factories.cast import Cast
from tests.factories.improvement import make_action, make_finding
from tests.factories.reports import make_report

# Short forms that everybody knows, a licence, or names of files and of the product's own things.
NO_SECTOR_WORDS = {
    "CSV",
    "PDF",
    "YAML",
    "XLSX",
    "XLS",
    "HTTPS",
    "UK",
    "ID",
    "JSON",
    "HMAC",
    "SHA",
    "UTF",
    "CC",
    "BY",
}
LISTED = re.compile(r'id="words-here".*?</details>', re.DOTALL)


def said_on(page: str) -> str:
    """The words of a page's main part, without the list of words itself."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return unescape(re.sub(r"<[^>]*>", " ", LISTED.sub("", main)))


def listed_on(page: str) -> list[str]:
    found = LISTED.search(page)
    return [unescape(name) for name in re.findall(r">([^<]+)</a>", found[0])] if found else []


@pytest.fixture
def addresses(cast: Cast) -> list[str]:
    load_shipped()
    report = make_report(cast)
    finding, audit = make_finding(cast), make_audit(cast, of=make_round(cast), state="shared")
    criterion = Criterion.objects.order_by("pk").first()
    assert criterion is not None
    return [
        "/",
        "/standards",
        f"/standards/criteria/{criterion.public_id}",
        "/schedule",
        "/planner",
        "/reporting",
        "/forums",
        "/drivers",
        "/rounds",
        f"/rounds/{audit.round.public_id}",
        f"/audits/{audit.public_id}",
        f"/audits/{audit.public_id}/shared",
        "/findings",
        f"/findings/{finding.public_id}",
        f"/actions/{make_action(cast, findings=[finding]).public_id}",
        f"/reports/{report.public_id}",
        "/audit-tools",
        "/moderation",
        "/people",
    ]


def test_each_page_lists_the_words_of_the_glossary_that_stand_on_it(
    cast: Cast, client_of: Any, addresses: list[str]
) -> None:
    client = client_of(cast.qa_lead)
    for address in addresses:
        page = client.get(address).content.decode()
        expected = [term.name for term in terms_on_page(said_on(page))]
        assert listed_on(page) == expected, address
    assert "Criterion" in listed_on(client.get("/standards").content.decode())


def test_every_abbreviation_on_a_page_stands_in_the_glossary(
    cast: Cast, client_of: Any, addresses: list[str]
) -> None:
    known = {spelling for term in glossary() for spelling in term.spellings if spelling.isupper()}
    client, unknown = client_of(cast.qa_lead), {}
    for address in addresses:
        found = set(
            re.findall(r"(?<![\w-])[A-Z]{2,7}(?![\w-])", said_on(client.get(address).content.decode()))
        )
        # Other names of a forum are given as they are found in papers.
        if address != "/forums" and found - known - NO_SECTOR_WORDS:
            unknown[address] = found - known - NO_SECTOR_WORDS
    assert unknown == {}


def test_a_link_leads_to_its_word_first(cast: Cast, client_of: Any) -> None:
    page = client_of(cast.ben).get("/help", {"q": "Audit"}).content.decode()
    assert re.findall(r"<h2[^>]*>([^<]+)</h2>", page)[0] == "Audit"
    assert "Words on this page" not in page


def test_a_page_without_a_word_of_the_sector_has_no_list(client: Any, db: None) -> None:
    assert "Words on this page" not in client.get("/nothing/here").content.decode()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Two audits and the IROs met.", ["Audit", "Independent reviewing officer (IRO)"]),
        ("An iro is none; auditing is no auditlike thing", []),
        ("The criterion, a deep dive and the child in care", ["Child in care", "Criterion", "Deep dive"]),
    ],
)
def test_words_are_found_whole_in_singular_and_plural(text: str, names: list[str]) -> None:
    assert [term.name for term in terms_on_page(text)] == names


def test_the_walk_along_the_words_finds_what_the_slow_search_finds() -> None:
    for term in glossary():
        assert set(terms_in(term.meaning)) - set(terms_on_page(term.meaning)) == set(), term.name
