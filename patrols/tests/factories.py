"""An alarm for tests, raised by a patrol that found something made up."""

from __future__ import annotations

from casework.models import Case
from patrols.actions.patrolling import patrol
from patrols.models import PatrolAlarm
from patrols.readers import Exposure, Reader


def alarmed() -> Case:
    """The open alarm of a patrol that found one page."""
    found = Exposure("/disclosure/abcdefghjkmn/", "abcdefghjkmn", "已停止公示，页面仍能打开。")
    patrol(parts=[Reader("faces", "公开页面", lambda outsider, on: [found])])
    return PatrolAlarm.objects.get(is_open=True).case
