"""Accounts, people, the dated tree of services and teams, posts, line management, roles and declared interests."""

from plumbline.people.models.accounts import User, UserManager
from plumbline.people.models.dated import Dated
from plumbline.people.models.local_roles import LocalRole
from plumbline.people.models.people import LineManagement, Person, Post, PostHolding
from plumbline.people.models.rights import GrantState, Interest, RoleGrant
from plumbline.people.models.units import Unit, UnitKind, UnitName, UnitPlace, UnitSuccession

__all__ = [
    "Dated",
    "GrantState",
    "Interest",
    "LineManagement",
    "LocalRole",
    "Person",
    "Post",
    "PostHolding",
    "RoleGrant",
    "Unit",
    "UnitKind",
    "UnitName",
    "UnitPlace",
    "UnitSuccession",
    "User",
    "UserManager",
]
