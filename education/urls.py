"""Addresses of education: the public's, of who learns under a code, the company's, the desk's."""

from django.urls import URLPattern, URLResolver, path

from disclosure.public.caching import public_page
from education.pages import certificates, company, courses, learning, public

app_name = "education"
AT = "desk/education/<int:pk>"
urlpatterns: list[URLPattern | URLResolver] = [
    path("education/", public_page(public.courses), name="public-courses"),
    path("education/courses/<slug:code>/", public_page(public.course), name="public-course"),
    path("education/courses/<slug:code>/<int:position>/", public_page(public.lesson), name="public-lesson"),
    path("education/files/<int:pk>/", public.material, name="public-material"),
    path("education/learn/", learning.enter, name="enter"),
    path("education/enrol/", learning.enrol, name="enrol"),
    path("education/packs/", learning.join, name="join"),
    path("education/packs/<str:code>/", learning.pack, name="pack"),
    path("education/learn/<str:token>/", learning.learner, name="learner"),
    path("education/learn/<str:token>/certificates/<str:number>/", learning.certificate, name="learner-certificate"),
    path("education/learn/<str:token>/<slug:code>/", learning.test, name="test"),
    path("my/education/", company.mine, name="mine"),
    path("my/education/certificates/<str:number>/", company.certificate, name="my-certificate"),
    path("my/education/packs/new/", company.pack_new, name="my-pack-new"),
    path("my/education/packs/<int:pk>/", company.pack, name="my-pack"),
    path("my/education/packs/<int:pk>/close/", company.pack_close, name="my-pack-close"),
    path("my/education/tests/<slug:code>/", company.test, name="my-test"),
    path("desk/education/", courses.listing, name="courses"),
    path("desk/education/new/", courses.new, name="new"),
    path("desk/education/certificates/", certificates.listing, name="certificates"),
    path("desk/education/certificates/<int:pk>/", certificates.one, name="certificate"),
    path("desk/education/certificates/<int:pk>/<slug:verb>/", certificates.act, name="certificate-act"),
    path("desk/education/figures/", certificates.figures, name="figures"),
    path(f"{AT}/", courses.version, name="version"),
    path(f"{AT}/edit/", courses.revise, name="revise"),
    path(f"{AT}/anew/", courses.anew, name="anew"),
    path(f"{AT}/lessons/new/", courses.lesson, name="lesson-new"),
    path(f"{AT}/lessons/<int:lesson>/", courses.lesson, name="lesson"),
    path(f"{AT}/questions/new/", courses.question, name="question-new"),
    path(f"{AT}/questions/<int:question>/remove/", courses.question_remove, name="question-remove"),
    path(f"{AT}/files/<int:number>/", courses.material, name="material"),
    path(f"{AT}/<slug:verb>/", courses.act, name="act"),
]
