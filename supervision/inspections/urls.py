"""Addresses of random inspections, room by room."""

from django.urls import URLPattern, URLResolver, path

from disclosure.public.caching import public_page
from supervision.inspections.items import pages as items
from supervision.inspections.libraries import pages as libraries
from supervision.inspections.plans.pages import drawn, plans, public, tasks

app_name = "inspections"

urlpatterns: list[URLPattern | URLResolver] = [
    path("inspections/", public_page(public.tasks), name="public-tasks"),
    path("inspections/draws/<str:number>/", public_page(public.draw), name="public-draw"),
    path("inspections/draws/<str:number>/exclusions/", public_page(public.exclusions), name="public-exclusions"),
    path("inspections/draws/<str:number>/names/", public_page(public.names), name="public-names"),
    path("inspections/plans/", public_page(public.plans), name="public-plans"),
    path("inspections/plans/<int:pk>/", public_page(public.plan), name="public-plan"),
    path("inspections/items/", public_page(items.item_list), name="items"),
    path("inspections/items/compare/", public_page(items.compare), name="items-compare"),
    path("inspections/items/<str:code>/", public_page(items.item_page), name="item"),
    path("desk/inspections/", tasks.task_list, name="tasks"),
    path("desk/inspections/new/", tasks.new, name="task-new"),
    path("desk/inspections/<int:pk>/", tasks.one, name="task"),
    path("desk/inspections/<int:pk>/edit/", tasks.edit, name="task-edit"),
    path("desk/inspections/<int:pk>/drawn/", drawn.drawn, name="drawn"),
    path("desk/inspections/<int:pk>/do/<str:verb>/", tasks.step, name="task-step"),
    path("desk/inspections/drawn/<int:pk>/", drawn.drawn_object, name="drawn-object"),
    path("desk/inspections/drawn/<int:pk>/skip/", drawn.skip, name="drawn-skip"),
    path("desk/inspections/drawn/<int:pk>/replace/", drawn.replace, name="drawn-replace"),
    path("desk/inspections/plans/", plans.plan_list, name="plans"),
    path("desk/inspections/plans/new/", plans.new, name="plan-new"),
    path("desk/inspections/plans/<int:pk>/", plans.one, name="plan"),
    path("desk/inspections/plans/<int:pk>/edit/", plans.edit, name="plan-edit"),
    path("desk/inspections/plans/<int:pk>/do/<str:verb>/", plans.step, name="plan-step"),
    path("desk/inspections/objects/", libraries.object_list, name="objects"),
    path("desk/inspections/objects/upload/", libraries.upload_bearers, name="objects-upload"),
    path("desk/inspections/inspectors/upload/", libraries.upload_inspectors, name="inspectors-upload"),
    path("desk/inspections/inspectors/", libraries.inspector_list, name="inspectors"),
    path("desk/inspections/inspectors/new/", libraries.new, name="inspector-new"),
    path("desk/inspections/inspectors/<int:pk>/", libraries.one, name="inspector"),
    path("desk/inspections/inspectors/<int:pk>/do/<str:verb>/", libraries.step, name="inspector-step"),
    path("desk/inspections/recusals/<int:pk>/end/", libraries.end_recusal, name="recusal-end"),
]
