// Single keys for reading comments. They act only while the focus is in the reading panel, never while somebody types or
// chooses in a list, and not at all when turned off (WCAG 2.1.4). Without this script the same buttons and links do it all.
(() => {
  const panel = document.getElementById("panel");
  if (!panel || panel.dataset.keys !== "on") return;
  panel.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
    if (event.target.closest("select, textarea, input:not([type=checkbox])")) return;
    const found = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!found) return;
    event.preventDefault();
    if (found.tagName === "SELECT") found.focus();
    else found.click();
  });
})();
