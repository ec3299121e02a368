"""The request that events of this thread belong to."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class RequestFacts:
    """What an event keeps of a request: its id and the name of its route, never its address or content."""

    request_id: str = ""
    route: str = ""


OUTSIDE_A_REQUEST = RequestFacts()
current_request: ContextVar[RequestFacts] = ContextVar("current_request", default=OUTSIDE_A_REQUEST)
