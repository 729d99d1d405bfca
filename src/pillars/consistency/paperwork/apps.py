from django.apps import AppConfig


class PaperworkConfig(AppConfig):
    name = "pillars.consistency.paperwork"
    label = "paperwork"
