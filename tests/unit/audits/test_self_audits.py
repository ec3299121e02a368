"""Self-audits by the rules: what is compared, which way it leans, until when one may be given."""

from datetime import UTC, datetime

from plumbline.audits.rules.report import AuditFacts, group_figures
from plumbline.audits.rules.report_shareable import HIDDEN, shareable_figures
from plumbline.audits.rules.self_audits import Compared, compare, may_give
from tests.unit.audits.test_report_figures import tool

WHEN = datetime(2026, 5, 1, tzinfo=UTC)


def test_only_what_both_judged_is_compared_and_the_lean_is_from_the_auditor() -> None:
    pairs = [
        ("met", "met"),
        ("partly_met", "met"),
        ("not_met", "met"),
        ("met", "not_met"),
        ("not_assessed", "met"),
        ("met", "not_applicable"),
        ("", "met"),
    ]
    assert compare(pairs) == Compared(pairs=4, same=1, kinder=2, harsher=1)
    assert compare([]) == Compared()


def test_a_self_audit_is_given_once_and_before_the_audit_can_be_read() -> None:
    open_now = {"state": "submitted", "shared_at": None, "given_at": None, "sees_audit": False}
    assert may_give(**open_now)
    for closed in (
        {"given_at": WHEN},
        {"shared_at": WHEN, "state": "in_moderation"},
        {"sees_audit": True},
        {"state": "replaced"},
    ):
        assert not may_give(**{**open_now, **closed})


def facts(own: dict[str, str] | None, **more: str) -> AuditFacts:
    return AuditFacts(judgements={"day": "met", "support": "partly_met"} | more, is_self_asked=True, own=own)


def test_a_report_counts_agreement_question_by_question_over_those_given() -> None:
    audits = [
        facts({"day": "met", "support": "met"}),
        facts({"day": "partly_met", "support": "not_applicable"}),
        facts(None),
        AuditFacts(judgements={"day": "met"}),
    ]
    found = group_figures(audits, [tool()], is_random=True)["self_audit"]
    assert (found["given"], found["asked"], found["compared"], found["alike"]) == (2, 3, 2, 0)
    assert (found["all"]["same"]["x"], found["all"]["same"]["n"], found["all"]["kinder"]) == (1, 3, 1)
    by_key = {one["key"]: one for one in found["questions"]}
    assert (by_key["day"]["same"]["x"], by_key["day"]["same"]["n"], by_key["day"]["harsher"]) == (1, 2, 1)
    assert by_key["day"]["criterion"] == "1.1"


def test_a_round_that_asks_nobody_has_the_figures_it_always_had() -> None:
    assert "self_audit" not in group_figures([AuditFacts()], [tool()], is_random=True)


def test_few_self_audits_that_differ_are_hidden_in_the_shareable_version() -> None:
    alike, apart = {"day": "met", "support": "partly_met"}, {"day": "not_met", "support": "met"}
    audits = [*[facts(alike) for _ in range(12)], *[facts(apart) for _ in range(2)], *[facts(None)] * 8]
    group = group_figures(audits, [tool()], is_random=True)
    made = shareable_figures({"groups": {"random": group}, "round": {"id": "r"}})
    table = next(one for one in made["tables"] if one["key"] == "self-audit")
    shown = {row["label"]: row["count"] for row in table["rows"]}
    assert "2" not in shown.values()
    assert HIDDEN in shown.values() or "14" in shown.values()
