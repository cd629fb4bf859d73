"""Addresses of grading."""

from django.urls import URLPattern, URLResolver, path

from supervision.grading.pages import company, grades, models, trials

app_name = "grades"

urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/grades/", grades.grades, name="grades"),
    path("desk/grades/received/", grades.received, name="received"),
    path("desk/grades/tiers/", grades.tiers, name="tiers"),
    path("desk/grades/<int:pk>/", grades.subject, name="subject"),
    path("desk/grading-models/", models.models, name="models"),
    path("desk/grading-models/new/", models.new, name="model-new"),
    path("desk/grading-models/<int:pk>/", models.one, name="model"),
    path("desk/grading-models/<int:pk>/head/", models.head, name="model-head"),
    path("desk/grading-models/<int:pk>/trials/", trials.order, name="trial-order"),
    path("desk/grading-models/<int:pk>/lines/<slug:table>/", models.line, name="line-new"),
    path("desk/grading-models/<int:pk>/lines/<slug:table>/<int:part>/", models.line, name="line"),
    path("desk/grading-models/<int:pk>/lines/<slug:table>/<int:part>/remove/", models.remove, name="line-remove"),
    path("desk/grading-models/<int:pk>/<slug:verb>/", models.step, name="model-step"),
    path("desk/grading-trials/<int:pk>/", trials.report, name="trial"),
    path("desk/grading-trials/<int:pk>/cancel/", trials.cancel, name="trial-cancel"),
    path("my/grades/", company.mine, name="mine"),
]
