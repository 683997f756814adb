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
    document.querySelector('link[rel="stylesheet"]').id = STYLES;
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

/* What a form of chart is read by, point by point, which axes it zooms, and its words for a point. */
const FORMS = {
  time: { axes: ["xaxis"], key: (t, i) => t.x[i], value: (t, i) => t.y[i], before: "ArrowLeft", after: "ArrowRight" },
  rows: { axes: ["yaxis"], key: (t, i) => t.y[i], value: (t, i) => t.x[i], before: "ArrowUp", after: "ArrowDown" },
  tiles: { axes: [], key: (t, i) => t.customdata[i], value: (t, i) => t.y[i], before: "ArrowLeft", after: "ArrowRight" },
};
const formOf = (figure) => FORMS[figure.layout.meta?.form] ?? FORMS.time;

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
  if (trace.error_y) made.error_y = { ...trace.error_y, color: colour };
  if (trace.fill && trace.fill !== "none") made.fillcolor = colour;
  return made;
};

const dressAxis = (axis, gridded) => ({
  ...axis,
  automargin: true,
  color: token("soft-ink"),
  gridcolor: gridded ? token("grid") : "rgba(0,0,0,0)",
  linecolor: token("edge"),
  spikecolor: token("edge"),
  spikethickness: 1,
  zerolinecolor: token("edge"),
});

const dress = ({ data, layout }, off) => {
  const ink = token("ink");
  const across = layout.meta?.form === "rows"; // Values run across, so their gridlines stand.
  const fine = matchMedia("(pointer: fine)").matches; // A finger scrolls the page, and taps.
  return {
    data: data.map((trace) => dressTrace(trace, ink, off)),
    layout: {
      ...layout,
      autosize: true,
      dragmode: fine ? "zoom" : false,
      font: { family: getComputedStyle(document.body).fontFamily, size: 14, color: ink },
      hoverlabel: {
        bgcolor: token("paper"),
        bordercolor: token("edge"),
        font: { color: ink, size: 14 },
      },
      hoverdistance: across || layout.meta ? 20 : -1, // Along time, the nearest period answers.
      margin: { l: 8, r: 8, t: 8, b: 8 },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      showlegend: false, // Our own buttons are the legend.
      uirevision: "kept", // A zoom outlives a change of series or of light and dark.
      xaxis: dressAxis(layout.xaxis, across),
      yaxis: dressAxis(layout.yaxis, !across),
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

const button = (text, press) => {
  const made = element("button", "co-button", { type: "button" });
  made.textContent = text;
  made.addEventListener("click", press);
  return made;
};

class Explorer {
  constructor(chart, figure, Plotly, message) {
    this.figure = figure;
    this.form = formOf(figure);
    this.Plotly = Plotly;
    this.message = message;
    this.off = new Set();
    this.read = null; // The point that was pointed at or read last, by its key.
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
      this.read = this.form.key(this.figure.data[at.curveNumber], at.pointNumber);
    });
  }

  hide() {
    this.stage.hidden = this.controls.hidden = true;
    this.still.removeAttribute("hidden");
  }

  draw() {
    const { data, layout } = dress(this.figure, this.off);
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
    if (this.form.axes.length) {
      const group = element("div", "co-chart__zoom", { role: "group", "aria-label": "Zoom" });
      group.append(
        button("Zoom in", () => this.zoom(0.5)),
        button("Zoom out", () => this.zoom(2)),
        button("Show all", () => this.zoom(Infinity)),
      );
      controls.append(group);
    }
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
    toggle.append(swatch, name);
    return toggle;
  }

  /* Zoom: around the point that was read last, or else the last one with a figure. */
  zoom(factor) {
    const change = {};
    for (const axis of this.form.axes) {
      const whole = this.figure.layout[axis].range;
      const length = Math.abs(whole[1] - whole[0]);
      const [a, b] = this.plot._fullLayout[axis].range;
      const wide = Math.min(length, Math.max(3, Math.abs(b - a) * factor));
      const middle = wide < Math.abs(b - a) ? this.place() : (a + b) / 2;
      const least = Math.min(...whole);
      const from = Math.min(Math.max(middle - wide / 2, least), least + length - wide);
      change[`${axis}.range`] = whole[0] < whole[1] ? [from, from + wide] : [from + wide, from];
    }
    return this.Plotly.relayout(this.plot, change);
  }

  place() {
    const keys = this.keys();
    const at = keys.indexOf(this.read);
    return this.names().indexOf(at < 0 ? keys.at(-1) : this.read);
  }

  names() {
    return this.figure.layout[this.form.axes[0]].categoryarray;
  }

  /* Reading by keys: one stop for each tick that has a figure in a series that is shown. */
  stops() {
    const found = new Map();
    this.figure.data.forEach((trace, curveNumber) => {
      if (this.off.has(trace.name)) return;
      for (let i = 0; i < trace.x.length; i++) {
        if (this.form.value(trace, i) === null) continue;
        const key = this.form.key(trace, i);
        if (!found.has(key)) found.set(key, []);
        found.get(key).push({ curveNumber, pointNumber: i });
      }
    });
    return found;
  }

  keys() {
    const found = [...this.stops().keys()];
    if (!this.form.axes.length) return found;
    const order = this.names();
    return found.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  }

  press(event) {
    const keys = this.keys();
    if (!keys.length) return;
    const at = keys.indexOf(this.read);
    const last = keys.length - 1;
    const next = {
      [this.form.before]: at < 0 ? last : Math.max(0, at - 1),
      [this.form.after]: at < 0 ? 0 : Math.min(last, at + 1),
      Home: 0,
      End: last,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.readOut(keys[next]);
  }

  async readOut(key) {
    this.read = key;
    const points = this.stops().get(key);
    if (this.form.axes.length && !this.inView(key)) await this.zoom(1 - 1e-9);
    this.Plotly.Fx.hover(this.plot, points);
    this.read = key;
    const said = points.map(({ curveNumber, pointNumber }) => {
      const { name, text } = this.figure.data[curveNumber];
      return this.form.axes.length ? `${name}: ${text[pointNumber]}` : name;
    });
    this.message.textContent = `${key}. ${said.join("; ")}.`;
  }

  inView(key) {
    const at = this.names().indexOf(key);
    const [a, b] = this.plot._fullLayout[this.form.axes[0]].range;
    return at >= Math.min(a, b) && at <= Math.max(a, b);
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
