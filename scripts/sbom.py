#!/usr/bin/env python3
"""`make sbom`: the software bill of materials in CycloneDX 1.6 (JSON): libraries of the pinned list, vendored files, fonts.

`scripts/sbom.py [FILE]`, by default `var/sbom.cdx.json`. The same sources give the same bytes but for number and moment of the bill.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import environment  # noqa: E402

if __name__ == "__main__":
    environment.use("requirements-dev.txt")

from cyclonedx.factory.license import LicenseFactory  # noqa: E402
from cyclonedx.model import HashAlgorithm, HashType, Property  # noqa: E402
from cyclonedx.model.bom import Bom  # noqa: E402
from cyclonedx.model.component import Component, ComponentType  # noqa: E402
from cyclonedx.model.license import License  # noqa: E402
from cyclonedx.output.json import JsonV1Dot6  # noqa: E402
from cyclonedx.schema import SchemaVersion  # noqa: E402
from cyclonedx.validation.json import JsonStrictValidator  # noqa: E402
from packageurl import PackageURL  # noqa: E402

ROOT = environment.ROOT
VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var")
PIN = re.compile(r"^(?P<name>[A-Za-z0-9][\w.\[\]-]*)==(?P<version>[^\s;\\]+)")
VENDORED = ROOT / "static" / "vendor"
FONTS = ROOT / "credit_platform" / "fonts"
ROW = re.compile(r"^\| (?P<folder>[\w-]+) \| (?P<package>[\w.@/-]+) \|.*\| (?P<licence>[\w.-]+) \|$", re.M)
FONT = re.compile(r"`(?P<package>@[\w/-]+)` (?P<version>[\d.]+)")


def main() -> int:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else VAR / "sbom.cdx.json"
    text = JsonV1Dot6(bill()).output_as_string(indent=1)
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if wrong is not None:
        print(f"物料清单不符合 CycloneDX 1.6：{wrong}", file=sys.stderr)
        return 1
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text + "\n", encoding="utf-8")
    print(f"软件物料清单：{target}")
    return 0


def bill() -> Bom:
    """Everything that is handed out with the platform or installed for it."""
    whole = Component(name="credit-platform", type=ComponentType.APPLICATION, bom_ref="credit-platform")
    parts = [*libraries(ROOT / "requirements.txt"), *vendored(), *fonts()]
    made = Bom(components=parts)
    made.metadata.component = whole
    made.register_dependency(whole, parts)
    return made


def libraries(pinned: Path) -> Iterator[Component]:
    """The pinned libraries, each with the digests of its files and the licence that it names itself."""
    digests: dict[tuple[str, str], list[str]] = {}
    for line in pinned.read_text(encoding="utf-8").splitlines():
        if found := PIN.match(line):
            held = digests.setdefault((found["name"], found["version"]), [])
        elif "--hash=sha256:" in line:
            held.append(line.split("sha256:")[1].rstrip(" \\"))
    for (name, version), sums in digests.items():
        yield _component(
            name, version, PackageURL("pypi", name=name.lower(), version=version), _own_licence(name), sums
        )


def vendored() -> Iterator[Component]:
    """The front-end files beside their VERSION, as the README of their folder lists them."""
    for row in ROW.finditer((VENDORED / "README.md").read_text(encoding="utf-8")):
        if row["folder"] == "folder":  # the head of the table
            continue
        folder = VENDORED / row["folder"]
        version = (folder / "VERSION").read_text(encoding="utf-8").strip()
        files = [path for path in sorted(folder.iterdir()) if path.suffix in {".js", ".css"}]
        yield _component(row["package"], version, _npm(row["package"], version), row["licence"], map(_sum, files))


def fonts() -> Iterator[Component]:
    """The fonts that are embedded in PDF."""
    [found] = FONT.finditer((FONTS / "README.md").read_text(encoding="utf-8"))
    files = sorted(FONTS.glob("*.ttf"))
    purl = _npm(found["package"], found["version"])
    yield _component(found["package"], found["version"], purl, "OFL-1.1", map(_sum, files))


def _component(name: str, version: str, purl: PackageURL, licence: str, sums: Iterable[str]) -> Component:
    """One part. Each of its files counts: one that is a single file has its digest, of several each is told as a property."""
    each = sorted(sums)
    return Component(
        name=name,
        version=version,
        purl=purl,
        bom_ref=purl.to_string(),
        type=ComponentType.LIBRARY,
        licenses=_licences(licence),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=each[0])] if len(each) == 1 else [],
        properties=[Property(name="file:sha256", value=digest) for digest in each] if len(each) > 1 else [],
    )


def _licences(text: str) -> list[License]:
    return [LicenseFactory().make_from_string(text)] if text else []


def _own_licence(name: str) -> str:
    """The expression of the installed library, its licence in a word, or its classifiers; "" when it is not installed here."""
    try:
        about = metadata.metadata(re.sub(r"\[.*", "", name))
    except metadata.PackageNotFoundError:
        return ""
    words = about.json
    said = str(words.get("license_expression") or words.get("license") or "")
    if said and "\n" not in said and len(said) < 80:
        return said
    named = [line.rsplit(" :: ", 1)[1] for line in about.get_all("Classifier") or [] if line.startswith("License :: ")]
    return " AND ".join(sorted(set(named)))


def _npm(package: str, version: str) -> PackageURL:
    group, _, name = package.rpartition("/")
    return PackageURL("npm", namespace=group or None, name=name, version=version)


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
