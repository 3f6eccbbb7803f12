// Shows a wording as it looks on a phone while it is typed, and into how many texts it is cut.
(() => {
  const bubble = document.querySelector("[data-bubble]");
  const parts = document.querySelector("[data-parts]");
  if (!bubble) return;
  const blanks = JSON.parse(document.getElementById("blanks").textContent);
  const plain = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[\]~|€]*$/;
  const filled = (text) => {
    const known = blanks[bubble.lang] || {};
    return text.replace(/\{(\w+)\}/g, (whole, name) => known[name] || whole);
  };
  const count = (text) => {
    const short = plain.test(text);
    const length = short ? text.length + (text.match(/[\^{}\\[\]~|€]/g) || []).length : text.length;
    const [one, many] = short ? [160, 153] : [70, 67];
    return length <= one ? 1 : Math.ceil(length / many);
  };
  const show = (text, language) => {
    if (language) bubble.lang = language;
    bubble.textContent = filled(text);
    const number = count(filled(text));
    const odd = [...new Set(filled(text))].filter((letter) => !plain.test(letter)).slice(0, 8).join(" ");
    const many = odd ? parts.dataset.why.replace("LETTERS", odd) : parts.dataset.many;
    parts.textContent = number === 1 ? parts.dataset.one : many.replace("NUMBER", number);
  };
  show(bubble.textContent);
  for (const type of ["input", "focusin"]) {
    document.addEventListener(type, (event) => {
      if (event.target.matches("textarea[data-preview]") && event.target.value) show(event.target.value, event.target.lang);
    });
  }
  document.addEventListener("input", (event) => {
    if (!event.target.matches("select[data-usual]")) return;
    const words = document.getElementById(`w-${event.target.value}`);
    if (words) show(words.value, words.lang);
  });
})();
