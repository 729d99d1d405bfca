// Draws each [data-chart] from its Vega-Lite specification, without eval and without inline styles.
import embed from "vega-embed";
import { expressionInterpreter } from "vega-interpreter";

for (const figure of document.querySelectorAll("[data-chart]")) {
  embed(figure, JSON.parse(figure.dataset.chart), {
    actions: false,
    ast: true,
    defaultStyle: false,
    expr: expressionInterpreter,
    renderer: "svg",
    tooltip: false,
  });
}
