"""Settings of connections are sealed under the installation's secret."""

from types import SimpleNamespace

import pytest

from answerback.store.secrets import WrongSecret, seal, unseal


def test_sealed_settings_open_with_the_same_secret_only(settings: SimpleNamespace) -> None:
    settings.SECRET_KEY = "a" * 40
    sealed = seal({"auth_token": "tok-é"})
    assert unseal(memoryview(sealed)) == {"auth_token": "tok-é"}
    assert b"tok" not in sealed
    settings.SECRET_KEY = "b" * 40
    with pytest.raises(WrongSecret, match="ANSWERBACK_SECRET"):
        unseal(sealed)


@pytest.mark.parametrize("sealed", [b"", b"?", b"gAAAAA", b"\0" * 100])
def test_damaged_settings_are_told_as_a_wrong_secret(sealed: bytes) -> None:
    with pytest.raises(WrongSecret):
        unseal(sealed)
