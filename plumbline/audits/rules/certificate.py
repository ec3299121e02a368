"""Draws a sample again from its certificate and a case list, and says whether all is as it was: no database."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plumbline.audits.rules.draw import METHOD, Drawn, TooSmall, draw
from stats.sampling import frame_digest

KIND = "plumbline-draw-certificate"
VERSION = 1
# Enough of the code to tell the cases of one list apart without naming them.
MARK = 12


@dataclass(frozen=True)
class Verdict:
    """Whether the draw comes out the same, and in one sentence what is the first difference if not."""

    is_match: bool
    sentence: str


class Differs(Exception):
    """The first difference found."""


def mark(reference: str, seed: str) -> str:
    """The first digits of the reference's code under the seed.

    The marks of a frame tell which reference came in or went without listing those that were not drawn.
    """
    return hmac.new(seed.encode(), reference.encode(), hashlib.sha256).hexdigest()[:MARK]


def marks_of(references: list[str], seed: str) -> list[str]:
    """The marks of a frame, sorted."""
    return sorted(mark(one, seed) for one in references)


def verify(certificate: Mapping[str, Any], frame: Mapping[str, str]) -> Verdict:
    """Whether the certificate's sample is what its method gives for the frame (reference to stratum)."""
    try:
        _check(certificate, frame)
    except Differs as difference:
        return Verdict(False, str(difference))
    except (KeyError, TypeError, ValueError, AttributeError):
        return Verdict(
            False, "The certificate is damaged: something is missing from it or is not what it should be."
        )
    selected = sum(len(_in(one, "selected")) for one in certificate["strata"])
    return Verdict(
        True,
        f"Match. {len(frame):,} cases, seed {certificate['seed']['value']!r}: the same {selected} cases are drawn "
        "in the same order.",
    )


def _check(certificate: Mapping[str, Any], frame: Mapping[str, str]) -> None:
    if certificate.get("kind") != KIND:
        raise Differs("This file is not a certificate of a draw.")
    if certificate["version"] != VERSION or certificate["method"] != METHOD:
        raise Differs("The certificate is of a method that this version of Plumbline does not know.")
    if certificate.get("withheld"):
        raise Differs(
            "Some references are withheld from this certificate, because the person who saved it declared an "
            "interest. Use one saved by somebody who did not."
        )
    seed = certificate["seed"]["value"]
    _check_list(certificate, frame, seed)
    if marks_of(list(frame), seed) != certificate["frame"]["marks"]:
        raise Differs("The seed is not the one the sample was drawn with. The list is the same.")
    recent = set(certificate["recent"])
    try:
        again = draw(
            frame,
            recent=recent,
            seed=seed,
            size=certificate["sample_size"],
            minimum=certificate["stratum_minimum"],
        )
    except TooSmall:
        raise Differs("The sample is too small to give each stratum its minimum.") from None
    if [one.key for one in again] != [one["key"] for one in certificate["strata"]]:
        raise Differs("The strata of the list are not those of the certificate.")
    for one, told in zip(again, certificate["strata"], strict=True):
        _check_stratum(one, told, recent)
    _check_left_out(certificate, recent)


def _check_list(certificate: Mapping[str, Any], frame: Mapping[str, str], seed: str) -> None:
    told = certificate["frame"]
    if frame and frame_digest(frame) == told["digest"]:
        return
    before = set(told["marks"])
    marks = {mark(one, seed): one for one in frame}
    added = sorted(one for code, one in marks.items() if code not in before)
    gone = before - set(marks)
    sizes = f"It holds {len(frame):,} cases; the sample was drawn from {told['size']:,}."
    if len(added) > len(frame) // 2:
        raise Differs(f"The list is another one, or the seed was changed. {sizes}")
    if added:
        more = f", and {len(added) - 1} more" if len(added) > 1 else ""
        raise Differs(f"The list was changed: {added[0]} was not in it{more}. {sizes}")
    named = sorted(
        place["reference"]
        for one in certificate["strata"]
        for place in one["order"]
        if mark(place["reference"], seed) in gone
    )
    which = f"{named[0]} is no longer in it" if named else "a case that was not drawn is no longer in it"
    more = f", and {len(gone) - 1} more" if len(gone) > 1 else ""
    raise Differs(f"The list was changed: {which}{more}. {sizes}")


def _check_stratum(one: Drawn, told: Mapping[str, Any], recent: set[str]) -> None:
    where = f" in {told['label']}" if told["label"] else ""
    for what, mine in (("size", one.size), ("recent", one.recent), ("drawn", one.drawn)):
        if told[what] != mine:
            raise Differs(
                f"The numbers differ{where}: {what} is {told[what]} in the certificate and comes to {mine}."
            )
    for place in told["order"]:
        position, reference = place["position"], place["reference"]
        wanted_here = one.order[position - 1] if 1 <= position <= len(one.order) else "nothing"
        if wanted_here != reference:
            raise Differs(
                f"The order differs{where}: place {position} is {reference} and should be {wanted_here}."
            )
    listed = [place["position"] for place in told["order"]]
    if listed != sorted(set(listed)):
        raise Differs(f"The order differs{where}: its places do not stand one after the other.")
    places = set(listed)
    told_of = {place["reference"]: place for place in told["order"]}
    wanted = one.drawn
    for position, reference in enumerate(one.order, start=1):
        if wanted == 0:
            break
        if reference in recent:
            continue
        if position not in places:
            raise Differs(f"The order differs{where}: place {position}, {reference}, is missing.")
        state = told_of[reference]["state"]
        if state in ("excluded", "replaced", "picked"):
            continue
        if state != "selected":
            raise Differs(
                f"The sample differs{where}: {reference} at place {position} comes before others drawn."
            )
        wanted -= 1
    over = len(_in(told, "selected")) - (one.drawn - wanted)
    if over > 0:
        raise Differs(f"The sample differs{where}: {over} more drawn than its share.")


def _check_left_out(certificate: Mapping[str, Any], recent: set[str]) -> None:
    for one in certificate["strata"]:
        for place in one["order"]:
            if place["state"] not in ("excluded", "replaced") or place["reference"] in recent:
                continue
            if not place.get("reason") or not place.get("approved_by"):
                raise Differs(f"{place['reference']} was left out without a reason or somebody who agreed.")


def _in(told: Mapping[str, Any], state: str) -> list[Any]:
    return [place for place in told["order"] if place["state"] == state]
