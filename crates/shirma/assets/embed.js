// For the owner's site: <script src="https://…/assets/embed.js" data-site="имя" defer></script>
// Puts a button into the corner that opens the chat page in a frame. Reads and sends nothing of the host page.
"use strict";
(() => {
  const script = document.currentScript;
  const site = script?.dataset.site;
  if (!site) return;
  const address = new URL("/chat/" + encodeURIComponent(site), script.src).href;
  const style = (node, rules) => Object.entries(rules).forEach(([name, value]) => node.style.setProperty(name, value, "important"));

  const button = document.createElement("button");
  button.type = "button";
  button.textContent = script.dataset.words || "Написать нам";
  button.setAttribute("aria-expanded", "false");
  style(button, {
    position: "fixed", right: "20px", bottom: "20px", "z-index": "2147483000", "min-height": "48px", padding: "0 22px", border: "0",
    "border-radius": "24px", background: "#1d6b5a", color: "#fff", font: "600 16px/1 system-ui, sans-serif", cursor: "pointer",
    "box-shadow": "0 6px 24px rgb(0 0 0 / 25%)",
  });
  let frame = null;
  button.addEventListener("click", () => {
    if (!frame) {
      frame = document.createElement("iframe");
      frame.src = address;
      frame.title = button.textContent;
      style(frame, {
        position: "fixed", right: "20px", bottom: "80px", "z-index": "2147483000", width: "min(400px, calc(100vw - 24px))",
        height: "min(620px, calc(100vh - 110px))", border: "0", "border-radius": "16px", "box-shadow": "0 10px 40px rgb(0 0 0 / 30%)",
        "color-scheme": "light dark",
      });
      document.body.append(frame);
    } else {
      style(frame, { display: frame.style.display === "none" ? "block" : "none" });
    }
    button.setAttribute("aria-expanded", String(frame.style.display !== "none"));
  });
  document.body.append(button);
})();
