from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "pillars.home"
    label = "home"
