"""Addresses of people, teams and rights."""

from django.urls import path

from plumbline.people.views import local_roles, people, rights, teams

urlpatterns = [
    path("people", people.people, name="people"),
    path("people/add", people.add, name="person_add"),
    path("people/<str:person_id>", people.person, name="person"),
    path("people/<str:person_id>/name", people.change_name, name="person_name"),
    path("people/<str:person_id>/post", people.move_post, name="person_post"),
    path("people/<str:person_id>/manager", people.line_manager, name="person_manager"),
    path("people/<str:person_id>/leave", people.leave, name="person_leave"),
    path("people/<str:person_id>/back", people.come_back, name="person_come_back"),
    path("people/<str:person_id>/interest", rights.declare_for, name="interest_declare_for"),
    path("roles/propose", rights.propose, name="role_propose"),
    path("roles/narrower/<str:base>", local_roles.make, name="local_role_make"),
    path("roles/narrower/<str:local_role_id>/retire", local_roles.retire, name="local_role_retire"),
    path("roles/<str:grant_id>/decide", rights.decide, name="role_decide"),
    path("roles/<str:grant_id>/end", rights.end, name="role_end"),
    path("interests/declare", rights.declare, name="interest_declare"),
    path("interests/<str:interest_id>/end", rights.end_interest, name="interest_end"),
    path("teams", teams.teams, name="teams"),
    path("teams/open", teams.open_team, name="team_open"),
    path("teams/merge", teams.merge, name="team_merge"),
    path("teams/<str:unit_id>", teams.team, name="team"),
    path("teams/<str:unit_id>/rename", teams.rename, name="team_rename"),
    path("teams/<str:unit_id>/move", teams.move, name="team_move"),
    path("teams/<str:unit_id>/close", teams.close, name="team_close"),
]
