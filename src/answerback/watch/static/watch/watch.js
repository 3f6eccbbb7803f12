// Tells how far the video was watched: played, each quarter, finished. Each is told once; without this the page works the same.
"use strict";
const video = document.querySelector("video[data-seen]");
const told = new Set();
function tell(what) {
  if (told.has(what)) return;
  told.add(what);
  navigator.sendBeacon(video.dataset.seen, new URLSearchParams({ what }));
}
video.addEventListener("playing", () => tell("played"));
video.addEventListener("timeupdate", () => {
  const share = video.currentTime / video.duration;
  if (share >= 0.25) tell("quarter");
  if (share >= 0.5) tell("half");
  if (share >= 0.75) tell("most");
});
video.addEventListener("ended", () => tell("finished"));
