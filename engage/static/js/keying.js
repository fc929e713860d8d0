// On a keying screen Enter goes to the next box, as Tab does. Without this script Tab alone does.
document.querySelectorAll("form[data-keying]").forEach((form) => {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT" || event.target.type !== "text") return;
    event.preventDefault();
    const boxes = [...form.querySelectorAll("input[type=text], textarea, .actions button")];
    const next = boxes[boxes.indexOf(event.target) + 1];
    if (next) next.focus();
  });
});
