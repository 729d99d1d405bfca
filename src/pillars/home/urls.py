"""Addresses of the first page and of the trail."""

from django.urls import path

from pillars.home import views
from pillars.home.trail.urls import urlpatterns as trail

app_name = "home"
urlpatterns = [
    path("", views.home, name="home"),
    path("schools/<int:urn>/", views.school_home, name="school"),
    path("trusts/<int:trust_id>/", views.trust_home, name="trust"),
    *trail,
]
