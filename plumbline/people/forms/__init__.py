"""What people type to change people, teams, roles and interests, and the checks of its shape."""
