"""What is stored about child-level extracts: their facts and the figures counted from them, never the records."""

from plumbline.indicators.models.exceptions import (
    ExceptionReason,
    ExceptionState,
    ExceptionStep,
    IndicatorException,
)
from plumbline.indicators.models.extracts import Extract, ExtractState
from plumbline.indicators.models.figures import Figure, PeriodKind
from plumbline.indicators.models.notes import Note, NoteKind
from plumbline.indicators.models.targets import Target
from plumbline.indicators.models.uploads import ExtractUpload, SpellingChoice

__all__ = [
    "ExceptionReason",
    "ExceptionState",
    "ExceptionStep",
    "Extract",
    "ExtractState",
    "ExtractUpload",
    "Figure",
    "IndicatorException",
    "Note",
    "NoteKind",
    "PeriodKind",
    "SpellingChoice",
    "Target",
]
