"""How people, teams, roles and interests are shown."""
