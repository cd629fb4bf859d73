"""The platform's addresses, and a bare read by key of Django REST framework beside them."""

from __future__ import annotations

from django.urls import include, path
from rest_framework import generics, serializers
from rest_framework.permissions import AllowAny

from disclosure.models import Disclosure


class BareSerializer(serializers.ModelSerializer[Disclosure]):
    """A few plain columns."""

    class Meta:
        model = Disclosure
        fields = (
            "public_id",
            "kind",
            "subject_name",
            "subject_code",
            "title",
            "document_number",
            "decided_on",
            "published_on",
        )


class BareView(generics.RetrieveAPIView[Disclosure]):
    """The least that Django REST framework does for one row: the yardstick."""

    queryset = Disclosure.objects.only(*BareSerializer.Meta.fields)
    serializer_class = BareSerializer
    permission_classes = (AllowAny,)
    authentication_classes = ()


urlpatterns = [
    path("bare/<int:pk>/", BareView.as_view()),
    path("", include("credit_platform.urls")),
]
