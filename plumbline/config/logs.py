"""Log lines carry identifiers and routes; addresses of people and query strings are cut out."""

import logging
import re

EMAIL = re.compile(r"[^\s@<>'\"]+@[^\s@<>'\"]+\.[^\s@<>'\"]+")
QUERY = re.compile(r"\?[^\s'\"]*")


def cleaned(text: str) -> str:
    """The text without e-mail addresses and query strings, on one line."""
    return QUERY.sub("?…", EMAIL.sub("[address]", text)).replace("\r", " ").replace("\n", " ")


class WithoutPersonalData(logging.Filter):
    """Cleans the message of each record; what a trace says of values is left to the exception's type."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = cleaned(record.getMessage()), ()
        if record.exc_info and record.exc_info[0]:
            # A trace prints the exception's text, which may quote what somebody wrote.
            where = record.exc_info[2]
            while where and where.tb_next:
                where = where.tb_next
            place = f" at {where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where else ""
            record.msg += f" ({record.exc_info[0].__name__}{place})"
            record.exc_info, record.exc_text = None, None
        return True
