"""Releases together: what was published before is known for good."""

import pytest

from stats.disclosure import (
    Advice,
    Ratio,
    RefusedError,
    Register,
    Relation,
    Rule,
    Table,
    audit,
    protect,
)

EVERYTHING_MAY_GO = Rule(largest_share_hidden=1)
LINK = Relation("to May", ("April", "May"))


def test_a_cumulative_table_less_last_month_gives_this_month_away() -> None:
    register = Register(links=(LINK,)).with_release("April", Table({"April": 20}))
    with pytest.raises(
        RefusedError, match=r"^May could be worked out together with what was published"
    ) as refused:
        protect(
            Table({"to May": 21, "May": 1}),
            rule=EVERYTHING_MAY_GO,
            register=register.with_release("to May", Table({"to May": 21})),
        )

    assert refused.value.advice == (Advice.CUMULATIVE_OR_MONTHLY, Advice.KEEP_HIDDEN)
    assert "whatever else is hidden. Instead: publish the cumulative or the monthly table, never both" in str(
        refused.value
    )


def test_the_cumulative_figure_is_hidden_when_it_is_not_out_yet() -> None:
    register = Register(links=(LINK,)).with_release("April", Table({"April": 20}))
    result = protect(Table({"to May": 21, "May": 1}), rule=EVERYTHING_MAY_GO, register=register)

    assert result.table.hidden == {"to May", "May"}
    assert "April" not in result.table.cells


def test_without_the_register_the_same_table_would_have_been_published() -> None:
    result = protect(Table({"to May": 21, "May": 1}), rule=EVERYTHING_MAY_GO)

    assert result.table.hidden == {"May"}


def test_an_authority_less_its_teams_is_one_system() -> None:
    teams = Relation("authority", ("A", "B", "C"))
    register = Register(links=(teams,)).with_release("authority", Table({"authority": 63}))
    result = protect(Table({"A": 3, "B": 25, "C": 35}), rule=EVERYTHING_MAY_GO, register=register)

    assert result.table.hidden == {"A", "B"}


def test_this_filter_less_that_filter_is_seen() -> None:
    link = Relation("all plans", ("without CIN", "CIN"))
    earlier = Register(links=(link,)).with_release("all", Table({"all plans": 40}))
    with pytest.raises(RefusedError, match=r"^CIN could be worked out together"):
        protect(
            Table({"without CIN": 37, "CIN": 3}, unprinted=frozenset({"CIN"})),
            rule=EVERYTHING_MAY_GO,
            register=earlier.with_release("without", Table({"without CIN": 37})),
        )


def test_what_was_hidden_stays_hidden() -> None:
    table = Table({"a": 3, "b": 40, "c": 57, "all": 100}, (Relation("all", ("a", "b", "c")),))
    first = protect(table, rule=EVERYTHING_MAY_GO).table
    register = Register().with_release("first", first)
    again = protect(Table({"b": 40, "d": 12}), rule=EVERYTHING_MAY_GO, register=register)

    assert again.table.hidden == {"b"}
    assert set(again.audit.ranges) == {"a", "b"}


def test_what_was_shown_counts_as_shown_for_good() -> None:
    register = Register().with_release("first", Table({"b": 40, "all": 43}))
    table = Table({"a": 3, "b": 40, "all": 43}, (Relation("all", ("a", "b")),))

    assert register.shown == {"b", "all"}
    assert register.together_with(table.hiding(primary={"a", "b"})).hidden == {"a"}
    with pytest.raises(RefusedError, match=r"^a could be worked out"):
        protect(table, rule=EVERYTHING_MAY_GO, register=register)


def test_a_cell_shown_in_a_later_release_is_shown() -> None:
    hidden = Table({"a": 9, "b": 9}).hiding(secondary={"a", "b"})
    register = Register().with_release("1", hidden).with_release("2", Table({"a": 9}))

    assert register.shown == {"a"}
    assert register.hidden == {"b"}


