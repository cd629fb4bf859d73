"""The toy in an administration of its own, and the desk page that compares its editions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from credit_platform.accounts.admin_site import CreditAdminSite
from credit_platform.editions.admin import EditionAdmin, EntryAdmin, NamedOnceAdmin
from credit_platform.editions.comparison import compared
from credit_platform.editions.tests.toy.lists import BOOK, TOYS
from credit_platform.editions.tests.toy.models import Toy, ToyEdition, ToyEntry
from credit_platform.urls import urlpatterns as of_the_house


class ToyEditionAdmin(EditionAdmin):
    editions, workbook = TOYS, BOOK


class ToyEntryAdmin(EntryAdmin):
    editions = TOYS


class ToyAdmin(NamedOnceAdmin):
    audit_verb = TOYS.audit_identity


site = CreditAdminSite(name="admin")
site.register(ToyEdition, ToyEditionAdmin)
site.register(ToyEntry, ToyEntryAdmin)
site.register(Toy, ToyAdmin)


def compare(request: HttpRequest) -> HttpResponse:
    context, status = compared(request, TOYS, ToyEdition.objects.issued())
    return render(request, "editions/_compare.html", context, status=status)


urlpatterns = [path("toys/admin/", site.urls), path("toys/compare/", compare), path("", include(of_the_house))]
