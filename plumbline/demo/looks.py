"""The demo council's logo, drawn from its shapes and taken in as any upload is."""

from pathlib import Path

from plumbline.branding.actions import change_branding
from plumbline.branding.png import drawn_anew
from plumbline.demo.people import Fernshire
from plumbline.people.rules.roles import Role

LOGO = Path(__file__).with_name("fernshire.svg")
DRAWING = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 80pt)"""


def hang_up_the_logo(fernshire: Fernshire) -> None:
    """Gives the demo its logo; the colour stays Plumbline's own."""
    import typst

    drawn = typst.compile(
        DRAWING, sys_inputs={"svg": LOGO.read_text(encoding="utf-8")}, format="png", ppi=144
    )
    by = fernshire.by_role[Role.SYSTEM_ADMINISTRATOR]
    change_branding(by=by, colour="", logo=drawn_anew(drawn))
