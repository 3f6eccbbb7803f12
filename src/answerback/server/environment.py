"""Reads the environment into typed settings and refuses bad values in words an operator can act on.

It never starts anything: commands start the embedded database and set `DATABASE_URL` before Django reads settings.
"""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from answerback.ports.model import ModelHost
from answerback.ports.registry import language_models
from answerback.server import listening_at
from answerback.server.kept import keep_once

LONGEST_PAUSE_MS = 30_000
"""A process that stands still inside a transaction this long (a paused or vanished machine) loses it, so that its locks
hold up nobody else's callers. Nothing of ours waits for anything inside a transaction."""

OUR_STATEMENTS = "-c jit=off -c max_parallel_workers_per_gather=0"
"""No statement of ours runs long enough to be compiled or split among processes. Servers do both by their guess of its
cost, and starting it took more than the statement: 86 ms instead of 37 for the names there are twice among 80,000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """What the environment says, read and checked once."""

    var: Path
    database_url: str
    secret: str
    old_secrets: tuple[str, ...] = ()
    public_url: str
    local_url: str
    hosts: list[str]
    private_hosts: tuple[str, ...]
    mail: dict[str, str]
    trusted_proxy: bool
    phone_page: bool
    second_step_days: int = 0
    prepare: bool
    log_level: str
    log_format: str = "text"
    metrics_token: str = ""
    metrics_at: str = ""
    sentry_dsn: str = ""
    traces_url: str = ""
    single_sign_on: dict[str, str]
    language_model: tuple[str, ModelHost] | None = None
    videos_at: str = ""


def environment(values: Mapping[str, str] = os.environ) -> Environment:
    """The environment as typed values; raises `ImproperlyConfigured` naming the variable and what to write."""
    public_url = values.get("ANSWERBACK_PUBLIC_URL", "").rstrip("/")
    if public_url and not _is_address(public_url):
        raise ImproperlyConfigured(
            f"ANSWERBACK_PUBLIC_URL is {public_url!r}. Write the whole address your customers and providers reach, "
            "for example https://answers.example.com."
        )
    hosts = [*_names(values.get("ANSWERBACK_HOSTS", ""))]
    if public_url and (name := urlsplit(public_url).hostname):
        hosts.append(name)
    return Environment(
        var=var_folder(values),
        database_url=values.get("DATABASE_URL", ""),
        secret=_from_file_or_value(values, "ANSWERBACK_SECRET"),
        old_secrets=_old_secrets(values),
        public_url=public_url,
        local_url=_local_url(values),
        hosts=[*hosts, "127.0.0.1", "localhost", "[::1]"],
        private_hosts=_names(values.get("ANSWERBACK_PRIVATE_HOSTS", "")),
        mail=_mail(_from_file_or_value(values, "ANSWERBACK_MAIL_URL"), values.get("ANSWERBACK_MAIL_FROM", "").strip()),
        trusted_proxy=_yes_or_no(values, "ANSWERBACK_TRUSTED_PROXY"),
        prepare=_yes_or_no(values, "ANSWERBACK_PREPARE", default=True),
        phone_page=_yes_or_no(values, "ANSWERBACK_PHONE_PAGE", default=True),
        second_step_days=_days(values, "ANSWERBACK_SECOND_STEP_DAYS", most=30),
        log_level=_one_of(values, "ANSWERBACK_LOG", ("DEBUG", "INFO", "WARNING", "ERROR"), "INFO"),
        log_format=_one_of(values, "ANSWERBACK_LOG_FORMAT", ("TEXT", "JSON"), "TEXT").lower(),
        metrics_token=_from_file_or_value(values, "ANSWERBACK_METRICS_TOKEN"),
        metrics_at=_where(values, "ANSWERBACK_METRICS"),
        sentry_dsn=_from_file_or_value(values, "ANSWERBACK_SENTRY_DSN"),
        traces_url=_traces_url(values.get("ANSWERBACK_TRACES", "")),
        single_sign_on=_single_sign_on(values),
        language_model=_language_model(values),
        videos_at=_from_file_or_value(values, "ANSWERBACK_VIDEOS"),
    )


def var_folder(values: Mapping[str, str] = os.environ) -> Path:
    """Where the product keeps its own files: `ANSWERBACK_VAR`, else `./var`, as root `/var/lib/answerback`."""
    if given := values.get("ANSWERBACK_VAR"):
        return Path(given).expanduser().absolute()
    return Path("/var/lib/answerback") if os.geteuid() == 0 else Path.cwd() / "var"


def videos(env: Environment) -> dict[str, Any]:
    """Django's storage for videos: a folder, or the S3-compatible bucket that `ANSWERBACK_VIDEOS` names."""
    if not env.videos_at:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(env.var / "videos"), "base_url": None},
        }
    parts = urlsplit(env.videos_at)
    query = dict(parse_qsl(parts.query))
    if parts.scheme != "s3" or not parts.hostname or not parts.username or not parts.password:
        raise ImproperlyConfigured(
            "ANSWERBACK_VIDEOS cannot be read. Write s3://key:secret@bucket, and behind it ?region=eu-central-1, or "
            "?endpoint=https://minio.example.com for a server that is not Amazon's."
        )
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": parts.hostname,
            "access_key": unquote(parts.username),
            "secret_key": unquote(parts.password),
            "region_name": query.get("region") or "us-east-1",
            "endpoint_url": query.get("endpoint"),
            "addressing_style": "path" if query.get("endpoint") else "auto",
            "signature_version": "s3v4",
            "default_acl": None,
            "querystring_auth": True,
            "querystring_expire": 3600,
            "file_overwrite": False,
        },
    }


