"""Backups: one file with everything in it, made while the product runs, and put back whole or not at all.

Read on in `taking`, `file` and `restoring`.
"""

from answerback.server.backups.file import Backup, BackupError
from answerback.server.backups.restoring import Restored, restore
from answerback.server.backups.taking import back_up

__all__ = ["Backup", "BackupError", "Restored", "back_up", "restore"]
