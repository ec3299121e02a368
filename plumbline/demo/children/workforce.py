"""Teams and workers as the extract has them: who they are, how many cases, who left, who was ill, how many posts."""

import random
from collections.abc import Iterator, Mapping
from datetime import date

from plumbline.demo.children.cutting import Line
from plumbline.demo.children.days import iso
from plumbline.demo.children.staff import BEFORE_MERGE, MERGED_ON, SOCIAL_WORKER, TEAMS, Staff, Worker
from plumbline.demo.children.tables import TABLES
from plumbline.demo.children.world import World
from plumbline.demo.names import FIRST, LAST

# Days lost to illness a worker and year. Source: workforce census 2018, Barnsley: 707 days of 135.3 FTE is 5.2.
DAYS_LOST = 5.6
TITLES = {team.key: team.title for team in TEAMS}
ROLES = {team.key: team.role for team in TEAMS}


def workforce_rows(world: World, staff: Staff, caseload: Mapping[str, int]) -> Iterator[tuple[str, Line]]:
    """Table and line of everything that is not about a child."""
    yield from _departments()
    for worker in staff.workers:
        if worker.starts <= world.as_at:
            yield "ssd_professionals", _professional(worker, caseload)
            yield from _leaving_and_illness(world, worker)
    yield from _establishment(world)
    for key, value in (("authority_code", "E06999999"), ("authority_name", "Fernshire")):
        yield "local_reference", [key, value]


def _departments() -> Iterator[tuple[str, Line]]:
    for team in TEAMS:
        yield "ssd_department", [team.key, team.name, team.service, team.service_name]
    for key, name in BEFORE_MERGE:
        yield "ssd_department", [key, name, "safeguarding", "Safeguarding and Family Support"]
    services = {team.service: team.service_name for team in TEAMS}
    for key, name in services.items():
        yield "ssd_department", [key, name, "", ""]


def _professional(worker: Worker, caseload: Mapping[str, int]) -> Line:
    number = int(worker.worker_id[1:])
    registered = ROLES[worker.team] == SOCIAL_WORKER
    values = {
        "prof_professional_id": worker.worker_id,
        "prof_staff_id": f"FS{number:05d}",
        "prof_professional_name": f"{FIRST[number % len(FIRST)]} {LAST[number * 7 % len(LAST)]}",
        "prof_social_worker_registration_no": f"SW{900_000 + number}" if registered else "",
        "prof_professional_job_title": TITLES[worker.team],
        "prof_professional_caseload": str(caseload.get(worker.worker_id, 0)),
        "prof_professional_department": worker.team,
        "prof_full_time_equivalency": str(worker.fte),
        "prof_agency_worker_flag": "Y" if worker.agency else "N",
    }
    return [values[column] for column in TABLES["ssd_professionals"].columns]


def _leaving_and_illness(world: World, worker: Worker) -> Iterator[tuple[str, Line]]:
    if ROLES[worker.team] != SOCIAL_WORKER:
        return
    if world.window <= worker.leaves <= world.as_at and not worker.agency:
        yield "local_leavers", [worker.worker_id, iso(worker.leaves), str(worker.fte)]
    chance = random.Random(f"{world.seed} ill {worker.worker_id}")  # noqa: S311  nothing here is secret
    day = max(worker.starts, world.window)
    while not worker.agency:
        day += 1 + int(chance.expovariate(1 / 200))
        lost = 1 + int(chance.expovariate(1 / (DAYS_LOST * 200 / 365)))
        if day >= min(worker.leaves, world.as_at):
            return
        yield "local_absences", [worker.worker_id, iso(day), str(lost)]


def _establishment(world: World) -> Iterator[tuple[str, Line]]:
    opened = iso(date.fromordinal(world.first_day).toordinal())
    for team in TEAMS:
        if team.role != SOCIAL_WORKER:
            continue
        posts = max(2, round(team.posts * world.scale))
        if team.key == "safeguarding-north":
            half = posts // 2
            for (key, _), count in zip(BEFORE_MERGE, (posts - half, half), strict=True):
                yield "local_establishment", [key, opened, iso(MERGED_ON), f"{count:.1f}"]
            yield "local_establishment", [team.key, iso(MERGED_ON), "", f"{posts:.1f}"]
        else:
            yield "local_establishment", [team.key, opened, "", f"{posts:.1f}"]