def test_releases_together_are_one_table_to_an_attacker() -> None:
    april = Table({"April": 20})
    may = Table({"May": 3}, primary=frozenset({"May"}))
    register = Register(links=(LINK,)).with_release("April", april).with_release("May", may)
    alone = register.together_with(Table({"x": 1}))

    assert audit(alone).is_safe
    assert audit(register.together_with(Table({"to May": 23}))).exposed == ("May",)


def test_a_link_waits_until_all_its_cells_are_there() -> None:
    register = Register(links=(LINK,)).with_release("April", Table({"April": 20}))

    assert register.together_with(Table({"May": 7})).relations == ()
    assert register.together_with(Table({"May": 7, "to May": 27})).relations == (LINK,)


def test_ratios_shown_before_are_known_and_must_mean_the_same() -> None:
    ratio = Ratio("percent", "seen", "of")
    shown = Table({"seen": 8, "of": 20}, ratios=(ratio,))
    register = Register().with_release("1", shown)

    assert register.together_with(shown.hiding(secondary={"seen"})).hidden_ratios == frozenset()
    hidden = Register().with_release("1", shown.hiding(secondary={"seen"}))
    assert hidden.together_with(Table({"x": 1})).hidden_ratios == {"percent"}
    with pytest.raises(
        ValueError, match=r"^ratios is \['percent'\]; it must be ratios that mean the same in every"
    ):
        register.together_with(
            Table({"seen": 8, "of": 20}, ratios=(Ratio("percent", "seen", "of", decimals=1),))
        )


def test_a_percentage_published_before_gives_its_count_away_for_good() -> None:
    link = Relation("of", ("seen", "rest"))
    percent = Table(
        {"seen": 17, "of": 20}, ratios=(Ratio("percent", "seen", "of"),), unprinted=frozenset({"seen"})
    )
    register = Register(links=(link,)).with_release("percent", percent)

    assert register.shown == {"of"}
    assert register.fixed == {"seen", "of"}
    with pytest.raises(RefusedError, match=r"^rest could be worked out together"):
        protect(Table({"rest": 3}), rule=EVERYTHING_MAY_GO, register=register)


def test_an_unprinted_cell_that_another_release_hides_is_hidden() -> None:
    register = Register().with_release("1", Table({"a": 9, "b": 9}, unprinted=frozenset({"a", "b"})))
    both = register.together_with(Table({"a": 9}).hiding(secondary={"a"}))

    assert both.hidden == {"a"}
    assert both.unprinted == {"b"}


def test_a_revised_figure_needs_another_name() -> None:
    register = Register().with_release("April", Table({"April": 20}))
    with pytest.raises(
        ValueError, match=r"^cells\['April'\] is 21; it must be 20 as in an earlier release, or have"
    ):
        register.with_release("April revised", Table({"April": 21}))
    with pytest.raises(ValueError, match=r"^cells\['April'\] is 21; it must be 20"):
        protect(Table({"April": 21}), register=register)


def test_a_year_to_date_is_hidden_when_the_month_it_gives_away_is_never_printed() -> None:
    register = Register(links=(LINK,)).with_release("April", Table({"April": 20}))
    result = protect(Table({"to May": 21}), rule=EVERYTHING_MAY_GO, register=register)

    assert result.table.hidden == {"to May"}
    assert set(result.audit.ranges) == {"to May", "May"}
    assert audit(register.together_with(Table({"to May": 21}))).exposed == ("May",)
    assert protect(Table({"to May": 26}), rule=EVERYTHING_MAY_GO, register=register).table.hidden == set()
    assert protect(Table({"to May": 20}), rule=EVERYTHING_MAY_GO, register=register).table.hidden == set()


def test_the_rule_decides_whether_a_month_that_is_never_printed_is_too_small() -> None:
    register = Register(links=(LINK,)).with_release("April", Table({"April": 20}))
    rule = Rule(largest_hidden=9, largest_share_hidden=1)

    assert protect(Table({"to May": 29}), rule=rule, register=register).table.hidden == {"to May"}
    assert protect(Table({"to May": 30}), rule=rule, register=register).table.hidden == set()
    assert register.together_with(Table({"to May": 29}), rule).primary == {"May"}
    assert register.together_with(Table({"to May": 29})).primary == set()


