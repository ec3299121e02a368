"""The words of definitions/vocabulary.yaml: for knowing a forum under another name, and for showing today's word."""

from functools import cache

from django.conf import settings

from plumbline.framework.rules.forum_matching import folded
from plumbline.shared.yaml_lines import read_yaml


@cache
def _terms() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Each term's key, label and aliases; read once a process."""
    given = read_yaml((settings.DEFINITIONS_DIR / "vocabulary.yaml").read_bytes())
    return tuple(
        (
            str(term.get("key").value),
            str(term.get("label").value),
            tuple(str(alias.value) for alias in term.get("aliases").items),
        )
        for term in given.get("terms").items
    )


@cache
def terms_by_name() -> dict[str, str]:
    """The key of the term for each label and alias, folded."""
    return {folded(name): key for key, label, aliases in _terms() for name in (label, *aliases)}


@cache
def _labels_by_alias() -> dict[str, str]:
    return {folded(name): label for _, label, aliases in _terms() for name in aliases}


def word(name: str) -> str:
    """A forum, post or activity as it is shown: under today's label, or as it was printed where a council chose that.

    Only a name that as a whole is an alias of a term changes; what is stored and exported stays as it was printed.
    Source: ambiguities Z29.
    """
    if settings.WORDS_AS_PRINTED:
        return name
    label = _labels_by_alias().get(folded(name))
    return f"{label[0].upper()}{label[1:]}" if label else name
