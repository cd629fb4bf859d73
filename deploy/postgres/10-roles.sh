#!/bin/sh
# Run by the image of PostgreSQL when it makes a new cluster: the two roles, with the passwords of deploy/env.
set -eu
exec psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --no-psqlrc \
  -v owner_password="$OWNER_PASSWORD" -v runtime_password="$RUNTIME_PASSWORD" -v database="$POSTGRES_DB" -f /roles/roles.sql
