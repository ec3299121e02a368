"""The words of definitions/vocabulary.yaml, for knowing a forum under another name."""

from functools import cache

from django.conf import settings

from plumbline.framework.rules.forum_matching import folded
from plumbline.shared.yaml_lines import read_yaml


@cache
def terms_by_name() -> dict[str, str]:
    """The key of the term for each label and alias, folded; read once a process."""
    given = read_yaml((settings.DEFINITIONS_DIR / "vocabulary.yaml").read_bytes())
    return {
        folded(str(name.value)): str(term.get("key").value)
        for term in given.get("terms").items
        for name in (term.get("label"), *term.get("aliases").items)
    }
