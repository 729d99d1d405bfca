"""Addresses of the trail; `pillars.home.urls` takes them in."""

from django.urls import path

from pillars.home.trail import views

urlpatterns = [
    path("schools/<int:urn>/trail/", views.trail_page, name="trail"),
    path("schools/<int:urn>/trail/<uuid:act_id>/", views.act, name="trail_act"),
    path("schools/<int:urn>/history/<str:kind>/<int:subject_id>/", views.history, name="history"),
]
