from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Văn bản"

    def ready(self):
        from reports import checks  # noqa: F401, PLC0415 - registers the checks
