"""The kind of information that a voluntary declaration brings to the public: the subject's own word, unchecked, shown apart."""

from __future__ import annotations

from disclosure.kinds import Doubted, Kind

VOLUNTARY = Kind(
    code="voluntary",
    label="主体自主申报",
    parts=("申报内容", "申报主体", "审核单位与来源"),
    day_word="申报",
    number_label="申报编号",
    listed=False,
    own_word=True,
    doubted=Doubted("反映该申报不实", "/declarations/{public_id}/report/"),
)
