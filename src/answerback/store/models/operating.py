"""What the installation knows of itself: which workers work."""

from typing import ClassVar

from django.db import models


class WorkerBeat(models.Model):
    """One worker process, by the name of its machine and its process id. `at` is when it last said that it works."""

    name = models.CharField(max_length=120, unique=True)
    version = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        db_table = "worker_beat"
        indexes: ClassVar = [models.Index(fields=["at"], name="worker_beat_at")]

    def __str__(self) -> str:
        return self.name
