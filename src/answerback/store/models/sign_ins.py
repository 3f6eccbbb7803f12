"""Browsers that are signed in, so that their person can see and end each of them."""

from typing import ClassVar

from django.db import models

from answerback.store.models.tenancy import User


class SignIn(models.Model):
    """One browser that signed in: from where, with what. It stands as long as its session does."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    key = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    place = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "sign_in"
        indexes: ClassVar = [models.Index(fields=["user", "-at"], name="sign_in_recent")]

    def __str__(self) -> str:
        return f"{self.user_id} since {self.at}"
