"""How an audit tool is laid out as an XLSForm: sheets, columns, and our own columns that begin with qa::."""

OWN = "qa::"
DESCRIPTOR = f"{OWN}descriptor::"
JUDGEMENT_LIST = "judgement"
SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
GRADES, RULES = "qa_grades", "qa_rules"

# Columns of the sheet "survey" that hold a question's own keys, in their order.
SURVEY_COLUMNS = ("type", "name", "label", "hint", "required", "relevant")
QUESTION_COLUMNS = ("kind", "criterion", "weight", "covers", "limiting", "good")
SECTION_COLUMNS = ("intro", "graded")
SETTINGS_COLUMNS = ("form_title", "form_id", "version")
OWN_SETTINGS = (
    "purpose",
    "applies_to",
    "subject",
    "independent",
    "hears",
    "look_back_months",
    "licence",
    "source",
    "consultation",
    "equality",
    "scale_version",
    "overall",
)
RULE_NAMES = ("section_rollup", "overall_rollup", "limit")
JUDGEMENT_LABELS = {
    "met": "Met",
    "partly_met": "Partly met",
    "not_met": "Not met",
    "not_applicable": "Does not apply",
    "not_assessed": "Not assessed",
}
