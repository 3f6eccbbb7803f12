"""Programs of the business and us: the tokens that let them in, and the answers they were given."""

from typing import ClassVar

from django.db import models

from answerback.store.models.tenancy import Business, Member


class Token(models.Model):
    """Lets a program of the business in. `digest` is SHA-256 of the secret, which is shown once and kept nowhere.

    A program acts for `member`, who made the token; `scopes` are what it may do (`workflow.tokens.SCOPES`). `hint` is
    how the secret begins, so that people can tell two tokens apart.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="tokens")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    digest = models.BinaryField(unique=True)
    hint = models.CharField(max_length=12)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "token"

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}...)"


class ApiAnswer(models.Model):
    """What a program was answered to a request with an idempotency key. `status` is None while it is being done.

    `asked` is a digest of the whole request: the same key for another request is a mistake of the program's.
    """

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    asked = models.BinaryField()
    at = models.DateTimeField()
    status = models.SmallIntegerField(null=True)
    body = models.TextField(blank=True)

    class Meta:
        db_table = "api_answer"
        constraints: ClassVar = [models.UniqueConstraint(fields=["token", "key"], name="a_request_is_done_once")]
        indexes: ClassVar = [models.Index(fields=["at"], name="api_answer_at")]
