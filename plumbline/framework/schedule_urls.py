"""The addresses of the schedule: activities, what is planned, planner, calendar, who reports to whom."""

from django.urls import URLPattern, path

from plumbline.framework.views import calendar, occurrences, planner, schedule

urlpatterns: list[URLPattern] = [
    path("schedule", schedule.schedule, name="schedule"),
    path("schedule/sets/<str:schedule_id>/use", schedule.use, name="schedule_use"),
    path("schedule/sets/<str:schedule_id>/export/<str:form>", schedule.export, name="schedule_export"),
    path("schedule/<str:activity_id>", schedule.activity, name="activity"),
    path("schedule/<str:activity_id>/change", schedule.change, name="activity_change"),
    path("forums", schedule.forums, name="forums"),
    path("forums/<str:forum_id>", schedule.forum, name="forum"),
    path("drivers", schedule.drivers, name="drivers"),
    path("reporting", schedule.reporting, name="reporting"),
    path("planner", planner.planner, name="planner"),
    path("planner/export", planner.planner_export, name="planner_export"),
    path("planner/delivered", planner.delivered, name="delivered"),
    path("planner/plan", planner.plan, name="plan"),
    path("occurrences", occurrences.occurrences, name="occurrences"),
    path("occurrences/add", schedule.add, name="occurrence_add"),
    path("occurrences/<str:occurrence_id>", occurrences.occurrence, name="occurrence"),
    path("occurrences/<str:occurrence_id>/done", occurrences.done, name="occurrence_done"),
    path("occurrences/<str:occurrence_id>/missed", occurrences.missed, name="occurrence_missed"),
    path("occurrences/<str:occurrence_id>/cancel", occurrences.cancel, name="occurrence_cancel"),
    path("occurrences/<str:occurrence_id>/move", occurrences.move, name="occurrence_move"),
    path("occurrences/<str:occurrence_id>/assign", occurrences.assign, name="occurrence_assign"),
    path("occurrences/<str:occurrence_id>/reopen", occurrences.reopen, name="occurrence_reopen"),
    path("occurrences/<str:occurrence_id>/report", occurrences.report, name="occurrence_report"),
    path("calendar", calendar.own_calendar, name="calendar"),
    path("calendar/<str:token>.ics", calendar.feed, name="calendar_feed"),
]
