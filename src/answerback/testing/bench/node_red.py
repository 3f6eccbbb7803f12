"""A second peer, where somebody has installed it: the same outbox as a flow of Node-RED, in a process of its own.

    npm install node-red@4 pg                                    # in a folder of its own, outside the repository
    .venv/bin/python -m answerback.testing.bench --node-red FOLDER

It is the flow a practised user would draw: `http in`, a function with the statement and tables of the bare outbox on a
pool of `pg`, `http response` once that is committed, `http request` to the provider, a function that marks the text.
Like the bare outbox it verifies no signature, follows no rules and leaves what a crash interrupts to nobody.
"""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from answerback.testing.bench import outbox
from answerback.testing.bench.product import LINE, Product, free_port, wait_for

KEEP = """
const form = msg.payload;
const pool = global.get('pool');
pool.query(global.get('keep'), [form.From, form.CallSid, global.get('body')]).then(found => {
    msg.statusCode = 204;
    msg.payload = '';
    const answer = { ...msg, res: msg.res, req: msg.req };
    if (found.rows.length === 0) return node.send([answer, null]);
    const text = { kept: found.rows[0].id, method: 'POST', url: global.get('url'),
        headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: global.get('signIn') },
        payload: { To: form.From, From: global.get('line'), Body: global.get('body') } };
    node.send([answer, text]);
}).catch(problem => node.error(problem, msg));
"""
MARK = """
global.get('pool').query(global.get('mark'), [msg.kept, msg.payload.sid])
    .catch(problem => node.error(problem, msg));
"""
SETTINGS = """
const given = JSON.parse(process.env.PEER);
const { Pool } = require('pg');
const pool = new Pool({ connectionString: given.database, max: given.connections });
module.exports = {
    uiPort: given.port, uiHost: '127.0.0.1', httpAdminRoot: false, userDir: __dirname, flowFile: 'flows.json',
    logging: { console: { level: 'warn' } },
    functionGlobalContext: { ...given, pool },
};
"""


@contextmanager
def running(product: Product, installed: Path) -> Iterator[outbox.Peer]:
    """Node-RED beside the product, on tables of its own in the product's database.

    Raises:
        FileNotFoundError: Node-RED is not installed in that folder.
    """
    program = installed / "node_modules" / "node-red" / "red.js"
    if not program.exists():
        raise FileNotFoundError(f"There is no Node-RED in {installed}. Run there: npm install node-red@4 pg")
    outbox.make_tables(product)
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="answerback-node-red-") as folder:
        Path(folder, "settings.js").write_text(SETTINGS)
        Path(folder, "flows.json").write_text(json.dumps(_flow()))
        environment = os.environ | {
            "PEER": json.dumps(_given(product, port)),
            "NODE_PATH": str(installed / "node_modules"),
            "NODE_ENV": "production",
        }
        process = subprocess.Popen(
            ["node", str(program), "--settings", str(Path(folder, "settings.js"))], env=environment
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/ready")
            yield outbox.Peer(port=port, pid=process.pid, product=product)
        finally:
            process.terminate()
            process.wait()


def _given(product: Product, port: int) -> dict[str, Any]:
    return {
        "port": port,
        "connections": outbox.CONNECTIONS,
        "database": product.database.url if product.database else "",
        "keep": outbox.KEEP,
        "mark": outbox.MARK,
        "body": outbox.BODY,
        "line": LINE,
        "url": outbox.texts_address(product.twilio, product.twilio_account),
        "signIn": outbox.sign_in(product.twilio_account, product.twilio_token),
    }


def _flow() -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = [
        {"id": "in", "type": "http in", "url": "/hooks/*", "method": "post", "wires": [["keep"]]},
        {"id": "keep", "type": "function", "func": KEEP, "outputs": 2, "wires": [["answer"], ["post"]]},
        {"id": "answer", "type": "http response", "wires": []},
        {"id": "ready", "type": "http in", "url": "/ready", "method": "get", "wires": [["answer"]]},
        {"id": "post", "type": "http request", "method": "use", "ret": "obj", "persist": True, "wires": [["mark"]]},
        {"id": "mark", "type": "function", "func": MARK, "outputs": 0, "wires": []},
    ]
    return [{"id": "tab", "type": "tab", "label": "Missed calls"}, *({**node, "z": "tab"} for node in nodes)]
