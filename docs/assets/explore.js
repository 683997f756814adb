/* The chart to explore: fetched by callover.js when a reader asks for the first one. It draws the
   same figures with Plotly, and adds buttons to show and hide a series, to zoom, and arrow keys to
   read figure by figure. It stores nothing and talks to no other host. */

const library = document.querySelector('meta[name="callover-plotly"]');

/* Plotly writes its few rules of style into the element of the first name, and leaves out the
   styles of its maps where the second is there. Both would be style elements, which our policy
   refuses. The first name goes to our own style sheet, the second to the meta element. */
const STYLES = "plotly.js-style-global";
const MAP_STYLES = "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53";

/* The one address that text may turn into a script. */
const trusted = window.trustedTypes?.createPolicy("callover", {
  createScriptURL: (address) => {
    if (address !== library.content) throw new TypeError(address);
    return address;
  },
});

let loading;
const load = () =>
  (loading ??= new Promise((resolve, reject) => {
    document.querySelector('link[rel="stylesheet"]:not([media])').id = STYLES;
    library.id = MAP_STYLES;
    const script = document.createElement("script");
    script.integrity = library.dataset.integrity;
    script.src = trusted?.createScriptURL(library.content) ?? library.content;
    script.onload = () => (window.Plotly ? resolve(window.Plotly) : reject(new Error("empty")));
    script.onerror = () => reject(new Error("not loaded"));
    document.head.append(script);
  }).catch((error) => {
    loading = undefined; // A later click may try again.
    throw error;
  }));

const config = {
  displayModeBar: false,
  displaylogo: false,
  doubleClick: "reset",
  plotlyServerURL: "",
  responsive: true,
  scrollZoom: false,
  showSendToCloud: false,
  showTips: false,
};

/* How a form of chart is read and zoomed: what a stop of the reader is called, whether the stops run
   down the page, and which axes a zoom changes, with the place of a point on each. */
const place = (axis) => (layout, trace, i) => layout[axis].categoryarray.indexOf(trace[axis[0]][i]);
const FORMS = {
  time: {
    name: (trace, i) => trace.x[i],
    figure: (trace, i) => trace.y[i],
    down: false,
    axes: { xaxis: place("xaxis") },
  },
  rows: {
    name: (trace, i) => trace.y[i],
    figure: (trace, i) => trace.x[i],
    down: true,
    axes: { yaxis: place("yaxis") },
  },
  tiles: {
    name: (trace, i) => trace.customdata[i],
    figure: (trace, i) => trace.y[i],
    down: false,
    axes: { xaxis: (_, trace, i) => trace.x[i], yaxis: (_, trace, i) => trace.y[i] },
  },
};

/* Dress: a trace or shape says its role, the style sheet says its colour. ------------------- */

