"""A block tag that puts "Words on this page" under what it holds: the sector's words on it, each with its meaning."""

import re
from html import unescape
from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context

from plumbline.shared.glossary import terms_on_page

register = template.Library()
TAG = re.compile(r"<[^>]*>")


class WordsHere(template.Node):
    """What stands between the tags, then a closed list of links to the words that the glossary explains."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> Any:
        page = self.nodelist.render(context)
        terms = [] if context.get("is_glossary") else terms_on_page(unescape(TAG.sub(" ", page)))
        if not terms:
            return page
        engine = context.template.engine  # type: ignore[union-attr]
        return page + engine.get_template("words_here.html").render(context.new({"terms": terms}))


@register.tag
def words_here(parser: Parser, token: Token) -> WordsHere:
    """{% words_here %} ... {% endwords_here %}"""
    nodelist = parser.parse(("endwords_here",))
    parser.delete_first_token()
    return WordsHere(nodelist)
