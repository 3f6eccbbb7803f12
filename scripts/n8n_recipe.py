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
from urllib.parse import urlencode

import httpx

N8N, ANSWERBACK, TOKEN = (os.environ.get(name, "") for name in ("N8N", "ANSWERBACK", "TOKEN"))
PORT = int(os.environ.get("N8N_PORT", "5678"))
AT_N8N = f"http://127.0.0.1:{PORT}"
RUN = secrets.token_hex(4)
"""Tells this run's addresses at n8n from those of an earlier one."""
NUMBER = f"+1512555{secrets.randbelow(9000) + 1000}"
PASSWORD = "Answerback-recipe-1"  # noqa: S105  of an n8n that this program sets up
PATIENCE = 300.0


def main() -> None:
    """Run the recipe; exits with 1 and what is missing when something does not come true."""
    if not (N8N and ANSWERBACK and TOKEN):
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        _import_credential(Path(folder))
    told = _ask(
        "POST", "/webhooks", {"name": "n8n recipe", "url": f"{AT_N8N}/webhook/news-{RUN}", "kinds": ["lead.created"]}
    )
    with subprocess.Popen([N8N, "start"], env=_environment()) as program:
        try:
            _try()
        finally:
            _ask("DELETE", f"/webhooks/{told['webhook']['id']}")
            program.terminate()
            program.wait(60)


def _try() -> None:
    _until(
        "n8n answers", lambda: httpx.get(f"{AT_N8N}/healthz/readiness", trust_env=False, timeout=60).status_code == 200
    )
    _switch_on_workflows()
    _until("n8n takes the form", lambda: _post_form().status_code == 200)
    lead = _until("the form is a lead", lambda: next(iter(_items("/leads", number=NUMBER)), None))
    notes = {"conversation": lead["conversation_id"]}
    (note,) = _until("n8n was told and wrote a note", lambda: _items("/notes", **notes))
    _say(f"lead {lead['id']} of {lead['source']}, note: {note['body']!r}")


def _import_credential(folder: Path) -> None:
    """Give n8n the token, as its Header Auth credential."""
    credential = {
        "id": "answerback",
        "name": "answerback",
        "type": "httpHeaderAuth",
        "data": {"name": "Authorization", "value": f"Bearer {TOKEN}"},
    }
    file = folder / "credentials.json"
    file.write_text(json.dumps([credential]), encoding="utf-8")
    subprocess.run([N8N, "import:credentials", f"--input={file}"], env=_environment(), check=True)


def _switch_on_workflows() -> None:
    """Make both workflows and switch them on, as its owner does in the editor."""
    with httpx.Client(base_url=f"{AT_N8N}/rest", trust_env=False, timeout=60) as owner:
        who = {"email": "owner@example.com", "password": PASSWORD, "firstName": "Olga", "lastName": "Owner"}
        sign_in = {"emailOrLdapLoginId": who["email"], "password": PASSWORD}

        def signed_in() -> bool:  # its own interface comes up some time after it says that it is ready
            owner.post("/owner/setup", json=who)
            return owner.post("/login", json=sign_in).is_success

        _until("its owner is signed in", signed_in)
        for workflow in (_form_workflow(), _news_workflow()):
            made = owner.post("/workflows", json=workflow).raise_for_status().json()["data"]
            version = {"versionId": made["versionId"]}
            done = owner.post(f"/workflows/{made['id']}/activate", json=version)
            if done.status_code == 404:  # an n8n before versions of workflows were published
                done = owner.patch(f"/workflows/{made['id']}", json={"active": True} | version)
            done.raise_for_status()


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
        _node(
            "Webhook", "n8n-nodes-base.webhook", 2, {"httpMethod": "POST", "path": f"{hook}-{RUN}", "options": {}}, hook
        ),
        _node("HTTP Request", "n8n-nodes-base.httpRequest", 4.2, asks, f"{hook}-request")
        | {
            "credentials": {"httpHeaderAuth": {"id": "answerback", "name": "answerback"}},
            "retryOnFail": True,
        },
    ]
    connections = {"Webhook": {"main": [[{"node": "HTTP Request", "type": "main", "index": 0}]]}}
    return {"name": name, "active": False, "nodes": nodes, "connections": connections, "settings": {}}


def _node(name: str, kind: str, version: float, parameters: dict[str, Any], id: str) -> dict[str, Any]:
    place = {"typeVersion": version, "position": [0, 0], "webhookId": id}
    return {"id": id, "name": name, "type": kind, "parameters": parameters} | place


def _post_form() -> httpx.Response:
    form = {"name": "Maria", "phone": NUMBER}
    return httpx.post(f"{AT_N8N}/webhook/form-{RUN}", json=form, trust_env=False, timeout=60)


def _items(path: str, **only: object) -> list[dict[str, Any]]:
    return list(_ask("GET", f"{path}?{urlencode(only)}")["items"])


def _ask(method: str, path: str, body: object = None) -> Any:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answer = httpx.request(
        method, f"{ANSWERBACK}/api/v1{path}", json=body, headers=headers, trust_env=False, timeout=60
    )
    answer.raise_for_status()
    return answer.json() if answer.content else {}


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


def _environment() -> dict[str, str]:
    quiet = {"N8N_DIAGNOSTICS_ENABLED": "false", "N8N_SECURE_COOKIE": "false"}
    return {**os.environ, **quiet, "N8N_PORT": str(PORT), "N8N_LISTEN_ADDRESS": "127.0.0.1"}


def _say(words: str) -> None:
    sys.stdout.write(f"ok: {words}\n")


if __name__ == "__main__":
    main()
