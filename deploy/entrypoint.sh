#!/bin/sh
# One word says what runs: web | worker | beat | migrate | manage … | owner … | backup … | restore-check …
# The same commands serve the containers and the systemd units, so that there is one place to change them.
set -eu
cd "$(dirname "$0")/.."
export DJANGO_SETTINGS_MODULE=credit_platform.settings
: "${DATABASE_URL:?未设置 DATABASE_URL}" "${REDIS_URL:?未设置 REDIS_URL}" "${SECRET_KEY:?未设置 SECRET_KEY}" "${FIELD_KEY:-${FIELD_KEYS:?未设置 FIELD_KEY 或 FIELD_KEYS}}"
verb="${1:-}"
[ $# -gt 0 ] && shift
# Two roles: the owner of the tables migrates, backs up and restores; what serves never sees the owner's password.
case "$verb" in
  migrate|backup|restore-check|owner)
    if [ -n "${OWNER_DATABASE_URL:-}" ]; then
      export RUNTIME_DATABASE_URL="$DATABASE_URL" DATABASE_URL="$OWNER_DATABASE_URL"
    fi ;;
esac
unset OWNER_DATABASE_URL
case "$verb" in
  web)
    exec python -m gunicorn --config deploy/gunicorn.conf.py "$@" ;;
  worker)
    exec python -m celery --quiet -A credit_platform worker --loglevel "${LOG_LEVEL:-WARNING}" \
      --concurrency "${WORKER_PROCESSES:-2}" --max-tasks-per-child 200 --without-gossip --without-mingle "$@" ;;
  beat)
    # One for the whole platform. The schedule file only remembers when each entry last ran.
    mkdir -p "${VAR_DIR:-var}/beat"
    exec python -m celery --quiet -A credit_platform beat --loglevel "${LOG_LEVEL:-WARNING}" \
      --schedule "${VAR_DIR:-var}/beat/schedule" --pidfile "" "$@" ;;
  migrate)
    # A migration that has to wait for a lock gives up after five seconds instead of making everybody queue behind it.
    mkdir -p -m 0700 "${VAR_DIR:-var}/media"
    export PGOPTIONS="${PGOPTIONS:--c lock_timeout=5s -c client_connection_check_interval=5s}"
    for try in 1 2 3 4 5 6; do
      if python manage.py prepare "$@"; then exit 0; fi
      [ "$try" = 6 ] && break
      echo "第 $try 次未成功，10 秒后重试……" >&2
      sleep 10
    done
    exit 1 ;;
  manage|owner)
    exec python manage.py "$@" ;;
  backup)
    exec python scripts/backup.py "$@" ;;
  restore-check)
    exec python scripts/restore_check.py "$@" ;;
  *)
    echo "用法：entrypoint.sh web|worker|beat|migrate|manage 命令…|owner 命令…|backup|restore-check" >&2
    exit 2 ;;
esac
