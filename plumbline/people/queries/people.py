"""The people a viewer may see: the list, one person's page, and who may be picked in a form."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from plumbline.people.models import GrantState, Interest, LineManagement, Person, PostHolding, RoleGrant, Unit
from plumbline.people.queries.units import is_public_id
from plumbline.people.rules.permissions import Relation
from plumbline.people.rules.roles import Role
from plumbline.people.scope import Viewer, holding_on
from plumbline.people.tree import tree_on


@dataclass(frozen=True)
class PeopleFilter:
    """What the list of people is narrowed to."""

    text: str = ""
    unit: Unit | None = None
    role: Role | None = None
    has_left: bool = False


def people_list(viewer: Viewer, wanted: PeopleFilter) -> QuerySet[Person]:
    """The people the viewer may see, narrowed, by name, each with the posts and the line manager of the viewer's day."""
    people = Person.objects.visible_to(viewer, "person.view")
    left = Q(left_on__isnull=False, left_on__lte=viewer.on)
    people = people.filter(left) if wanted.has_left else people.exclude(left)
    if wanted.text:
        people = people.filter(name__icontains=wanted.text)
    if wanted.unit is not None:
        holdings = PostHolding.objects.filter(post__unit__in=tree_on(viewer.on).below(wanted.unit.pk))
        if not wanted.has_left:
            holdings = holdings.filter(holding_on(viewer.on))
        people = people.filter(pk__in=holdings.values("person_id"))
    if wanted.role is not None:
        held = RoleGrant.objects.visible_to(viewer, "role_grant.view").filter(
            holding_on(viewer.on), role=wanted.role, state=GrantState.AGREED
        )
        people = people.filter(pk__in=held.values("person_id"))
    return with_posts(people, viewer.on).order_by("name", "pk")


def with_posts(people: QuerySet[Person], day: date) -> QuerySet[Person]:
    """The people, each with `posts_then` and `managers_then`, in two more queries whatever their number."""
    return people.prefetch_related(
        Prefetch(
            "holdings",
            PostHolding.objects.filter(holding_on(day)).select_related("post").order_by("starts_on", "pk"),
            to_attr="posts_then",
        ),
        Prefetch(
            "managed_by",
            LineManagement.objects.filter(holding_on(day)).select_related("manager"),
            to_attr="managers_then",
        ),
    )


def people_of_unit(viewer: Viewer, unit: Unit, day: date) -> list[Person]:
    """The people who held a post in the unit on the day, as far as the viewer may see them today."""
    holdings = PostHolding.objects.filter(holding_on(day), post__unit=unit)
    people = Person.objects.visible_to(viewer, "person.view").filter(pk__in=holdings.values("person_id"))
    return list(with_posts(people, day))


def sees_everyones_roles(viewer: Viewer) -> bool:
    """Whether the viewer may see who holds which role, not only their own."""
    return Relation.ALL in viewer.relations("role_grant.view")


def sees_others(viewer: Viewer) -> bool:
    """Whether the viewer may see anybody besides themselves."""
    return bool(viewer.relations("person.view") - {Relation.OWN})


def person_by_id(viewer: Viewer, public_id: str) -> Person | None:
    """The person, when the viewer may see them."""
    if not is_public_id(public_id):
        return None
    return (
        Person.objects.visible_to(viewer, "person.view")
        .filter(public_id=public_id)
        .select_related("user")
        .first()
    )


@dataclass(frozen=True)
class PersonStory:
    """A person with all that is dated about them, as far as the viewer may see it."""

    person: Person
    holdings: list[PostHolding]
    managers: list[LineManagement]
    manages: list[LineManagement]
    grants: list[RoleGrant]
    interests: list[Interest]
    visible_people: frozenset[int]


def person_story(viewer: Viewer, person: Person) -> PersonStory:
    """The person's posts, line management, roles and interests, now and earlier, in six queries."""
    managers = list(
        LineManagement.objects.filter(person=person).select_related("manager").order_by("-starts_on", "-pk")
    )
    visible = Person.objects.visible_to(viewer, "person.view")
    manages = list(
        LineManagement.objects.filter(manager=person, person__in=visible)
        .select_related("person")
        .order_by("person__name", "-starts_on")
    )
    return PersonStory(
        person=person,
        holdings=list(
            PostHolding.objects.filter(person=person)
            .select_related("post", "post__unit")
            .order_by("-starts_on", "-pk")
        ),
        managers=[row for row in managers if row.manager_id not in viewer.conflict_people],
        manages=manages,
        grants=list(
            RoleGrant.objects.visible_to(viewer, "role_grant.view")
            .filter(person=person)
            .select_related("proposed_by", "decided_by", "local_role")
        ),
        interests=list(
            Interest.objects.visible_to(viewer, "interest.view")
            .filter(person=person)
            .select_related("about_person")
        ),
        visible_people=frozenset(
            visible.filter(pk__in={row.manager_id for row in managers}).values_list("pk", flat=True)
        ),
    )


def people_to_pick(viewer: Viewer) -> list[Person]:
    """The people whom the viewer may see and who have not left, by name, each with their posts of today."""
    return list(people_list(viewer, PeopleFilter()))


def running_holdings(viewer: Viewer, person: Person) -> list[PostHolding]:
    """The posts the person holds on the viewer's day or is to hold, for somebody who may see them."""
    return list(
        PostHolding.objects.filter(Q(ends_on=None) | Q(ends_on__gt=viewer.on), person=person)
        .select_related("post")
        .order_by("starts_on", "pk")
    )


def search_people(viewer: Viewer, text: str, limit: int = 10) -> list[Person]:
    """The people the viewer may see whose name holds the text."""
    return list(people_list(viewer, PeopleFilter(text=text))[:limit])
