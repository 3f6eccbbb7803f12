"""What the installation knows of itself: which workers work, and who was forgotten."""

from typing import ClassVar

from django.db import models

from answerback.store.models.tenancy import Business


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


class NumberKey(models.Model):
    """What numbers were digested with (`store.secrets.digest`) under a secret that was replaced; `key` in `sealed`."""

    sealed = models.BinaryField()

    class Meta:
        db_table = "number_key"

    def __str__(self) -> str:
        return str(self.pk)


class Erasure(models.Model):
    """A contact of this business was forgotten, or one of its numbers was. `digest` is the number's
    (`store.secrets.digest`): enough to forget the same person again in a backup that still knows them.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        db_table = "erasure"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["business", "digest", "at"], name="an_erasure_is_written_once")
        ]
