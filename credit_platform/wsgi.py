"""WSGI entry point.

No page waits for ever (`patience.WEB`): what takes longer is answered with a 503. Workers and commands have no such limits.
"""

import os

from django.core.wsgi import get_wsgi_application

from credit_platform import patience

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "credit_platform.settings")

patience.use(patience.WEB, os.environ)

application = get_wsgi_application()
