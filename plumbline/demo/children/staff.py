"""Teams and the social workers who come and go in them: who held which post on which day."""

import random
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date

from plumbline.demo.children.world import World

MERGED_ON = date(2025, 4, 1).toordinal()
SOCIAL_WORKER, ADVISER, REVIEWER = "SOCIAL_WORKER", "PERSONAL_ADVISER", "IRO"


@dataclass(frozen=True)
class Team:
    """A team: its key and name in the demo council, posts at scale 1, and what those posts are."""

    key: str
    name: str
    service: str
    service_name: str
    posts: int
    title: str = "Social worker"
    role: str = SOCIAL_WORKER


_HELP = ("help-and-assessment", "Help and Assessment")
_SAFE = ("safeguarding", "Safeguarding and Family Support")
_CARE = ("children-in-care", "Children in Care and Care Leavers")
_QUALITY = ("quality", "Safeguarding and Quality Assurance")
TEAMS = (
    Team("front-door", "Front Door", *_HELP, 9),
    Team("assessment-east", "Assessment East", *_HELP, 17),
    Team("assessment-west", "Assessment West", *_HELP, 17),
    Team("safeguarding-north", "Safeguarding North", *_SAFE, 21),
    Team("safeguarding-south", "Safeguarding South", *_SAFE, 21),
    Team("disabled-children", "Disabled Children", *_SAFE, 8),
    Team("adolescents", "Adolescents", *_SAFE, 10),
    Team("children-in-care-one", "Children in Care One", *_CARE, 13),
    Team("children-in-care-two", "Children in Care Two", *_CARE, 13),
    Team("care-leavers", "Care Leavers", *_CARE, 9, "Personal adviser", ADVISER),
    Team("fostering", "Fostering", *_CARE, 9, "Supervising social worker", "OTHER"),
    Team("adoption", "Adoption", *_CARE, 5),
    Team("reviewing-officers", "Reviewing Officers and Conference Chairs", *_QUALITY, 8, "IRO", REVIEWER),
    Team("quality-assurance", "Quality Assurance", *_QUALITY, 3, "Quality assurance officer", "OTHER"),
)
# Two teams that became Safeguarding North, as in the demo council.
BEFORE_MERGE = (
    ("safeguarding-market", "Safeguarding Market Town"),
    ("safeguarding-moor", "Safeguarding Moorside"),
)
# Chosen against the workforce census 2025, Barnsley: turnover 8.0%, vacancies 5.9%, agency 13.0%.
DAYS_IN_POST = 4_300
DAYS_IN_POST_AGENCY = 420
DAYS_VACANT = 200
AGENCY_AT_FILLING = 0.58


@dataclass(slots=True)
class Worker:
    """Somebody in a post for a time."""

    worker_id: str
    team: str
    post: int
    starts: int
    leaves: int
    agency: bool
    fte: float

    def team_on(self, day: int) -> str:
        """The team's key that day: Safeguarding North was two teams before they merged."""
        if self.team == "safeguarding-north" and day < MERGED_ON:
            return BEFORE_MERGE[self.post % 2][0]
        return self.team


@dataclass
class Staff:
    """Everybody who ever held a post, to be asked who is there on a day."""

    workers: list[Worker] = field(default_factory=list)
    by_post: dict[str, list[list[Worker]]] = field(default_factory=dict)
    starts: dict[str, list[list[int]]] = field(default_factory=dict)

    def pick(self, team: str, day: int, chance: random.Random, but: Worker | None = None) -> Worker:
        """Somebody of the team who is in post that day, another than `but` where there is one."""
        posts, starts = self.by_post[team], self.starts[team]
        number = int(chance.random() * len(posts))
        found = None
        for step in range(len(posts)):
            post = (number + step) % len(posts)
            place = bisect_right(starts[post], day) - 1
            if place < 0:
                continue
            worker = posts[post][place]
            if worker.leaves > day:
                if worker is not but:
                    return worker
                found = worker
        return found or posts[number][max(0, bisect_right(starts[number], day) - 1)]


def make_staff(world: World) -> Staff:
    """The staff of every team over all the years, the same whatever day the extract is made."""
    staff = Staff()
    number = 0
    for team in TEAMS:
        posts = max(2, round(team.posts * world.scale))
        staff.by_post[team.key], staff.starts[team.key] = [], []
        for post in range(posts):
            chance = random.Random(f"{world.seed} {team.key} {post}")  # noqa: S311
            holders = []
            # The first holders have been there for some time, so that the first years are like the others.
            day = world.first_day - int(chance.random() * 900)
            while day <= world.last_day:
                number += 1
                worker = _holder(team, post, day, chance, f"W{number:05d}")
                holders.append(worker)
                day = worker.leaves + 1 + int(chance.expovariate(1 / DAYS_VACANT))
            staff.by_post[team.key].append(holders)
            staff.starts[team.key].append([worker.starts for worker in holders])
            staff.workers.extend(holders)
    return staff


def _holder(team: Team, post: int, day: int, chance: random.Random, worker_id: str) -> Worker:
    agency = team.role == SOCIAL_WORKER and chance.random() < AGENCY_AT_FILLING
    stay = DAYS_IN_POST_AGENCY if agency else DAYS_IN_POST
    leaves = day + 60 + int(chance.expovariate(1 / stay))
    fte = 1.0 if agency else chance.choice((1.0,) * 13 + (0.8, 0.8, 0.8, 0.6, 0.6, 0.5))
    return Worker(worker_id, team.key, post, day, leaves, agency, fte)
