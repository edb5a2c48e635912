"""Entry point of the MiniStack process. Runs in `.venv-cloud`, so it imports nothing of ours.

The parent holds the write end of our standard input: when the parent ends in any way, also by
SIGKILL, the read below returns and the server (and with it every Lambda worker) ends too.
"""

import os
import sys
import threading


def _end_with_parent() -> None:
    """Block until the parent is gone, then leave at once: all state is in memory anyway."""
    while os.read(0, 1024):
        pass
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from ministack.app import main

    sys.argv = ["ministack"]
    main()
