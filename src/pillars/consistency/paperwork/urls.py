from django.urls import URLPattern

from pillars.consistency.paperwork.views.documents.addresses import urlpatterns as documents

app_name = "paperwork"
urlpatterns: list[URLPattern] = [*documents]
