from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "pillars.progress.indicators"
    label = "indicators"
