"""What lies in deploy/ agrees with the platform, so that neither can be changed alone."""

import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.urls import reverse

from credit_platform.gate.guard import MAX_FILE
from credit_platform.metrics import samples
from records.forms.imports import MOST_BYTES, MOST_FILES

ROOT = Path(settings.BASE_DIR)
DEPLOY = ROOT / "deploy"
MANUAL = ROOT / "docs" / "manuals" / "运维手册.md"


def text(*parts):
    return DEPLOY.joinpath(*parts).read_text(encoding="utf-8")


def megabytes(place):
    return [int(found) * 1024 * 1024 for found in re.findall(r"client_max_body_size (\d+)m", place)]


def test_the_example_names_every_variable_that_the_settings_read():
    example = text("env.example")
    code = (ROOT / "credit_platform" / "settings.py").read_text(encoding="utf-8")
    names = set(re.findall(r'(?:environ\.get\(|environ\[|_flag\(|_words\()"([A-Z_]+)"', code))
    assert names
    assert not [name for name in names if not re.search(rf"^#?{name}=", example, re.M)]


def test_nginx_lets_through_what_the_platform_accepts():
    template = text("nginx", "credit.conf.template")
    general, *_ = megabytes(template)
    (uploads,) = megabytes(re.search(r"location ~ \^/desk/\(imports.*?\n    }", template, re.S)[0])
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE < general < 2 * settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert MAX_FILE < MOST_BYTES < uploads < 1.1 * MOST_BYTES
    assert MOST_FILES <= settings.DATA_UPLOAD_MAX_NUMBER_FILES


@pytest.mark.parametrize(
    "door", ["accounts:login", "companies:login", "companies:register", "companies:password", "companies:close"]
)
def test_nginx_counts_at_every_door(door):
    template = text("nginx", "credit.conf.template")
    block = template[: template.index("zone=credit_login burst")].rpartition("location ~ ")[2]
    assert re.search(block.split(" {")[0], reverse(door))


def test_nginx_waits_as_long_as_gunicorn_works():
    limit = re.search(r"^timeout = (\d+)", text("gunicorn.conf.py"), re.M)[1]
    assert f"proxy_read_timeout {limit}s;" in text("nginx", "snippets", "proxy.conf")


def test_nginx_replaces_the_address_that_the_platform_believes():
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text("nginx", "snippets", "proxy.conf")


def test_no_log_holds_a_query():
    template = text("nginx", "credit.conf.template")
    formats = re.search(r"log_format credit (.*?);", template, re.S)[1]
    for variable in ("$request ", "$request_uri", "$args", "$query_string", "$http_referer", "$http_cookie"):
        assert variable not in formats
    assert "error_log /var/log/nginx/error.log crit;" in template


def test_no_page_is_kept_longer_than_it_says():
    assert "proxy_cache_valid" not in re.sub(r"#.*", "", text("nginx", "snippets", "cache.conf"))
    assert "proxy_ignore_headers" not in text("nginx", "snippets", "cache.conf")


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load(text("compose.yaml"))


def test_every_service_has_limits_and_bounded_logs(compose):
    for name, service in compose["services"].items():
        assert service["mem_limit"], name
        assert service["logging"]["options"]["max-size"], name
        assert service["restart"] in {"unless-stopped", "no"}, name


def test_what_stays_up_is_asked_how_it_is(compose):
    lasting = {name for name, service in compose["services"].items() if service["restart"] != "no"}
    assert lasting == {"postgres", "redis", "web", "worker", "beat", "nginx"}
    assert all(compose["services"][name]["healthcheck"]["test"] for name in lasting)


def test_only_nginx_is_reached_from_outside(compose):
    assert [name for name, service in compose["services"].items() if service.get("ports")] == ["nginx"]
    assert compose["networks"]["inside"] == {"internal": True}


def test_the_database_of_the_containers_can_search_chinese(compose):
    assert "--locale=C.UTF-8" in compose["services"]["postgres"]["environment"]["POSTGRES_INITDB_ARGS"]


def test_no_secret_stands_in_a_file_of_the_deployment():
    for path in DEPLOY.rglob("*"):
        if path.is_file():
            found = re.findall(
                r"^#?(?:SECRET_KEY|FIELD_KEY|BACKUP_KEY|\w*PASSWORD|METRICS_TOKEN)=(.+)$", path.read_text("utf-8"), re.M
            )
            assert not found, path


def test_every_unit_starts_a_word_that_the_entry_point_knows():
    known = set(re.findall(r"^  ([a-z-]+)\)", text("entrypoint.sh"), re.M))
    for unit in (DEPLOY / "systemd").glob("*.service"):
        word = re.search(r"^ExecStart=\S+/deploy/entrypoint.sh (\S+)", unit.read_text("utf-8"), re.M)[1]
        assert word in known, unit.name


def test_every_image_command_is_known(compose):
    known = set(re.findall(r"^  ([a-z-]+)\)", text("entrypoint.sh"), re.M))
    own = [service["command"] for service in compose["services"].values() if "build" in service]
    assert own
    assert {command[0] for command in own} <= known


def test_the_manual_explains_every_figure():
    manual = MANUAL.read_text(encoding="utf-8")
    assert not [name for name in samples.MEANINGS if f"`{name}" not in manual]
