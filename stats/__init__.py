"""Figures that are right, say how sure they are, and expose no child. Pure Python: no Django, no global state."""
