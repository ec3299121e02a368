"""The children of a census file one at a time: never more than one in memory, and nothing that XML can hide is run."""

from collections.abc import Iterator

from lxml import etree

from plumbline.indicators.files.sources import Member, first_bytes, place_of
from plumbline.shared.given import FileError

MOST_BYTES = 300 * 1024 * 1024
# One child's whole history is some tens of kilobytes.
MOST_BYTES_A_CHILD = 1024 * 1024
_CHUNK = 64 * 1024


def is_cin_census(member: Member) -> bool:
    """Whether the file begins as a children in need census does."""
    start = first_bytes(member).replace(b"\0", b"")
    return b"<Message" in start and (b">CIN<" in start.replace(b" ", b"") or b"CINdetails" in start)


def is_xml(member: Member) -> bool:
    """Whether the file is XML of any kind."""
    return (
        first_bytes(member, 256).replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<")
    )


def local_name(element: etree._Element) -> str:
    """The name of the element without its namespace; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def texts_of(element: etree._Element) -> dict[str, str]:
    """The texts of the element's own parts, by name; the first where a name comes more than once."""
    texts: dict[str, str] = {}
    for part in element:
        if part.text:
            texts.setdefault(local_name(part), part.text)
    return texts


def parts_of(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The element's own parts of that name."""
    return (part for part in element if local_name(part) == name)


def read_parts(member: Member) -> Iterator[etree._Element]:
    """The header of the return and each child, whole, in the order of the file. Each is emptied after it was used.

    Raises: FileError for what is not well formed, declares types or entities, or holds far too much for one child.
    """
    if member.size > MOST_BYTES:
        raise FileError("The file is larger than 300 MB, more than the largest council's census.")
    parser = etree.XMLPullParser(
        events=("start", "end"),
        tag=["{*}Message", "{*}Header", "{*}Child"],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    since_part = 0
    with member.opened() as stream:
        while chunk := stream.read(_CHUNK):
            _refuse_types(chunk, member)
            for element in _fed(parser, chunk, member):
                since_part = 0
                yield element
                _forget(element)
            since_part += len(chunk)
            if since_part > MOST_BYTES_A_CHILD:
                raise FileError(
                    "More than 1 MB stands between the end of one child and the next, which no child's record needs.",
                    place_of(member),
                )
        _finish(parser, member)


def _refuse_types(chunk: bytes, member: Member) -> None:
    # Returns never declare types or entities; what does is made to swell, or to read other files.
    if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk or b"<\0!\0D\0" in chunk or b"\0<\0!\0D" in chunk:
        raise FileError(
            "The file declares a document type or entities, which a census never does.", place_of(member)
        )


def _fed(parser: etree.XMLPullParser, chunk: bytes, member: Member) -> Iterator[etree._Element]:
    try:
        parser.feed(chunk)
        for event, element in parser.read_events():
            name = local_name(element)
            if (
                event == "start"
                and name == "Message"
                and element.getroottree().docinfo.internalDTD is not None
            ):
                raise FileError(
                    "The file declares a document type, which a census never does.", place_of(member)
                )
            if event == "end" and name != "Message":
                yield element
    except etree.XMLSyntaxError as fault:
        raise _damaged(fault, member) from fault


def _finish(parser: etree.XMLPullParser, member: Member) -> None:
    try:
        parser.close()
    except etree.XMLSyntaxError as fault:
        raise _damaged(fault, member) from fault


def _damaged(fault: etree.XMLSyntaxError, member: Member) -> FileError:
    return FileError(
        "The XML is damaged: a tag is not closed or a sign is not allowed.", place_of(member, fault.lineno)
    )


def _forget(element: etree._Element) -> None:
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
