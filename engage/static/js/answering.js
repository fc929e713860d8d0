// Extras on pages that people answer. All works without.
{
const words = document.currentScript.dataset, set = document.body.dataset;
const main = document.querySelector("main");
const all = (what, where = main) => [...where.querySelectorAll(what)];
const make = (tag, more) => Object.assign(document.createElement(tag), more);
const button = (textContent, onclick, kind = "quiet") =>
  make("button", { type: "button", className: "button button-" + kind, textContent, onclick });

// Reading aloud, by a voice of this device: no words leave it.
const speech = window.speechSynthesis, lang = document.documentElement.lang.toLowerCase();
let voice, reading, turn = 0;
const text = one => {
  const copy = one.cloneNode(true);
  all("button, .visually-hidden", copy).forEach(part => part.remove());
  return copy.textContent.replace(/\s+/g, " ").trim();
};
const stop = () => {
  turn++;
  speech.cancel();
  if (reading) reading.textContent = words.listen;
  reading = null;
};
const listener = (after, what, about) => {
  const own = button(words.listen, () => {
    const again = reading === own;
    stop();
    if (again) return;
    const left = what().flatMap(said => said.match(/[^.!?۔؟]+[.!?۔؟]*/g) || []), now = turn;
    (reading = own).textContent = words.stop;
    const next = () => {
      if (now !== turn) return;
      if (!left.length) return stop();
      const said = new SpeechSynthesisUtterance(left.shift().trim());
      speech.speak(Object.assign(said, { voice, lang: voice.lang, rate: .9, onend: next, onerror: next }));
    };
    next();
  }, "quiet listen");
  own.setAttribute("aria-describedby", about.id ||= "said" + all("[id]").length);
  after.after(own);
};
const offerVoice = () => {
  const near = speech.getVoices().filter(one => one.localService && one.lang.slice(0, 2).toLowerCase() === lang.slice(0, 2));
  const title = main.querySelector("h1");
  if (voice || !near.length || !title) return;
  voice = near.find(one => one.lang.toLowerCase() === lang) || near[0];
  listener(title.closest("legend") || title, () => all("h1, h2, p, li, dd, .hint, .choice label > span").map(text), title);
  all(".easy-line > p").forEach(line => listener(line, () => [text(line)], line));
};
if (speech && "readAloud" in set) {
  offerVoice();
  speech.addEventListener?.("voiceschanged", offerVoice);
  addEventListener("pagehide", stop);
}

// Words written but not sent, offered back on this page of this device.
const path = location.pathname, survey = "engage " + path.split("/", 3).join("/") + "/", unsent = "engage " + path, own = survey + "own";
const forget = () => Object.keys(localStorage).forEach(key => key.startsWith(survey) && localStorage.removeItem(key));
const offerWords = () => {
  for (const key of Object.keys(localStorage))
    if (key.startsWith(survey) && key !== unsent && JSON.parse(localStorage[key]).sent) localStorage.removeItem(key);
  if (/\/(no-thanks|thanks|about-you)/.test(path)) return forget();
  const boxes = all("form textarea, form [type=text]");
  if (!boxes.length || set.keep === "off") return;
  const form = boxes[0].form, may = () => set.keep === "on" || localStorage[own];
  const keep = sent => {
    const said = Object.fromEntries(boxes.map(box => [box.name, box.value]));
    if (may()) localStorage[unsent] = JSON.stringify({ said, sent });
  };
  const { said = {} } = JSON.parse(localStorage[unsent] || "{}");
  const lost = boxes.filter(box => said[box.name] && said[box.name] !== box.value);
  if (may() && lost.length) {
    const note = make("div", { className: "notice" });
    const done = back => {
      for (const box of lost) if (back) box.value = said[box.name];
      keep();
      note.remove();
      boxes[0].focus();
    };
    note.append(make("p", { textContent: words.found }), button(words.putBack, () => done(1), "secondary"), " ", button(words.leaveOut, () => done()));
    form.prepend(note);
  }
  if (set.keep === "ask") {
    const row = make("div", { className: "choice" });
    const tick = make("input", { type: "checkbox", id: "own", checked: may(), onchange: () => {
      forget();
      if (tick.checked) localStorage[own] = 1, keep();
    } });
    row.append(tick, make("label", { htmlFor: "own", textContent: words.ownDevice }));
    boxes.at(-1).closest(".field").after(row);
  }
  form.oninput = () => keep();
  form.onsubmit = () => keep(1);
};
try { offerWords(); } catch {}

// A shared screen starts again when nobody is there.
let timer, note;
const warn = () => {
  note = make("div", { className: "notice notice-warning kiosk", role: "alert" });
  note.append(make("p", { textContent: words.still }), button(words.here, wake, "primary"));
  document.body.append(note);
  timer = setTimeout(() => location.replace(set.kioskTo), 2e4);
};
const wake = () => {
  clearTimeout(timer);
  note?.remove();
  timer = setTimeout(warn, set.kiosk * 1e3);
};
if (+set.kiosk) {
  for (const sign of ["pointerdown", "keydown", "scroll"]) addEventListener(sign, wake);
  wake();
}
}
