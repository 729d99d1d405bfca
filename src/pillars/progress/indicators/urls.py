from django.urls import path

from pillars.progress.indicators import views

app_name = "indicators"
urlpatterns = [
    path("schools/<int:urn>/consistency/", views.school, name="school"),
    path("schools/<int:urn>/consistency/<slug:key>/", views.indicator, name="indicator"),
    path("schools/<int:urn>/consistency/<slug:key>/target/", views.target, name="target"),
    path("trusts/<int:trust_id>/consistency/", views.trust, name="trust"),
    path("trusts/<int:trust_id>/consistency/<slug:key>/", views.compare, name="compare"),
]
