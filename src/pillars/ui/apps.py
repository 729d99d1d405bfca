from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "pillars.ui"
    label = "ui"
