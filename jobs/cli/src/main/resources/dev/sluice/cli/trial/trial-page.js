// SPDX-License-Identifier: Apache-2.0
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const time = (ms) => new Date(ms).toISOString().slice(5, 16).replace("T", " ");
  const stageName = (stage) => (/^[0-9]/.test(stage) ? stage + " %" : stage);

  // A dashed line with the stage's name wherever the stage changed.
  const stages = {
    id: "stages",
    afterDatasetsDraw(chart) {
      const { ctx, chartArea, scales } = chart;
      ctx.save();
      ctx.setLineDash([5, 4]);
      ctx.strokeStyle = "#666";
      ctx.fillStyle = "#444";
      for (const stage of data.stages) {
        const x = scales.x.getPixelForValue(stage.t);
        if (x < chartArea.left || x > chartArea.right) {
          continue;
        }
        ctx.beginPath();
        ctx.moveTo(x, chartArea.top);
        ctx.lineTo(x, chartArea.bottom);
        ctx.stroke();
        ctx.fillText(stageName(stage.label), x + 4, chartArea.top + 10);
      }
      ctx.restore();
    },
  };

  const points = (plot, values) => plot.t.map((t, i) => ({ x: t, y: values[i] }));
  const line = (label, values, more) =>
    Object.assign({ label, data: values, pointRadius: 0, borderWidth: 0, spanGaps: false }, more);
  const first = data.stages.length > 0 ? data.stages[0].t : undefined;

  for (const plot of data.plots) {
    const box = document.createElement("div");
    box.className = "plot";
    const canvas = document.createElement("canvas");
    box.append(canvas);
    document.getElementById("plots").append(box);
    new Chart(canvas, {
      type: "line",
      data: {
        datasets: [
          line("lower", points(plot, plot.lower), { borderColor: "transparent" }),
          line("interval", points(plot, plot.upper), {
            fill: "-1",
            borderColor: "transparent",
            backgroundColor: "rgba(31, 119, 180, 0.2)",
          }),
          line("B \u2212 A", points(plot, plot.estimate), { borderColor: "#1f77b4", borderWidth: 2 }),
        ],
      },
      options: {
        animation: false,
        parsing: false,
        maintainAspectRatio: false,
        interaction: { mode: "index", intersect: false },
        scales: {
          x: { type: "linear", min: first, ticks: { callback: time, maxTicksLimit: 12 } },
          y: {
            min: plot.min,
            max: plot.max,
            title: { display: true, text: plot.unit },
            grid: { color: (at) => (at.tick.value === 0 ? "#444" : "#e5e5e5") },
          },
        },
        plugins: {
          title: { display: true, text: plot.metric + " (" + plot.role.toLowerCase() + ")" },
          legend: { labels: { filter: (item) => item.text !== "lower" } },
          tooltip: { callbacks: { title: (items) => time(items[0].parsed.x) } },
        },
      },
      plugins: [stages],
    });
  }
})();
