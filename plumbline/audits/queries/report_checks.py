"""What stands in the way of a shareable version: words that identify somebody, in whatever would leave."""

from plumbline.audits.models import Round
from plumbline.audits.queries.report_secrets import secrets_of
from plumbline.audits.queries.reports import Content
from plumbline.audits.rules.report_leaks import Leak, leaks_in
from plumbline.audits.rules.report_parts import BY_KEY, SHAREABLE


def leaks_of(content: Content) -> list[Leak]:
    """Where the words that a shareable version would carry hold a name, a reference or a small team."""
    return leaks_in(shareable_words(content), secrets_of(content.report.round))


def leaks_in_text(round: Round, text: str) -> list[Leak]:
    """What one text holds that must not leave."""
    return leaks_in({"the quotation": text}, secrets_of(round))


def shareable_words(content: Content) -> dict[str, str]:
    """Every text that people wrote and that the shareable version would carry, by where it stands."""
    round = content.report.round
    found = {"the title and theme of the round": f"{round.title}. {round.theme}"}
    found[f"“{BY_KEY[SHAREABLE].title}”"] = content.words(SHAREABLE)
    for theme in content.themes:
        found[f"the title of the theme “{theme.title}”"] = theme.title
        for number, one in enumerate(theme.quotations.all(), start=1):
            if one.is_shareable:
                found[f"quotation {number} of the theme “{theme.title}”"] = one.text
    return found
