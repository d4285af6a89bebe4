// What lies on the clipboard, as rows of texts: from the HTML of Word and Excel where it
// holds a table, else from the plain text with tabs. null is a place that a merged cell
// covers.

// Bullets of Word's own fonts (Symbol, Wingdings).
const BULLET = /^[·•§oØvü▪●○–-]$/;
const BLOCKS = new Set(["P", "DIV", "LI", "H1", "H2", "H3", "H4", "H5", "H6", "TR", "UL", "OL"]);

export function rowsOfHtml(html) {
    const page = new DOMParser().parseFromString(harmless(html), "text/html");
    const tables = [...page.querySelectorAll("table")].filter((table) => !table.parentElement.closest("table"));
    return tables.flatMap(rowsOfTable);
}

// Nothing of what another program calls style or script is even read as such: our pages
// forbid both, and say so loudly.
const harmless = (html) =>
    html
        .replace(/<(style|script)\b[\s\S]*?<\/\1\s*>/gi, "")
        .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on\w+)\s*=/gi, " data-$1="));

function rowsOfTable(table) {
    const grid = [];
    [...table.rows].forEach((row, y) => {
        grid[y] ??= [];
        let x = 0;
        for (const cell of row.cells) {
            while (grid[y][x] !== undefined) x++;
            const text = textOf(cell);
            for (let down = 0; down < Math.min(cell.rowSpan || 1, table.rows.length - y); down++) {
                grid[y + down] ??= [];
                for (let right = 0; right < cell.colSpan; right++) {
                    grid[y + down][x + right] = down || right ? null : text;
                }
            }
            x += cell.colSpan;
        }
    });
    return grid.map((row) => Array.from(row, (text) => text ?? null));
}

// The words of an HTML cell: a paragraph, a list item or <br> is a line, a bullet is "- ".
function textOf(cell) {
    const lines = [""];
    const newLine = () => lines.at(-1) && lines.push("");
    const walk = (node) => {
        if (node.nodeType === Node.TEXT_NODE) {
            const text = node.data.replace(/[^\S\u00a0]+/g, " ");
            lines[lines.length - 1] += lines.at(-1) ? text : text.trimStart();
        } else if (node.nodeName === "BR") {
            lines.push("");
        } else if (node.nodeType === Node.ELEMENT_NODE) {
            if (BLOCKS.has(node.nodeName)) newLine();
            if (/mso-list:\s*ignore/i.test(node.dataset.style ?? "")) {
                lines[lines.length - 1] += `${bulletOf(node.textContent)} `;
                return;
            }
            if (node.nodeName === "LI") lines[lines.length - 1] += itemMark(node);
            node.childNodes.forEach(walk);
            if (BLOCKS.has(node.nodeName)) newLine();
        }
    };
    cell.childNodes.forEach(walk);
    return lines
        .map((line) => line.replace(/\u00a0/g, " ").trimEnd())
        .join("\n")
        .replace(/^\n+|\n+$/g, "");
}

function bulletOf(text) {
    const mark = text.replace(/[\s\u00a0]+/g, "");
    // Private characters are bullets of Symbol and Wingdings.
    return BULLET.test(mark) || /^[\ue000-\uf8ff]$/.test(mark) ? "-" : mark;
}

function itemMark(item) {
    const list = item.parentElement;
    if (list?.nodeName !== "OL") return "- ";
    return `${[...list.children].indexOf(item) + (list.start || 1)}. `;
}

// Tab-separated text as Excel writes it: a cell with line breaks stands in quotes.
export function rowsOfText(text) {
    const rows = [[""]];
    const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    let isQuoted = false;
    for (let i = 0; i < source.length; i++) {
        const char = source[i];
        const row = rows.at(-1);
        if (isQuoted) {
            if (char !== '"') row[row.length - 1] += char;
            else if (source[i + 1] === '"') row[row.length - 1] += source[++i];
            else isQuoted = false;
        } else if (char === '"' && row.at(-1) === "" && closesCell(source, i)) {
            isQuoted = true;
        } else if (char === "\t") {
            row.push("");
        } else if (char === "\n") {
            rows.push([""]);
        } else {
            row[row.length - 1] += char;
        }
    }
    return rows;
}

// Whether the quote at `start` is Excel's: its partner ends the cell.
function closesCell(source, start) {
    for (let i = start + 1; i < source.length; i++) {
        if (source[i] !== '"') continue;
        if (source[i + 1] === '"') i++;
        else return i + 1 === source.length || source[i + 1] === "\t" || source[i + 1] === "\n";
    }
    return false;
}

// The rows on the clipboard, or null for a plain text, which is one text whatever its lines.
export function tableOn(data) {
    const html = data.getData("text/html");
    if (/<table/i.test(html)) {
        const rows = rowsOfHtml(html);
        if (rows.length) return rows;
    }
    const text = data.getData("text/plain");
    const isQuoted = text.startsWith('"') && closesCell(text.replace(/\r\n?/g, "\n"), 0);
    return text.includes("\t") || isQuoted ? rowsOfText(text) : null;
}

// Rows as a text that Excel reads.
export function asText(rows) {
    const cell = (text) => (/[\t\n"]/.test(text ?? "") ? `"${text.replace(/"/g, '""')}"` : (text ?? ""));
    return rows.map((row) => row.map(cell).join("\t")).join("\n");
}
