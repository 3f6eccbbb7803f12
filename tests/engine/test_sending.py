"""What a text that was not sent would have needed: all of it, where several checks refused."""

from datetime import timedelta


def test_of_several_refusals_all_are_named(talk):
    """Texting START alone changes nothing while the last first text is too near."""
    ours = talk()
    ours.call()
    ours.leave()
    ours.now += timedelta(minutes=1)
    ours.says(intent="opt_out", opt_out=True)
    ours.now += timedelta(hours=2)
    ours.call()
    refused = [receipt for receipt in ours.last.receipts if receipt.verdict == "not_sent"]
    assert [receipt.would_change.startswith("All of these together. ") for receipt in refused] == [True]
    assert "The customer texting START." in refused[0].would_change
    assert "A longer time since the last first text, or a shorter cooldown." in refused[0].would_change
