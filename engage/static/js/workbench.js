// Reading comments. Single keys act only while the focus is in the reading panel, never while somebody types or chooses in
// a list, and not at all when turned off (WCAG 2.1.4). A theme is found by its first letters, and who leaves with
// something ticked that is not saved is asked first. Without this script the same boxes, buttons and links do it all.
(() => {
  const panel = document.getElementById("panel");
  const finder = document.getElementById("finder");
  if (!panel || !finder) return;
  finder.replaceWith(finder.content);
  const find = document.getElementById("find-theme");
  const told = document.getElementById("found-themes");
  const hint = told.textContent;
  const ticks = [...panel.querySelectorAll(".tick")];
  const words = (text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const nameOf = (tick) => tick.querySelector("[data-name]").textContent;
  const left = () => {
    const typed = words(find.value);
    return ticks.filter((tick) => typed.every((start) => words(nameOf(tick)).some((word) => word.startsWith(start))));
  };
  const show = () => {
    const found = left();
    ticks.forEach((tick) => { (tick.closest(".ticked") || tick).hidden = !found.includes(tick); });
    panel.querySelectorAll(".fold").forEach((fold) => { fold.open = fold.open || find.value !== ""; });
    if (!find.value) told.textContent = hint;
    else told.textContent = found.length ? `${found.length} left. Enter ticks “${nameOf(found[0])}”.` : "No theme starts like this.";
  };
  find.addEventListener("input", show);
  find.addEventListener("keydown", (event) => {
    if (event.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
    event.preventDefault();
    const box = event.key === "Enter" && find.value && left().length ? left()[0].querySelector("input") : null;
    if (event.key === "Enter" && !box) return;
    find.value = "";
    show();
    if (box) box.checked = true;
    (box || panel).focus();
  });
  let sent = null;
  const isChanged = (field) => {
    if (field.type === "checkbox") return field.checked !== field.defaultChecked;
    return field.selectedIndex !== Math.max([...field.options].findIndex((option) => option.defaultSelected), 0);
  };
  panel.addEventListener("submit", (event) => { sent = event.target; });
  addEventListener("beforeunload", (event) => {
    const fields = [...panel.querySelectorAll("[type=checkbox], select")].filter((field) => field.form !== sent);
    if (fields.some(isChanged)) event.preventDefault();
  });
  if (panel.dataset.keys !== "on") return;
  panel.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
    if (event.target.closest("select, textarea, input:not([type=checkbox])")) return;
    const found = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!found || found.closest("[hidden]")) return;
    event.preventDefault();
    if (found.matches("select, [type=text]")) found.focus();
    else found.click();
  });
})();