def database(env: Environment) -> dict[str, Any]:
    """Django's connection settings for `DATABASE_URL`; the embedded server's where the variable is not set."""
    url = env.database_url
    if not url:
        from answerback.server.embedded import url_of_running  # noqa: PLC0415  only needed without DATABASE_URL

        url = url_of_running(env.var / "postgres") or "postgresql:///answerback"
    try:
        parts = urlsplit(url)
        hosts, ports = _hosts(parts.netloc)
    except ValueError as problem:
        raise ImproperlyConfigured(
            f"DATABASE_URL cannot be read: {problem}. Write postgresql://user:password@host:5432/database, and special "
            "characters of the password as %40 for @, %2F for /."
        ) from problem
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"DATABASE_URL begins with {parts.scheme!r}. answerback runs on PostgreSQL 15 to 18 only: write "
            "postgresql://user:password@host/database."
        )
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "answerback",
        "USER": unquote(parts.username or query.pop("user", "")),
        "PASSWORD": unquote(parts.password or query.pop("password", "")),
        "HOST": hosts or query.pop("host", ""),
        "PORT": ports or query.pop("port", ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # Statements of the hot path are prepared after their second run; set ANSWERBACK_PREPARE=no behind
        # an old pooler.
        "OPTIONS": {
            "prepare_threshold": 2 if env.prepare else None,
            "connect_timeout": 10,
            "options": f"-c idle_in_transaction_session_timeout={LONGEST_PAUSE_MS} {OUR_STATEMENTS}",
            **query,
            "application_name": "answerback",
        },
    }


def _hosts(netloc: str) -> tuple[str, str]:
    """Hosts and ports, with commas where there are several (a cluster): the first that is fit is taken."""
    found = [urlsplit(f"//{each}") for each in netloc.rpartition("@")[2].split(",")]
    ports = [str(each.port or "") for each in found]
    return ",".join(unquote(each.hostname or "") for each in found), ",".join(ports) if any(ports) else ""


def secret(env: Environment) -> str:
    """The installation's secret: from `ANSWERBACK_SECRET`, else made once and kept in the var folder."""
    if env.secret:
        if len(env.secret) < 32:
            raise ImproperlyConfigured("ANSWERBACK_SECRET is shorter than 32 characters. Use a long random one.")
        return env.secret
    return _kept_secret(env.var / "secret")


