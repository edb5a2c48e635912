"""Entry point of the MiniStack process. Runs in `.venv-cloud`, so it imports nothing of ours.

The parent holds the write end of our standard input: when the parent ends in any way, also by
SIGKILL, the read below returns and the server (and with it every Lambda worker) ends too.
Faults of the pinned MiniStack version are mended here, each tested by `test_local_cloud.py`.
"""

import json
import os
import sys
import threading
import time
from typing import Any

WORKERS_PER_FUNCTION = max(4, 2 * (os.cpu_count() or 1))  # 57 MB each; more would only wait


def _end_with_parent() -> None:
    """Block until the parent is gone, then leave at once: all state is in memory anyway."""
    while os.read(0, 1024):
        pass
    os._exit(0)


def _fail_tasks_whose_function_fails() -> None:
    """With `waitForTaskToken`, a function that raises fails its task at once, as on AWS.

    MiniStack drops that error and waits for the callback until TimeoutSeconds.
    """
    from ministack.services import stepfunctions

    waiting = threading.local()
    invoke, call = stepfunctions._invoke_with_callback, stepfunctions._call_lambda

    def invoke_with_callback(resource: Any, data: Any, token: str, state: Any) -> Any:
        waiting.token = token
        try:
            return invoke(resource, data, token, state)
        finally:
            waiting.token = None

    def call_lambda(reference: Any, event: Any) -> Any:
        try:
            return call(reference, event)
        except stepfunctions._ExecutionError as fault:
            entry = stepfunctions._task_tokens.get(getattr(waiting, "token", None) or "")
            if entry is not None:
                entry["error"] = {"Error": fault.error, "Cause": fault.cause}
                entry["event"].set()
            raise

    stepfunctions._invoke_with_callback = invoke_with_callback
    stepfunctions._call_lambda = call_lambda


def _retry_stream_batches_that_failed_in_part() -> None:
    """A stream batch with `batchItemFailures` comes again, whole; MiniStack takes it as done."""
    from ministack.services import lambda_svc

    execute = lambda_svc._execute_function

    def execute_function(function: Any, event: Any, *rest: Any, **options: Any) -> Any:
        result = execute(function, event, *rest, **options)
        body = result.get("body")
        failed = isinstance(body, dict) and body.get("batchItemFailures")
        if failed and sys._getframe(1).f_code.co_name == "_poll_dynamodb_streams":
            return {**result, "error": True}
        return result

    lambda_svc._execute_function = execute_function


def _answer_without_waiting_for_logs() -> None:
    """A function that prints nothing answers at once; MiniStack waits 50 ms for its log lines."""
    from ministack.core.lambda_runtime import Worker

    first_line_s, quiet_s, most_s = 0.002, 0.001, 0.100
    Worker._drain_stderr_bounded.__defaults__ = (first_line_s, quiet_s, most_s)


def _queue_calls_beyond_the_workers() -> None:
    """A function gets so many workers at most; a further call waits for one that is free.

    MiniStack starts a process for each call in flight. Sixty that import at once on a laptop's
    cores outlast the function's timeout, are killed, answer 502 and are started again by the
    next calls. The wait comes before the timeout begins, as a call that AWS has not started yet
    costs none of it. No function of ours calls itself, which would wait for its own worker.
    """
    from ministack.services import lambda_svc

    execute, lock = lambda_svc._execute_function_warm, threading.Lock()
    gates: dict[str, threading.Semaphore] = {}

    def execute_function(function: Any, event: Any, request_id: str) -> Any:
        arn = (function.get("config") or function).get("FunctionArn", "")
        with lock:
            gate = gates.setdefault(arn, threading.Semaphore(WORKERS_PER_FUNCTION))
        with gate:
            return execute(function, event, request_id)

    lambda_svc._execute_function_warm = execute_function


def _write_invocations(path: str) -> None:
    """One JSON line for each call of a function: which, why, how many records, begin and end."""
    from ministack.services import lambda_svc

    dispatch, lock = lambda_svc._execute_function_dispatch, threading.Lock()

    def execute(function: Any, config: Any, event: Any, *rest: Any) -> Any:
        began = time.monotonic()
        try:
            return dispatch(function, config, event, *rest)
        finally:
            line = _described(event) | {
                "function": config.get("FunctionName", ""),
                "memory_mb": config.get("MemorySize", 128),
                "began": began,
                "ended": time.monotonic(),
            }
            with lock, open(path, "a") as log:
                log.write(json.dumps(line) + "\n")

    lambda_svc._execute_function_dispatch = execute


def _described(event: Any) -> dict[str, Any]:
    """`kind`: http, task, records or other; `what`: route, task or ARN of the source."""
    event = event if isinstance(event, dict) else {}
    if records := event.get("Records"):
        source = records[0].get("eventSourceARN", "")
        return {"kind": "records", "what": source, "records": len(records)}
    if "routeKey" in event:
        return {"kind": "http", "what": event["routeKey"], "records": 1}
    kind = "task" if "task" in event else "other"
    return {"kind": kind, "what": str(event.get("task", "")), "records": 1}


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from ministack.app import main

    _fail_tasks_whose_function_fails()
    _retry_stream_batches_that_failed_in_part()
    _answer_without_waiting_for_logs()
    _queue_calls_beyond_the_workers()
    if os.environ.get("INVOCATIONS"):
        _write_invocations(os.environ["INVOCATIONS"])
    sys.argv = ["ministack"]
    main()
