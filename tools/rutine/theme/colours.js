// The colours that the reader's system asks for, from the first moment on. Only a choice of the reader's own is kept.
{
  const choice = document.querySelector("[data-md-component=palette]");
  const keep = window.__md_set;
  let chosen = window.__md_get("__palette") !== null;
  window.__md_set = (name, ...rest) => {
    if (chosen || name !== "__palette") keep(name, ...rest);
  };
  choice.addEventListener("change", () => { chosen = true; }, true);
  const wanted = [...choice.querySelectorAll("input")].find((input) => window.matchMedia(input.dataset.mdColorMedia).matches);
  if (wanted && !chosen) {
    for (const name of ["Scheme", "Primary", "Accent"]) {
      document.body.setAttribute(`data-md-color-${name.toLowerCase()}`, wanted.dataset[`mdColor${name}`]);
    }
  }
}
