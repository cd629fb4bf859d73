"""Addresses of letters: the push interface, the desk, and what companies do themselves."""

from django.urls import URLPattern, URLResolver, path

from commitments.letters.api import LettersView
from commitments.letters.pages import attachments, desk, signing

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/commitments/", LettersView.as_view(), name="api-letters"),
    path("desk/commitments/letters/", desk.letter_list, name="letters"),
    path("desk/commitments/letters/<int:pk>/", desk.letter_page, name="letter"),
    path("desk/commitments/attachments/<int:pk>/", attachments.attachment, name="attachment"),
    path("desk/commitments/signed/<str:number>/pdf/", signing.desk_pdf, name="signed-pdf"),
    path("my/commitments/", signing.matters, name="my-matters"),
    path("my/commitments/letters/<str:number>/", signing.letter, name="my-letter"),
    path("my/commitments/letters/<str:number>/pdf/", signing.letter_pdf, name="my-letter-pdf"),
    path("my/commitments/<str:code>/", signing.read, name="my-read"),
    path("my/commitments/<str:code>/confirm/", signing.confirm, name="my-confirm"),
]
