"""The words of narratives without names, numbers and rare words, weighed by how telling they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEWEST_NARRATIVES_PER_WORD = 3
"""The number of narratives a word must be in to count. Unit: narratives.

Source: a word in one or two narratives can point to a child and cannot hold a group together.
"""

WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")


def stripped(texts: Sequence[str], names: Collection[str] = ()) -> list[list[str]]:
    """The words of each text in small letters, without names, words with digits and words under three letters.

    A word is taken for a name when it is given as one, or is written with a capital wherever it does not open a
    sentence. Shape: one list per text. Source: names and rare words identify children.
    """
    given = {part.casefold() for name in names for part in WORD.findall(name)}
    capital: Counter[str] = Counter()
    small: set[str] = set()
    every = []
    for text in texts:
        words = []
        end = 0
        for match in WORD.finditer(text):
            word = match.group()
            opens = end == 0 or re.search(r"[.!?:\n]", text[end : match.start()]) is not None
            end = match.end()
            if word[0].isupper():
                if not opens:
                    capital[_plain(word)] += 1
            else:
                small.add(_plain(word))
            words.append(_plain(word))
        every.append(words)
    named = given | (set(capital) - small)
    return [
        [word for word in words if len(word) > 2 and word not in named and word.isalpha()] for words in every
    ]


def _plain(word: str) -> str:
    return re.sub(r"['\u2019]s$", "", word.casefold())


def bag_of(texts: Sequence[Sequence[str]]) -> tuple[NDArray[np.float64], list[str]]:
    """The weight of each word in each text, and the words.

    Rows have length 1, or 0 where a text has no word in at least three texts. Shape: (texts, words).
    Source: TF-IDF with a logarithmic term count, Salton and Buckley (1988), Inf Process Manag 24: 513-523.
    """
    import numpy as np

    spread = Counter(word for text in texts for word in set(text))
    if not any(count >= FEWEST_NARRATIVES_PER_WORD for count in spread.values()):
        return np.zeros((len(texts), 0)), []
    module: Any = import_module("sklearn.feature_extraction.text")
    common = module.ENGLISH_STOP_WORDS
    vocabulary = sorted(w for w, n in spread.items() if n >= FEWEST_NARRATIVES_PER_WORD and w not in common)
    if not vocabulary:
        return np.zeros((len(texts), 0)), []
    maker = module.TfidfVectorizer(analyzer=list, vocabulary=vocabulary, sublinear_tf=True)
    return np.asarray(maker.fit_transform(texts).toarray(), dtype=np.float64), vocabulary
