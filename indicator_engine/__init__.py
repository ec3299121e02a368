"""Definitions in, counts out: pure Python that knows no Django, so that an analyst can use it alone."""
