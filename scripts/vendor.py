"""Copies the stylesheet and script of govuk-frontend, and axe for the tests, from node_modules into the project.

What belongs to GOV.UK alone is taken out: the GDS Transport font, the crest, the crown.
"""

import json
import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "plumbline" / "govuk" / "static" / "vendor"


def stylesheet() -> str:
    """The stylesheet without what only GOV.UK may use.

    Raises: SystemExit when a new version keeps some of it in a way this script does not know.
    """
    css = (MODULES / "govuk-frontend/dist/govuk/govuk-frontend.min.css").read_text(encoding="utf-8")
    css = re.sub(r"/\*!.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"@font-face\{font-family:GDS Transport[^}]*\}", "", css)
    css = re.sub(r"\"?GDS Transport\"?,\s*", "", css)
    css = re.sub(r"url\([^)]*govuk-crest[^)]*\)", "none", css)
    css = re.sub(r"[^{}]*crown[^{}]*\{[^}]*\}", "", css)
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css)
    for left in ("GDS Transport", "govuk-crest", "crown", "/assets/"):
        if left in css:
            raise SystemExit(f"The stylesheet still has {left!r}: mend scripts/vendor.py.")
    return css


def main() -> None:
    VENDOR.mkdir(parents=True, exist_ok=True)
    version = json.loads((MODULES / "govuk-frontend/package.json").read_text())["version"]
    (VENDOR / "govuk-frontend.min.css").write_text(stylesheet(), encoding="utf-8")
    script = (MODULES / "govuk-frontend/dist/govuk/govuk-frontend.min.js").read_text(encoding="utf-8")
    (VENDOR / "govuk-frontend.min.js").write_text(
        re.sub(r"//# sourceMappingURL=.*", "", script), encoding="utf-8"
    )
    shutil.copy(MODULES / "axe-core/axe.min.js", ROOT / "tests" / "journeys" / "axe.min.js")
    print(f"govuk-frontend {version} copied.")


if __name__ == "__main__":
    main()
