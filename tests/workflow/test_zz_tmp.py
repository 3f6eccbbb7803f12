from answerback.testing.world import World
from answerback.store import models
ANN = "+15125550131"
def test_x(world: World):
    world.call(ANN); world.run(minutes=1)
    dana = world.staff("Dana"); dana.mark(ANN, "won"); world.run(hours=1)
    dana.reply(ANN, "One more thing about the job.")
    world.run(minutes=1)
    print([(e.kind,e.handled_at) for e in models.Event.objects.order_by("id")])
    print([(c.id,c.phase,c.ended_at,c.wake_at) for c in models.Conversation.objects.all()])
    world.text(ANN, "my water heater is leaking slowly"); world.run(minutes=5)
    print([(m.author,m.status,m.body[:40],m.purpose) for m in world.messages(ANN)])
    print([(c.id,c.phase,c.ended_at,c.wake_at) for c in models.Conversation.objects.all()])
    print([(r.rule,r.verdict,r.why) for r in world.receipts(ANN)])
