// The page is whole without this: it only lets readers sort the tables and find a place in them.
for (const table of document.querySelectorAll("table.places")) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const value = (row, column) => {
    const cell = row.cells[column];
    return "v" in cell.dataset ? Number(cell.dataset.v) : cell.textContent;
  };
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const name = head.firstChild;
    if (name.nodeType !== Node.TEXT_NODE) return; // a column of marks alone keeps its axis
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name.textContent.trim();
    name.replaceWith(button);
    button.addEventListener("click", () => {
      const numeric = typeof value(rows[0], column) === "number";
      const before = head.getAttribute("aria-sort");
      const down = before ? before === "ascending" : numeric;
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      rows.sort((one, other) => {
        const [a, b] = [value(one, column), value(other, column)];
        return (numeric ? a - b : a.localeCompare(b)) * (down ? -1 : 1);
      });
      body.append(...rows);
    });
  });
  const hint = document.createElement("p");
  hint.className = "hint sort";
  hint.textContent = SORT;
  table.parentElement.before(hint);
  if (rows.length > 20) {
    const label = document.createElement("label");
    label.className = "find";
    label.append(FIND);
    const field = document.createElement("input");
    field.type = "search";
    field.addEventListener("input", () => {
      const wanted = field.value.trim().toLowerCase();
      for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
    });
    label.append(field);
    table.parentElement.before(label);
  }
}
