"""YAML with line numbers, and YAML that is refused."""

import pytest

from plumbline.shared.given import FileError, Given
from plumbline.shared.yaml_lines import read_yaml, write_yaml


def bomb(levels: int) -> bytes:
    """Lists of aliases to lists of aliases: nine times more values at every level."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(lines).encode()


def plain(given: Given) -> object:
    if isinstance(given.value, dict):
        return {key: plain(value) for key, value in given.value.items()}
    return [plain(part) for part in given.value] if isinstance(given.value, tuple) else given.value


def test_every_value_knows_its_line_and_keys() -> None:
    given = read_yaml(b"a: 1\nb:\n  - c: two\n  - d:\n      e: three\n")

    deep = given.get("b").items[1].get("d").get("e")
    assert (deep.value, deep.place.line, deep.place.path) == ("three", 5, ("b", 2, "d", "e"))
    assert str(deep.place) == "line 5, b 2, d, e"


@pytest.mark.parametrize(
    "word", ["2.10", "1e3", "no", "on", "0x1F", "2026-04-01", "12:30", "1_000", "007", "true"]
)
def test_words_stay_words_whatever_they_look_like(word: str) -> None:
    assert read_yaml(f"a: {word}\n{word}: b".encode()).get("a").value == word
    assert read_yaml(f"a: {word}\n{word}: b".encode()).get(word).value == "b"


@pytest.mark.parametrize("blank", ["", "~", "null"])
def test_blank_and_null_give_nothing(blank: str) -> None:
    assert read_yaml(f"a: {blank}".encode()).get("a").value is None
    assert read_yaml(b'a: "null"').get("a").value == "null"


def test_a_byte_order_mark_is_not_part_of_the_first_key() -> None:
    assert read_yaml("\ufeffkey: ours".encode()).get("key").value == "ours"


@pytest.mark.parametrize(
    ("data", "place", "said"),
    [
        (bomb(12), "line 3", "more than 20 anchors and aliases"),
        (b"- &a x\n" + b"- *a\n" * 30, "line 21", "more than 20 anchors and aliases"),
        (b"&a [*a]", "line 1", "aliases (*name) hold too much"),
        (b"[" * 5000, "line 1", "nested more than 20 levels"),
        ("\n".join(" " * n + "a:" for n in range(60)).encode(), "line 21", "nested more than 20 levels"),
        (b"a: 1\nb: !!python/object/apply:os.system [ls]", "line 2", "Take out the tag"),
        (b"a: !!binary aGVsbG8=", "line 1", "Take out the tag"),
        (b"a: !!set {x, y}", "line 1", "Take out the tag"),
        (b"a: !secret x", "line 1", "Take out the tag"),
        (b"a: 1\nb: 2\na: 3", "line 3", "The key a is given twice, first on line 1."),
        (b"a: &x {b: 1}\nc:\n  <<: *x", "line 3", "Merging with << is not read."),
        (b"? [a, b]\n: c", "line 1", "A key must be a word."),
        (b"a: 1\n---\nb: 2", "line 2", "more than one document"),
        (b"a:\n\t- b", "line 2", "This is not YAML that can be read"),
        (b"a: b: c", "line 1", "This is not YAML that can be read"),
        (b"a: [1, 2", "line 2", "This is not YAML that can be read"),
        (b"a: \x00", "the file", "Save the file as plain text in UTF-8."),
        (b"a: 1\nb: caf\xe9", "line 2", "The file is not in UTF-8."),
        (b"a: 1\n" * 500_000, "the file", "larger than 2 MB"),
        (b"[" + b"1," * 300_000 + b"1]", "line 1", "too many values"),
        (b"", "the file", "The file is empty."),
        (b"# only a comment", "the file", "The file is empty."),
    ],
)
def test_hostile_and_broken_yaml_is_refused_with_its_line(data: bytes, place: str, said: str) -> None:
    with pytest.raises(FileError) as refusal:
        read_yaml(data)

    assert str(refusal.value.place).startswith(place)
    assert said in str(refusal.value)


def test_a_few_aliases_are_read() -> None:
    given = read_yaml(b"a: &one [x, y]\nb: *one\nc: *one")

    assert plain(given) == {"a": ["x", "y"], "b": ["x", "y"], "c": ["x", "y"]}


def test_what_is_written_reads_back_in_the_same_words_and_order() -> None:
    content = {
        "z": "no",
        "a": ["2.10", "", "two\nlines", "# not a comment", "漢字 😀"],
        "on": {"<b>": "=1+1"},
    }

    data = write_yaml(content)

    assert plain(read_yaml(data)) == content
    assert list(read_yaml(data).mapping) == ["z", "a", "on"]


def test_no_aliases_are_written_for_values_that_are_the_same() -> None:
    shared = ["x", "y"]

    assert b"&" not in write_yaml({"a": shared, "b": shared})
