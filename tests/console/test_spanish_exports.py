"""Tables that are taken out are in the reader's language, and come in again as they are."""

import csv
import io
from typing import Any

from django.test import Client

from answerback.store import models
from answerback.workflow import csv_imports


def test_a_table_of_spanish_readers_has_spanish_heads_and_comes_in_again(shop: Any, alice: Client) -> None:
    """An export of a Spanish page began with Name, Phone number, and said won."""
    models.User.objects.update(language="es")
    talk = shop.conversation(131, name="Maria", status="booked")
    lead = models.Lead.objects.get(conversation=talk)
    models.RevenueEntry.objects.create(
        business=shop.business, lead=lead, cents=48_050, at=lead.created_at, job="J-7", evidence="Tarjeta"
    )
    begin = {
        "contacts": "Nombre,Número de teléfono,Correo\r\nMaria,",
        "leads": "Nombre,Número de teléfono,Correo,Servicio,Estado,Desde\r\nMaria,'+15125550131,,,Con cita,",
        "stops": "Número de teléfono,Desde,Cómo lo sabemos\r\n",
        "appointments": "Nombre,Número de teléfono,Comienza,Termina,Quién lo hace,Servicio,Dirección\r\n",
        "revenue": "Número de teléfono,Importe,Fecha,Número de trabajo,Comprobante\r\n'+15125550131,480.50,2026-03-11",
    }
    for kind, written in begin.items():
        taken_out: Any = alice.get(f"/contacts/export/{kind}")
        table = b"".join(taken_out.streaming_content).decode("utf-8-sig")
        assert table[: len(written)] == written
        heads = table.splitlines()[0].split(",")
        found = csv_imports.guess(csv_imports.KINDS[kind], heads)
        assert [head for head in heads if head not in found.values()] == [], kind
        read = list(csv_imports.rows(_given(shop, kind, table, found)))
        if kind == "leads":
            assert [each["status"] for each in read] == ["booked"]
        if kind == "revenue":
            assert [(each["number"], each["cents"], each["job"]) for each in read] == [("+15125550131", 48_050, "J-7")]


def _given(shop: Any, kind: str, table: str, mapping: dict[str, str]) -> csv_imports.Given:
    file = io.BytesIO(table.encode())
    return csv_imports.Given(
        business=shop.business.id, kind=csv_imports.KINDS[kind], file=file, mapping=mapping, source="f"
    )


def test_the_breakdown_of_a_report_has_spanish_heads(shop: Any, alice: Client) -> None:
    """Its heads were the names of columns: `qualified_by_label`, `recovered` in cents."""
    models.User.objects.update(language="es")
    table = alice.get("/reports/table.csv?days=7&by=service").content.decode()
    heads = next(csv.reader(io.StringIO(table)))
    assert heads[:6] == [
        "Servicio", "Clientes potenciales", "Llamadas que se perdieron", "Primer mensaje entregado",
        "Respondieron", "Calificados",
    ]  # fmt: skip
    assert heads[-4:] == [
        "Dinero anulado",
        "Segundos hasta responder, mediana",
        "Segundos hasta responder, 9 de 10",
        "Moneda",
    ]
    assert [head for head in heads if "_" in head] == []
    assert len(set(heads)) == len(heads)
