-- The two roles of the platform, made once by whoever administers PostgreSQL (a superuser), before the first `entrypoint.sh migrate`:
--
--   psql -v owner_password='…' -v runtime_password='…' -f deploy/postgres/roles.sql
--
-- credit_owner owns the database and every table: it migrates, backs up and restores, and no server process of the platform logs in as it.
-- credit is the role of web, worker and beat: it reads and writes rows and owns nothing but the short-lived tables of its imports, so it can
-- neither alter nor drop a table, nor switch a trigger off, nor empty a table, nor change what is append-only. What it may do in each table
-- is granted by `manage.py grant_runtime credit`, which `entrypoint.sh migrate` runs after every migration.
\set ON_ERROR_STOP on
\if :{?database} \else \set database credit \endif
\if :{?owner} \else \set owner credit_owner \endif
\if :{?runtime} \else \set runtime credit \endif

CREATE ROLE :"owner" LOGIN NOSUPERUSER CREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'owner_password';
CREATE ROLE :"runtime" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'runtime_password';
SELECT NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') AS missing \gset
\if :missing
CREATE DATABASE :"database" OWNER :"owner" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8';
\else
ALTER DATABASE :"database" OWNER TO :"owner";
\endif
\connect :"database"
REVOKE CREATE, TEMPORARY ON DATABASE :"database" FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO :"owner";
GRANT CONNECT, TEMPORARY ON DATABASE :"database" TO :"runtime";
-- Its own schema, for the staging tables of imports; behind public in the search path, so that no table of it can stand before one of ours.
CREATE SCHEMA IF NOT EXISTS :"runtime" AUTHORIZATION :"runtime";
ALTER ROLE :"runtime" IN DATABASE :"database" SET search_path = public, "$user";
