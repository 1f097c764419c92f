// The desk's live parts. Every page works without this file; it swaps regions instead of loading pages, listens for
// news, keeps drafts, and answers to keys. The server's HTML is the only truth: nothing is rendered here.
"use strict";
(() => {
  const policy = window.trustedTypes ? trustedTypes.createPolicy("shirma", { createHTML: (text) => text }) : null;
  const parse = (text) => new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const LIVE = { "X-Shirma-Live": "1" };
  const UNSENT = "unsent";

  // ── drafts ────────────────────────────────────────────────────────────────────────────────────────────────
  const keep = (field) => {
    const key = "draft-" + field.dataset.keep;
    if (field.value) sessionStorage.setItem(key, field.value);
    else sessionStorage.removeItem(key);
  };
  const restoreDrafts = (root = document) =>
    all("[data-keep]", root).forEach((field) => {
      if (!field.value) field.value = sessionStorage.getItem("draft-" + field.dataset.keep) || "";
    });
  document.addEventListener("input", (event) => event.target.dataset?.keep && keep(event.target));

  // ── regions ───────────────────────────────────────────────────────────────────────────────────────────────
  const toEnd = () => {
    const messages = one("#messages");
    if (messages) messages.scrollTop = messages.scrollHeight;
  };
  const isAtEnd = () => {
    const messages = one("#messages");
    return !messages || messages.scrollHeight - messages.scrollTop - messages.clientHeight < 80;
  };
  const swap = (page, id) => {
    const [from, to] = [one("#" + id, page), one("#" + id)];
    if (!from || !to) return false;
    const fresh = document.importNode(from, true);
    const scrolls = all("[id]", to).concat(to).filter((node) => node.scrollTop).map((node) => [node.id, node.scrollTop]);
    to.replaceWith(fresh);
    scrolls.forEach(([name, top]) => { const node = document.getElementById(name); if (node && name !== "messages") node.scrollTop = top; });
    restoreDrafts(fresh);
    return true;
  };
  const take = async (response) => {
    if (response.redirected && new URL(response.url).pathname === "/sign-in") {
      location.assign("/sign-in");
      throw new Error("signed out");
    }
    return parse(await response.text());
  };
  const show = (page, url, region, push) => {
    swap(page, "bar");
    if (!swap(page, region)) { location.assign(url); return; }
    document.title = page.title;
    document.body.className = page.body.className;
    if (push) history.pushState({ region }, "", url);
  };
  const open = async (url, region, push) => {
    const response = await fetch(url, { credentials: "same-origin" });
    show(await take(response), response.url, region, push);
    toEnd();
  };

  // ── news ──────────────────────────────────────────────────────────────────────────────────────────────────
  const strip = (shown, words) => {
    const node = one("#strip");
    if (!node) return;
    node.hidden = !shown;
    if (words) node.textContent = words;
  };
  let refreshing = false;
  let again = false;
  const refresh = async (dialog) => {
    if (refreshing) { again = true; return; }
    refreshing = true;
    try {
      const response = await fetch(location.href, { credentials: "same-origin", headers: LIVE });
      if (response.redirected && new URL(response.url).pathname === "/sign-in") {
        strip(true, "Вы давно ничего не делали, и вход закончился. Обновите страницу, чтобы войти снова.");
        source?.close();
        return;
      }
      if (!response.ok) return;
      const page = parse(await response.text());
      swap(page, "bar");
      swap(page, "list");
      const here = one("#thread")?.dataset.dialog;
      if (here && (!dialog || dialog === here)) {
        const follow = isAtEnd();
        const top = one("#messages")?.scrollTop;
        swap(page, "messages");
        if (follow) toEnd();
        else if (one("#messages")) one("#messages").scrollTop = top;
        if (!one(".closing[open]")) swap(page, "thread-head");
        swap(page, "reason");
        if (!one("dialog[open]")) swap(page, "card-body");
      }
    } catch { /* the strip tells about it */ } finally {
      refreshing = false;
      if (again) { again = false; refresh(); }
    }
  };
  let source = null;
  const listen = () => {
    if (!document.body.dataset.live || !window.EventSource) return;
    source = new EventSource(document.body.dataset.live);
    let lost = false;
    source.addEventListener("open", () => { strip(false); flush(); if (lost) refresh(); lost = false; });
    source.addEventListener("error", () => { lost = true; strip(true, "Нет связи. Отправим, когда появится."); });
    source.addEventListener("dialog", (event) => { if (one("#list")) refresh(event.data); });
    source.addEventListener("alarm", () => refresh("none"));
    source.addEventListener("reload", () => refresh());
    source.addEventListener("ended", () => { source.close(); refresh(); });
  };
  window.addEventListener("pagehide", () => source?.close());
  window.addEventListener("pageshow", (event) => event.persisted && listen());
  setInterval(() => { if (one("#list") && !document.hidden) refresh("none"); }, 60_000);

  // ── sending ───────────────────────────────────────────────────────────────────────────────────────────────
  const unsent = () => JSON.parse(sessionStorage.getItem(UNSENT) || "[]");
  const store = (list) => sessionStorage.setItem(UNSENT, JSON.stringify(list));
  const post = (url, body) => fetch(url, { method: "POST", body, credentials: "same-origin", headers: { "Content-Type": "application/x-www-form-urlencoded" } });
  // Each waiting message keeps its own id, so a repeat after a lost answer does not double it.
  let flushing = false;
  const flush = async () => {
    if (flushing || !unsent().length) return;
    flushing = true;
    try {
      for (const [url, body] of unsent()) {
        await post(url, body);
        store(unsent().slice(1));
      }
      strip(false);
      refresh();
    } catch { /* the next try comes */ } finally { flushing = false; }
  };
  window.addEventListener("online", flush);
  setInterval(flush, 5_000);
  const submit = async (form, button) => {
    const data = new URLSearchParams(new FormData(form));
    if (button?.name) data.append(button.name, button.value);
    const field = one("[data-keep]", form);
    if ("send" in form.dataset) {
      if (!field.value.trim()) return;
      field.value = "";
      keep(field);
    }
    try {
      const response = await post(form.action, data.toString());
      const page = await take(response);
      show(page, response.url, form.dataset.swap, response.url !== location.href);
      toEnd();
      if ("send" in form.dataset) one(".composer textarea")?.focus();
    } catch (error) {
      if (!("send" in form.dataset) || !(error instanceof TypeError)) return;
      store(unsent().concat([[form.action, data.toString()]]));
      form.elements.once.value = crypto.randomUUID?.() || String(Date.now()) + String(Math.random()).slice(2);
      strip(true, "Нет связи. Отправим, когда появится.");
    }
  };

  // ── windows ───────────────────────────────────────────────────────────────────────────────────────────────
  const windowOf = (body) => {
    let box = one("dialog");
    if (!box) {
      box = document.createElement("dialog");
      document.body.append(box);
      box.addEventListener("click", (event) => event.target === box && box.close());
      box.addEventListener("close", () => box.replaceChildren());
    }
    box.replaceChildren(document.importNode(body, true));
    if (!box.open) box.showModal();
    vanish(box);
  };
  // A shown value leaves the page by itself.
  let countdown = 0;
  const vanish = (root) => {
    clearInterval(countdown);
    const body = one("[data-vanish]", root);
    if (!body) return;
    let left = Number(body.dataset.vanish);
    countdown = setInterval(() => {
      left -= 1;
      const counter = one("[data-countdown]", body);
      if (counter) counter.textContent = String(left);
      if (left > 0 && body.isConnected) return;
      clearInterval(countdown);
      const back = one("[data-close]", body)?.href;
      body.replaceChildren();
      if (root !== document) root.close();
      else if (back) location.replace(back);
    }, 1000);
  };
  const openWindow = async (response) => {
    const body = one("#window", await take(response));
    if (body) windowOf(body);
    else location.assign(response.url);
  };

  // ── clicks and forms ──────────────────────────────────────────────────────────────────────────────────────
  document.addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a");
    all("details[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
    if (!link) return;
    if ("close" in link.dataset && link.closest("dialog")) {
      event.preventDefault();
      link.closest("dialog").close();
    } else if ("window" in link.dataset) {
      event.preventDefault();
      fetch(link.href, { credentials: "same-origin" }).then(openWindow).catch(() => location.assign(link.href));
    } else if (link.dataset.swap && one("#" + link.dataset.swap)) {
      event.preventDefault();
      open(link.href, link.dataset.swap, true).catch(() => location.assign(link.href));
    }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.swap && one("#" + form.dataset.swap)) {
      event.preventDefault();
      submit(form, event.submitter);
    } else if ("windowForm" in form.dataset && form.closest("dialog")) {
      event.preventDefault();
      post(form.action, new URLSearchParams(new FormData(form)).toString()).then(openWindow).catch(() => form.submit());
    }
  });
  window.addEventListener("popstate", () => {
    const region = history.state?.region || (one("#panes") ? "panes" : null);
    if (region && !location.hash) open(location.href, region, false).catch(() => location.reload());
  });

  // ── keys, by their place on the keyboard and not by their letter ──────────────────────────────────────────
  const step = (by) => {
    const items = all("a[data-dialog]");
    const here = items.findIndex((item) => item.getAttribute("aria-current"));
    const next = items[here < 0 ? 0 : Math.min(items.length - 1, Math.max(0, here + by))];
    next?.click();
  };
  let waitsForPlace = false;
  document.addEventListener("keydown", (event) => {
    const field = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.code === "KeyK" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); one("#finder")?.focus(); return; }
    if (field) {
      const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing && field.matches("textarea") && field.form?.matches(".reply");
      if (sends) { event.preventDefault(); field.form.requestSubmit(); }
      if (event.key === "Escape") field.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || one("dialog[open]")) return;
    if (waitsForPlace && event.code === "KeyC") { location.assign("/desk/clients"); return; }
    waitsForPlace = event.code === "KeyG";
    const acts = {
      KeyJ: () => step(1),
      KeyK: () => step(-1),
      KeyR: () => one(".composer textarea")?.focus(),
      KeyA: () => one("form[action$='/take']")?.requestSubmit(),
      KeyE: () => { const menu = one(".closing"); if (menu) { menu.open = true; one("button", menu)?.focus(); } },
      Slash: () => (event.shiftKey ? help() : one("#finder")?.focus()),
      Escape: () => { if (location.hash === "#card") location.hash = "thread"; },
    };
    const help = () => fetch("/desk/keys", { credentials: "same-origin" }).then(openWindow).catch(() => {});
    const act = acts[event.code] || (event.key === "?" ? help : null);
    if (act) { event.preventDefault(); act(); }
  });

  restoreDrafts();
  all(".tabs [aria-current]").forEach((tab) => { tab.parentElement.scrollLeft = tab.offsetLeft - 24; });
  toEnd();
  vanish(document);
  listen();
})();
