"""Start and stop MiniStack, an AWS emulator, as a process of its own on the loopback interface.

It has its own virtual environment because it pins its own botocore. All state is in memory and
ends with the process. One server serves many accounts, a 12-digit access key being an account,
but HTTP APIs answer in the account it was started with only: a request with a bearer token names
no account. A stack that needs its API takes a server of its own, which costs 0.3 s.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from local.paths import BUILD, CLOUD_PYTHON, prune

REGION = "eu-west-1"
ACCOUNT = "111122223333"
READY_DEADLINE_S = 90.0
STOP_GRACE_S = 2.0


class CloudFailed(RuntimeError):
    """MiniStack did not start, or ended while it was starting; the text ends with its log."""


@dataclass(frozen=True, slots=True)
class Cloud:
    """A running server, seen from one account. Use as a context manager, or call `stop`."""

    endpoint: str
    home: Path
    process: subprocess.Popen[bytes]
    account: str = ACCOUNT
    http_account: str = ACCOUNT
    region: str = REGION
    _clients: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def start(
        cls,
        *,
        account: str = ACCOUNT,
        wait_scale: float = 1.0,
        auth: bool = True,
        invocations: Path | None = None,
    ) -> Cloud:
        """Start a server and wait until it answers.

        `wait_scale` multiplies Wait and Retry times of state machines (not TimeoutSeconds).
        `auth` enforces the Lambda roles. `invocations` names a file that gets one JSON line for
        each call of a function. Raises CloudFailed after READY_DEADLINE_S.
        """
        if not CLOUD_PYTHON.exists():
            raise CloudFailed(f"{CLOUD_PYTHON} is missing: run `make install` first")
        port = _free_port()
        home = BUILD / "cloud" / str(port)
        (home / "tmp").mkdir(parents=True, exist_ok=True)
        prune(home.parent)
        env = _environment(port, home, account, wait_scale=wait_scale, auth=auth)
        if invocations:
            env["INVOCATIONS"] = str(invocations)
        with (home / "server.log").open("wb") as log:
            process = subprocess.Popen(
                [CLOUD_PYTHON, "-I", Path(__file__).with_name("server.py")],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env=env,
                cwd=home,
            )
        cloud = cls(f"http://127.0.0.1:{port}", home, process, account, account)
        try:
            cloud._wait_until_ready(time.monotonic() + READY_DEADLINE_S)
        except BaseException:
            cloud.stop()
            raise
        return cloud

    def as_account(self, account: str) -> Cloud:
        """The same server seen from another account, which shares nothing with this one."""
        return replace(self, account=account, _clients={})

    def client(self, service: str) -> Any:
        """A boto3 client with the rights of the account's root user; kept for the next call."""
        if service not in self._clients:
            self._clients[service] = boto3.Session().client(
                service,
                endpoint_url=self.endpoint,
                region_name=self.region,
                aws_access_key_id=self.account,
                aws_secret_access_key="test",
                config=Config(
                    retries={"max_attempts": 1},
                    max_pool_connections=50,
                    s3={"addressing_style": "path"},
                ),
            )
        return self._clients[service]

    @property
    def log(self) -> Path:
        """What the server and the functions printed."""
        return self.home / "server.log"

    def stop(self) -> None:
        """End the server: its standard input closes, SIGKILL after STOP_GRACE_S. Safe to repeat.

        Not SIGTERM: on that it waits for its workers, and there is nothing to save.
        """
        if self.process.stdin:
            self.process.stdin.close()
        try:
            self.process.wait(STOP_GRACE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.home / "tmp", ignore_errors=True)

    def __enter__(self) -> Cloud:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _wait_until_ready(self, deadline: float) -> None:
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.endpoint}/_ministack/health", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise CloudFailed(f"MiniStack is not ready:\n{self.log.read_text()[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(
    port: int, home: Path, account: str, *, wait_scale: float, auth: bool
) -> dict[str, str]:
    """Settings of the server. Functions inherit them, so nothing of the developer's shell leaks."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "TMPDIR": str(home / "tmp"),
        "S3_DATA_DIR": str(home / "s3"),
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "AUTH": str(auth).lower(),
        "MINISTACK_REGION": REGION,
        "MINISTACK_ACCOUNT_ID": account,
        "SFN_WAIT_SCALE": str(wait_scale),
        "LAMBDA_ACCOUNT_CONCURRENCY": "1000",  # AWS's default; else what fits in memory, then 429
        "LOG_LEVEL": "INFO",
        "DOCKER_HOST": "unix:///nonexistent.sock",
        "POWERTOOLS_TRACE_DISABLED": "true",  # nobody collects; it would fill the functions' logs
    }
