// Uploads in pieces that go on where they stopped (the core of tus 1.0), and records a scene's voice. Without this file
// both pages work with plain forms.
"use strict";
const PIECE = 2 * 1024 * 1024;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

document.querySelectorAll("form[data-upload]").forEach((form) => {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    upload(form).catch((problem) => tell(form, problem.message));
  });
});

async function upload(form) {
  const file = form.elements.file.files[0];
  const token = form.elements.csrfmiddlewaretoken.value;
  const key = `upload ${file.name} ${file.size} ${file.lastModified}`;
  let address = localStorage.getItem(key);
  let at = address === null ? null : await here(address);
  if (at === null) {
    address = await begin(form, file, token);
    localStorage.setItem(key, address);
    at = 0;
  }
  form.querySelector("button:not([type=button])").disabled = true;
  for (let tries = 0; at < file.size; ) {
    show(form, at / file.size);
    try {
      at = await send(address, token, file.slice(at, at + PIECE), at);
      tries = 0;
    } catch (lost) {
      tries += 1;
      if (tries > 12) throw lost;
      await pause(Math.min(1000 * tries, 8000));
      at = (await here(address)) ?? at;
    }
  }
  localStorage.removeItem(key);
  location.assign(form.dataset.watch + address.split("/").pop());
}

async function begin(form, file, token) {
  const told = { filename: file.name };
  for (const name of ["title", "kind", "language", "service", "location"]) told[name] = form.elements[name]?.value ?? "";
  const metadata = Object.entries(told).map(([name, value]) => `${name} ${base64(value)}`).join(",");
  const answer = await fetch(form.dataset.upload, {
    method: "POST",
    headers: { "X-CSRFToken": token, "Tus-Resumable": "1.0.0", "Upload-Length": String(file.size), "Upload-Metadata": metadata },
  });
  if (answer.status !== 201) throw new Error(await answer.text());
  return answer.headers.get("Location");
}

async function here(address) {
  const answer = await fetch(address, { method: "HEAD", headers: { "Tus-Resumable": "1.0.0" } });
  return answer.ok ? Number(answer.headers.get("Upload-Offset")) : null;
}

async function send(address, token, piece, at) {
  const answer = await fetch(address, {
    method: "PATCH",
    headers: { "X-CSRFToken": token, "Tus-Resumable": "1.0.0", "Upload-Offset": String(at), "Content-Type": "application/offset+octet-stream" },
    body: piece,
  });
  if (!answer.ok) throw new Error(await answer.text());
  return Number(answer.headers.get("Upload-Offset"));
}

function show(form, share) {
  const told = form.querySelector(".upload-told");
  told.hidden = false;
  told.querySelector("progress").value = Math.round(share * 100);
  told.querySelector("span").textContent = `${Math.round(share * 100)} %`;
}

function tell(form, words) {
  const told = form.querySelector(".upload-told");
  told.hidden = false;
  told.querySelector("span").textContent = words;
  form.querySelector("button:not([type=button])").disabled = false;
}

document.querySelectorAll("form[data-recorder]").forEach((form) => {
  const button = form.querySelector(".record");
  if (!navigator.mediaDevices || !window.MediaRecorder) return;
  button.hidden = false;
  let recorder = null;
  button.addEventListener("click", async () => {
    if (recorder) return recorder.stop();
    const says = form.querySelector(".record-says");
    try {
      const sound = await navigator.mediaDevices.getUserMedia({ audio: true });
      const parts = [];
      recorder = new MediaRecorder(sound);
      recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
      recorder.addEventListener("stop", () => keep(form, new Blob(parts, { type: recorder.mimeType }), sound));
      recorder.start();
      says.textContent = form.elements.scene.selectedOptions[0].dataset.say;
      button.querySelector("span").textContent = button.dataset.stop;
    } catch (refused) {
      says.textContent = refused.message;
    }
    says.hidden = false;
  });
});

async function keep(form, voice, sound) {
  sound.getTracks().forEach((track) => track.stop());
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.append("scene", form.elements.scene.value);
  body.append("what", "voice");
  body.append("file", voice, "voice.webm");
  const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "recorder" } });
  if (answer.ok) location.reload();
  else form.querySelector(".record-says").textContent = await answer.text();
}
