"""What a customer writes reaches the phone of whoever has the conversation, in the language of who reads it."""

from answerback.store import models
from answerback.testing.world import World

MARIA, DANA = "+15125550131", "+15125550190"


def taken(world: World) -> models.Conversation:
    """A case that Dana has taken from her phone."""
    models.Business.objects.update(language="es")
    world.text(MARIA, "pipe burst water everywhere")
    world.run(seconds=10)
    world.text(DANA, "1")
    world.run(seconds=10)
    return models.Conversation.objects.get(contact__number=MARIA)


def relayed(world: World) -> str:
    world.run(seconds=10)
    return world.texts_to(DANA)[-1].body


def test_a_customer_without_a_name_and_a_picture_are_told_in_spanish(world: World) -> None:
    case = taken(world)
    world.text(MARIA, "the gate code is 4411")
    assert relayed(world) == f"#{case.id} Cliente: the gate code is 4411"
    world.text(MARIA, "", media=("photo.jpg",))
    assert relayed(world) == f"#{case.id} Cliente: una foto. Abra la bandeja para verla."


def test_a_patient_is_neither_named_nor_quoted_in_spanish(database: None) -> None:
    with World("dental_clinic", now="2026-03-10 02:04") as clinic:
        models.Business.objects.update(language="es")
        clinic.text(MARIA, "my face is swelling and I cannot swallow")
        clinic.run(seconds=10)
        clinic.text(DANA, "1")
        clinic.run(seconds=10)
        case = models.Conversation.objects.get(contact__number=MARIA)
        models.Contact.objects.filter(number=MARIA).update(name="Maria Lopez")
        clinic.text(MARIA, "it hurts more now")
        clinic.run(seconds=10)
        assert clinic.texts_to(DANA)[-1].body == f"#{case.id}: un mensaje nuevo. Abra la bandeja para leerlo."
