"""Counts of indicators from child-level extracts: definitions in, counts out. Knows no Django and no statistics.

    from indicator_engine import Engine, load_definitions, load_tables, open_extract, periods

    indicators = load_definitions(Path("definitions/indicators"))      # key -> Indicator
    tables = load_tables(Path("definitions/record_tables"))
    with open_extract(folder, tables) as extract:
        engine = Engine(extract, indicators)
        counts = engine.counts(indicators, [periods.parse("2026-03")])             # one Count each, zeros among them
        by_team = engine.counts(["re-referrals-in-12-months"], twelve, by=("team",))   # one for each group that occurs
        behind = engine.rows("re-referrals-in-12-months", twelve[0], (("team", "T1"),))  # the records behind a figure

* `Indicator`: what a definition says: `key`, `code`, `title`, `theme`, `unit` (count, percent, rate_per_10_000, median, mix,
  ratio), `polarity` (higher, lower, neutral), `numerator`, `denominator`, `rule`, `reading`, `settings`, `breakdowns`,
  `sources`, `comparator`, `caveats`, `tags`, `framework`, `examples`, `version` (a hash of its text), `is_stock`.
* `Count`: `indicator`, `period`, `group` (pairs of breakdown and value), `numerator`, `denominator` (None for counts, rates
  and mixes), `excluded` (reason -> rows), `too_recent`, `values` (value -> rows, for medians and mixes).
* `Row`: `person_id`, `record_id`, `date`, `team`, `worker`, `outcome` (met, not_met, too_recent, excluded), `reason`, `value`.
* Breakdowns: team, worker, plan_type, age_band, sex, ethnicity, disability, and leaver_age for care leavers, where the
  definition lists them.
* `periods`: month, quarter, financial_year, year_to_date, rolling_twelve, months, parse; a stock is as at a period's end.
* `read_definition(text, name)` checks one text, such as a council's own; `work_examples(indicator, tables)` works its
  examples; `with_settings(indicator, {"limit_days": 15})` is the definition under a council's own values.
* `tables_behind(indicator, by)` and `columns_behind(indicator, by)`: the record tables and columns a figure rests on; where
  the extract's `not_supplied` names one of them, the figure says nothing.
* Faults: `DefinitionFault` (with file and line) for definitions, `ExtractFault` for extracts, ValueError for a breakdown
  that a definition does not have.
"""

from indicator_engine import periods
from indicator_engine.definition import Indicator, with_settings
from indicator_engine.engine import Count, Engine, Group, Row
from indicator_engine.examples import work_examples
from indicator_engine.extract import Extract, ExtractFault, open_extract, open_records
from indicator_engine.faults import DefinitionFault
from indicator_engine.lineage import columns_behind, tables_behind
from indicator_engine.loading import load_definitions, read_definition
from indicator_engine.periods import Period
from indicator_engine.tables import load_tables

__all__ = [
    "Count",
    "DefinitionFault",
    "Engine",
    "Extract",
    "ExtractFault",
    "Group",
    "Indicator",
    "Period",
    "Row",
    "columns_behind",
    "load_definitions",
    "load_tables",
    "open_extract",
    "open_records",
    "periods",
    "read_definition",
    "tables_behind",
    "with_settings",
    "work_examples",
]
