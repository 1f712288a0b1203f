"use strict";
// Draws the data of the page; a click on a node or a line shows its line in the tables.
const told = JSON.parse(document.getElementById("data").textContent);
const network = new vis.Network(
  document.getElementById("network"),
  { nodes: new vis.DataSet(told.nodes), edges: new vis.DataSet(told.edges) },
  told.options
);
network.fit();
network.on("click", (event) => {
  const id = event.nodes[0] ?? event.edges[0];
  for (const row of document.querySelectorAll("tr.chosen")) row.classList.remove("chosen");
  const row = [...document.querySelectorAll("tr[data-id]")].find((each) => each.dataset.id === id);
  if (row) {
    row.classList.add("chosen");
    row.scrollIntoView({ block: "nearest" });
  }
});
