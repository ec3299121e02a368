"""The forums of a schedule, found by key, name or alias; added from printed names where none are listed."""

from dataclasses import replace
from difflib import get_close_matches

from plumbline.framework.files.content import LONGEST_TITLE, MOST_FORUMS, Forum
from plumbline.framework.files.fields import Fields
from plumbline.framework.files.names import are_one_forum
from plumbline.framework.files.read_cadences import read_cadence
from plumbline.shared.given import Given, Place, Problems
from plumbline.shared.plain_text import clean_line, slug

FORUM_KEYS = {"key", "name", "aliases", "cadence", "purpose"}


def _folded(name: str) -> str:
    return clean_line(name).casefold().replace("’", "'").replace(" & ", " and ")


class Forums:
    """The forums read so far, in order. `may_grow` allows a name that is not among them to become one."""

    def __init__(self, listed: tuple[Given, ...], problems: Problems, *, may_grow: bool) -> None:
        self.problems = problems
        self.may_grow = may_grow
        self._forums: dict[str, Forum] = {}
        self._found: dict[str, str] = {}
        for given in listed:
            self._add_given(given)

    def listed(self) -> tuple[Forum, ...]:
        """All forums, in order."""
        return tuple(self._forums.values())

    def key_of(self, name: str, place: Place) -> str | None:
        """The key of the forum with this key, name or alias; None, and an error, where there is none."""
        if name in self._forums:
            return name
        key = self._found.get(_folded(name))
        if key is None and self.may_grow:
            return self._add_printed(name, place)
        if key is None:
            names = [*self._forums, *(forum.name for forum in self._forums.values())]
            near = get_close_matches(name, names, n=3, cutoff=0.5)
            such = f", or write {' or '.join(near)}" if near else ""
            self.problems.error(place, f"No forum is called “{name}”. Add it to the forums{such}.")
        return key

    def _add_given(self, given: Given) -> None:
        fields = Fields(given, self.problems)
        fields.tell_unknown(FORUM_KEYS, "forums")
        name = fields.line("name", needed="Write the name of the forum.", longest=LONGEST_TITLE)
        key = fields.key("key") or slug(name)
        if not key:
            return
        if key in self._forums:
            self.problems.error(given.get("key").place, f"The forum {key} is given twice. Keep one of them.")
            return
        aliases = tuple(dict.fromkeys(fields.lines("aliases", LONGEST_TITLE)))
        cadence = read_cadence(given.get("cadence"), self.problems)
        self._forums[key] = Forum(key, name, aliases, cadence, fields.text("purpose"))
        for called in dict.fromkeys(map(_folded, (name, *aliases))):
            other = self._found.setdefault(called, key)
            if other != key:
                self.problems.error(
                    given.place,
                    f"“{called}” names two forums, {other} and {key}. Take it out of one of them.",
                )

    def _add_printed(self, name: str, place: Place) -> str | None:
        """A new forum under its printed name, or an alias of the one it plainly is. Source: ambiguity Z11."""
        for key, forum in self._forums.items():
            if any(are_one_forum(name, called) for called in (forum.name, *forum.aliases)):
                self._forums[key] = replace(forum, aliases=(*forum.aliases, name))
                self._found[_folded(name)] = key
                self.problems.note(place, f"“{name}” is taken as another name of “{forum.name}”.")
                return key
        stem = slug(name)
        if len(self._forums) >= MOST_FORUMS:
            self.problems.error(place, f"The file names more than {MOST_FORUMS} forums. Keep to fewer.")
            return None
        if not stem or len(name) > LONGEST_TITLE:
            self.problems.error(place, f"“{name[:60]}” is not the name of a forum. Write a short name.")
            return None
        key = next(
            k for n in range(1, 10_000) if (k := stem if n == 1 else f"{stem}-{n}") not in self._forums
        )
        self._forums[key] = Forum(key, name)
        self._found[_folded(name)] = key
        return key
