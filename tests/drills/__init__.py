"""Drills: the product is killed, backed up and restored, and what was lost is counted.

`python scripts/drill.py` runs them in full; the tests run each with a few trials, and show that each can fail.
"""
