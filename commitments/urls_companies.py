"""Addresses of what companies do themselves: signing online and the desk's part of it."""

from django.urls import URLPattern, URLResolver, path

from commitments.views import signing

urlpatterns: list[URLPattern | URLResolver] = [
    path("my/commitments/", signing.matters, name="my-matters"),
    path("my/commitments/letters/<str:number>/", signing.letter, name="my-letter"),
    path("my/commitments/letters/<str:number>/pdf/", signing.letter_pdf, name="my-letter-pdf"),
    path("my/commitments/<str:code>/", signing.read, name="my-read"),
    path("my/commitments/<str:code>/confirm/", signing.confirm, name="my-confirm"),
    path("desk/commitments/signed/<str:number>/pdf/", signing.desk_pdf, name="signed-pdf"),
]
