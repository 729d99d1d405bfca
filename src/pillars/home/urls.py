from django.urls import URLPattern

from pillars.home.trail.urls import urlpatterns as trail

app_name = "home"
urlpatterns: list[URLPattern] = [*trail]
