"""E-mail by SMTP (RFC 5321) with TLS."""

from answerback.adapters.smtp.mail import Smtp

adapter = Smtp()
