// Shows the snapshots that the gateway sends each second. All text is set as text, never as markup: methods are what clients sent.

const HISTORY_SECONDS = 120;
const history = [];

const events = new EventSource("console/events");
events.onmessage = message => {
  const snapshot = JSON.parse(message.data);
  history.push(snapshot);
  if (history.length > HISTORY_SECONDS) {
    history.shift();
  }
  show(snapshot);
};
events.onopen = () => setConnection("live", false);
events.onerror = () => setConnection("disconnected; the numbers below are old", true);

function setConnection(text, isLost) {
  const element = document.getElementById("connection");
  element.textContent = text;
  element.classList.toggle("lost", isLost);
}

function show(snapshot) {
  const all = snapshot.all;
  setText("now-requests", rate(perSecond(all)));
  setText("now-p50", duration(all.p50));
  setText("now-p99", duration(all.p99));
  setText("now-failed", rate(all.failed));
  showCache(snapshot);
  setText("now-connections", sum(snapshot, "client_connections"));
  setText("now-uptime", uptime(snapshot.uptime_seconds));

  plot("plot-requests", rate, [
    ["successful", s => s.all.successful],
    ["4xx", s => s.all.client_errors],
    ["disconnected", s => s.all.disconnected],
    ["5xx", s => s.all.failed],
  ]);
  plot("plot-durations", duration, [
    ["median", s => s.all.p50],
    ["99th percentile", s => s.all.p99],
  ]);
  plot("plot-cache", rate, CACHE_LINES.map(([name, results]) => [name, s => cacheRate(s, results)]));
  const loops = series(snapshot, "event_loop_cpu_seconds").map(loop => loop.labels.loop);
  plot("plot-loops", percent, loops.sort().slice(0, 4).map(name => [name, s => valueOfLoop(s, name)]), 1);

  fill("endpoints", snapshot.endpoints.map(e => [
    e.endpoint, rate(perSecond(e)), rate(e.client_errors), rate(e.disconnected), bad(rate(e.failed), e.failed > 0),
    duration(e.p50), duration(e.p99), fromMemory(snapshot, e.endpoint),
  ]), "No requests in the last ten seconds.");
  fill("instances", instances(snapshot), "None.");
  fill("rejections", snapshot.rejections.map(r => [
    r.metric.replaceAll("_", " "), Object.values(r.labels).join(", "), rate(r.value),
  ]), "Nothing.");
  fill("failed", snapshot.failed.map(request), "None.");
  fill("slowest", snapshot.slowest.map(request), "None.");
}

const perSecond = traffic => traffic.successful + traffic.client_errors + traffic.disconnected + traffic.failed;
const series = (snapshot, metric) => snapshot.gauges[metric] ?? [];
const sum = (snapshot, metric) => series(snapshot, metric).reduce((total, s) => total + s.value, 0);

/** What the cache does with requests, by values of the metric label "result". */
const HITS = /^hit/;
const CACHE_LINES = [
  ["from memory", HITS],
  ["waited for another request", /collapsed$/],
  ["from the catalogue", /^(miss|stale|request)(_stored|_validated)?$/],
  ["not for the cache", /^(bypass|not_listening|only_if_cached)$/],
];

function cacheRate(snapshot, results, endpoint) {
  return series(snapshot, "cache_requests")
    .filter(s => results.test(s.labels.result) && (!endpoint || s.labels.endpoint === endpoint))
    .reduce((total, s) => total + s.value, 0);
}

function fromMemory(snapshot, endpoint) {
  const all = cacheRate(snapshot, /./, endpoint);
  return all > 0 ? percent(cacheRate(snapshot, HITS, endpoint) / all) : "–";
}

function showCache(snapshot) {
  const caughtUp = series(snapshot, "cache_caught_up")[0]?.value;
  setText("now-cache", caughtUp === undefined ? "off" : caughtUp === 0 ? "no stream of changes" : fromMemory(snapshot));
  document.getElementById("now-cache").classList.toggle("bad", caughtUp === 0);
}

const valueOfLoop = (snapshot, name) =>
  series(snapshot, "event_loop_cpu_seconds").find(loop => loop.labels.loop === name)?.value;

