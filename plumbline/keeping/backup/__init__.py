"""Backups: one archive with everything a council would need again, and the way back."""