def test_this_filter_less_that_filter_is_seen_when_neither_release_holds_what_lies_between() -> None:
    link = Relation("all plans", ("without CIN", "CIN"))
    register = Register(links=(link,)).with_release("all", Table({"all plans": 40}))
    with pytest.raises(RefusedError, match=r"^1 of 1 cells would be hidden \(100% of those") as refused:
        protect(Table({"without CIN": 37}), register=register)

    assert refused.value.advice == (
        Advice.CUMULATIVE_OR_MONTHLY,
        Advice.MERGE_GRADES,
        Advice.POOL_MONTHS,
        Advice.TOTAL_ONLY,
    )
    assert refused.value.share_hidden == 1


def test_two_sums_over_one_cell_that_is_never_published_are_one_system() -> None:
    links = (Relation("A", ("B", "unseen")), Relation("C", ("D", "unseen")))
    register = Register(links=links).with_release("first", Table({"A": 30, "B": 20}))
    result = protect(Table({"C": 13, "D": 3}), rule=EVERYTHING_MAY_GO, register=register)

    assert result.table.hidden == {"C", "D"}
    assert audit(register.together_with(Table({"C": 13, "D": 3}).hiding(primary={"D"}))).exposed == ("D",)


def test_cells_that_are_never_published_follow_from_one_another() -> None:
    links = (Relation("x", ("w", "v")), Relation("to May", ("April", "x")), Relation("x", ("y", "z")))
    register = Register(links=links).with_release("April", Table({"April": 20, "w": 7}))
    both = register.together_with(Table({"to May": 30, "z": 9}))

    assert dict(both.cells) == {"April": 20, "w": 7, "to May": 30, "z": 9, "x": 10, "v": 3, "y": 1}
    assert both.unprinted == {"x", "v", "y"}
    assert both.primary == {"v", "y"}


def test_a_total_of_two_links_follows_from_the_parts_of_either() -> None:
    links = (Relation("all", ("a", "b")), Relation("all", ("c", "d")))
    both = Register(links=links).together_with(Table({"a": 12, "b": 10, "c": 19}))

    assert dict(both.cells) == {"a": 12, "b": 10, "c": 19, "all": 22, "d": 3}
    assert both.primary == {"d"}


def test_links_that_contradict_what_is_held_are_refused() -> None:
    register = Register(links=(LINK,)).with_release("April", Table({"April": 20}))
    with pytest.raises(
        ValueError, match=r"^links is 'to May = 19'; it must be at least its parts, which are 20"
    ):
        protect(Table({"to May": 19}), register=register)


def test_what_a_release_gives_away_is_public_once_it_is_entered_as_shown() -> None:
    leaking = (
        Register(links=(LINK,))
        .with_release("1", Table({"April": 20}))
        .with_release("2", Table({"to May": 21}))
    )
    other = Table({"x": 30})
    with pytest.raises(RefusedError, match=r"^May could be worked out together"):
        protect(other, register=leaking)

    assert protect(other, register=leaking.with_release("known", Table({"May": 1}))).table == other


def test_a_link_that_does_not_add_up_is_refused() -> None:
    register = Register(links=(LINK,)).with_release("April", Table({"April": 20}))
    with pytest.raises(
        ValueError, match=r"^relations is 'to May = 30'; it must be the sum of its parts, which is 27"
    ):
        register.together_with(Table({"May": 7, "to May": 30}))


def test_releases_each_have_their_own_name() -> None:
    register = Register().with_release("April", Table({"April": 20}))
    with pytest.raises(
        ValueError, match=r"^releases is \['April', 'April'\]; it must be releases that each have"
    ):
        register.with_release("April", Table({"x": 20}))
