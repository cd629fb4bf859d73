#!/usr/bin/env python3
"""`make run`: set up and serve. Starts the servers, then web, worker and clock; stops them all together.

`run.py` serves; `run.py stop` ends a run and the embedded servers; `run.py reset` also throws the data away.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import environment  # noqa: E402

if __name__ == "__main__":
    environment.use("requirements.txt")

sys.path.insert(0, str(environment.ROOT))
from children import AlreadyRunning, Children, Stopped, end_run  # noqa: E402

from credit_platform import embedded, keys  # noqa: E402

ROOT = environment.ROOT
VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var")
HOST = os.environ.get("HOST") or "127.0.0.1"
PORT = os.environ.get("PORT") or "8000"
# Only JSON tasks of our own are accepted, so that a container may run the worker as root.
NO_ROOT_WARNING = ("-W", "ignore::UserWarning:celery.platforms")
WORKERS = os.environ.get("WEB_WORKERS") or "2"
# A thread reads the head of a request, and a visitor who sends it slowly holds one; nothing in front of this server reads heads first.
THREADS = os.environ.get("WEB_THREADS") or "64"
LOOPBACK = {"127.0.0.1", "localhost", "::1", "[::1]"}


def main() -> int:
    verb = sys.argv[1] if len(sys.argv) > 1 else "serve"
    verbs = {"serve": serve, "stop": stop, "reset": reset}
    if verb not in verbs:
        print(__doc__, file=sys.stderr)
        return 2
    return verbs[verb]()


def serve() -> int:
    """Serve until a signal comes, or the web server ends again and again."""
    media = VAR / "media"
    media.mkdir(parents=True, exist_ok=True, mode=0o700)
    media.chmod(0o700)  # an older run left it readable to everybody
    children = Children(VAR)
    try:
        with children:
            return _serve(children)
    except AlreadyRunning as error:
        print(error, file=sys.stderr)
        return 1
    except embedded.ServerError as error:
        print(error, file=sys.stderr)
        return 1
    except Stopped:
        return 0


def _serve(children: Children) -> int:
    if HOST not in LOOPBACK and not any(os.environ.get(name) for name in ("BEHIND_HTTPS", "TRUSTED_PROXY")):
        print(
            f"HOST={HOST} 会让其他机器直接访问本服务，少量缓慢的连接就能使其无法应答，内容也不加密。请在前面部署 nginx（deploy/nginx）并设"
            " BEHIND_HTTPS=1；仅在可信网络内、前面已有代理时可设 TRUSTED_PROXY=1。本机试用请去掉 HOST。",
            file=sys.stderr,
        )
        return 1
    if not PORT.isdigit() or not children.free(HOST, int(PORT)):
        print(f"端口 {PORT} 不可用（已被占用或无效）。可换一个端口：make run PORT=8001", file=sys.stderr)
        return 1
    with contextlib.ExitStack() as stack:
        needed = [name for name in ("DATABASE_URL", "REDIS_URL") if not os.environ.get(name)]
        if needed:
            stack.enter_context(embedded.in_use(VAR))
        if "DATABASE_URL" in needed:
            embedded.ensure_postgres(VAR)
        else:
            _lend_keys()
        if "REDIS_URL" in needed:
            embedded.ensure_valkey(VAR)
        stack.callback(children.stop)
        if code := children.wait_for("prepare", manage("prepare")):
            return code
        commands = _commands()
        children.start("web", commands["web"])
        if not children.answers(HOST, int(PORT)):
            return children.code or 1
        if code := _load_demo(children):
            return code
        for name in ("worker", "beat"):
            children.start(name, commands[name])
        _welcome()
        return children.watch(lambda: _keep_up(needed))


def _load_demo(children: Children) -> int:
    """The demonstration city, while the pages answer already. No worker yet: by its clock of today it would end what the year has not reached."""
    if os.environ.get("DEMO") == "0":
        return 0
    print(f"页面已可访问：http://{HOST}:{PORT}/", flush=True)
    return children.wait_for("demo", manage("load_demo"))


def _keep_up(needed: list[str]) -> None:
    """Start an embedded server again that has ended (a full disk, a kill); what hinders it is told and tried again."""
    try:
        if "DATABASE_URL" in needed:
            embedded.ensure_postgres(VAR)
        if "REDIS_URL" in needed:
            embedded.ensure_valkey(VAR)
    except (embedded.ServerError, OSError) as error:
        print(f"内置的服务未能重新启动，将继续尝试：{error}", file=sys.stderr)


def manage(*words: str) -> list[str]:
    return [str(environment.PYTHON), str(ROOT / "manage.py"), *words]


def _commands() -> dict[str, list[str]]:
    python = str(environment.PYTHON)
    beat = VAR / "beat"
    beat.mkdir(parents=True, exist_ok=True)
    celery = [python, *NO_ROOT_WARNING, "-m", "celery", "--quiet", "-A", "credit_platform"]
    return {
        "web": [
            *(python, "-m", "gunicorn", "credit_platform.wsgi:application", "--bind", f"{HOST}:{PORT}"),
            *("--worker-class", "gthread", "--workers", WORKERS, "--threads", THREADS, "--timeout", "120"),
            *("--graceful-timeout", "10", "--log-level", "warning", "--no-control-socket"),
        ],
        "worker": [*celery, "worker", "--concurrency", "2", "--loglevel", "WARNING", "--without-gossip"],
        "beat": [*celery, "beat", "--schedule", str(beat / "schedule"), "--pidfile", "", "--loglevel", "WARNING"],
    }


def _lend_keys() -> None:
    """With a real database the keys must be given; this local runner lends its own ones when they are not."""
    if all(os.environ.get(name) for name in keys.NAMES):
        return
    print(f"提示：未给出 SECRET_KEY、FIELD_KEY，本次运行使用 {VAR / 'secrets.json'} 中的密钥。正式部署请自行设置。")
    for name, value in keys.stored(VAR).items():
        os.environ.setdefault(name, value)


def _welcome() -> None:
    print(f"\n信用中国（黑龙江哈尔滨）已就绪：http://{HOST}:{PORT}/  （按 Ctrl-C 停止）\n", flush=True)
    if os.environ.get("DEMO") != "0":
        subprocess.run(manage("demo_accounts"), stderr=subprocess.DEVNULL, check=False)


def stop() -> int:
    """End a run of this folder, whatever a killed run left behind, and the embedded servers."""
    ended = [*end_run(VAR), *embedded.stop(VAR)]
    print("已停止：" + ("、".join(ended) or "（没有在运行的服务）"))
    return 0


def reset() -> int:
    """Stop everything and throw the local data away: the next `make run` starts with an empty city."""
    stop()
    embedded.remove(VAR)
    print(f"已清空本地数据（{VAR}）。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
