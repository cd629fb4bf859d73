"""Addresses of reviews, missing papers, draws, breach cases and the question of availability."""

from django.urls import path

from commitments.api.availability import AvailabilityView
from commitments.views import breach_reports, breaches, drawing, papers, reviews, shortfalls

urlpatterns = [
    path("desk/commitments/reviews/", reviews.review_list, name="reviews"),
    path("desk/commitments/reviews/bulk/", reviews.bulk, name="reviews-bulk"),
    path("desk/commitments/reviews/escalated/", reviews.escalated, name="reviews-escalated"),
    path("desk/commitments/reviews/<int:pk>/", reviews.review, name="review"),
    path("desk/commitments/shortfalls/", shortfalls.shortfall_list, name="shortfalls"),
    path("desk/commitments/shortfalls/<int:pk>/", shortfalls.settle, name="settle"),
    path("desk/commitments/draws/", drawing.draw_list, name="draws"),
    path("desk/commitments/draws/<int:pk>/", drawing.draw_page, name="draw"),
    path("desk/commitments/breaches/", breaches.case_list, name="breaches"),
    path("desk/commitments/breaches/new/<int:letter>/", breaches.candidate, name="candidate"),
    path("desk/commitments/breaches/reported/<int:letter>/", breach_reports.reported, name="reported"),
    path("desk/commitments/breaches/<int:pk>/reporter/", breach_reports.reporter, name="breach-reporter"),
    path("desk/commitments/breaches/<int:pk>/", breaches.case_page, name="breach"),
    path("desk/commitments/breaches/<int:pk>/notice/", breaches.notice, name="breach-notice"),
    path("desk/commitments/breaches/<int:pk>/decision/", breaches.decision, name="breach-decision"),
    path("desk/commitments/breaches/<int:pk>/<slug:slug>/", breaches.act, name="breach-act"),
    path("desk/commitments/papers/<int:pk>/", papers.paper, name="paper"),
    path("api/v1/commitments/availability/", AvailabilityView.as_view(), name="availability"),
]
