/* Says in words, beside the button, why a passkey did not come: allauth's scripts know only that it did not. */
(() => {
  "use strict";
  const said = document.getElementById("passkey-said");
  if (!said) return;
  const A_WHILE = 50000; // a browser says the same for "cancelled" and "nobody came": the time tells them apart
  let begun = 0;
  const say = (why) => {
    said.hidden = !why;
    said.textContent = why ? said.dataset[why] : "";
    if (why) said.scrollIntoView({ block: "nearest" });
  };
  const WORDS = {
    AbortError: "cancelled", TimeoutError: "late", SecurityError: "insecure", InvalidStateError: "known",
    NotSupportedError: "unsupported", ConstraintError: "lock",
  };

  document.addEventListener("click", (event) => {
    if (!event.target.closest("#passkey_login, #mfa_webauthn_authenticate, #mfa_webauthn_reauthenticate, #mfa_webauthn_add")) return;
    begun = performance.now();
    say("");
    const why = !window.isSecureContext ? "insecure" : !window.webauthnJSON.supported() ? "unsupported" : "";
    if (!why) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    say(why);
  }, true);
  document.addEventListener("allauth.error", (event) => {
    const { exception } = event.detail, late = performance.now() - begun > A_WHILE;
    event.preventDefault();
    say(exception.name === "NotAllowedError" ? (late ? "late" : "cancelled") : WORDS[exception.name] || "failed");
  });
})();
