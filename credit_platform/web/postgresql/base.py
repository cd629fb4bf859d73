"""The database backend (`ENGINE`): Django's own but for what it asks before a connection is opened, and before an idle one is used again."""

from __future__ import annotations

import select
from typing import Any

import psycopg2
from django.db.backends.postgresql import base
from psycopg2 import extensions

from credit_platform.web.frozen import lookout


class DatabaseWrapper(base.DatabaseWrapper):
    """Raises OperationalError at once where the lookout of this process sees a frozen server; `connect_timeout` would wait."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if lookout.frozen(self.alias):
            raise psycopg2.OperationalError("the server does not answer")
        return super().get_new_connection(conn_params)

    def is_usable(self) -> bool:
        """Whether the connection of an earlier request still stands.

        A server that ended it has said so, or its machine has: then there is something to read where nothing was asked. Where there is
        nothing the question `SELECT 1`, which Django sends before the first statement of every request, would tell no more. Whatever it is
        that there is to read, the server is asked.
        """
        return _quiet(self.connection) or super().is_usable()


def _quiet(connection: Any) -> bool:
    """Whether an open connection outside of any transaction has nothing to say."""
    try:
        idle = connection.info.transaction_status == extensions.TRANSACTION_STATUS_IDLE
        return idle and not select.select([connection], [], [], 0)[0]
    except (OSError, ValueError, psycopg2.Error):
        return False
