from django.urls import path

from casework.pages import board, draws, subject
from disclosure.public.caching import public_page

app_name = "casework"
urlpatterns = [
    path("track/", subject.track, name="track"),
    path("draws/", public_page(draws.published_list), name="published-draws"),
    path("draws/program/", draws.program, name="draw-program"),
    path("draws/<str:number>/", public_page(draws.published_draw), name="published-draw"),
    path("draws/<str:number>/file/", public_page(draws.file), name="draw-file"),
    path("desk/draws/", draws.draw_list, name="draws"),
    path("desk/draws/<int:pk>/", draws.draw_page, name="draw"),
    path("desk/draws/<int:pk>/<str:verb>/", draws.step, name="draw-step"),
    path("desk/cases/", board.board, name="board"),
    path("desk/cases/notices/", board.notices, name="notices"),
    path("desk/cases/notices/read/", board.read, name="read"),
    path("desk/cases/urgings/", board.urgings, name="urgings"),
    path("desk/cases/urgings/<int:pk>/", board.urging, name="urging"),
    path("desk/cases/<int:pk>/urge/", board.urge, name="urge"),
]
