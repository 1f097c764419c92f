// The chat page: sends without loading the page anew and shows answers at once. Without this file the page is an
// ordinary form. In a frame on somebody's site the cookie may be kept from us; then a token is kept instead.
"use strict";
(() => {
  const base = document.body.dataset.chat;
  const policy = window.trustedTypes ? trustedTypes.createPolicy("shirma", { createHTML: (text) => text }) : null;
  const parse = (text) => new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
  const byId = (id) => document.getElementById(id);
  const framed = window.top !== window.self;
  const KEY = "shirma-visitor:" + base;
  const DRAFT = "shirma-draft:" + base;
  const UNSENT = "shirma-unsent:" + base;

  const read = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const write = (key, value) => { try { if (value) localStorage.setItem(key, value); else localStorage.removeItem(key); } catch { /* private mode */ } };
  const headers = () => (framed && read(KEY) ? { "X-Visitor": read(KEY) } : {});
  const fresh = () => crypto.randomUUID?.() || String(Date.now()) + String(Math.random()).slice(2);

  const scroll = byId("scroll");
  const toEnd = () => { scroll.scrollTop = scroll.scrollHeight; };
  const strip = (shown) => { byId("strip").hidden = !shown; };
  const problem = (words) => { byId("problem").hidden = !words; byId("problem").textContent = words || ""; };

  // A word just sent stays on the page until the server's thread has it.
  let sentAt = 0;
  const isBehind = (part) => {
    const mine = (root) => root.querySelectorAll(".bubble.client").length;
    return Date.now() - sentAt < 5_000 && mine(part) < mine(byId("thread"));
  };
  let loading = false;
  let again = false;
  const load = async () => {
    if (loading) { again = true; return; }
    loading = true;
    try {
      const response = await fetch(base + "/thread", { headers: headers(), credentials: "same-origin" });
      if (!response.ok) return;
      const part = parse(await response.text()).getElementById("thread");
      const typed = document.activeElement?.closest(".contact-form");
      if (part && !typed && !isBehind(part)) {
        byId("thread").replaceWith(document.importNode(part, true));
        toEnd();
      }
    } finally {
      loading = false;
      if (again) { again = false; load(); }
    }
  };

  // Read as a stream, because an EventSource cannot carry the token.
  let pause = 1_000;
  let listening = false;
  const listen = async () => {
    if (listening) return;
    listening = true;
    try {
      const response = await fetch(base + "/events", { headers: headers(), credentials: "same-origin" });
      if (response.status === 204) { listening = false; return; }
      if (!response.ok) throw new Error("refused");
      strip(false);
      pause = 1_000;
      await flush();
      await load();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        if (value.includes("event: changed")) load();
      }
    } catch { strip(true); }
    listening = false;
    setTimeout(listen, pause);
    pause = Math.min(30_000, pause * 2);
  };

  const send = async (body) => {
    const response = await fetch(base + "/messages", {
      method: "POST", body, credentials: "same-origin",
      headers: { ...headers(), "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" },
    });
    const answer = await response.json();
    if (answer.visitor && framed) write(KEY, answer.visitor);
    problem(response.ok ? "" : answer.words);
    return response.ok;
  };
  const unsent = () => JSON.parse(read(UNSENT) || "[]");
  let flushing = false;
  const flush = async () => {
    if (flushing || !unsent().length) return;
    flushing = true;
    try {
      for (const body of unsent()) {
        await send(body);
        write(UNSENT, unsent().length > 1 ? JSON.stringify(unsent().slice(1)) : null);
      }
      strip(false);
      listen();
    } finally { flushing = false; }
  };
  window.addEventListener("online", () => flush().catch(() => {}));
  setInterval(() => flush().catch(() => {}), 5_000);
  const showMine = (text) => {
    const bubble = document.createElement("article");
    bubble.className = "bubble client";
    const words = document.createElement("p");
    words.className = "text";
    words.textContent = text;
    bubble.append(words);
    byId("thread").append(bubble);
    toEnd();
  };

  document.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const data = new URLSearchParams(new FormData(form));
    const button = event.submitter;
    if (button?.name) data.append(button.name, button.value);
    const text = data.get("text");
    if (!button?.name && !text?.trim()) return;
    if (!button?.value?.startsWith("consent:")) {
      sentAt = Date.now();
      showMine(button?.name ? button.textContent : text);
      setTimeout(load, 5_100);
    }
    if (form.id === "form") { form.elements.text.value = ""; write(DRAFT, null); }
    form.elements.once.value = fresh();
    form.classList.contains("answers") && [...form.elements].forEach((field) => { field.disabled = true; });
    try {
      if (!(await send(data.toString()))) {
        sentAt = 0;
        await load();
      }
    } catch {
      write(UNSENT, JSON.stringify(unsent().concat([data.toString()])));
      strip(true);
    }
    listen();
    load();
  });
  const field = document.querySelector("#form textarea");
  field.value = field.value || read(DRAFT) || "";
  field.addEventListener("input", () => write(DRAFT, field.value));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    field.form.requestSubmit();
  });
  byId("form").elements.once.value = fresh();
  toEnd();
  load();
  listen();
})();
