from django.urls import URLPattern

from pillars.consistency.paperwork.views.documents.addresses import urlpatterns as documents
from pillars.consistency.paperwork.views.reviews.addresses import urlpatterns as reviews
from pillars.consistency.paperwork.views.standards.addresses import urlpatterns as standards

app_name = "paperwork"
urlpatterns: list[URLPattern] = [*documents, *reviews, *standards]
