#!/usr/bin/env python
"""Entry point of the project's management commands."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "credit_platform.settings")
    from django.core.management import execute_from_command_line

    from credit_platform import patience

    patience.use(patience.EVERYBODY, os.environ)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
