// SPDX-License-Identifier: Apache-2.0
"use strict";
(() => {
  const plots = JSON.parse(document.getElementById("data").textContent);
  const colours = ["#1d4ed8", "#d97706", "#15803d", "#b91c1c", "#7c3aed", "#0e7490", "#be185d", "#4d7c0f", "#78350f", "#475569"];
  const iso = (ms) => new Date(ms).toISOString();
  const full = (ms) => iso(ms).slice(0, 19).replace("T", " ");
  const HOUR = 3600000;

  // Whole hours (or minutes, or days) as ticks, whatever the span.
  const step = (span) =>
    [60000, 300000, 900000, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR, 72 * HOUR, 168 * HOUR].find((s) => span / s <= 14) || 672 * HOUR;
  const short = (ms, span) => (span > 30 * HOUR ? iso(ms).slice(5, 16).replace("T", " ") : iso(ms).slice(11, 16));

  const percent = (value) => Math.round(value * 10000) / 100 + " %";
  const number = (value) => Number(value).toLocaleString("en-US", { maximumSignificantDigits: 5 });

  Chart.defaults.font.family = "system-ui, 'Segoe UI', sans-serif";
  Chart.defaults.font.size = 11;
  Chart.defaults.color = "#616e7c";
  Chart.defaults.animation = false;

  const say = (plot) => (value) => {
    if (plot.labels.length > 0) {
      return Number.isInteger(value) ? plot.labels[value] : "";
    }
    return plot.unit === "ratio" ? percent(value) : number(value);
  };

  const options = (plot, x) => ({
    maintainAspectRatio: false,
    interaction: { mode: "index", intersect: false },
    scales: {
      x,
      y: {
        min: plot.labels.length > 0 ? 0 : undefined,
        max: plot.labels.length > 0 ? plot.labels.length - 1 : undefined,
        beginAtZero: plot.show === "BAR" || plot.unit === "ratio",
        title: { display: plot.unit !== "", text: plot.unit === "ratio" ? "" : plot.unit },
        grid: { color: "#eef1f4" },
        ticks: { callback: say(plot), maxTicksLimit: 6, stepSize: plot.labels.length > 0 ? 1 : undefined },
      },
    },
    plugins: {
      legend: { display: plot.series.length > 1, align: "end", labels: { boxWidth: 14, boxHeight: 2 } },
      tooltip: {
        callbacks: {
          title: (items) => (plot.show === "BAR" ? items[0].label : full(items[0].parsed.x)),
          label: (item) => item.dataset.label + ": " + say(plot)(item.parsed.y),
        },
      },
    },
  });

  const timed = (plot) => {
    const first = plot.x[0];
    const last = plot.x[plot.x.length - 1];
    const every = step(last - first);
    return {
      type: "line",
      data: {
        datasets: plot.series.map((label, s) => ({
          label,
          data: plot.x.map((x, i) => ({ x, y: plot.y[s][i] })),
          borderColor: colours[s % colours.length],
          backgroundColor: colours[s % colours.length],
          borderWidth: 1.5,
          pointRadius: plot.x.length > 1 ? 0 : 3,
          stepped: plot.show === "STEP",
          spanGaps: false,
        })),
      },
      options: Object.assign(
        options(plot, {
          type: "linear",
          min: first,
          max: last,
          grid: { color: "#eef1f4" },
          ticks: { callback: (ms) => short(ms, last - first), maxRotation: 0, autoSkip: false },
          afterBuildTicks: (axis) => {
            axis.ticks = [];
            for (let at = Math.ceil(first / every) * every; at <= last; at += every) {
              axis.ticks.push({ value: at });
            }
          },
        }),
        { parsing: false },
      ),
    };
  };

  const bars = (plot) => ({
    type: "bar",
    data: {
      labels: plot.x,
      datasets: plot.series.map((label, s) => ({ label, data: plot.y[s], backgroundColor: colours[s % colours.length], maxBarThickness: 36 })),
    },
    options: options(plot, { grid: { display: false }, ticks: { maxRotation: 0 } }),
  });

  plots.forEach((plot, p) => {
    new Chart(document.getElementById("plot-" + p), plot.show === "BAR" ? bars(plot) : timed(plot));
  });
})();
