"""Believes a provider's ID token as far as OpenID Connect lets it: signed by its key, for us, this sign-in, in time.

allauth believes whatever comes back from the provider's address, and asks for no nonce. HMAC is not taken: everybody
who knows the program's secret could sign with it.
"""

import hashlib
import hmac
import json
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest

SIGNED_BY = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
NEEDED = ["iss", "aud", "sub", "iat", "exp"]
SLOW_CLOCK = 60
"""Seconds by which the provider's clock and ours may differ."""


class NotBelieved(OAuth2Error):  # type: ignore[misc]
    """An ID token that cannot be believed: `subject` is whom it says it is about, `why` one of `deeds.REFUSED`."""

    def __init__(self, says: str, why: str = "unbelieved", subject: str = "") -> None:
        super().__init__(says)
        self.why, self.subject = why, subject


_WHY = ((jwt.InvalidAudienceError, "audience"), (jwt.ExpiredSignatureError, "over"))


def nonce_of(code_verifier: str) -> str:
    """What the ID token of a sign-in must repeat: made of its PKCE verifier, which the session holds."""
    return hashlib.sha256(b"answerback nonce" + code_verifier.encode()).hexdigest()


class Asked(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """The provider as we ask it."""

    _nonce = ""

    def get_access_token_data(self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: Any = None) -> Any:
        """What it answers for the code, remembering of which sign-in that is."""
        self._nonce = nonce_of(pkce_code_verifier or "")
        return super().get_access_token_data(request, app, client, pkce_code_verifier=pkce_code_verifier)

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **told: Any) -> Any:
        """Whose sign-in it is. Raises `NotBelieved` where the ID token cannot be believed, or is about another."""
        claims = self._believed(app.client_id, told["response"].get("id_token"))
        userinfo = self._fetch_user_info(token.token)
        if userinfo["sub"] != claims["sub"]:
            raise NotBelieved("The ID token is about somebody else than what the provider tells of the person.")
        return self.get_provider().sociallogin_from_response(request, {"userinfo": userinfo, "id_token": claims})

    def _believed(self, client: str, id_token: object) -> dict[str, Any]:
        """What the token claims, which is true; raises `NotBelieved`."""
        if not isinstance(id_token, str):
            raise NotBelieved("The provider sent no ID token.")
        subject = _subject(id_token)
        try:
            claims = self._verified(client, id_token)
        except jwt.PyJWTError as problem:
            why = next((why for kind, why in _WHY if isinstance(problem, kind)), "unbelieved")
            raise NotBelieved(f"The ID token cannot be believed: {problem}", why, subject) from problem
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), self._nonce.encode()):
            raise NotBelieved("The ID token is of another sign-in.", "nonce", subject)
        if claims.get("azp", client) != client:
            raise NotBelieved("The ID token was given out to another program.", "audience", subject)
        jwtkit.verify_jti(claims)
        return claims

    def _verified(self, client: str, id_token: str) -> dict[str, Any]:
        """The claims, by any key of the provider's that the token may be signed with. Raises `PyJWTError`."""
        header = jwt.get_unverified_header(id_token)
        alg, kid = header.get("alg"), header.get("kid")
        if alg not in SIGNED_BY:
            raise jwt.InvalidAlgorithmError(f"It is signed by {alg}.")
        problem: jwt.PyJWTError = jwt.InvalidKeyError("The provider has no such key.")
        for key in self._keys(alg):
            if kid is not None and key.key_id not in {kid, None}:
                continue
            try:
                told = {"algorithms": [alg], "audience": client, "issuer": self.openid_config["issuer"]}
                claims: dict[str, Any] = jwt.decode(
                    id_token, key.key, leeway=SLOW_CLOCK, options={"require": NEEDED}, **told
                )
            except (jwt.InvalidSignatureError, jwt.InvalidKeyError, TypeError) as other:
                problem = jwt.InvalidSignatureError(str(other))
            else:
                return claims
        raise problem

    def _keys(self, alg: str) -> list[jwt.PyJWK]:
        """The provider's keys to sign with that we can read, taken for keys of this algorithm where they name none."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            rows = json.loads(answer.content)["keys"]
        found = []
        for row in rows:
            try:
                found.append(jwt.PyJWK({"alg": alg} | row))
            except jwt.PyJWTError:
                continue  # one of another kind, or one we cannot read
        return [key for key in found if key.public_key_use in {None, "sig"}]


def _subject(id_token: str) -> str:
    """Whom a token says it is about, which nobody has verified: enough to tell that person of it, and for no more."""
    try:
        return str(jwt.decode(id_token, options={"verify_signature": False}).get("sub", ""))
    except jwt.PyJWTError:
        return ""


class Provider(OpenIDConnectProvider):  # type: ignore[misc]
    """allauth's, which sends the nonce along and asks as above."""

    oauth2_adapter_class = Asked

    def get_pkce_params(self) -> dict[str, str]:
        """What goes along with a sign-in; the verifier is taken out of it by allauth and kept in the session."""
        told: dict[str, str] = super().get_pkce_params()
        return told | {"nonce": nonce_of(told.get("code_verifier", ""))}
