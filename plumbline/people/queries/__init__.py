"""What may be read about people, teams, roles and interests; each takes the viewer first."""
