"""`manage.py verify_draw CERTIFICATE CASELIST`: draws the sample again without the database and says whether it matches."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from plumbline.audits.files.case_list import MOST_BYTES
from plumbline.audits.files.frame_again import frame_from
from plumbline.audits.rules.certificate import KIND, Verdict, verify
from plumbline.shared.given import FileError


class Command(BaseCommand):
    help = "Draws a sample again from its certificate and the case list. Exit code 0 for a match, 1 for a difference."
    # Nothing is asked of the database, so it need not be there.
    requires_system_checks: Any = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("certificate", type=Path, help="the certificate's .json file")
        parser.add_argument("caselist", type=Path, help="the case list, .csv or .xlsx")
        parser.add_argument(
            "--column", default="", help="the heading of the case references, if it was renamed"
        )

    def handle(self, *args: Any, certificate: Path, caselist: Path, column: str, **options: Any) -> None:
        verdict = verdict_on(_bytes(certificate), _bytes(caselist), column)
        self.stdout.write(verdict.sentence)
        if not verdict.is_match:
            sys.exit(1)


def verdict_on(certificate: bytes, case_list: bytes, column: str = "") -> Verdict:
    """Whether the sample of the certificate is drawn again from the case list."""
    try:
        told = json.loads(certificate)
    except ValueError:
        return Verdict(False, "The certificate is damaged: it is not a JSON file.")
    if not isinstance(told, dict) or told.get("kind") != KIND:
        return Verdict(False, "This file is not a certificate of a draw.")
    try:
        frame = frame_from(told, case_list, column)
    except FileError as fault:
        place = str(fault.place)
        where = f"{place[0].upper()}{place[1:]}: " if place != "the file" else ""
        return Verdict(False, f"The list cannot be read as it was. {where}{fault}")
    except (AttributeError, KeyError, TypeError, ValueError):
        return Verdict(False, "The certificate is damaged: how the list was read is missing from it.")
    return verify(told, frame)


def _bytes(file: Path) -> bytes:
    try:
        with open(file, "rb") as opened:
            return opened.read(4 * MOST_BYTES)
    except OSError as fault:
        raise CommandError(f"{file} cannot be read: {fault.strerror}. Check the path.") from fault
