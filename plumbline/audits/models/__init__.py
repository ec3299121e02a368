"""Everything stored about rounds and audits."""

from plumbline.audits.models.allocation import (
    AllocationException,
    AuditorCapacity,
    AuditorLeave,
    AuditRequest,
    ExceptionState,
    RequestKind,
    RequestState,
)
from plumbline.audits.models.answers import Answer, AnswerDraft, Grade, GradeStage, Judgement
from plumbline.audits.models.audits import Audit, AuditState, AuditStep, Reading, Reply, TalkedThrough
from plumbline.audits.models.briefings import Briefing, BriefingRead, BriefingState
from plumbline.audits.models.cases import CaseList, CaseListUpload, ColumnMapping, FrameCase
from plumbline.audits.models.concerns import Concern, ConcernState, ConcernStep
from plumbline.audits.models.drafts import FormDraft
from plumbline.audits.models.draws import (
    Draw,
    ExclusionReason,
    Seed,
    SeedKind,
    Slot,
    SlotRoute,
    SlotState,
)
from plumbline.audits.models.excusals import Excusal
from plumbline.audits.models.findings import AuditAction, AuditFinding
from plumbline.audits.models.moderation import Moderation, ModerationDraw, ModerationReason
from plumbline.audits.models.oversight import Oversight
from plumbline.audits.models.practice import PracticeAudit
from plumbline.audits.models.reports import Quotation, Report, ReportState, ReportText, ReportTheme
from plumbline.audits.models.rounds import Round, RoundKind, RoundState, RoundStep, SelfAuditBy
from plumbline.audits.models.self_audits import SelfAudit
from plumbline.audits.models.tools import ToolState, ToolVersion
from plumbline.audits.models.voice import (
    CoverSheet,
    Discussion,
    IdentityWarning,
    VoiceConsent,
    VoiceContact,
    VoiceMethod,
    VoiceOf,
    VoiceOutcome,
)

__all__ = [
    "AllocationException",
    "Answer",
    "AnswerDraft",
    "Audit",
    "AuditAction",
    "AuditFinding",
    "AuditRequest",
    "AuditState",
    "AuditStep",
    "AuditorCapacity",
    "AuditorLeave",
    "Briefing",
    "BriefingRead",
    "BriefingState",
    "CaseList",
    "CaseListUpload",
    "ColumnMapping",
    "Concern",
    "ConcernState",
    "ConcernStep",
    "CoverSheet",
    "Discussion",
    "Draw",
    "ExceptionState",
    "ExclusionReason",
    "Excusal",
    "FormDraft",
    "FrameCase",
    "Grade",
    "GradeStage",
    "IdentityWarning",
    "Judgement",
    "Moderation",
    "ModerationDraw",
    "ModerationReason",
    "Oversight",
    "PracticeAudit",
    "Quotation",
    "Reading",
    "Reply",
    "Report",
    "ReportState",
    "ReportText",
    "ReportTheme",
    "RequestKind",
    "RequestState",
    "Round",
    "RoundKind",
    "RoundState",
    "RoundStep",
    "Seed",
    "SeedKind",
    "SelfAudit",
    "SelfAuditBy",
    "Slot",
    "SlotRoute",
    "SlotState",
    "TalkedThrough",
    "ToolState",
    "ToolVersion",
    "VoiceConsent",
    "VoiceContact",
    "VoiceMethod",
    "VoiceOf",
    "VoiceOutcome",
]
