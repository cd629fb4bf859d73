"""WSGI entry point.

No page waits for ever, neither for a lock or a statement (`patience.WEB`) nor for a server that does not answer (`web.frozen`): such a
page is answered with a 503. Workers and commands have no such limits.
"""

import os

from django.core.wsgi import get_wsgi_application

from credit_platform import patience
from credit_platform.web.frozen import watched

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "credit_platform.settings")

patience.use(patience.WEB, os.environ)

application = watched(get_wsgi_application())
