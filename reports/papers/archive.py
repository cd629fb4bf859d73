"""A PDF becomes PDF/A-3: its colours and metadata are told inside, its twin is attached. Before the signature, and nothing after it.

What the standard asks for here (ISO 19005-3): embedded fonts (the sheet sees to them), an output intent (6.2.3), metadata that name part and
conformance (6.6.4), and for each file inside its type, its relationship and a place in the catalogue's /AF (6.8).
"""

from __future__ import annotations

import hashlib
import io
from datetime import datetime
from pathlib import Path

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Stream, String

from reports.rules.twin import NAME

PROFILE = Path(__file__).parent / "srgb.icc"
CONDITION = "sRGB IEC61966-2.1"


def archived(pages: bytes, twin: bytes, *, number: str, at: datetime) -> bytes:
    """The archive file. The same input gives the same bytes. `at`: when the report was made, with its zone."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pages)) as pdf:
        for page in pdf.pages:
            _embed_all_fonts(page)
        _intent(pdf)
        _attach(pdf, twin, at)
        _metadata(pdf, number, at)
        pdf.Root.MarkInfo = Dictionary(Marked=False)
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable, force_version="1.7")
    return out.getvalue()


def faults(file: bytes) -> list[str]:
    """What of the standard's structure a file of ours lacks, in English for developers; [] when nothing does. Not a validator: it looks at the
    points named above and at nothing else."""
    found = []
    with pikepdf.open(io.BytesIO(file)) as pdf:
        root = pdf.Root
        with pdf.open_metadata() as meta:
            if (meta.get("pdfaid:part"), meta.get("pdfaid:conformance")) != ("3", "B"):
                found.append("metadata name another part or conformance")
        if Name.Filter in root.Metadata:
            found.append("metadata are compressed")
        if not any(
            each.get(Name.S) == Name.GTS_PDFA1 and Name.DestOutputProfile in each
            for each in root.get(Name.OutputIntents, [])
        ):
            found.append("no output intent")
        if pdf.is_encrypted:
            found.append("encrypted")
        associated = [each for each in root.get(Name.AF, []) if each.get(Name.AFRelationship) == Name.Alternative]
        if [str(each.UF) for each in associated] != [NAME] or associated[0].EF.F.get(Name.Subtype) != Name(
            "/application/json"
        ):
            found.append("the twin is not associated")
        found += [f"font {font} is not embedded" for page in pdf.pages for font in _bare_fonts(page)]
    return sorted(set(found))


def twin_of(file: bytes) -> bytes:
    """The twin inside a file of ours. KeyError when there is none."""
    with pikepdf.open(io.BytesIO(file)) as pdf:
        return bytes(pdf.attachments[NAME].get_file().read_bytes())


def _intent(pdf: pikepdf.Pdf) -> None:
    profile = Stream(pdf, PROFILE.read_bytes())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String(CONDITION),
        Info=String(CONDITION),
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def _attach(pdf: pikepdf.Pdf, twin: bytes, at: datetime) -> None:
    moment = f"D:{at:%Y%m%d%H%M%S}+08'00'"
    spec = AttachedFileSpec(
        pdf,
        twin,
        filename=NAME,
        description="报告的数据文件，与本报告内容一致",
        mime_type="application/json",
        creation_date=moment,
        mod_date=moment,
        relationship=Name.Alternative,
    )
    pdf.attachments[NAME] = spec
    stream = spec.obj.EF.F
    stream.Params.Size = len(twin)
    stream.Params.CheckSum = String(hashlib.md5(twin, usedforsecurity=False).digest())  # what the format has, no proof
    pdf.Root.AF = Array([spec.obj])


def _metadata(pdf: pikepdf.Pdf, number: str, at: datetime) -> None:
    if Name.Trapped in pdf.docinfo:
        del pdf.docinfo[Name.Trapped]
    moment = at.isoformat(timespec="seconds")
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        meta["dc:title"], meta["dc:description"] = str(pdf.docinfo.Title), str(pdf.docinfo.Subject)
        meta["dc:creator"] = [str(pdf.docinfo.Author)]
        meta["pdf:Producer"] = meta["xmp:CreatorTool"] = str(pdf.docinfo.Producer)
        meta["pdfaid:part"], meta["pdfaid:conformance"] = "3", "B"
        meta["dc:identifier"] = number
        meta["xmp:CreateDate"] = meta["xmp:ModifyDate"] = meta["xmp:MetadataDate"] = moment
    stamp = f"D:{at:%Y%m%d%H%M%S}+08'00'"
    pdf.docinfo.CreationDate, pdf.docinfo.ModDate = String(stamp), String(stamp)


def _bare_fonts(page: pikepdf.Page) -> list[str]:
    """The names of fonts in a page's resources that are not embedded."""
    fonts = page.obj.get(Name.Resources, Dictionary()).get(Name.Font, Dictionary())
    return [
        name for name, font in dict(fonts).items() if Name.FontFile2 not in font.get(Name.FontDescriptor, Dictionary())
    ]


def _embed_all_fonts(page: pikepdf.Page) -> None:
    """The library begins every page with Helvetica and sets nothing in it: the name leads to an embedded font instead."""
    fonts = page.obj.Resources.Font
    bare = _bare_fonts(page)
    embedded = next(font for name, font in dict(fonts).items() if name not in bare)
    for name in bare:
        fonts[name] = embedded
