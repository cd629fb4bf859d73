"""Addresses of reviews, missing papers, draws and the question of availability."""

from django.urls import path

from commitments.api.availability import AvailabilityView
from commitments.views import drawing, papers, reviews, shortfalls

urlpatterns = [
    path("desk/commitments/reviews/", reviews.review_list, name="reviews"),
    path("desk/commitments/reviews/bulk/", reviews.bulk, name="reviews-bulk"),
    path("desk/commitments/reviews/escalated/", reviews.escalated, name="reviews-escalated"),
    path("desk/commitments/reviews/<int:pk>/", reviews.review, name="review"),
    path("desk/commitments/shortfalls/", shortfalls.shortfall_list, name="shortfalls"),
    path("desk/commitments/shortfalls/<int:pk>/", shortfalls.settle, name="settle"),
    path("desk/commitments/draws/", drawing.draw_list, name="draws"),
    path("desk/commitments/draws/<int:pk>/", drawing.draw_page, name="draw"),
    path("desk/commitments/papers/<int:pk>/", papers.paper, name="paper"),
    path("api/v1/commitments/availability/", AvailabilityView.as_view(), name="availability"),
]
