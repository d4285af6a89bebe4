"""What something costs, told so that other work on the machine does not count."""

import time


def cpu_seconds(task):
    """Processor seconds of this process while `task` runs."""
    start = time.process_time()
    task()
    return time.process_time() - start
