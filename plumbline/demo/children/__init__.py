"""A synthetic council: invented children whose journeys through children's services are simulated, never columns.

Nobody in it is real. Households arrive at the front door at a published pace; each journey (contact, referral,
assessment, plans, care, leaving care) is lived through to its end, and only then written, as it would have looked
on a given day.
"""
