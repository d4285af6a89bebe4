/* Charts over their tables. A figure with `data-chart="x"` is drawn from the JSON of the
   element with the id x: {across, unit, labels, series: [{label, tone, values}]}. A tone is
   a colour of tokens.css. Where this does not run, the figure stays hidden. */
(() => {
    "use strict";

    const TONES = {
        done: "--work",
        in_progress: "--on-work-muted",
        issued: "--on-work-muted",
        not_done: "--due-edge",
        early: "--due-edge",
        unrecorded: "--paper",
        none: "--paper",
    };
    const styles = getComputedStyle(document.documentElement);
    const token = (name) => styles.getPropertyValue(name).trim();
    const numbers = new Intl.NumberFormat("vi-VN");
    const stays = matchMedia("(prefers-reduced-motion: reduce)").matches;

    function datasets(series) {
        return series.map(({ label, tone, values }) => ({
            label,
            data: values,
            backgroundColor: token(TONES[tone]),
            borderColor: token("--ink"),
            borderWidth: 1,
            maxBarThickness: 44,
        }));
    }

    function options(chart) {
        const counts = {
            stacked: true,
            beginAtZero: true,
            ticks: { precision: 0, callback: (value) => numbers.format(value) },
            title: { display: true, text: `Số ${chart.unit}` },
            grid: { color: token("--line") },
        };
        const names = { stacked: true, grid: { display: false } };
        return {
            indexAxis: chart.across ? "y" : "x",
            animation: stays ? false : { duration: 300 },
            maintainAspectRatio: false,
            scales: chart.across ? { x: counts, y: names } : { x: names, y: counts },
            plugins: {
                legend: { position: "bottom", labels: { boxWidth: 14, boxHeight: 14 } },
                tooltip: {
                    callbacks: {
                        label: ({ dataset, raw }) =>
                            `${dataset.label}: ${numbers.format(raw)} ${chart.unit}`,
                    },
                },
            },
        };
    }

    function draw(figure) {
        const chart = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
        figure.hidden = false;
        new Chart(figure.querySelector("canvas"), {
            type: "bar",
            data: { labels: chart.labels, datasets: datasets(chart.series) },
            options: options(chart),
        });
    }

    if (typeof Chart === "undefined") return;
    Chart.defaults.font.family = styles.getPropertyValue("--font").trim();
    Chart.defaults.font.size = 14;
    Chart.defaults.color = token("--ink");
    document.querySelectorAll("[data-chart]").forEach(draw);
})();
