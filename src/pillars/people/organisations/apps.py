from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "pillars.people.organisations"
    label = "organisations"
