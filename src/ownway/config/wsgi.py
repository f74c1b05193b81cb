"""The web application that the server loads."""

import os

from django.core.wsgi import get_wsgi_application

from ownway.commands.children import die_with_parent

# The server's own workers import this: when it is killed they must not keep its port.
die_with_parent()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownway.config.settings")
application = get_wsgi_application()
