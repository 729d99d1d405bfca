from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "pillars.people.register"
    label = "register"