function instances(snapshot) {
  const find = (metric, labels) => series(snapshot, metric).find(
    s => Object.entries(labels).every(([name, value]) => s.labels[name] === value));
  const value = (metric, labels) => find(metric, labels)?.value ?? "–";
  return series(snapshot, "upstream_up").map(instance => {
    const address = instance.labels.address;
    const breaker = series(snapshot, "upstream_circuit_breaker_state")
      .find(s => s.labels.address === address && s.value === 1)?.labels.state ?? "off";
    const pool = name => `${value("upstream_connections_active", { address, pool: name })} of ${
      value("upstream_connections_max", { address, pool: name })}`;
    return [
      address,
      bad(instance.value === 1 ? "available" : "not available", instance.value !== 1),
      bad(breaker.replace("_", " "), breaker === "open"),
      value("upstream_concurrency_in_flight", { address }),
      value("upstream_concurrency_limit", { address }),
      pool("requests"),
      pool("streams"),
      value("upstream_pending_requests", { address, pool: "requests" }),
    ];
  });
}

const request = r => [
  `${r.method} ${r.endpoint}`, bad(r.status, r.status >= 500), r.reason ?? "", duration(r.seconds), r.instance ?? "",
  { text: r.trace_id, className: "trace" },
];

const bad = (text, isBad) => ({ text, className: isBad ? "bad" : "" });

function setText(id, text) {
  document.getElementById(id).textContent = text;
}

function fill(id, rows, emptyText) {
  const body = document.querySelector(`#${id} tbody`);
  const columns = document.querySelectorAll(`#${id} th`).length;
  body.replaceChildren(...(rows.length > 0 ? rows.map(row) : [emptyRow(emptyText, columns)]));
}

function row(cells) {
  const tr = document.createElement("tr");
  for (const cell of cells) {
    const td = tr.insertCell();
    td.textContent = cell?.text ?? cell;
    td.className = cell?.className ?? "";
  }
  return tr;
}

function emptyRow(text, columns) {
  const tr = row([{ text, className: "empty" }]);
  tr.cells[0].colSpan = columns;
  return tr;
}

/** Draws lines of the history. Each line has a name and a function from a snapshot to its value, which may be absent. */
function plot(id, format, lines, fixedTop) {
  const values = lines.map(([, value]) => history.map(value));
  const top = fixedTop ?? niceTop(Math.max(...values.flat().filter(Number.isFinite), 0));
  const svg = element("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none", role: "img" });
  values.forEach((line, i) => svg.append(element("path", { class: `line-${i}`, d: pathOf(line, top) })));
  svg.setAttribute("aria-label", lines.map(([name], i) => `${name} ${format(values[i].at(-1))}`).join(", "));
  const caption = document.createElement("figcaption");
  lines.forEach(([name], i) => caption.append(label(`line-${i}`, `${name} ${format(values[i].at(-1))}`)));
  caption.append(label("axis", `2 min, 0 to ${format(top)}`));
  document.getElementById(id).replaceChildren(svg, caption);
}

function pathOf(values, top) {
  let path = "";
  let isDrawing = false;
  const first = HISTORY_SECONDS - values.length;
  values.forEach((value, i) => {
    if (Number.isFinite(value)) {
      const x = (first + i) * 100 / (HISTORY_SECONDS - 1);
      const y = 99 - 97 * Math.min(value / top, 1);
      path += `${isDrawing ? "L" : "M"}${x.toFixed(2)} ${y.toFixed(2)}`;
    }
    isDrawing = Number.isFinite(value);
  });
  return path;
}

/** The least of 1, 2, 5, 10, 20, … of any magnitude that is not smaller. */
function niceTop(value) {
  if (value <= 0) {
    return 1;
  }
  const magnitude = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map(step => step * magnitude).find(step => step >= value);
}

function element(name, attributes) {
  const created = document.createElementNS("http://www.w3.org/2000/svg", name);
  Object.entries(attributes).forEach(([key, value]) => created.setAttribute(key, value));
  return created;
}

function label(className, text) {
  const span = document.createElement("span");
  span.className = className;
  span.textContent = text;
  return span;
}

function rate(value) {
  if (!Number.isFinite(value)) {
    return "–";
  }
  return value === 0 ? "0" : value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString("en");
}

function duration(seconds) {
  if (!Number.isFinite(seconds)) {
    return "–";
  }
  return seconds < 0.001 ? `${Math.round(seconds * 1e6)} µs`
    : seconds < 1 ? `${(seconds * 1000).toPrecision(3)} ms`
    : `${seconds.toPrecision(3)} s`;
}

const percent = share => Number.isFinite(share) ? `${Math.round(share * 100)} %` : "–";

function uptime(seconds) {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  return days > 0 ? `${days} d ${hours % 24} h` : hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}
