"""Pages of a long list, with the filters kept in the address."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict

PAGE_SIZE = 25


def page_of(rows: QuerySet[Any] | Sequence[Any], asked: str | None, size: int = PAGE_SIZE) -> Page[Any]:
    """The page asked for; the first for nonsense, the last for a number too high."""
    return Paginator(rows, size).get_page(asked)


def pagination(page: Page[Any], query: QueryDict) -> dict[str, Any] | None:
    """What the pagination component needs, or nothing when there is one page only."""
    if page.paginator.num_pages < 2:
        return None

    def address(number: int) -> str:
        kept = query.copy()
        kept["page"] = str(number)
        return f"?{kept.urlencode()}"

    items: list[dict[str, Any]] = []
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if isinstance(number, int):
            items.append({"number": number, "href": address(number), "current": number == page.number})
        else:
            items.append({"ellipsis": True})
    return {
        "items": items,
        "landmarkLabel": "Pages of this list",
        "previous": {"href": address(page.previous_page_number())} if page.has_previous() else None,
        "next": {"href": address(page.next_page_number())} if page.has_next() else None,
    }


def counted(page: Page[Any], one: str, many: str) -> str:
    """How much of the list is shown: "26 to 50 of 120 people"."""
    total = page.paginator.count
    noun = one if total == 1 else many
    if page.paginator.num_pages < 2:
        return f"{total} {noun}"
    return f"{page.start_index()} to {page.end_index()} of {total} {noun}"