const token = (name) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--co-${name}`).trim();

const dressTrace = (trace, ink, off) => {
  const role = trace.meta?.role;
  const colour = token(`r-${role}`) || ink;
  const made = {
    ...trace,
    visible: !off.has(trace.name),
    marker: { ...trace.marker, color: colour },
    textfont: { ...trace.textfont, color: token(`r-${role}-ink`) || colour },
  };
  if (trace.type !== "bar") made.line = { ...trace.line, color: colour };
  if (trace.meta?.hollow) {
    made.marker = { ...made.marker, color: token("paper"), line: { color: colour, width: 2 } };
  }
  for (const reach of ["error_x", "error_y"])
    if (trace[reach]) made[reach] = { ...trace[reach], color: colour };
  if (trace.fill && trace.fill !== "none") made.fillcolor = colour;
  return made;
};

const dressAxis = (axis, gridded) => ({
  ...axis,
  ...(axis.title && { title: { ...axis.title, font: { size: 14 } } }),
  automargin: true,
  color: token("soft-ink"),
  gridcolor: gridded ? token("grid") : "rgba(0,0,0,0)",
  linecolor: token("edge"),
  spikecolor: token("edge"),
  spikethickness: 1,
  zerolinecolor: token("edge"),
});

const LETTER = 7.5; // About the width of one, in px, at the size of the labels.

/* Names down the page are broken into lines, so that they leave room for the bars. */
const broken = (text, room) => {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length * LETTER <= room || !lines.at(-1)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.join("<br>");
};

/* Labels along the page: as many of those in view as have room, and the last one always. */
const thinned = ({ categoryarray, tickvals, ticktext }, [from, to], width) => {
  const inView = tickvals
    .map((value, i) => ({ value, text: ticktext[i], at: categoryarray.indexOf(value) }))
    .filter(({ at }) => at >= from && at <= to);
  const widest = Math.max(...inView.map(({ text }) => text.length)) * LETTER + 8;
  const apart = width / (to - from);
  let last = Infinity;
  const kept = inView.reverse().filter(({ at }) => {
    const fits = (last - at) * apart >= widest;
    if (fits) last = at;
    return fits;
  });
  return { tickvals: kept.map(({ value }) => value), ticktext: kept.map(({ text }) => text) };
};

/* `view` has the ranges that a zoom left, by axis; `width` is the room for the drawing in px. */
const dress = ({ data, layout }, off, view, width) => {
  const ink = token("ink");
  const form = layout.meta?.form ?? "time";
  const across = form === "rows"; // Values run across, so their gridlines stand.
  const fine = matchMedia("(pointer: fine)").matches; // A finger scrolls the page, and taps.
  const xaxis = { ...dressAxis(layout.xaxis, across), range: view.xaxis };
  const yaxis = { ...dressAxis(layout.yaxis, !across), range: view.yaxis };
  if (form === "time" && xaxis.tickvals) Object.assign(xaxis, thinned(xaxis, view.xaxis, width - 60));
  if (form === "rows") yaxis.ticktext = yaxis.ticktext.map((text) => broken(text, width * 0.35));
  return {
    data: data.map((trace) => dressTrace(trace, ink, off)),
    layout: {
      ...layout,
      autosize: true,
      dragmode: fine ? "zoom" : false,
      font: { family: getComputedStyle(document.body).fontFamily, size: 14, color: ink },
      hoverdistance: form === "tiles" ? 20 : -1, // The nearest period or row answers.
      hoverlabel: {
        bgcolor: token("paper"),
        bordercolor: token("edge"),
        font: { color: ink, size: 14 },
      },
      margin: { l: 8, r: 8, t: 16, b: 8 }, // Half a label stands above the top line.
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      showlegend: false, // Our own buttons are the legend.
      shapes: layout.shapes?.map((shape) => ({ ...shape, line: { ...shape.line, color: ink } })),
      xaxis,
      yaxis,
    },
  };
};

/* One chart ---------------------------------------------------------------------------------- */

const element = (tag, className, attributes = {}) => {
  const made = document.createElement(tag);
  made.className = className;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
};

/* The figure's texts are written for Plotly, which reads HTML's signs for these three. */
const words = (text) =>
  text.replace(/&(lt|gt|amp);/g, (_, name) => ({ lt: "<", gt: ">", amp: "&" })[name]);

const button = (text, press) => {
  const made = element("button", "co-button", { type: "button" });
  made.textContent = text;
  made.addEventListener("click", press);
  return made;
};

class Explorer {
  constructor(chart, figure, Plotly, message) {
    this.figure = figure;
    this.form = FORMS[figure.layout.meta?.form ?? "time"];
    this.Plotly = Plotly;
    this.message = message;
    this.off = new Set();
    this.read = null; // The stop that was pointed at or read last, by its name.
    this.view = { xaxis: figure.layout.xaxis.range, yaxis: figure.layout.yaxis.range };
    this.drawing = chart.querySelector(".co-chart__drawing");
    this.still = this.drawing.querySelector("svg");
    const title = chart.querySelector(".co-chart__title")?.textContent.trim() ?? "chart";
    this.stage = element("div", "co-chart__stage", {
      role: "application",
      tabindex: "0",
      "aria-label": `Interactive chart: ${title}. Arrow keys read its figures. The table below has them all.`,
    });
    this.plot = element("div", "co-chart__plot", { "aria-hidden": "true" });
    this.plot.style.height = `${this.still.getBoundingClientRect().height}px`;
    this.stage.append(this.plot);
    this.stage.addEventListener("keydown", (event) => this.press(event));
    this.controls = this.makeControls();
    this.drawing.append(this.stage);
    this.drawing.after(this.controls);
  }

  get shown() {
    return !this.stage.hidden;
  }

  async show() {
    this.still.setAttribute("hidden", "");
    this.stage.hidden = this.controls.hidden = false;
    await this.draw();
    if (this.heard) return;
    this.heard = true;
    this.plot.on("plotly_hover", ({ points: [at] }) => {
      this.read = this.form.name(this.figure.data[at.curveNumber], at.pointNumber);
    });
    // A tap: the mouse events that a browser sends after it would take the label away.
    this.plot.on("plotly_click", ({ points: [at] }) => {
      const name = this.form.name(this.figure.data[at.curveNumber], at.pointNumber);
      setTimeout(() => this.readOut(name), 100);
    });
    // The pointer zoomed, or the window has another width: other labels fit.
    this.plot.on("plotly_relayout", () => {
      for (const axis of Object.keys(this.view)) this.view[axis] = [...this.plot.layout[axis].range];
      this.draw();
    });
  }

  hide() {
    this.stage.hidden = this.controls.hidden = true;
    this.still.removeAttribute("hidden");
  }

  draw() {
    const { data, layout } = dress(this.figure, this.off, this.view, this.plot.clientWidth);
    return this.Plotly.react(this.plot, data, layout, config);
  }

  /* Series: a band has two traces of one name, and one button. */
  makeControls() {
    const controls = element("div", "co-chart__controls");
    const series = new Map(this.figure.data.map((trace) => [trace.name, trace]));
    if (series.size > 1) {
      const group = element("div", "co-chart__series", { role: "group", "aria-label": "Show or hide" });
      group.append(...[...series.values()].reverse().map((trace) => this.makeToggle(trace)));
      controls.append(group);
    }
    const group = element("div", "co-chart__zoom", { role: "group", "aria-label": "Zoom" });
    group.append(
      button("Zoom in", () => this.zoom(0.5)),
      button("Zoom out", () => this.zoom(2)),
      button("Show all", () => this.zoom(Infinity)),
    );
    controls.append(group);
    return controls;
  }

  makeToggle({ name, type, meta, mode, fill }) {
    const toggle = button("", () => {
      const shown = !this.off.delete(name);
      if (shown) this.off.add(name);
      toggle.setAttribute("aria-pressed", String(!shown));
      this.draw();
    });
    toggle.classList.add("co-toggle");
    toggle.setAttribute("aria-pressed", "true");
    const line = type !== "bar" && !fill && !mode.includes("text");
    const swatch = element("span", `co-toggle__swatch r-${meta.role}${line ? " is-line" : ""}`, { "aria-hidden": "true" });
    toggle.append(swatch, words(name));
    return toggle;
  }

  /* Zoom: in around the stop that was read last, or else the last one; out around the middle. */
  zoom(factor) {
    const stops = this.stops();
    const [at] = stops.get(this.read) ?? [...stops.values()].at(-1) ?? [];
    for (const [axis, placed] of Object.entries(this.form.axes)) {
      const whole = this.figure.layout[axis].range;
      const least = Math.min(...whole);
      const length = Math.abs(whole[1] - whole[0]);
      const [a, b] = this.view[axis];
      const wide = Math.min(length, Math.max(3, Math.abs(b - a) * factor));
      const middle = factor < 1 && at ? placed(this.figure.layout, this.figure.data[at.curveNumber], at.pointNumber) : (a + b) / 2;
      const from = Math.min(Math.max(middle - wide / 2, least), least + length - wide);
      this.view[axis] = whole[0] < whole[1] ? [from, from + wide] : [from + wide, from];
    }
    return this.draw();
  }

  /* Stops for a reader: the points of each tick that has a figure in a series that is shown, by
     name, in the order of the axis. */
  stops() {
    const found = new Map();
    const order = [];
    const { data, layout } = this.figure;
    const [placed] = Object.values(this.form.axes);
    data.forEach((trace, curveNumber) => {
      if (this.off.has(trace.name)) return;
      trace.x.forEach((_, pointNumber) => {
        if (this.form.figure(trace, pointNumber) === null) return;
        const name = this.form.name(trace, pointNumber);
        if (!found.has(name)) {
          found.set(name, []);
          order.push([placed(layout, trace, pointNumber), name]);
        }
        found.get(name).push({ curveNumber, pointNumber });
      });
    });
    order.sort(([a], [b]) => a - b);
    return new Map(order.map(([, name]) => [name, found.get(name)]));
  }

  press(event) {
    const stops = [...this.stops().keys()];
    const at = stops.indexOf(this.read);
    const last = stops.length - 1;
    const before = at < 0 ? last : Math.max(0, at - 1);
    const after = at < 0 ? 0 : Math.min(last, at + 1);
    const keys = { ArrowLeft: before, ArrowRight: after, Home: 0, End: last };
    if (this.form.down) Object.assign(keys, { ArrowUp: before, ArrowDown: after });
    const next = keys[event.key];
    if (next === undefined || last < 0) return;
    event.preventDefault();
    this.readOut(stops[next]);
  }

  async readOut(name) {
    const points = this.stops().get(name);
    this.read = name;
    if (!this.inView(points[0])) await this.zoom(1 - 1e-9); // As wide as now, around this stop.
    this.Plotly.Fx.hover(this.plot, points);
    const said = points.map(({ curveNumber, pointNumber }) => {
      const { name: series, text, customdata } = this.figure.data[curveNumber];
      const figure = text[pointNumber];
      return customdata || series.endsWith(figure) ? series : `${series}: ${figure}`;
    });
    this.message.textContent = words(`${name}. ${said.join("; ")}.`);
  }

  inView({ curveNumber, pointNumber }) {
    return Object.entries(this.form.axes).every(([axis, placed]) => {
      const at = placed(this.figure.layout, this.figure.data[curveNumber], pointNumber);
      const [a, b] = this.view[axis];
      return at >= Math.min(a, b) && at <= Math.max(a, b);
    });
  }
}

const explorers = new Map();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  for (const explorer of explorers.values()) if (explorer.shown) explorer.draw();
});

const fetched = async (address) => {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return response.json();
};

/* Show a chart to explore, or the still one again; tells whether it can be explored now. */
export const toggle = async (chart, address, message) => {
  const known = explorers.get(chart);
  if (known?.shown) {
    known.hide();
    return false;
  }
  const explorer = known ?? (await make(chart, address, message));
  try {
    await explorer.show();
  } catch (error) {
    explorer.hide();
    throw error;
  }
  return true;
};

const make = async (chart, address, message) => {
  const [figure, Plotly] = await Promise.all([fetched(address), load()]);
  const explorer = new Explorer(chart, figure, Plotly, message);
  explorers.set(chart, explorer);
  return explorer;
};
