# answerback in one image: web, worker and every command. Build it with: docker build -t answerback .
# The database is elsewhere: say where in DATABASE_URL. See docs/deployment.md.

FROM python:3.13-slim-bookworm AS build
COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /usr/local/bin/uv
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PROJECT_ENVIRONMENT=/opt/answerback UV_PYTHON_DOWNLOADS=never
WORKDIR /build
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN uv sync --frozen --no-dev --no-install-project --extra sentry --extra traces --extra s3
COPY src ./src
RUN uv sync --frozen --no-dev --no-editable --extra sentry --extra traces --extra s3

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /var/lib/answerback --create-home answerback
COPY --from=build /opt/answerback /opt/answerback
ENV PATH=/opt/answerback/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    ANSWERBACK_VAR=/var/lib/answerback \
    ANSWERBACK_HOST=0.0.0.0 \
    ANSWERBACK_LOG_FORMAT=json
USER 10001
VOLUME /var/lib/answerback
EXPOSE 8707
ENTRYPOINT ["answerback"]
CMD ["web"]
