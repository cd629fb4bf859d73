"""Addresses of reviews and of missing papers."""

from django.urls import path

from commitments.reviews.pages import reviews, shortfalls

urlpatterns = [
    path("desk/commitments/reviews/", reviews.review_list, name="reviews"),
    path("desk/commitments/reviews/bulk/", reviews.bulk, name="reviews-bulk"),
    path("desk/commitments/reviews/escalated/", reviews.escalated, name="reviews-escalated"),
    path("desk/commitments/reviews/<int:pk>/", reviews.review, name="review"),
    path("desk/commitments/shortfalls/", shortfalls.shortfall_list, name="shortfalls"),
    path("desk/commitments/shortfalls/<int:pk>/", shortfalls.settle, name="settle"),
]
