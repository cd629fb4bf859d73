"""Addresses of what companies do themselves: signing online and declaring, and the desk's part of it."""

from django.urls import URLPattern, URLResolver, path

from commitments.views import declarations, declarations_desk, signing

urlpatterns: list[URLPattern | URLResolver] = [
    path("my/commitments/", signing.matters, name="my-matters"),
    path("my/commitments/letters/<str:number>/", signing.letter, name="my-letter"),
    path("my/commitments/letters/<str:number>/pdf/", signing.letter_pdf, name="my-letter-pdf"),
    path("my/commitments/<str:code>/", signing.read, name="my-read"),
    path("my/commitments/<str:code>/confirm/", signing.confirm, name="my-confirm"),
    path("my/declarations/", declarations.mine, name="my-declarations"),
    path("my/declarations/new/", declarations.write, name="my-declare"),
    path("my/declarations/<int:pk>/", declarations.one, name="my-declaration"),
    path("my/declarations/<int:pk>/edit/", declarations.write, name="my-declaration-edit"),
    path("my/declarations/<int:pk>/<slug:verb>/", declarations.act, name="my-declaration-act"),
    path("desk/declarations/", declarations_desk.listing, name="declarations"),
    path("desk/declarations/<int:pk>/", declarations_desk.one, name="declaration"),
    path("desk/declarations/<int:pk>/papers/<int:paper>/", declarations_desk.paper, name="declaration-paper"),
    path("desk/declarations/<int:pk>/reports/<int:report>/", declarations_desk.answer, name="declaration-answer"),
    path(
        "desk/declarations/<int:pk>/reports/<int:report>/contact/",
        declarations_desk.contact,
        name="declaration-contact",
    ),
    path("desk/declarations/<int:pk>/<slug:verb>/", declarations_desk.act, name="declaration-act"),
    path("desk/commitments/signed/<str:number>/pdf/", signing.desk_pdf, name="signed-pdf"),
]
