"""Keeps a case list between its check and its import, takes it in whole or not at all, and clears it away."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from plumbline.audits.actions.round_stages import RoundNotInState, move_round
from plumbline.audits.actions.rounds import locked_round
from plumbline.audits.files.case_list import pack, read_case_list
from plumbline.audits.models import CaseList, CaseListUpload, ColumnMapping, FrameCase, Round, RoundState
from plumbline.audits.queries.case_plan import HEADING, CasePlan, plan_of
from plumbline.audits.rules.case_values import Column, plain
from plumbline.event_log.actions import record
from plumbline.event_log.models import Kind
from plumbline.people.models import Person, Unit
from plumbline.shared.plain_text import clean_line
from stats.sampling import frame_digest

KEPT_FOR = timedelta(hours=24)
LONGEST_NAME = 120
AT_ONCE = 2000
# A list may be replaced as long as no sample was drawn from it.
OPEN = (RoundState.PLANNED, RoundState.COHORT)


class PlanChanged(Exception):
    """The import would now do something else than the person was shown, or cannot be done. Nothing was changed."""


def keep_upload(
    *, by: Person, round: Round, name: str, data: bytes, source: dict[str, str] | None = None
) -> CaseListUpload:
    """The case list kept until it is checked and imported, for the person who gave it and nobody else.

    `source` says what it is made of, for a list that the product made.

    Raises: FileError for a file that cannot be read; RoundNotInState where a sample is drawn already.
    """
    table = read_case_list(data)
    with transaction.atomic():
        locked_round(round, *OPEN)
        upload = CaseListUpload.objects.create(
            owner=by,
            round=round,
            name=clean_line(name)[:LONGEST_NAME] or "file",
            data=pack(table),
            source=source or {},
        )
        record(
            by=by, kind=Kind.ACTION, action="case_list.upload", obj=upload, detail={"rows": len(table.rows)}
        )
    return upload


def say_columns(*, by: Person, upload: CaseListUpload, columns: dict[int, Column | None]) -> CaseListUpload:
    """The upload with what each of its columns is; None leaves a column out."""
    said = {str(n): str(column) if column else "" for n, column in columns.items()}
    return _say(upload, columns=said)


def say_spellings(
    *, by: Person, upload: CaseListUpload, spellings: dict[str, dict[str, str]], blank_workers: bool
) -> CaseListUpload:
    """The upload with what its spellings mean, added to what was said before."""
    kept = upload.mapping.get("spellings", {})
    merged = {kind: kept.get(kind, {}) | spellings.get(kind, {}) for kind in {*kept, *spellings}}
    return _say(
        upload,
        spellings=merged,
        blank_workers=blank_workers or bool(upload.mapping.get("blank_workers")),
    )


def _say(upload: CaseListUpload, **said: Any) -> CaseListUpload:
    with transaction.atomic():
        row = CaseListUpload.objects.select_for_update().get(pk=upload.pk)
        row.mapping = row.mapping | said
        row.save(update_fields=["mapping"])
    return row


def import_case_list(*, by: Person, upload: CaseListUpload, on: date, seen: str) -> CaseList:
    """The case list taken in: all of it or nothing; the same content twice changes nothing.

    `seen` is the digest of the content that the person agreed to.
    Raises: PlanChanged where it would no longer be that; RoundNotInState where a sample is drawn already.
    """
    with transaction.atomic():
        # The lock makes a second press of the button wait, and then find the list there.
        kept = CaseListUpload.objects.select_for_update().select_related("round").get(pk=upload.pk)
        round = locked_round(kept.round)
        if kept.used_at is not None:
            return CaseList.objects.as_system("case-list").get(round=round)
        if round.state not in OPEN:
            raise RoundNotInState
        plan = plan_of(kept, on)
        if not plan.is_ready or plan.content != seen:
            raise PlanChanged
        _remember(plan, kept, by)
        row = _same(round) if plan.is_same else _replace(round, plan, kept, by)
        kept.data, kept.mapping, kept.used_at = b"", {}, timezone.now()
        kept.save(update_fields=["data", "mapping", "used_at"])
    return row


def _same(round: Round) -> CaseList:
    return CaseList.objects.as_system("case-list").get(round=round)


def _replace(round: Round, plan: CasePlan, upload: CaseListUpload, by: Person) -> CaseList:
    # Before the draw nothing points at a case, so they go without being read one by one; the foreign keys check it.
    old = FrameCase.objects.as_system("case-list").filter(case_list__round=round)
    old._raw_delete(old.db)
    CaseList.objects.as_system("case-list").filter(round=round).delete()
    row = CaseList.objects.create(
        round=round,
        file_name=upload.name,
        file_digest=plan.table.digest,
        size=len(plan.cases),
        frame_digest=frame_digest(case.reference for case in plan.cases),
        reading=_reading(plan, round),
        source=upload.source,
        imported_by=by,
    )
    units = dict(Unit.objects.values_list("key", "pk"))
    workers = {case.worker for case in plan.cases if case.worker}
    people = dict(
        Person.objects.as_system("case-list").filter(public_id__in=workers).values_list("public_id", "pk")
    )
    FrameCase.objects.bulk_create(
        [
            FrameCase(
                case_list=row,
                reference=case.reference,
                plan_type=case.plan_type,
                unit_id=units[case.team],
                worker_id=people.get(case.worker),
                started_on=case.started_on,
                age_band=case.age_band,
                sex=case.sex,
                ethnicity=case.ethnicity,
                disability=case.disability,
            )
            for case in plan.cases
        ],
        batch_size=AT_ONCE,
    )
    if round.state == RoundState.PLANNED:
        move_round(by=by, round=round, to=RoundState.COHORT)
    detail: dict[str, object] = {"rows": row.size, "left_out": plan.left_out, "file": row.file_digest[:16]}
    record(by=by, kind=Kind.ACTION, action="case_list.import", obj=row, detail=detail)
    return row


def _reading(plan: CasePlan, round: Round) -> dict[str, Any]:
    """How the file was read, without anything about workers: enough to read it again without the database."""
    used = {n: column for n, column in plan.columns.items() if column and column is not Column.WORKER}
    said: dict[str, dict[str, str]] = {}
    for n, column in used.items():
        meanings = plan.spellings.get(column, {})
        given = {plain(text) for text in set(plan.table.values(n))} if meanings else set()
        if kept := {text: meanings[text] for text in sorted(given) if text in meanings}:
            said[column.value] = kept
    return {
        "columns": {column.value: plan.table.headings[n] for n, column in used.items()},
        "spellings": said,
        "plan_types": sorted(round.plan_types),
        "on": plan.on.isoformat() if plan.on else "",
        "content": plan.content,
    }


def _remember(plan: CasePlan, upload: CaseListUpload, by: Person) -> None:
    rows = [
        (HEADING, plain(heading), plan.columns[n] or "")
        for n, heading in enumerate(plan.table.headings)
        if plain(heading)
    ]
    for kind, said in upload.mapping.get("spellings", {}).items():
        # That a worker is left blank is said of one list only: they may have an account by the next.
        rows += [(kind, given, meaning) for given, meaning in said.items() if meaning]
    moment = timezone.now()
    unique = {(kind, given[:200]): str(meaning)[:200] for kind, given, meaning in rows}
    ColumnMapping.objects.bulk_create(
        [
            ColumnMapping(kind=kind, given=given, meaning=meaning, set_by=by, set_at=moment)
            for (kind, given), meaning in unique.items()
        ],
        update_conflicts=True,
        unique_fields=["kind", "given"],
        update_fields=["meaning", "set_by", "set_at"],
    )


def remove_old_uploads() -> int:
    """How many case lists were cleared away a day after they were given. Safe to do twice."""
    deleted, _ = CaseListUpload.objects.filter(made_at__lt=timezone.now() - KEPT_FOR).delete()
    return deleted
