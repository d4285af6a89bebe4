from django.apps import AppConfig


class QualityplanConfig(AppConfig):
    name = "qualityplan"
    verbose_name = "qualityplan"