def _kept_secret(path: Path) -> str:
    try:
        kept = keep_once(path, secrets.token_urlsafe(48))
    except OSError as problem:
        raise ImproperlyConfigured(
            f"The installation's secret cannot be kept in {path}: {problem.strerror}. Make the folder writable, choose "
            "another one in ANSWERBACK_VAR, or set ANSWERBACK_SECRET."
        ) from problem
    if len(kept) < 32:
        raise ImproperlyConfigured(
            f"The secret in {path} is shorter than 32 characters: it was cut off. Put the old one back; without it the "
            "settings of connections cannot be read. A new installation may remove the file."
        )
    return kept


def _from_file_or_value(values: Mapping[str, str], name: str) -> str:
    if path := values.get(f"{name}_FILE"):
        try:
            return Path(path).read_text().strip()
        except OSError as problem:
            raise ImproperlyConfigured(f"{name}_FILE names {path}, which cannot be read: {problem}.") from problem
    return values.get(name, "")


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _mail(url: str, sender: str) -> dict[str, str]:
    """How to reach the mail server, empty where none is set. Never repeats the address: it holds a password."""
    if not url:
        return {}
    kinds = {"smtp": "starttls", "smtps": "tls", "smtp+plain": "none"}
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in kinds or not parts.hostname:
        raise ImproperlyConfigured(
            "ANSWERBACK_MAIL_URL cannot be read. Write smtp://user:password@mail.example.com:587, or smtps:// for port "
            "465; special characters of the password as %40 for @, %2F for /."
        )
    if "@" not in sender:
        raise ImproperlyConfigured(
            f"ANSWERBACK_MAIL_FROM is {sender!r}. Write the address invitations come from: appointments@example.com."
        )
    return {
        "host": parts.hostname,
        "port": str(port or (465 if parts.scheme == "smtps" else 587)),
        "security": kinds[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "sender": sender,
    }


def _traces_url(given: str) -> str:
    """The whole address of a collector, empty where none is set; the path is OTLP's own where none is named."""
    if not given:
        return ""
    if not _is_address(given):
        raise ImproperlyConfigured(
            f"ANSWERBACK_TRACES is {given!r}. Write the address of a collector that speaks OTLP over HTTP: "
            "http://127.0.0.1:4318."
        )
    return given if urlsplit(given).path.strip("/") else f"{given.rstrip('/')}/v1/traces"


def _single_sign_on(values: Mapping[str, str]) -> dict[str, str]:
    """The OpenID Connect provider people may sign in at, empty where none is set."""
    url, client = values.get("ANSWERBACK_OIDC_URL", "").rstrip("/"), values.get("ANSWERBACK_OIDC_CLIENT", "")
    if not url and not client:
        return {}
    if not _is_address(url) or not client:
        raise ImproperlyConfigured(
            "Single sign-on needs both ANSWERBACK_OIDC_URL, such as https://login.example.com/realms/shop, and "
            "ANSWERBACK_OIDC_CLIENT, our client ID there."
        )
    secret = _from_file_or_value(values, "ANSWERBACK_OIDC_SECRET")
    return {
        "url": url,
        "client": client,
        "secret": secret,
        "name": values.get("ANSWERBACK_OIDC_NAME") or "Single sign-on",
    }


def _old_secrets(values: Mapping[str, str]) -> tuple[str, ...]:
    """Secrets of before, under which things still open. In a file one a line, as a secret may hold commas."""
    name = "ANSWERBACK_OLD_SECRETS"
    written = _from_file_or_value(values, name)
    found = _names(written, "\n" if values.get(f"{name}_FILE") else ",")
    if any(len(each) < 32 for each in found):
        raise ImproperlyConfigured(
            f"One of {name} is shorter than 32 characters, which no secret of ours was. Write them whole, with commas "
            f"between them, or name a file with one a line in {name}_FILE."
        )
    return found


def _names(written: str, between: str = ",") -> tuple[str, ...]:
    return tuple(name.strip() for name in written.split(between) if name.strip())


def database_name(values: Mapping[str, str] = os.environ) -> str:
    """The database's name: that of `DATABASE_URL`, else `ANSWERBACK_DATABASE`, else `answerback`."""
    with suppress(ValueError):  # an address that cannot be read is told by who connects to it
        if name := unquote(urlsplit(values.get("DATABASE_URL", "")).path.lstrip("/")):
            return name
    return values.get("ANSWERBACK_DATABASE", "answerback")


def _local_url(values: Mapping[str, str]) -> str:
    """Where the web process listens on this machine: at the port it is told, else where the one that runs says."""
    if "ANSWERBACK_PORT" not in values and (said := listening_at.address(var_folder(values), database_name(values))):
        return said
    return f"http://127.0.0.1:{_port(values)}"


def _port(values: Mapping[str, str]) -> int:
    given = values.get("ANSWERBACK_PORT", "8707")
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise ImproperlyConfigured(f"ANSWERBACK_PORT is {given!r}. Write a number from 1 to 65535.")
    return int(given)


def _days(values: Mapping[str, str], name: str, *, most: int) -> int:
    given = values.get(name, "0")
    if not given.isdecimal() or int(given) > most:
        raise ImproperlyConfigured(f"{name} is {given!r}. Write a number of days from 0 to {most}.")
    return int(given)


def _where(values: Mapping[str, str], name: str) -> str:
    """An address to listen at, `host:port`, empty where none is wanted."""
    given = values.get(name, "")
    host, _, port = given.rpartition(":")
    if given and not (host and port.isdecimal() and 0 < int(port) < 65536):
        raise ImproperlyConfigured(f"{name} is {given!r}. Write an address and a port: 127.0.0.1:9707.")
    return given


def _yes_or_no(values: Mapping[str, str], name: str, *, default: bool = False) -> bool:
    given = values.get(name, "").lower()
    if given not in {"", "yes", "no", "1", "0", "true", "false"}:
        raise ImproperlyConfigured(f"{name} is {given!r}. Write yes or no.")
    return default if not given else given in {"yes", "1", "true"}


def _one_of(values: Mapping[str, str], name: str, allowed: tuple[str, ...], default: str) -> str:
    given = values.get(name, default).upper()
    if given not in allowed:
        raise ImproperlyConfigured(f"{name} is {given!r}. Write one of {', '.join(allowed)}.")
    return given


def _language_model(values: Mapping[str, str]) -> tuple[str, ModelHost] | None:
    """The kind of the language model and where it answers; None when there is none, which is the default.

    Its key may come from a file: `ANSWERBACK_MODEL_KEY_FILE`.
    """
    url, model = values.get("ANSWERBACK_MODEL_URL", ""), values.get("ANSWERBACK_MODEL", "")
    if not url and not model:
        return None
    if not _is_address(url) or not model:
        raise ImproperlyConfigured(
            "A language model needs both ANSWERBACK_MODEL_URL, such as https://api.openai.com/v1 or "
            "http://127.0.0.1:11434/v1, and ANSWERBACK_MODEL, the model's name there."
        )
    kind = values.get("ANSWERBACK_MODEL_API", "openai").lower()
    if kind not in language_models():
        raise ImproperlyConfigured(f"ANSWERBACK_MODEL_API is {kind!r}. Write one of {', '.join(language_models())}.")
    key = _from_file_or_value(values, "ANSWERBACK_MODEL_KEY")
    dollars_in, dollars_out = _prices(values.get("ANSWERBACK_MODEL_PRICES", "0/0"))
    return kind, ModelHost(url=url, model=model, key=key, dollars_in=dollars_in, dollars_out=dollars_out)


def _prices(given: str) -> tuple[float, float]:
    try:
        dollars_in, dollars_out = (float(part) for part in given.split("/"))
    except ValueError:
        raise ImproperlyConfigured(
            f"ANSWERBACK_MODEL_PRICES is {given!r}. Write dollars a million tokens in and out, such as 0.15/0.60."
        ) from None
    return dollars_in, dollars_out
