"""The records of the keeping area."""

from plumbline.keeping.models.retention import Disposal, DisposalState, LegalHold, RetentionRule

__all__ = ["Disposal", "DisposalState", "LegalHold", "RetentionRule"]
