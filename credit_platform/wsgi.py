"""WSGI entry point.

No page waits for ever: for a lock, that is for another transaction, fifteen seconds; for a statement less than the two minutes that nginx
waits. What takes longer is answered with a 503. Workers and commands have no such limits.
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "credit_platform.settings")

os.environ.setdefault("PGOPTIONS", "-c lock_timeout=15s -c statement_timeout=110s")

application = get_wsgi_application()
