"""All that changes people, teams, rights and interests: each keyword-only, in one transaction, with one event."""
