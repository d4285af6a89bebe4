"""WSGI entry point for production servers (gunicorn qualityplan.wsgi)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qualityplan.settings")
application = get_wsgi_application()
