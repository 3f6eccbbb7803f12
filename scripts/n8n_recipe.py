"""Tries the n8n recipe of docs/recipes.md on a real n8n and a running answerback; kept outside CI.

    N8N=/path/to/n8n ANSWERBACK=http://127.0.0.1:8707 TOKEN=ab_... .venv/bin/python scripts/n8n_recipe.py

A form comes in at n8n, which commands answerback to make a lead; answerback tells n8n of the new lead, which writes a
note into its conversation. Nothing is faked. answerback needs web and worker, a business with a line, and
ANSWERBACK_PRIVATE_HOSTS=127.0.0.1; the token needs the scopes leads:write, conversations:write and webhooks:write. How
n8n keeps its data is n8n's own environment (DB_TYPE and so on).
"""

import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

N8N, ANSWERBACK, TOKEN = (os.environ.get(name, "") for name in ("N8N", "ANSWERBACK", "TOKEN"))
PORT = int(os.environ.get("N8N_PORT", "5678"))
AT_N8N = f"http://127.0.0.1:{PORT}"
NUMBER = f"+1512555{secrets.randbelow(9000) + 1000}"
PATIENCE = 240.0


def main() -> None:
    """Run the recipe; exits with 1 and what is missing when something does not come true."""
    if not (N8N and ANSWERBACK and TOKEN):
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        _import(Path(folder))
        with subprocess.Popen([N8N, "start"], env=_environment()) as program:
            try:
                _try()
            finally:
                program.terminate()
                program.wait(60)


def _try() -> None:
    _until("n8n answers", lambda: httpx.get(f"{AT_N8N}/healthz/readiness", trust_env=False).status_code == 200)
    _until("n8n takes the form", lambda: _post_form().status_code == 200)
    lead = _until("the form is a lead", lambda: next(iter(_items("/leads", number=NUMBER)), None))
    notes = {"conversation": lead["conversation_id"]}
    (note,) = _until("n8n was told and wrote a note", lambda: _items("/notes", **notes))
    _say(f"lead {lead['id']} of {lead['source']}, note: {note['body']!r}")


def _import(folder: Path) -> None:
    """Give n8n the credential and both workflows, switched on."""
    told = httpx.post(
        f"{ANSWERBACK}/api/v1/webhooks",
        json={"name": "n8n recipe", "url": f"{AT_N8N}/webhook/news", "kinds": ["lead.created"]},
        headers={"Authorization": f"Bearer {TOKEN}"},
        trust_env=False,
    )
    told.raise_for_status()
    credential = {
        "id": "answerback",
        "name": "answerback",
        "type": "httpHeaderAuth",
        "data": {"name": "Authorization", "value": f"Bearer {TOKEN}"},
    }
    _write(folder / "credentials.json", [credential])
    _write(folder / "workflows.json", [_form_workflow(), _news_workflow()])
    for what, file in (("credentials", "credentials.json"), ("workflow", "workflows.json")):
        _n8n(f"import:{what}", f"--input={folder / file}")
    _n8n("update:workflow", "--all", "--active=true")


def _form_workflow() -> dict[str, Any]:
    body = {"number": "={{ $json.body.phone }}", "name": "={{ $json.body.name }}", "source": "website"}
    return _workflow("form", "create-lead", "/api/v1/commands/create-lead", body)


def _news_workflow() -> dict[str, Any]:
    path = "=/api/v1/conversations/{{ $json.body.data.conversation_id }}/notes"
    body = {"body": "=n8n heard of {{ $json.body.type }} {{ $json.body.data.name }}"}
    return _workflow("news", "note", path, body)


def _workflow(hook: str, name: str, path: str, body: dict[str, str]) -> dict[str, Any]:
    """A Webhook node, and an HTTP Request node as the recipe says: header auth, JSON, a key that names the run."""
    url = f"={ANSWERBACK}{path.removeprefix('=')}"
    fields = {"parameters": [{"name": key, "value": value} for key, value in body.items()]}
    headers = {"parameters": [{"name": "Idempotency-Key", "value": "={{ $execution.id }}-" + hook}]}
    asks = {
        "method": "POST",
        "url": url,
        "authentication": "genericCredentialType",
        "genericAuthType": "httpHeaderAuth",
        "sendHeaders": True,
        "headerParameters": headers,
        "sendBody": True,
        "bodyParameters": fields,
        "options": {},
    }
    nodes = [
        _node("Webhook", "n8n-nodes-base.webhook", 2, {"httpMethod": "POST", "path": hook, "options": {}}, hook),
        _node("HTTP Request", "n8n-nodes-base.httpRequest", 4.2, asks, f"{hook}-request")
        | {
            "credentials": {"httpHeaderAuth": {"id": "answerback", "name": "answerback"}},
            "retryOnFail": True,
        },
    ]
    connections = {"Webhook": {"main": [[{"node": "HTTP Request", "type": "main", "index": 0}]]}}
    return {"id": hook, "name": name, "active": False, "nodes": nodes, "connections": connections, "settings": {}}


def _node(name: str, kind: str, version: float, parameters: dict[str, Any], id: str) -> dict[str, Any]:
    place = {"typeVersion": version, "position": [0, 0], "webhookId": id}
    return {"id": id, "name": name, "type": kind, "parameters": parameters} | place


def _post_form() -> httpx.Response:
    form = {"name": "Maria", "phone": NUMBER}
    return httpx.post(f"{AT_N8N}/webhook/form", json=form, trust_env=False)


def _items(path: str, **only: object) -> list[dict[str, Any]]:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    asked = {name: str(value) for name, value in only.items()}
    answer = httpx.get(f"{ANSWERBACK}/api/v1{path}", params=asked, headers=headers, trust_env=False)
    answer.raise_for_status()
    return list(answer.json()["items"])


def _until(what: str, come_true: Callable[[], Any]) -> Any:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        try:
            if found := come_true():
                _say(what)
                return found
        except httpx.TransportError:  # it has not started yet
            pass
        time.sleep(1)
    sys.exit(f"Not within {PATIENCE:.0f} s: {what}.")


def _n8n(*words: str) -> None:
    subprocess.run([N8N, *words], env=_environment(), check=True)


def _environment() -> dict[str, str]:
    quiet = {"N8N_DIAGNOSTICS_ENABLED": "false", "N8N_VERSION_NOTIFICATIONS_ENABLED": "false"}
    return {**os.environ, **quiet, "N8N_PORT": str(PORT), "N8N_LISTEN_ADDRESS": "127.0.0.1"}


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value), encoding="utf-8")


def _say(words: str) -> None:
    sys.stdout.write(f"ok: {words}\n")


if __name__ == "__main__":
    main()
