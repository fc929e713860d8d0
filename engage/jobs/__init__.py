"""Work that takes longer than a page may: asked for, queued, done once, and accounted for.

The job row is the truth. The queue only wakes a worker sooner: a row that no queue remembers is
found by the worker's sweep.
"""

from engage.jobs.models import Job, JobStatus
from engage.jobs.queue import QueueError, build_queue
from engage.jobs.runner import ProgressCallback, handler, run
from engage.jobs.services import JobError, enqueue, find, waiting

__all__ = [
    "Job",
    "JobError",
    "JobStatus",
    "ProgressCallback",
    "QueueError",
    "build_queue",
    "enqueue",
    "find",
    "handler",
    "run",
    "waiting",
]
