"""The words of a 12315 row, as the code tables have them. Pure."""

from __future__ import annotations

COMPLAINT, REPORT = "投诉", "举报"
ACCEPTED, DECLINED = "受理", "不予受理"
AGREED, FAILED, STOPPED, WITHDRAWN, SETTLED = "达成调解", "未达成调解", "终止调解", "撤回投诉", "先行和解"
RESULTS = (AGREED, FAILED, STOPPED, WITHDRAWN, SETTLED)
SUCCESSES = (AGREED, SETTLED)
"""The two sides agreed: before the authority, or between themselves (ODR)."""
COUNTED = (AGREED, SETTLED, FAILED, STOPPED)
"""Ends of which one says that it succeeded or not; a withdrawal is neither."""
NO = "否"
WITHHELD = ("涉及商业秘密", "涉及个人隐私", "涉及未成年人", "恶意投诉", "重复投诉")
"""What a row may say that keeps it from the public (国市监稽规〔2023〕6号; the list is of this platform until the text is verified)."""
UNIDENTIFIED = "经营者未能确定"

PROCEDURE = "complaint"
"""Under which name the clocks stand among the profiles."""
