"""Every address, room by room. `tests/contracts/access/` says who may open each."""

from django.urls import include, path

urlpatterns = [
    path("", include("pillars.home.urls")),
    path("", include("pillars.people.organisations.urls")),
    path("", include("pillars.people.register.urls")),
    path("", include("pillars.consistency.paperwork.urls")),
    path("", include("pillars.progress.indicators.urls")),
    path("", include("pillars.ui.urls")),
    path("account/", include("allauth.urls")),
]
