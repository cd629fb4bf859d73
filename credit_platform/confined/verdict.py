"""What the end of a child means, in the words that people read."""

from __future__ import annotations

import logging
import signal
import subprocess
from typing import Any

from credit_platform.confined import frames
from credit_platform.confined.limits import MEGABYTE, Limits
from credit_platform.confined.refusals import FileRefused, Interrupted, interrupted, refuse

logger = logging.getLogger(__name__)

_SAVE_AGAIN = "请用 Excel 或 WPS 打开，把数据“选择性粘贴—数值”到新工作簿，另存为 xlsx 后重新上传。"
_OUT_OF_MEMORY = frozenset({-signal.SIGABRT, frames.NO_MEMORY})
_CRASHED = frozenset({-signal.SIGSEGV, -signal.SIGBUS, -signal.SIGILL, -signal.SIGFPE, -signal.SIGTRAP})


def refusal_of(tag: bytes, value: Any) -> FileRefused:
    """What the reader itself said: a refusal, or that it broke (by the type of the error; its text may hold what is in the file)."""
    if tag == frames.REFUSAL and isinstance(value, tuple) and len(value) == 3:
        code, text, mend = map(str, value)
        return FileRefused(code, text, mend=mend)
    logger.warning("a reader broke: %s", str(value)[:60])
    return broken()


def ended(process: subprocess.Popen[bytes], limits: Limits) -> FileRefused:
    """Why a child is no longer there."""
    try:
        code = process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        return nonsense()
    logger.warning("a reader ended with %s", code)
    if code == -signal.SIGXCPU:
        return refuse(
            "time",
            f"读取文件超过 {limits.cpu} 秒仍未完成，已停止：文件过大，或内部结构异常。",
            f"请分成几个文件；{_SAVE_AGAIN}",
        )
    if code in _OUT_OF_MEMORY:
        most = limits.memory // MEGABYTE
        text = f"读取文件需要的内存超过限额（{most} 兆字节），已停止：文件过大，或内部结构异常。"
        return refuse("memory", text, f"请分成几个文件；{_SAVE_AGAIN}")
    if code in _CRASHED:
        return broken()
    if code == frames.NO_LIMITS:
        logger.error("readers cannot put themselves under limits on this machine; no file is read")
        return not_started()
    if code > 0:
        logger.error("a reader could not do its work (exit %s)", code)
        return not_started()
    return interrupted("interrupted", "读取文件的程序被系统中断，文件没有读完。")


def silent(limits: Limits) -> FileRefused:
    """Nothing came for too long."""
    logger.warning("a reader was silent for %s seconds", limits.wait)
    return interrupted("silent", f"读取文件的程序在 {limits.wait} 秒内没有进展，已停止。")


def nonsense() -> FileRefused:
    """The child said what it should not."""
    logger.error("a reader gave an answer that is none")
    return broken()


def broken() -> FileRefused:
    """The file cannot be read."""
    return refuse("broken", "文件已损坏，或内部结构异常，不能读取。", _SAVE_AGAIN)


def not_started() -> Interrupted:
    """There is no child to ask."""
    return interrupted("not-started", "读取文件的程序未能启动。")


def busy() -> Interrupted:
    """Every place is taken."""
    return interrupted("busy", "系统正在读取其他上传的文件。", "请稍等片刻后重新上传。")
