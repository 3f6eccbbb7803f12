"""Videos, the files they are made of, who was sent one, and what became of that."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from answerback.store.models.conversations import Conversation
from answerback.store.models.people import Contact
from answerback.store.models.tenancy import Business, Location, Member

MADE_BY = ("upload", "studio")
STATES = ("arriving", "draft", "waiting", "working", "ready", "failed", "stopped")


class Video(models.Model):
    """One video of a business, or of one location.

    Filmed: `arriving -> waiting -> working -> ready`; drawn: `draft -> waiting -> working -> ready`; or `failed` with
    the `problem`, or `stopped`. `progress` is in hundredths, `beat_at` when the work was last seen going on or was
    stopped.
    It is sent while `published_at` is set and `removed_at` is not. `storyboard` is what it is drawn
    from (`store.storyboard_file`), `captions` are WebVTT.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="videos")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=12)
    service = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=8)
    made_by = models.CharField(max_length=8)
    state = models.CharField(max_length=8)
    progress = models.SmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    storyboard = models.TextField(blank=True)
    captions = models.TextField(blank=True)
    seconds = models.FloatField(default=0)
    sound = models.BooleanField(default=False)
    beat_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "video"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(state="ready"), name="only_a_finished_video_is_published"
            )
        ]

    def __str__(self) -> str:
        return self.title


class VideoFile(models.Model):
    """One file of a video on the shelf: `original`, a finished shape, its poster, a scene's photo or voice.

    `arriving` pieces of an upload carry the byte they begin at; they are joined into the original.
    """

    video = models.ForeignKey(Video, on_delete=models.PROTECT, related_name="files")
    role = models.CharField(max_length=40)
    path = models.CharField(max_length=200)
    content_type = models.CharField(max_length=60)
    bytes = models.BigIntegerField()
    width = models.IntegerField(default=0)
    height = models.IntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "video_file"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["video", "role"], name="one_file_per_video_and_role"),
        ]


class VideoUpload(models.Model):
    """A file on its way here in pieces. `received` of its `size` bytes have come; any web process takes the next."""

    video = models.OneToOneField(Video, on_delete=models.PROTECT, related_name="upload")
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    pieces = models.JSONField(default=list)

    class Meta:
        db_table = "video_upload"


class Release(models.Model):
    """A person's permission to show them: who, when, for what. A testimonial is not published without one."""

    video = models.ForeignKey(Video, on_delete=models.PROTECT, related_name="releases")
    person = models.CharField(max_length=120)
    signed_on = models.DateField()
    scope = models.CharField(max_length=300)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "video_release"


class Showing(models.Model):
    """One video sent to one person, once. `text` is the key of the text that led to it."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="showings")
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="showings")
    video = models.ForeignKey(Video, on_delete=models.PROTECT, related_name="showings")
    text = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        db_table = "showing"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contact", "video"], name="a_person_gets_a_video_once")
        ]


class Watched(models.Model):
    """What a person did with a video: opened, played, quarter, half, most, finished; each counted once."""

    showing = models.ForeignKey(Showing, on_delete=models.PROTECT, related_name="watched")
    what = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        db_table = "watched"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["showing", "what"], name="a_mark_is_counted_once_a_showing")
        ]
