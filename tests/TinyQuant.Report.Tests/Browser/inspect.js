// What is wrong with a page as the browser shows it: a list of sentences, empty where nothing is.
() => {
  const problems = [];
  const report = (what, element) => problems.push(`${what}: ${element.outerHTML.slice(0, 160)}`);
  document.querySelectorAll("details").forEach(details => { details.open = true; });

  const width = document.documentElement.scrollWidth;
  if (width > innerWidth) problems.push(`the page is ${width} wide in a window of ${innerWidth}`);
  for (const element of document.querySelectorAll("main *")) {
    if (element.parentElement.closest(".scroll")) continue;
    const box = element.getBoundingClientRect();
    if (box.right > innerWidth + 0.5 || box.left < -0.5) report(`from ${box.left} to ${box.right} in a window of ${innerWidth}`, element);
  }

  for (const word of ["NaN", "undefined", "Infinity", "∞"]) {
    if (document.body.textContent.includes(word)) problems.push(`'${word}' in the text`);
  }
  for (const cell of document.querySelectorAll("td, th, li, caption, h1, h2, text, p")) {
    if (!cell.textContent.trim()) report("empty", cell);
  }
  for (const table of document.querySelectorAll("table")) {
    const columns = row => [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0);
    const rows = [...table.rows].map(columns);
    if (!table.caption || !table.querySelector("th[scope]")) report("no caption or no scope", table);
    if (rows.some(count => count !== rows[0])) report(`rows of ${rows}`, table);
  }
  for (const box of document.querySelectorAll(".scroll")) {
    if (box.tabIndex !== 0 || !box.getAttribute("aria-label")) report("a scroll box that keys cannot reach", box);
  }

  const overlap = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  for (const group of document.querySelectorAll("svg g")) {
    const rect = group.querySelector("rect").getBoundingClientRect();
    for (const text of group.querySelectorAll("text")) {
      const box = text.getBoundingClientRect();
      if (box.left < rect.left - 1 || box.right > rect.right + 1) report(`a label of ${box.width} in a box of ${rect.width}`, text);
    }
  }
  const boxes = [...document.querySelectorAll(".graph rect")].map(rect => rect.getBoundingClientRect());
  const labels = [...document.querySelectorAll(".graph text.shape")];
  labels.forEach((label, index) => {
    const box = label.getBoundingClientRect();
    if (boxes.some(other => overlap(box, other))) report("a label over a box", label);
    if (labels.slice(index + 1).some(other => overlap(box, other.getBoundingClientRect()))) report("a label over a label", label);
  });

  const parse = color => (color.match(/[\d.]+/g) ?? []).map(Number);
  const isClear = color => color === "none" || (parse(color).length === 4 && parse(color)[3] === 0);
  const luminance = color => {
    const [r, g, b] = parse(color).map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = element => {
    if (element.ownerSVGElement) {
      for (let before = element.previousElementSibling; before; before = before.previousElementSibling) {
        if (before.tagName === "rect" && !isClear(getComputedStyle(before).fill) && overlap(before.getBoundingClientRect(), element.getBoundingClientRect())) {
          return getComputedStyle(before).fill;
        }
      }
    }
    for (let at = element; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if (!isClear(color)) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || element.closest("title")) continue;
    const ink = element.ownerSVGElement ? getComputedStyle(element).fill : getComputedStyle(element).color;
    const [light, dark] = [luminance(ink), luminance(behind(element))].sort((a, b) => b - a);
    const contrast = (light + 0.05) / (dark + 0.05);
    if (!(contrast >= 4.5)) report(`contrast ${contrast.toFixed(2)}, ${ink} on ${behind(element)}`, element);
  }
  return problems.slice(0, 20);
}
