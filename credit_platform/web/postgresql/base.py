"""The database backend (`ENGINE`): Django's own but for one question before a connection is opened."""

from __future__ import annotations

from typing import Any

import psycopg2
from django.db.backends.postgresql import base

from credit_platform.web.frozen import lookout


class DatabaseWrapper(base.DatabaseWrapper):
    """Raises OperationalError at once where the lookout of this process sees a frozen server; `connect_timeout` would wait."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if lookout.frozen(self.alias):
            raise psycopg2.OperationalError("the server does not answer")
        return super().get_new_connection(conn_params)
