"""What is installed is what was tried: pins with digests, images by digest, a bill of materials that its schema accepts."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
LISTS = ["requirements.txt", "requirements-dev.txt", "benchmarks/requirements.txt"]
PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)")


def pins(name):
    """Library → (version, digests) of a list."""
    found, current = {}, None
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if match := PIN.match(line):
            current = match[1].lower().replace("_", "-").replace(".", "-")
            found[current] = (match[2], [])
        elif "--hash=" in line:
            found[current][1].append(line.strip().rstrip(" \\").removeprefix("--hash="))
    return found


@pytest.mark.parametrize("name", LISTS)
def test_every_library_is_pinned_with_its_digests(name):
    found = pins(name)
    assert len(found) > 50
    assert not [library for library, (_, digests) in found.items() if not digests]
    assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", each) for _, digests in found.values() for each in digests)


@pytest.mark.parametrize("name", LISTS)
def test_what_is_asked_for_is_what_is_pinned(name):
    asked = pins(name.removesuffix(".txt") + ".in")
    assert asked
    assert {library: version for library, (version, _) in asked.items()}.items() <= {
        library: version for library, (version, _) in pins(name).items()
    }.items()


@pytest.mark.parametrize("name", LISTS[1:])
def test_the_other_lists_hold_to_the_versions_of_the_first(name):
    other = pins(name)
    differs = {library for library, pin in pins("requirements.txt").items() if other.get(library) != pin}
    assert not differs


def test_both_installers_ask_for_the_digests():
    code = (ROOT / "scripts" / "environment.py").read_text(encoding="utf-8")
    assert 'PINNED = ("--require-hashes", "-r")' in code
    assert code.count("*PINNED, requirements]") == 2
    assert "pip install --require-hashes -r" in (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")


def test_a_file_that_is_not_in_the_list_is_refused(tmp_path):
    wheel = tmp_path / "harmless-1.0-py3-none-any.whl"
    wheel.write_bytes(b"not the one that was tried")
    (tmp_path / "list.txt").write_text(f"harmless==1.0 --hash=sha256:{'0' * 64}\n")
    command = [sys.executable, "-m", "pip", "install", "--no-index", "--find-links", str(tmp_path), "--no-deps"]
    command += ["--target", str(tmp_path / "into"), "--require-hashes", "-r", str(tmp_path / "list.txt")]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode != 0
    assert "DO NOT MATCH THE HASHES" in answer.stderr


def test_images_are_named_by_a_digest_that_must_be_given():
    services = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))["services"]
    foreign = {name: each["image"] for name, each in services.items() if "build" not in each}
    assert set(foreign) == {"postgres", "redis", "nginx"}
    example = (ROOT / "deploy" / "env.example").read_text(encoding="utf-8")
    for name, image in foreign.items():
        variable = f"{name.upper()}_DIGEST"
        assert f"@${{{variable}:?" in image
        assert re.search(rf"^#{variable}=$", example, re.M)
    dockerfile = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    assert set(re.findall(r"^FROM (\S+)", dockerfile, re.M)) == {"python:3.11-slim@${PYTHON_DIGEST}"}


def test_nginx_gives_its_own_answers_the_headers_of_the_platform():
    own = (ROOT / "deploy" / "nginx" / "snippets" / "own.conf").read_text(encoding="utf-8")
    for header, value in {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    }.items():
        assert f"add_header {header} {value} always;" in own
    template = (ROOT / "deploy" / "nginx" / "credit.conf.template").read_text(encoding="utf-8")
    places = re.findall(r"^    location [^\n]*\{\n(.*?)^    \}", template, re.M | re.S)
    answered = [body for body in places if "proxy_pass" not in body and "add_header" in body]
    assert len(answered) == 7
    assert all("include /etc/nginx/credit/own.conf;" in body for body in answered)


def test_the_bill_of_materials_is_whole_and_its_schema_accepts_it(tmp_path):
    target = tmp_path / "sbom.json"
    command = [sys.executable, str(ROOT / "scripts" / "sbom.py"), str(target)]
    script = f"import sys; sys.argv = {command[1:]!r}; sys.path.insert(0, {str(ROOT / 'scripts')!r}); import sbom; sys.exit(sbom.main())"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=ROOT)
    assert answer.returncode == 0, answer.stderr
    text = target.read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    parts = {each["name"].lower(): each for each in json.loads(text)["components"]}
    assert {library: version for library, (version, _) in pins("requirements.txt").items()}.items() <= {
        name.replace("_", "-").replace(".", "-"): each["version"] for name, each in parts.items()
    }.items()
    assert {"bootstrap", "htmx.org", "echarts", "@expo-google-fonts/noto-sans-sc"} <= set(parts)
    assert parts["@expo-google-fonts/noto-sans-sc"]["licenses"] == [{"license": {"id": "OFL-1.1"}}]
    assert parts["django"]["licenses"] == [{"license": {"id": "BSD-3-Clause"}}]
    silent = [name for name, each in parts.items() if not each.get("hashes") and not each.get("properties")]
    assert not silent
