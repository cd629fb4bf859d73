from django.urls import path

from casework.pages import board, subject

app_name = "casework"
urlpatterns = [
    path("track/", subject.track, name="track"),
    path("desk/cases/", board.board, name="board"),
    path("desk/cases/notices/", board.notices, name="notices"),
    path("desk/cases/notices/read/", board.read, name="read"),
    path("desk/cases/urgings/", board.urgings, name="urgings"),
    path("desk/cases/urgings/<int:pk>/", board.urging, name="urging"),
    path("desk/cases/<int:pk>/urge/", board.urge, name="urge"),
]
